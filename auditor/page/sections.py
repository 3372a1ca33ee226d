"""Which heading rules which block, and which tables are tables."""

from __future__ import annotations

from auditor.model import SEEN, BlockKind, Role
from auditor.page.draft import Draft

_Trail = tuple[tuple[int, int], ...]  # level and block index of the headings above, outermost first


def settle_tables(draft: Draft) -> None:
    """Take the marks of a table from blocks whose table only arranges the page."""
    if not draft.layout_tables:
        return
    for block, table, region in zip(draft.blocks, draft.tables, draft.regions, strict=True):
        if table in draft.layout_tables:
            block.row = -1
            block.group = -1 if block.group == table else block.group
            block.role = region if block.role is Role.TABLE else block.role
            block.kind = BlockKind.PARAGRAPH if block.kind is BlockKind.CELL else block.kind


def assign_sections(draft: Draft) -> None:
    """Give each block the index of its ruling heading.

    A heading rules what follows it in its own part of the page: one in a sidebar, a footer or a product card rules
    nothing outside of it.
    """
    trails: dict[tuple[Role, int], _Trail] = {}
    heading, meta = BlockKind.HEADING, Role.META
    place, ruling = (meta, -1), -1  # of the block before; most blocks are ruled by the same heading
    for block, region in zip(draft.blocks, draft.regions, strict=True):
        if block.role is meta:
            continue
        if region is not place[0] or block.card != place[1]:
            place = (region, block.card)
            trail = _trail(trails, place)
            ruling = trail[-1][1] if trail else -1
        if block.kind is heading and block.visibility in SEEN:
            trail = tuple(above for above in _trail(trails, place) if above[0] < block.level)
            block.section = trail[-1][1] if trail else -1
            trails[place] = (*trail, (block.level, block.index))
            ruling = block.index
        else:
            block.section = ruling


def _trail(trails: dict[tuple[Role, int], _Trail], place: tuple[Role, int]) -> _Trail:
    """The headings that rule at a place: a card without any has those around it."""
    trail = trails.get(place)
    return trails.get((place[0], -1), ()) if trail is None else trail
