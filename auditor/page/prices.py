"""Amounts of money in the text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from auditor.model import Price
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
def _anchors() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """What a currency is recognised by, its ISO code ("" undecided), and which signs follow their amount."""
    data = wording()["currencies"]
    codes = {str(code): str(code) for code in data["codes"]} | dict(data["words"])
    signs = dict(data["symbols"])
    compound = [sign for sign in signs if len(sign) > 1]
    single = "".join(sign for sign in signs if len(sign) == 1)
    words = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    prefixes = "|".join(sorted((re.escape(sign[:-1]) for sign in compound), key=len, reverse=True))
    pattern = re.compile(rf"(?:(?<![A-Za-z])(?:{prefixes}))?[{re.escape(single)}]|(?<![^\W\d_])(?:{words})(?![^\W\d_])")
    behind = frozenset(data["behind"]) | frozenset(codes)
    return pattern, signs | codes, behind


def find_prices(text: str) -> tuple[Price, ...]:
    """All amounts with a currency, in order; a range is two."""
    pattern, currencies, behind = _anchors()
    found: list[Price] = []
    free = 0  # what stands before belongs to an earlier amount
    for sign in pattern.finditer(text):
        span = _amount_at(text, sign.start(), sign.end(), free, prefer_before=sign[0] in behind)
        if span is None:
            continue
        amount = _value(text[span[0] : span[1]])
        if amount is None:
            continue
        start, end = min(span[0], sign.start()), max(span[1], sign.end())
        found.append(Price(start, end, amount, currencies[sign[0]]))
        free = end
    return tuple(found)


def _amount_at(text: str, start: int, end: int, free: int, *, prefer_before: bool) -> tuple[int, int] | None:
    """The amount beside a currency sign: behind or before it, the nearer one first."""
    after = _AFTER.match(text, end)
    window = max(free, start - _REACH)
    before = _BEFORE.search(text[window:start])
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
