"""The nouns of the drug lexicon: substances, their names, and the categories shops list them under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.vocabulary.fold import fold_phrase

_SIGNAL_FACTS = (
    "boxed_topics",
    "dependence",
    "impairs_driving",
    "beers",
    "pregnancy_risk",
    "overdose_lethal",
    "veterinary_only",
)


class NameKind(StrEnum):
    """What sort of name a surface is."""

    GENERIC = "generic"
    BRAND = "brand"
    COMBINATION = "combination"  # a product of several substances, `Name.also` names the others
    EXPORT = "export"  # made for foreign markets, seldom or never sold where the reader is
    MISSPELLING = "misspelling"
    STREET = "street"
    IMPRINT = "imprint"
    CHEMICAL = "chemical"


class Ambiguity(StrEnum):
    """How much a name says by itself."""

    FREE = "free"
    NEEDS_CONTEXT = "needs-context"  # counts only with a strength, a dosage form or a sale act nearby
    NEVER_ALONE = "never-alone"  # counts only beside an unambiguous drug or drug-shop signal


class Likelihood(StrEnum):
    """What a category on a shop's list is likely to hold."""

    CONTROLLED = "controlled-likely"
    PRESCRIPTION = "rx-likely"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A legal status in one country: `values` hold from `since` to `until`, both days included; None is open.

    `depends_on` says what decides where the status is "depends" (strength, pack size, age).
    """

    values: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    depends_on: str = ""

    def holds(self, at: dt.date) -> bool:
        """Whether this status is in force on the day `at`."""
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a cell or fact comes from. `status`: verified, verified-secondary or knowledge."""

    status: str
    source: str
    checked: dt.date


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a substance under one heading. No values: it is certain that there are none."""

    values: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Substance:
    """One active substance.

    `law` maps "schedule.us", "rx.uk", "un", ... to its statuses over time; `facts` maps a heading to its fact. A
    missing key means unknown, never "none".
    """

    inn: str
    drug_class: str
    group: str
    groups: tuple[str, ...]
    law: Mapping[str, tuple[Cell, ...]]
    facts: Mapping[str, Fact]
    evidence: Mapping[str, Evidence]
    note: str = ""

    def attributes(self, at: dt.date) -> dict[str, tuple[str, ...]]:
        """What signals of this substance carry on the day `at`: class, groups, law and the facts policies filter on."""
        known = {"class": (self.drug_class,), "groups": self.groups}
        for key, cells in self.law.items():
            current = [cell for cell in cells if cell.holds(at)]
            known[key] = tuple(value for cell in current for value in cell.values)
            known[f"{key}.depends_on"] = tuple(cell.depends_on for cell in current if cell.depends_on)
        known |= {key: self.facts[key].values for key in _SIGNAL_FACTS if key in self.facts}
        return {key: values for key, values in known.items() if values}


@dataclass(frozen=True, slots=True)
class Name:
    """One surface under which a substance is known.

    `languages` is empty where the name is used whatever the language. `also` names the other active substances of a
    combination. `law` and `forms` hold for products of this name and override the substance's own.
    """

    surface: str
    substance: str
    kind: NameKind
    languages: tuple[str, ...] = ()
    ambiguity: Ambiguity = Ambiguity.FREE
    exact_case: bool = False
    also: tuple[str, ...] = ()
    law: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    key: str = field(init=False)  # the surface as the lexicon files it

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", name_key(self.surface))


@dataclass(frozen=True, slots=True)
class Category:
    """A heading under which shops list medicines without naming one, with its wordings by language."""

    id: str
    likely: Likelihood
    wordings: Mapping[str, tuple[str, ...]]
    classes: tuple[str, ...]
    ambiguity: Ambiguity
    note: str


def name_key(surface: str) -> str:
    """How a surface is filed: folded as pages are, so that a name and its mention meet.

    >>> name_key("Pain-O-Soma®")
    'pain o soma'
    """
    return fold_phrase(surface)
