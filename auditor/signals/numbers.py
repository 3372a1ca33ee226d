"""Numbers that are no numbers: broken per-cent signs, letters for digits, lost characters, unfilled blanks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Assertion, Signal
from auditor.signals.prose import signals_within, telling_blocks, trimmed
from auditor.signals.reading import Reading

GARBLED_PER_CENT = r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:\./\s?\.|,/\s?,|[oO°º]/[oO°º]\b|\.\\\.)"
_UNIT = r"(?:mg|mcg|µg|ml|kg|mmol|IU|mg/kg|mg/ml)"


class Garble(NamedTuple):
    """A way in which a number is broken. `lost`: the characters may have been lost on the way to us."""

    pattern: re.Pattern[str]
    lost: bool


# Blanks of a template that were never filled, and what programs print for a missing value.
_BLANK = (
    r"(?:\{\{?\s?\w{1,20}\s?\}?\}|\[(?:insert|dose|amount|number|xx+)\b[^\]\n]{0,20}\]"
    r"|\b(?:NaN|undefined|null)\b|%[ds])"
)
_COUNTED = rf"(?:{_UNIT}|%|times|tablets|years|months)"
_ABOVE_100 = r"(?:1[0-9][1-9]|1[1-9]0|[2-9]\d\d|\d{4,})"
_PEOPLE = r"(?:people|patients|adults|women|men|children|users|cases)"

_GARBLES = (
    Garble(re.compile(GARBLED_PER_CENT), False),
    Garble(re.compile(rf"\b\d{{1,4}}(?:\.\.|,,|\.,|,\.)\d{{1,4}}\s?{_UNIT}\b", re.IGNORECASE), False),
    Garble(re.compile(rf"\b\d{{1,3}}\.\d{{1,3}}\.\d{{1,3}}\s?{_UNIT}\b", re.IGNORECASE), False),
    Garble(re.compile(rf"\b(?:[lIOo]\d{{1,3}}|\d{{1,3}}[lIOo]|\d[lIOo]\d|[lIOo]\.\d|[lIO]{{2}})\s?{_UNIT}\b"), False),
    Garble(re.compile(rf"{_BLANK}\s?{_COUNTED}"), False),
    Garble(
        re.compile(rf"\b(?:1[0-9][1-9]|1[1-9]0|[2-9]\d\d|\d{{4,}})\s?(?:%|per\s?cent)\sof\s{_PEOPLE}\b", re.IGNORECASE),
        False,
    ),
    Garble(re.compile(rf"\d\s?[\ufffd?]\s?(?:\d+\s?)?{_UNIT}\b|\d\s?\ufffd", re.IGNORECASE), True),
    Garble(re.compile(rf"\d\s?(?:â€[“”\"™]|Â[°µ±]|Î¼|Ã)\s?(?:\d|g\b|{_UNIT})"), True),
)
_AGE_OF_POPULATION = re.compile(
    r"\bages?\sof\s\d{1,2}\s(?:days|weeks|months|years)\sof\s(?:infants?|babies|children|newborns?|adults|patients|kids)\b",
    re.IGNORECASE,
)


def detect(reading: Reading) -> Iterator[Signal]:
    """One `defect` signal (garbled-number) a sentence that holds a broken number; its span is the sentence."""
    for block in telling_blocks(reading):
        done = block.start
        for start, end, lost in sorted(_broken(reading.text, block.start, block.end)):
            if start >= done:
                span = whole_sentence(reading, start, end)
                yield _defect(reading, span, lost)
                done = span[1]


def _broken(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for garble in _GARBLES:
        for found in garble.pattern.finditer(text, start, end):
            yield found.start(), found.end(), garble.lost
    for found in _AGE_OF_POPULATION.finditer(text, start, end):
        yield found.start(), found.end(), False


def _defect(reading: Reading, span: tuple[int, int], lost: bool) -> Signal:
    clinical = bool(signals_within(reading.signals("health-term"), *span))
    return reading.signal(
        "defect", "garbled-number", *span, assertion=Assertion.AFFIRMED,
        attributes={"clinical": ("yes" if clinical else "no",), "lost_characters": ("yes" if lost else "no",)},
    )  # fmt: skip


def whole_sentence(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence around [start, end), put together again where a broken per-cent sign looked like its end."""
    block = reading.block_at(start)
    spans = reading.sentences(block)
    first = last = max(bisect_right(spans, start, key=_span_start) - 1, 0)
    while last + 1 < len(spans) and _ends_in_garble(reading.text, *spans[last]):
        last += 1
    while first > 0 and _ends_in_garble(reading.text, *spans[first - 1]):
        first -= 1
    return trimmed(reading.text, spans[first][0], max(spans[last][1], end))


def _span_start(span: tuple[int, int]) -> int:
    return span[0]


def _ends_in_garble(text: str, start: int, end: int) -> bool:
    sentence = text[start:end].rstrip()
    return any(found.end() == len(sentence) for found in re.finditer(GARBLED_PER_CENT, sentence))
