"""Running text: which blocks tell something, where a whole sentence ends, how many words there are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from auditor.model import SEEN, Block, BlockKind, Role, Signal
from auditor.signals.reading import Reading, kept

BODY_ROLES = frozenset({Role.MAIN, Role.CARD, Role.TABLE, Role.FORM, Role.ASIDE})
_TELLING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL})
_WORD = re.compile(r"[^\W\d_]+")


@kept
def telling_blocks(reading: Reading) -> list[Block]:
    """Blocks a visitor sees in the body of the page, headings and controls left out."""
    return [
        block
        for block in reading.page.blocks
        if block.kind in _TELLING and block.role in BODY_ROLES and block.visibility in SEEN
    ]


@kept
def telling_indexes(reading: Reading) -> frozenset[int]:
    """The indexes of the telling blocks."""
    return frozenset(block.index for block in telling_blocks(reading))


def blocks_with(reading: Reading, *hints: re.Pattern[str]) -> list[Block]:
    """The blocks in which one of `hints` begins to match, in text order.

    Looking for a cheap hint in the whole text spares most blocks the costly patterns.
    """
    starts = (found.start() for hint in hints for found in hint.finditer(reading.text))
    return [reading.page.blocks[index] for index in sorted({reading.block_index_at(start) for start in starts})]


def telling_sentences(reading: Reading, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The sentences of telling blocks that hold one of `offsets`: each once, in text order, no white space at the end.

    Cutting only the sentences that something was found in spares a page the cutting of all the others.
    """
    telling = telling_indexes(reading)
    done = -1
    for offset in sorted(offsets):
        if offset >= done and reading.block_index_at(offset) in telling:
            start, done = reading.sentence_at(offset)
            yield start, trimmed(reading.text, start, done)[1]


def word_count(text: str) -> int:
    """How many words `text` has."""
    return len(_WORD.findall(text))


def has_words(reading: Reading, blocks: Iterable[Block], fewest: int) -> bool:
    """Whether `blocks` have at least `fewest` words between them; no more are counted than that takes."""
    found = 0
    for block in blocks:
        found += len(_WORD.findall(reading.text, block.start, block.end))
        if found >= fewest:
            return True
    return False


def sentence_span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds [start, end), without white space around it."""
    first, last = reading.sentence_at(start)[0], reading.sentence_at(max(end - 1, start))[1]
    return trimmed(reading.text, first, last)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space at its ends."""
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def signals_within(signals: Sequence[Signal], start: int, end: int) -> Sequence[Signal]:
    """Those signals that begin inside [start, end); `signals` are in text order, as a reading gives them."""
    first = bisect_left(signals, start, key=_start)
    return signals[first : bisect_left(signals, end, lo=first, key=_start)]


def any_within(signals: Sequence[Signal], start: int, end: int) -> bool:
    """Whether one of `signals`, which are in text order, begins inside [start, end)."""
    first = bisect_left(signals, start, key=_start)
    return first < len(signals) and signals[first].start < end


def _start(signal: Signal) -> int:
    return signal.start
