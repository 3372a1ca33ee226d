"""Which heading rules which block, and which tables are tables."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import SEEN, BlockKind, Role
from auditor.page.draft import Draft, DraftBlock

_Trail = tuple[tuple[int, int], ...]  # level and block index of the headings above, outermost first


def settle_tables(draft: Draft) -> None:
    """Take the marks of a table from blocks whose table only arranges the page."""
    for block in draft.blocks:
        if block.table in draft.layout_tables:
            block.row = -1
            block.group = -1 if block.group == block.table else block.group
            block.role = block.region if block.role is Role.TABLE else block.role
            block.kind = BlockKind.PARAGRAPH if block.kind is BlockKind.CELL else block.kind


def assign_sections(blocks: Sequence[DraftBlock]) -> None:
    """Give each block the index of its ruling heading.

    A heading rules what follows it in its own part of the page: one in a sidebar, a footer or a product card rules
    nothing outside of it.
    """
    trails: dict[tuple[Role, int], _Trail] = {}
    for index, block in enumerate(blocks):
        if block.role is Role.META:
            continue
        place = (block.region, block.card)
        trail = trails.get(place)
        if trail is None:
            trail = trails.get((block.region, -1), ())
        if block.kind is BlockKind.HEADING and block.visibility in SEEN:
            trail = tuple(above for above in trail if above[0] < block.level)
            block.section = trail[-1][1] if trail else -1
            trails[place] = (*trail, (block.level, index))
        elif trail:
            block.section = trail[-1][1]
