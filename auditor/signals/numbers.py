"""Numbers that are no numbers: broken per-cent signs, letters for digits, lost characters, unfilled blanks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Assertion, Block, Signal
from auditor.signals.prose import any_within, blocks_with, telling_indexes, trimmed
from auditor.signals.reading import Reading

GARBLED_PER_CENT = r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:\./\s?\.|,/\s?,|[oO°º]/[oO°º]\b|\.\\\.)"
_LAST_OF_GARBLE = frozenset(".,oO°º")
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

# What every one of them holds, found fast: a digit beside something that does not belong there, or a blank opening.
_ODD_DIGIT = re.compile(
    r"\d(?=\s?(?:[.,]/|[oO°º]/|\.\\|[\ufffd?âÂÎÃ]|(?:%|per\s?cent)\sof\s)|[.,]{2}\d|\.\d{1,3}\.\d|[lIOo]"
    r"|(?<=[lIOo]\d)|(?<=[lIOo]\.\d)|(?<=of\s\d))",
    re.IGNORECASE,
)
_LETTERS_ALONE = re.compile(rf"[lIO][lIO]\s?{_UNIT}")
_BLANK_OPENS = re.compile(r"\{|\[(?:insert|dose|amount|number|xx)|NaN|undefined|null|%[ds]")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `defect` signal (garbled-number) a sentence that holds a broken number; its span is the sentence."""
    telling = telling_indexes(reading)
    for block in blocks_with(reading, _ODD_DIGIT, _LETTERS_ALONE, _BLANK_OPENS):
        if block.index in telling:
            yield from _broken_numbers(reading, block)


def _broken_numbers(reading: Reading, block: Block) -> Iterator[Signal]:
    done = block.start
    sentences = whole_sentences(reading, block)
    for start, end, lost in sorted(_broken(reading.text, block.start, block.end)):
        if start >= done:
            span = whole_sentence(reading, sentences, start, end)
            yield _defect(reading, span, lost)
            done = span[1]


def _broken(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for garble in _GARBLES:
        for found in garble.pattern.finditer(text, start, end):
            yield found.start(), found.end(), garble.lost
    for found in _AGE_OF_POPULATION.finditer(text, start, end):
        yield found.start(), found.end(), False


def _defect(reading: Reading, span: tuple[int, int], lost: bool) -> Signal:
    clinical = any_within(reading.signals("health-term"), *span)
    return reading.signal(
        "defect", "garbled-number", *span, assertion=Assertion.AFFIRMED,
        attributes={"clinical": ("yes" if clinical else "no",), "lost_characters": ("yes" if lost else "no",)},
    )  # fmt: skip


def whole_sentences(reading: Reading, block: Block) -> list[tuple[int, int]]:
    """The sentences of `block`, put together again where a broken per-cent sign looked like an end."""
    whole: list[tuple[int, int]] = []
    goes_on = False
    for start, end in reading.sentences(block):
        whole.append((whole.pop()[0] if goes_on else start, end))
        goes_on = _ends_in_garble(reading.text, start, end)
    return whole


def whole_sentence(reading: Reading, sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The one of `sentences` around [start, end), without white space at its ends."""
    first, last = sentences[max(bisect_right(sentences, start, key=_span_start) - 1, 0)]
    return trimmed(reading.text, first, max(last, end))


def _span_start(span: tuple[int, int]) -> int:
    return span[0]


def _ends_in_garble(text: str, start: int, end: int) -> bool:
    sentence = text[start:end].rstrip()
    if sentence[-1:] not in _LAST_OF_GARBLE:
        return False
    return any(found.end() == len(sentence) for found in re.finditer(GARBLED_PER_CENT, sentence))
