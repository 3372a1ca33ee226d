"""Two warnings run into one: who must not take it, and what to tell the doctor, with nothing between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.prose import sentence_span
from auditor.signals.reading import Reading

_LONGEST = 90  # characters between the two halves
_PARTED = re.compile(r"[.,;:()–—\n]|\s-\s")
# Words that join the halves into one meaning: "not recommended for X unless you speak to your doctor".
_JOINED = re.compile(
    r"\b(?:and|or|but|so|unless|until|without|before|after|if|when|who|that|which|because|please|first|instead|except|rather|should|must|can|may"
    r"|always|therefore|then|you|they|need|have)\b",
    re.IGNORECASE,
)


def detect(reading: Reading) -> Iterator[Signal]:
    """One `defect` signal (fused-warning) for each sentence in which a prohibition runs into an instruction."""
    consults = reading.signals("consult-now")
    done = -1
    for prohibition in reading.signals("prohibition"):
        for consult in consults:
            if (
                prohibition.start > done
                and prohibition.end < consult.start <= prohibition.end + _LONGEST
                and _run_together(reading.text[prohibition.end : consult.start])
            ):
                span = sentence_span(reading, prohibition.start, consult.end)
                done = span[1]
                yield reading.signal(
                    "defect", "fused-warning", *span, assertion=Assertion.AFFIRMED, attributes={"clinical": ("yes",)}
                )


def _run_together(between: str) -> bool:
    return not _PARTED.search(between) and not _JOINED.search(between) and len(between.split()) >= 1
