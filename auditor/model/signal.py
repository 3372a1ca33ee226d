"""Facts found in a page's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Match(StrEnum):
    """How a wording was recognised."""

    EXACT = "exact"
    FOLDED = "folded"  # case, accents, compatibility forms, invisible characters
    MISSPELLING = "misspelling"
    OBFUSCATED = "obfuscated"  # leet, spaced or dotted letters, confusable letters
    STRUCTURE = "structure"  # read from layout or structured data
    DERIVED = "derived"  # concluded from other signals, named in `because`


class Assertion(StrEnum):
    """The voice in which the page says something."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    WARNED = "warned-against"
    ASKED = "asked"
    REPORTED = "reported"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that decided an assertion."""

    text: str
    start: int
    end: int
    effect: Assertion


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of a weighing: a named piece of evidence, its weight in log-odds, where it stands (-1 none)."""

    name: str
    weight: float
    says: str
    start: int = -1
    end: int = -1


@dataclass(slots=True)  # never changed; the frozen form takes five times as long to make
class Signal:
    """A fact found in the text.

    `kind` names the detector's signal (drug, offer, prescription, claim, ...), `value` its normalised value.
    `attributes` carry what policies filter on, each a tuple of strings. `factors` and `confidence` are set where
    evidence was weighed.
    """

    kind: str
    value: str
    start: int
    end: int
    block: int
    match: Match = Match.EXACT
    assertion: Assertion = Assertion.AFFIRMED
    cues: tuple[Cue, ...] = ()
    seen: bool = True
    confidence: float = 1.0
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    because: tuple[tuple[int, int], ...] = ()  # further spans that carry this signal
