"""Product cards: which blocks stand together in one offer."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Block, BlockKind, Price, Role
from auditor.page.draft import CardCandidate, Draft
from auditor.page.spots import Spots

_SIZE = 2000  # characters; what is longer is a page about one product, not a card on it
_SHORT = 90  # characters of a line that can stand in a box
_LABEL = 60  # characters of a line that says "buy now" rather than tells about buying
_BACK = 3  # lines between the name in a box and its first selling line
_OUTSIDE = frozenset({Role.NAVIGATION, Role.FOOTER, Role.META})
_KEPT = frozenset({Role.COMMENT, Role.QUOTATION, Role.TABLE, Role.META})
_FLOWING = frozenset({"tr", "td", "th", "option", "span", "p", "b", "strong", "tbody"})


@dataclass(frozen=True, slots=True)
class Selling:
    """The blocks that state a price, invite to buy, or speak of delivery and the like."""

    prices: frozenset[int]
    acts: frozenset[int]
    lines: frozenset[int]
    any: frozenset[int]


def selling_blocks(blocks: Sequence[Block], spots: Spots, prices: Iterable[Price]) -> Selling:
    """Find the blocks that sell."""
    starts = [block.start for block in blocks]

    def holding(places: Iterable[int], longest: int) -> frozenset[int]:
        found = {bisect.bisect_right(starts, place) - 1 for place in places}
        return frozenset(index for index in found if blocks[index].end - blocks[index].start <= longest)

    priced = holding((price.start for price in prices), _SIZE)
    acts = holding((spot.start for spot in spots.of("act")), _LABEL)
    lines = holding((spot.start for spot in spots.of("line")), _SHORT)
    return Selling(priced, acts, lines, priced | acts | lines)


def mark_cards(draft: Draft, selling: Selling) -> None:
    """Mark the cards of an HTML page: by class names and types, then by repeated structure."""
    cards = _settled(draft, selling)
    taken = {index for card in cards for index in range(card.first, card.last)}
    cards += _repeated(draft, selling, taken)
    _number(draft.blocks, sorted(cards, key=lambda card: card.first))


def mark_boxes(blocks: Sequence[Block], selling: Selling, *, inferred: bool) -> None:
    """Mark the boxes of saved text: runs of short lines, a name followed by lines that sell.

    Args:
        blocks: of the page.
        selling: the blocks that sell.
        inferred: whether headings were inferred; a selling line in a box is none.
    """
    boxes = [box for run in _runs(blocks) for box in _boxes(blocks, run, selling)]
    for box in boxes:
        for index in range(box.first + 1, box.last):
            if inferred and blocks[index].kind is BlockKind.HEADING:
                blocks[index].kind, blocks[index].level = BlockKind.PARAGRAPH, 0
    _number(blocks, boxes)


def _number(blocks: Sequence[Block], cards: Sequence[CardCandidate]) -> None:
    for number, card in enumerate(cards):
        for block in blocks[card.first : card.last]:
            if block.card < 0:
                block.card = number
                block.role = block.role if block.role in _KEPT else Role.CARD


def _settled(draft: Draft, selling: Selling) -> list[CardCandidate]:
    """Of nested candidates the outermost, unless it holds several: then it is a list of cards.

    Candidates come in the order their elements end, inner ones first.
    """
    kept: list[CardCandidate] = []
    for candidate in draft.candidates:
        inner = len(kept)
        while inner and kept[inner - 1].first >= candidate.first:
            inner -= 1
        if len(kept) - inner < 2 and _sells(draft, candidate, selling):
            del kept[inner:]
            kept.append(candidate)
    return kept


def _sells(draft: Draft, card: CardCandidate, selling: Selling) -> bool:
    first, last = draft.blocks[card.first], draft.blocks[card.last - 1]
    if draft.regions[card.first] in _OUTSIDE or last.end - first.start > _SIZE:
        return False
    indexes = range(card.first, card.last)
    priced = not selling.prices.isdisjoint(indexes)
    bought = not selling.acts.isdisjoint(indexes)
    return (card.typed or priced or bought) and (len(indexes) > 1 or priced)


def _repeated(draft: Draft, selling: Selling, taken: set[int]) -> Iterator[CardCandidate]:
    """Siblings of one kind that each hold a price, or each an invitation to buy."""
    blocks, regions = draft.blocks, draft.regions
    seen: set[str] = set()
    for evidence in (selling.prices, selling.acts):
        loose = sorted(index for index in evidence - taken if regions[index] not in _OUTSIDE)
        for one, other in itertools.pairwise(loose):
            for index, prefix in zip((one, other), _siblings(blocks[one].path, blocks[other].path), strict=False):
                if prefix in seen:
                    continue
                seen.add(prefix)
                card = _subtree(blocks, index, prefix)
                inside = range(card.first, card.last)
                if len(inside) > 1 and taken.isdisjoint(inside) and _sells(draft, card, selling):
                    taken.update(inside)
                    yield card


def _siblings(one: str, other: str) -> tuple[str, ...]:
    """The paths of the two siblings under which two elements stand, () when these are not of one kind."""
    left, right = one.split(">"), other.split(">")
    depth = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), -1)
    if depth < 0:
        return ()
    a, b = left[depth].partition("[")[0], right[depth].partition("[")[0]
    if a != b or a in _FLOWING:
        return ()
    return ">".join(left[: depth + 1]), ">".join(right[: depth + 1])


def _subtree(blocks: Sequence[Block], index: int, prefix: str) -> CardCandidate:
    def inside(place: int) -> bool:
        path = blocks[place].path
        return path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in ("", ">")

    first = last = index
    while first > 0 and inside(first - 1):
        first -= 1
    while last + 1 < len(blocks) and inside(last + 1):
        last += 1
    return CardCandidate(first, last + 1, typed=False)


def _runs(blocks: Sequence[Block]) -> Iterator[range]:
    """Stretches of short lines."""
    start = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and _is_short(blocks[index]):
            continue
        if index - start > 1:
            yield range(start, index)
        start = index + 1


def _is_short(block: Block) -> bool:
    loose = block.kind not in (BlockKind.ITEM, BlockKind.CELL, BlockKind.OPTION, BlockKind.CODE)
    return loose and block.role not in _OUTSIDE and block.end - block.start <= _SHORT


def _boxes(blocks: Sequence[Block], run: range, selling: Selling) -> Iterator[CardCandidate]:
    """The boxes in a run: each from a name to the last selling line before the next name."""
    sells = selling.any
    place, floor = run.start, run.start
    while place < run.stop:
        if place not in sells:
            place += 1
            continue
        last = _last_line(blocks, place, run, selling)
        box = CardCandidate(_name_before(blocks, place, floor, sells), last + 1, typed=False)
        if _is_box(blocks, box, selling):
            yield box
        place = floor = last + 1


def _last_line(blocks: Sequence[Block], place: int, run: range, selling: Selling) -> int:
    """The last selling line of the box that begins to sell at `place`."""
    last = place
    for index in range(place + 1, run.stop):
        if index - last > _BACK or (blocks[index].kind is BlockKind.HEADING and index not in selling.any):
            break
        if index in selling.any:
            if index - last > 1 and last in selling.acts:
                break  # what follows an invitation to buy is the next name
            if (
                index - last > 1
                and index in selling.prices
                and any(p in selling.prices for p in range(place, last + 1))
            ):
                break
            last = index
    return last


def _name_before(blocks: Sequence[Block], place: int, floor: int, sells: frozenset[int]) -> int:
    """Where the box begins: at the heading a few lines up, else at the line before."""
    for index in range(place, max(floor, place - _BACK) - 1, -1):
        if blocks[index].kind is BlockKind.HEADING and (index not in sells or index == place - 1):
            return index
    return place - 1 if place > floor and place - 1 not in sells else place


def _is_box(blocks: Sequence[Block], box: CardCandidate, selling: Selling) -> bool:
    """A name with a price or an invitation to buy, or with two lines that speak of delivery and the like."""
    indexes = range(box.first, box.last)
    named = box.first not in selling.any
    if any(index in selling.prices or index in selling.acts for index in indexes):
        return len(indexes) > 1
    lines = [index for index in indexes if index in selling.lines]
    return named and len(lines) > 1 and blocks[lines[-1]].end - blocks[lines[0]].start > 30
