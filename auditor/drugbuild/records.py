"""What a dump says, whatever its format: products with their ingredients, and names of substances."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.vocabulary.drugfile import SCHEDULES


class Status(StrEnum):
    """How a product may be sold in the United States, where the dump says so."""

    PRESCRIPTION = "rx"
    OVER_THE_COUNTER = "otc"
    UNKNOWN = ""


def schedule_of(written: str) -> str:
    """The schedule in "CIV"; empty for anything else.

    >>> schedule_of("CIV")
    'IV'
    """
    number = written.strip().upper().removeprefix("C")
    return number if number in SCHEDULES["us"] else ""


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """Where a record comes from, and the day its dump was published."""

    title: str
    published: dt.date


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its brand, what is in it, and how it is controlled. `schedule` is I to V; empty means not said."""

    brand: str
    ingredients: tuple[str, ...]
    source: Source
    schedule: str = ""
    status: Status = Status.UNKNOWN
    drug_class: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Another name of the substance `of`. `certain`: the dump itself calls that substance a medicine."""

    name: str
    of: str
    source: Source
    brand: bool = False
    certain: bool = True


@dataclass(slots=True)
class Dump:
    """What was read from one file. `unplaced` are brands whose ingredients the file does not tell."""

    products: list[Product] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
