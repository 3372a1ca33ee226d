"""Regions of saved text: what visitors wrote, and the foot of the page."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from auditor.model import Block, BlockKind, Role
from auditor.page.draft import Draft
from auditor.page.spots import Spots
from auditor.page.wording import words

_FOOT = 0.6  # share of the page behind which a copyright line is its foot
_HEADING_LENGTH = 60
_LINE = 300


def mark_regions(draft: Draft, low: str, spots: Spots) -> None:
    """Set the roles of comments and of the foot of the page.

    Args:
        draft: of the page, all written.
        low: its text in lower case.
        spots: where the vocabulary stands in it.
    """
    if spots.of("comments"):
        _mark_comments(draft.blocks, low)
    marks = spots.of("foot")
    if marks:
        _mark_foot(draft, marks[-1].start)


def _mark_comments(blocks: Sequence[Block], low: str) -> None:
    """What follows a heading such as "3 comments", up to the next heading of its rank, visitors wrote."""
    level = 0
    for block in blocks:
        heading = block.kind is BlockKind.HEADING
        if level and heading and block.level <= level:
            level = 0
        if level and block.role is Role.MAIN:
            block.role = Role.COMMENT
        elif heading and _names_comments(low[block.start : block.end]):
            level = block.level


def _names_comments(heading: str) -> bool:
    if len(heading) > _HEADING_LENGTH:
        return False
    bare = " ".join("".join(char if char.isalpha() else " " for char in heading).split())
    return any(bare == name or bare.startswith(name + " on ") for name in words("comment_headings"))


def _mark_foot(draft: Draft, mark: int) -> None:
    """From the last copyright line on, if that stands near the end."""
    blocks = draft.blocks
    index = bisect.bisect_right([block.start for block in blocks], mark) - 1
    line = blocks[index]
    if index <= len(blocks) * _FOOT or line.end - line.start > _LINE:
        return
    for block in blocks[index:]:
        if block.role is Role.MAIN:
            block.role = draft.regions[block.index] = Role.FOOTER
