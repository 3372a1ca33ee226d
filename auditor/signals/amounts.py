"""Amounts of a medicine in running text: "5 mg", "2 to 20 mg", "500 micrograms", in milligrams."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6}(?:\.\d{1,4})?"
_UNIT = r"mg|milligrams?|mcg|µg|μg|micrograms?|grams?|g"
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<low>{_NUMBER})\s?(?:{_UNIT})?(?:\s?(?:to|-|–|—|or|and)\s?(?P<high>{_NUMBER}))?\s?-?(?P<unit>{_UNIT})"
    r"(?![\w%])(?!\s?/\s?(?:kg|ml|mL|L|dl|dL|h|hr|\d)|\s?per\s(?:kg|kilogram|ml))",
    re.IGNORECASE,
)
# What every amount holds, found fast: its last digit, and the first letter of its unit.
_MAYBE_AMOUNT = re.compile(r"\d(?=\s?-?[mgµμ])", re.IGNORECASE)
_PER_DAY = re.compile(r"\s?/\s?(?:day|d\b|24)", re.IGNORECASE)
_IN_MILLIGRAMS = {"mg": 1.0, "mcg": 0.001, "µg": 0.001, "μg": 0.001, "g": 1000.0}


class Amount(NamedTuple):
    """A dose or range in the text. `low` and `high` are milligrams, equal for a single amount."""

    start: int
    end: int
    low: float
    high: float
    per_day: bool


def maybe_amounts(text: str) -> Iterator[int]:
    """An offset inside each amount of `text`, and a few others, in order: a quick look at where it pays to search."""
    return (found.start() for found in _MAYBE_AMOUNT.finditer(text))


def find_amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Amounts of text[start:end] in order; amounts per kilogram, litre or hour are left out."""
    for found in _AMOUNT.finditer(text, start, end):
        if text[start : found.start()].rstrip().endswith("/"):
            continue  # the second strength of a combination, "37.5 mg / 325 mg"
        factor = _IN_MILLIGRAMS[_short(found["unit"].lower())]
        low = float(found["low"].replace(",", "")) * factor
        high = float((found["high"] or found["low"]).replace(",", "")) * factor
        per_day = bool(_PER_DAY.match(text, found.end()))
        yield Amount(found.start(), found.end(), min(low, high), max(low, high), per_day)


def _short(unit: str) -> str:
    if unit.startswith("micro"):
        return "mcg"
    if unit.startswith("milli"):
        return "mg"
    return "g" if unit.startswith("gram") else unit
