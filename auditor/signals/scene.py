"""The scene of a sale: the acts of a page by kind and voice, and which of them belong to a given mention.

Binding goes by structure first (block, card, row, section) and by distance second; a rival section does not lend its
words. On a page about one medicine, what stands in the body belongs to that medicine.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from auditor.model import Assertion, Block, BlockKind, Role, Signal
from auditor.signals.assertion import assert_span
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading, kept

OWN = frozenset({Assertion.AFFIRMED, Assertion.ASKED})
PROMINENT = frozenset(
    {
        BlockKind.TITLE, BlockKind.HEADING, BlockKind.DESCRIPTION, BlockKind.BUTTON, BlockKind.OPTION,
        BlockKind.STRUCTURED,
    }
)  # fmt: skip
_LINES = frozenset({BlockKind.ITEM, BlockKind.CELL, BlockKind.OPTION})
BODY = frozenset({Role.MAIN, Role.CARD, Role.TABLE, Role.FORM, Role.META})
SHOP_KINDS = ("cart", "order", "ship", "price", "structured-offer", "contact-order", "pharmacy-claim", "stealth")
_REACH = 250  # characters within a section
_BLOCK_REACH = 600  # characters within one block: a flattened page is one block


def is_own_voice(reading: Reading, assertion: Assertion, start: int) -> bool:
    """Whether the page itself says it: "if you order" is the page's word only where it speaks of itself."""
    if assertion is Assertion.CONDITIONAL:
        return reading.states_own_business(start)
    return assertion in OWN


def is_foreign(reading: Reading, signal: Signal) -> bool:
    """Whether words are a visitor's (a comment, a review), or hidden from every visitor."""
    return not signal.seen or reading.is_visitors(signal.start)


class Scene:
    """What a page does to sell, ready to be asked about one mention.

    `foreign`: the scene that visitors' words and hidden ones make on the page, instead of the page's own.
    """

    def __init__(self, reading: Reading, *, foreign: bool = False) -> None:
        """Sort the acts of `reading` by whose they are."""
        self.reading = reading
        self.foreign = foreign
        self.own: dict[str, list[Signal]] = defaultdict(list)
        self.disowned = 0
        for act in reading.signals("act"):
            if not is_own_voice(reading, act.assertion, act.start):
                self.disowned += act.assertion in {Assertion.WARNED, Assertion.REPORTED}
            elif (bool(act.end) and is_foreign(reading, act)) == foreign:
                self.own[act.value].append(act)
        self._menus = find_menus(reading)
        self._claimed = _claimed(reading)
        self._said: dict[int, bool] = {}
        self.listed = _listed(reading)
        self._starts = {value: [act.start for act in acts] for value, acts in self.own.items()}

    def in_menu(self, signal: Signal) -> bool:
        """Whether `signal` stands in a menu: links to other pages, no offer of this one."""
        return signal.block in self._menus

    def trade_near(self, mention: Signal, reach: int) -> Sequence[Signal]:
        """Words of trade outside menus that begin within `reach` characters of `mention`."""
        words = _trade_words(self.reading)
        return signals_within(words, mention.start - reach, mention.end + reach)

    def is_said(self, word: Signal) -> bool:
        """Whether the page itself says a word whose voice was not looked into when it was found."""
        if word.start not in self._said:
            assertion, _ = assert_span(self.reading, word.start, word.end)
            own = is_own_voice(self.reading, assertion, word.start)
            self._said[word.start] = own and is_foreign(self.reading, word) == self.foreign
        return self._said[word.start]

    def owned(self) -> int:
        """How many acts the page does in its own voice."""
        return sum(map(len, self.own.values()))

    def shop_kinds(self) -> list[Signal]:
        """The first own act of each kind that shops have."""
        return [self.own[value][0] for value in SHOP_KINDS if self.own.get(value)]

    def first(self, *values: str) -> Signal | None:
        """The first own act of any of these kinds."""
        return next((self.own[value][0] for value in values if self.own.get(value)), None)

    def bound(self, mentions: Collection[Signal], values: Collection[str], whole_body: bool) -> Signal | None:
        """The first own act of these kinds that belongs to one of `mentions`.

        `whole_body`: the page is about this medicine, so whatever stands in its body belongs to it.
        """
        for value in values:
            if not self.own.get(value):
                continue
            for mention in mentions:
                act = next(self._near(mention, value), None)
                if act:
                    return act
            if whole_body:
                act = next((act for act in self.own[value] if self._in_body(act)), None)
                if act:
                    return act
        return None

    def _near(self, mention: Signal, value: str) -> Iterator[Signal]:
        acts, starts = self.own[value], self._starts[value]
        block = self.reading.block_at(mention.start)
        low = bisect_left(starts, mention.start - _BLOCK_REACH)
        for act in acts[low:]:
            if act.start > mention.end + _BLOCK_REACH:
                return
            if act.end and self._belongs(mention, block, act):
                yield act

    def is_rivals(self, block: Block, act: Signal) -> bool:
        """Whether an act stands in a card or row that names its own medicine, while `block` stands elsewhere."""
        other = self.reading.page.blocks[act.block]
        in_card = ("card", other.card) in self._claimed and other.card != block.card
        return in_card or (("row", other.row) in self._claimed and other.row != block.row)

    def _belongs(self, mention: Signal, block: Block, act: Signal) -> bool:
        other = self.reading.block_at(act.start)
        if other.index == block.index:
            return True
        if block.card >= 0 and block.card == other.card:
            return True
        if block.row >= 0 and block.row == other.row:
            return True
        if self.is_rivals(block, act):
            return False
        if block.index in self._menus or other.index in self._menus:
            return False
        distance = act.start - mention.end if act.start >= mention.end else mention.start - act.end
        same_section = other.section in (block.section, block.index)
        return same_section and distance <= _REACH and other.role not in {Role.NAVIGATION, Role.FOOTER}

    def _in_body(self, act: Signal) -> bool:
        return not act.end or (act.block not in self._menus and self.reading.block_at(act.start).role in BODY)


