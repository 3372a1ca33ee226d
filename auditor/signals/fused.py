"""Two warnings run into one: who must not take it, and what to tell the doctor, with nothing between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.lists import names
from auditor.signals.prose import sentence_span, signals_within
from auditor.signals.reading import Reading

_LONGEST = 90  # characters between the two halves
_PARTED = re.compile(r"[.,;:()–—\n]|\s-\s")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `defect` signal (fused-warning) for each sentence in which a prohibition runs into an instruction."""
    consults = reading.signals("consult-now")
    done = -1
    for prohibition in reading.signals("prohibition"):
        if prohibition.start < done:
            continue
        for consult in signals_within(consults, prohibition.end + 1, prohibition.end + _LONGEST):
            if _run_together(reading.text[prohibition.end : consult.start]):
                start, done = sentence_span(reading, prohibition.start, consult.end)
                yield _defect(reading, start, done)
                break


def _defect(reading: Reading, start: int, end: int) -> Signal:
    return reading.signal(
        "defect", "fused-warning", start, end, assertion=Assertion.AFFIRMED, attributes={"clinical": ("yes",)}
    )


def _run_together(between: str) -> bool:
    """Whether nothing stands between the halves that parts them or makes one meaning of them."""
    words = between.lower().split()
    return bool(words) and not _PARTED.search(between) and not names("joining_words").intersection(words)
