"""Running text: which blocks tell something, where a whole sentence ends, how many words there are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.model import SEEN, Block, BlockKind, Role, Signal
from auditor.signals.reading import Reading

BODY_ROLES = frozenset({Role.MAIN, Role.CARD, Role.TABLE, Role.FORM, Role.ASIDE})
_TELLING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL})
_WORD = re.compile(r"[^\W\d_]+")


def telling_blocks(reading: Reading) -> Iterator[Block]:
    """Blocks a visitor sees in the body of the page, headings and controls left out."""
    for block in reading.page.blocks:
        if block.kind in _TELLING and block.role in BODY_ROLES and block.visibility in SEEN:
            yield block


def body_sentences(reading: Reading) -> Iterator[tuple[Block, int, int]]:
    """Every sentence of the telling blocks, as (block, start, end) without white space at the end."""
    for block in telling_blocks(reading):
        for start, end in reading.sentences(block):
            yield block, start, start + len(reading.text[start:end].rstrip())


def word_count(text: str) -> int:
    """How many words `text` has."""
    return sum(1 for _ in _WORD.finditer(text))


def sentence_span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds [start, end), without white space around it."""
    first, last = reading.sentence_at(start)[0], reading.sentence_at(max(end - 1, start))[1]
    return trimmed(reading.text, first, last)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def signals_within(signals: Sequence[Signal], start: int, end: int) -> Sequence[Signal]:
    """Those signals that begin inside [start, end); `signals` are in text order, as a reading gives them."""
    first = bisect_left(signals, start, key=_start)
    return signals[first : bisect_left(signals, end, lo=first, key=_start)]


def _start(signal: Signal) -> int:
    return signal.start
