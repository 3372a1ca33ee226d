"""Quotes a reader can understand: a fragment is widened to the clause or short line that it stands in."""

from __future__ import annotations

import re

from auditor.model import Signal
from auditor.policy.facts import FactIndex

_WORD = re.compile(r"[^\W\d_]{2,}")
_BREAKS = ";:()–—•|\n"
_LONGEST = 160  # characters added on either side of a fragment

Span = tuple[int, int]


def readable_span(index: FactIndex, signal: Signal) -> Span:
    """The span of `signal`, or of its clause where its own words alone are a fragment.

    A fragment holds no word ("60"), or is several words that begin inside a sentence ("adequate improvement"). One
    word, such as a name, stands for itself.
    """
    start, end = signal.start, signal.end
    if start >= end or not _is_fragment(index, start, end):
        return start, end
    first, last = _bounds(index, signal)
    text = index.page.text
    opening = max((text.rfind(mark, first, start) + 1 for mark in _BREAKS), default=first)
    closing = min((at for mark in _BREAKS if (at := text.find(mark, end, last)) >= 0), default=last)
    return _trimmed(text, max(first, opening), closing, start, end)


def _is_fragment(index: FactIndex, start: int, end: int) -> bool:
    words = _WORD.findall(index.page.text, start, end)
    if len(words) < 2:
        return not words
    return not index.page.text[start].isupper()


def _bounds(index: FactIndex, signal: Signal) -> Span:
    """The sentence around the signal inside its block, no more than 160 characters to either side, at whole words."""
    block, text = index.page.blocks[signal.block], index.page.text
    opens, closes = index.facts.sentence_at(signal.start)[0], index.facts.sentence_at(signal.end - 1)[1]
    first, last = max(block.start, opens), max(signal.end, min(block.end, closes))
    if signal.start - first > _LONGEST:
        first = text.find(" ", signal.start - _LONGEST, signal.start) + 1 or signal.start
    if last - signal.end > _LONGEST:
        cut = text.rfind(" ", signal.end, signal.end + _LONGEST)
        last = cut if cut >= 0 else signal.end
    return first, last


def _trimmed(text: str, first: int, last: int, start: int, end: int) -> Span:
    """The span without white space at its ends; never less than `start` to `end`."""
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return min(first, start), max(last, end)