@kept
def _claimed(reading: Reading) -> frozenset[tuple[str, int]]:
    """Cards and rows that name a medicine: what they say belongs to it alone."""
    blocks = [reading.page.blocks[medicine.block] for medicine in medicines(reading)]
    cards = {("card", block.card) for block in blocks if block.card >= 0}
    return frozenset(cards | {("row", block.row) for block in blocks if block.row >= 0})


@kept
def _listed(reading: Reading) -> frozenset[int]:
    """Indexes of the lines (items, cells, options, cards) outside menus that name a medicine."""
    menus = find_menus(reading)
    blocks = [reading.page.blocks[medicine.block] for medicine in medicines(reading)]
    lines = (block.index for block in blocks if block.kind in _LINES or block.card >= 0)
    return frozenset(index for index in lines if index not in menus)


def medicines(reading: Reading) -> list[Signal]:
    """Everything the page names that can be sold as a medicine: drugs, then categories."""
    return [*reading.signals("drug"), *reading.signals("category")]


@kept
def _trade_words(reading: Reading) -> list[Signal]:
    menus = find_menus(reading)
    return [word for word in reading.signals("trade") if word.block not in menus]


@kept
def find_menus(reading: Reading) -> frozenset[int]:
    """Indexes of blocks that are menus: navigation and footers, and runs of blocks that are only links."""
    page = reading.page
    linked = [0] * len(page.blocks)
    for link in page.links:
        if link.end > link.start:
            linked[reading.block_index_at(link.start)] += link.end - link.start
    menus = {block.index for block in page.blocks if block.role in {Role.NAVIGATION, Role.FOOTER}}
    run: list[int] = []
    for block in page.blocks:
        length = len(reading.block_text(block).strip(" -•|/"))
        if length and linked[block.index] >= length - 2:
            run.append(block.index)
            continue
        if length:
            if len(run) >= _MENU_RUN:
                menus.update(run)
            run = []
    if len(run) >= _MENU_RUN:
        menus.update(run)
    return frozenset(menus)


_MENU_RUN = 3
_BETWEEN = re.compile(r"[.!?;:|]\s|[/=?&<>{}]")
_WORDS_BETWEEN = 5


def follows_closely(reading: Reading, first: Signal, second: Signal) -> bool:
    """Whether `second` comes within a few words behind `first` in one clause: "buy cheap generic X"."""
    gap = reading.text[first.end : second.start]
    if second.start < first.end or len(gap) > 60 or "\n" in gap or _BETWEEN.search(gap):
        return False
    return len(gap.split()) <= _WORDS_BETWEEN
