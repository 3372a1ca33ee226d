"""Words said twice where once was meant: the same item twice in one enumeration, "of of", "the the"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.prose import telling_sentences
from auditor.signals.reading import Reading

_LITTLE_WORDS = ("the", "a", "an", "of", "to", "and", "in", "for", "with", "from", "is", "are", "by")
_DOUBLED = re.compile(rf"\b({'|'.join(_LITTLE_WORDS)})\s\1\b(?!['’])")
# Short items parted by commas: "arms, legs, back".
_ITEM = r"[A-Za-z][a-z-]{2,20}(?:\s[a-z-]{2,20})?"
_ENUMERATION = re.compile(rf"{_ITEM}(?:,\s{_ITEM}){{2,20}}")
# What those two hold, told from the space between the words and from the commas around an item: many times faster.
_TWICE = re.compile(" (?:" + "|".join(rf"{word}(?<=\b{word} {word})" for word in _LITTLE_WORDS) + r")\b")
_BETWEEN_COMMAS = re.compile(rf", {_ITEM}(?=,)")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `defect` signal (repeated-word) for each doubled word or repeated item."""
    hints = (found.start() for hint in (_TWICE, _BETWEEN_COMMAS) for found in hint.finditer(reading.text))
    for start, end in telling_sentences(reading, hints):
        for doubled in _DOUBLED.finditer(reading.text, start, end):
            yield _defect(reading, doubled.start(), doubled.end())
        for enumeration in _ENUMERATION.finditer(reading.text, start, end):
            yield from _repeated_item(reading, enumeration)


def _repeated_item(reading: Reading, found: re.Match[str]) -> Iterator[Signal]:
    at = found.start()
    first_at: dict[str, int] = {}
    last = ""
    for item in found.group().split(", "):
        word = item.lower()
        if word in first_at and word != last:
            yield _defect(reading, first_at[word], at + len(item))
            return
        first_at.setdefault(word, at)
        last = word
        at += len(item) + 2


def _defect(reading: Reading, start: int, end: int) -> Signal:
    return reading.signal("defect", "repeated-word", start, end, assertion=Assertion.AFFIRMED)
