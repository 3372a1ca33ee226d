"""How much of the page there is: the completeness of its capture, and whether its text is a mere stub."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Signal
from auditor.signals.prose import telling_blocks, word_count
from auditor.signals.reading import Reading

_STUB_WORDS = 120


def detect(reading: Reading) -> Iterator[Signal]:
    """One `capture` signal, and `page` "stub" for a text too short to be held to the standards of an article."""
    yield reading.fact("capture", reading.page.completeness.value)
    if sum(word_count(reading.block_text(block)) for block in telling_blocks(reading)) < _STUB_WORDS:
        yield reading.fact("page", "stub")
