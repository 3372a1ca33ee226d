"""Amounts of money in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from auditor.model import Price
from auditor.page.spots import Spot, Spots
from auditor.page.wording import wording

_NUMBER = (
    r"\d{1,3}(?:[.,']\d{3}){1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)"  # lakhs and crores
    r"|\d{1,9}(?:[.,]\d{1,2}(?!\d))?(?!\d)"
)
_AFTER = re.compile(rf"\.? ?({_NUMBER})")
_REACH = 24  # characters an amount can be long
_BEFORE = re.compile(rf"(?<![\d.,])({_NUMBER}) ?$")


@cache
def _currencies() -> tuple[dict[str, str], frozenset[str]]:
    """Each sign, code or word of a currency with its ISO code ("" undecided), and those that follow their amount."""
    data = wording()["currencies"]
    codes = {str(code): str(code) for code in data["codes"]} | dict(data["words"])
    return dict(data["symbols"]) | codes, frozenset(data["behind"]) | frozenset(codes)


def find_prices(text: str, spots: Spots) -> tuple[Price, ...]:
    """All amounts with a currency, in order; a range is two.

    Args:
        text: the page's text.
        spots: where the names of currencies stand in it.
    """
    currencies, behind = _currencies()
    found: list[Price] = []
    free = 0  # what stands before belongs to an earlier amount
    for spot in _longest(spots.of("currency")):
        sign = text[spot.start : spot.end]
        if sign not in currencies:
            continue  # "try" is a word, "TRY" a currency
        span = _amount_at(text, spot.start, spot.end, free, prefer_before=sign in behind)
        amount = _value(text[span[0] : span[1]]) if span else None
        if span is None or amount is None:
            continue
        free = max(span[1], spot.end)
        found.append(Price(min(span[0], spot.start), free, amount, currencies[sign]))
    return tuple(found)


def _longest(spots: list[Spot]) -> Iterator[Spot]:
    """The spots that are no part of another: "US$" rather than "$"."""
    kept: Spot | None = None
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if kept is None or spot.start >= kept.end:
            kept = spot
            yield spot


def _amount_at(text: str, start: int, end: int, free: int, *, prefer_before: bool) -> tuple[int, int] | None:
    """The amount beside a currency sign: behind or before it, the nearer one first."""
    after = _AFTER.match(text, end)
    window = max(free, start - _REACH)
    figure = text[max(0, start - 3) : start].rstrip(" \n")[-1:].isdigit()
    before = _BEFORE.search(text[window:start]) if figure else None
    if after and before:
        nearness = (before.end(1) + window == start) - (after.start(1) == end)
        if nearness > 0 or (nearness == 0 and prefer_before):
            after = None
    if after:
        return after.span(1)
    return (before.start(1) + window, before.end(1) + window) if before else None


@lru_cache(maxsize=4096)
def _value(number: str) -> float | None:
    """The amount as a number; separators of thousands and decimals are told apart."""
    from price_parser import Price as Parsed

    value = Parsed.fromstring(number).amount_float
    return None if value is None else float(value)
