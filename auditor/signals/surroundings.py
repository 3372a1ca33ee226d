"""The words around a medicine, as the wording model of offers reads them.

Single words and pairs of neighbours, folded; a medicine is MEDICINE whatever its name, a number is 0, so that what is
learned of one medicine, price or strength holds for all. What stands in another line is no neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.model import Signal
from auditor.signals.reading import Reading, kept
from auditor.signals.scene import OWN, find_menus, medicines
from auditor.signals.spans import Spans as Stretches

MEDICINE, NUMBER = "MEDICINE", "0"
_REACH = 200  # characters on either side of a mention
_MOST_MENTIONS = 12
_WORD = re.compile(r"[^\W\d_]+|\d+|\n")

Spans = dict[str, tuple[int, int]]


def words_around(reading: Reading, mentions: Sequence[Signal]) -> Spans:
    """The words and pairs of words around `mentions` of one medicine, each with where it first stands.

    Menus lead elsewhere: what stands around a mention there says nothing of this page.
    """
    found: Spans = {}
    menus = find_menus(reading)
    telling = [mention for mention in mentions if mention.block not in menus]
    for low, high in _windows(reading, telling[:_MOST_MENTIONS]):
        for start, end in _own_sentences(reading, low, high, telling):
            _collect(reading, start, end, found)
    return found


def _collect(reading: Reading, low: int, high: int, found: Spans) -> None:
    """Put the words and pairs of words of a stretch into `found`."""
    weighed = _weighed(reading)
    before: tuple[str, int] | None = None
    for word, start, end in _words(reading, low, high):
        if word == "\n" or weighed.touch(start, end):
            before = None
            continue
        found.setdefault(word, (start, end))
        if before:
            found.setdefault(f"{before[0]} {word}", (before[1], end))
        before = (word, start)


def _own_sentences(reading: Reading, low: int, high: int, mentions: Sequence[Signal]) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of one block, without those that are about other medicines alone."""
    named = _named(reading)
    own = [(mention.start, mention.end) for mention in mentions]
    for first, last in reading.sentences(reading.block_at(low)):
        start, end = max(first, low), min(last, high)
        if start >= end:
            continue
        others = named[bisect_left(named, (start, start)) : bisect_left(named, (end, end))]
        if not others or any(span in own for span in others):
            yield start, end


def _windows(reading: Reading, mentions: Sequence[Signal]) -> Iterator[tuple[int, int]]:
    """Stretches of text around `mentions`, none twice, cut at words."""
    done = 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        block = reading.page.blocks[mention.block]
        reach = max(mention.start - _REACH, block.start), min(mention.end + _REACH, block.end)
        low, high = _whole_words(reading.folded, *reach)
        if high > done:
            yield max(low, done), high
            done = high


def _whole_words(folded: str, low: int, high: int) -> tuple[int, int]:
    """The stretch without the halves of words at its ends."""
    if low > 0 and folded[low - 1].isalnum():
        low = next((at for at in range(low, min(low + _REACH, len(folded))) if not folded[at].isalnum()), low)
    high = min(high, len(folded))
    if high < len(folded) and folded[high].isalnum():
        high = next((at for at in range(high, max(high - _REACH, low), -1) if not folded[at].isalnum()), high)
    return low, high


def _words(reading: Reading, low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """The words of a stretch with their spans, each medicine as one word."""
    named = _named(reading)
    at = bisect_left(named, (low, low))
    for start, end in [*named[at : bisect_left(named, (high, high))], (high, high)]:
        for word in _WORD.finditer(reading.folded, low, start):
            text = word.group()
            yield NUMBER if text[0].isdigit() else text, word.start(), word.end()
        if end > start:
            yield MEDICINE, start, end
        low = max(low, end)


@kept
def _weighed(reading: Reading) -> Stretches:
    """Where the page sells, or says that no prescription is needed, in its own voice: that is weighed as such."""
    said = (*reading.signals("prescription", "waived"), *reading.signals("act"))
    return Stretches((each.start, each.end) for each in said if each.assertion in OWN)


@kept
def _named(reading: Reading) -> list[tuple[int, int]]:
    """Spans of the medicines that the page names, in text order."""
    return sorted({(medicine.start, medicine.end) for medicine in medicines(reading)})
