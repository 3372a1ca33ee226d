"""What all comparisons with the lexicon share: the signal they yield, and how label words are read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from auditor.model import Assertion, Signal
from auditor.signals.prose import trimmed
from auditor.signals.reading import Reading
from auditor.signals.subjects import inside
from auditor.vocabulary.drugs import Fact
from auditor.vocabulary.fold import fold
from auditor.vocabulary.wordings import Phrase

SAID = frozenset({Assertion.AFFIRMED, Assertion.CONDITIONAL, Assertion.REPORTED})
_CONFIDENCE = {"verified": 0.95, "verified-secondary": 0.9, "knowledge": 0.8}


class Verdict(StrEnum):
    """How a statement compares: `loose` is imprecise, partial or hedged, and for a person to judge."""

    RIGHT = "right"
    LOOSE = "loose"
    WRONG = "wrong"
    ABSENT = "absent"  # the page owes the statement and does not make it


class Statement(NamedTuple):
    """What the page says of a medicine (`says`), and how that compares with what is known (`why`)."""

    aspect: str
    verdict: Verdict
    span: tuple[int, int]
    substance: str
    known: Fact
    says: str
    why: str


def compared(reading: Reading, statement: Statement) -> Signal:
    """The signal for a statement, over its words."""
    known = statement.known
    start, end = trimmed(reading.text, *statement.span)
    return reading.signal(
        "drug-fact", statement.aspect, start, end, assertion=Assertion.AFFIRMED,
        confidence=_CONFIDENCE.get(known.evidence.status, 0.8),
        attributes={
            "verdict": (statement.verdict.value,),
            "inn": (statement.substance,),
            "says": (statement.says,),
            "why": (statement.why,),
            "fact": ("; ".join(known.values) or "none",),
            "source": (known.evidence.source,),
        },
    )  # fmt: skip


def fact_of(reading: Reading, substance: str, name: str) -> Fact | None:
    """What the lexicon knows of a substance under a heading; None when it is not known."""
    known = reading.lexicon.substances.get(substance)
    return known.facts.get(name) if known else None


def read_as(reading: Reading, words: str, kind: str) -> set[str]:
    """The values that wordings of `kind` give to words that are not the page's own, such as those of a label."""
    hits = reading.vocabulary.matcher.scan(words, fold(words))
    return {
        hit.target.entry.value for hit in hits if isinstance(hit.target, Phrase) and hit.target.entry.signal == kind
    }


def is_hedged(reading: Reading, start: int, end: int) -> bool:
    """Whether the words at [start, end) hold a hedge ("may", "perhaps")."""
    return bool(inside(reading, "hedge", start, end))
