"""Headings by the part of a health page they open: side effects, dosing, studies, references ..."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import SEEN, Assertion, Block, BlockKind, Role, Signal
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading

_OUTSIDE = frozenset({Role.NAVIGATION, Role.FOOTER, Role.HEADER, Role.COMMENT})
_LONGEST = 120  # characters; a longer line is no heading whatever its markup says


def detect(reading: Reading) -> Iterator[Signal]:
    """One `heading` signal for each part that a heading of the body names, over the whole heading."""
    for index in dict.fromkeys(cue.block for cue in reading.signals("heading-cue")):
        block = reading.page.blocks[index]
        if _is_body_heading(block) and block.end - block.start <= _LONGEST:
            yield from _parts(reading, block)


def _is_body_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.role not in _OUTSIDE and block.visibility in SEEN


def _parts(reading: Reading, block: Block) -> Iterator[Signal]:
    end = block.start + len(reading.block_text(block).rstrip())
    cues = signals_within(reading.signals("heading-cue"), block.start, end)
    for value in dict.fromkeys(cue.value for cue in cues):
        yield reading.signal("heading", value, block.start, end, assertion=Assertion.AFFIRMED)
