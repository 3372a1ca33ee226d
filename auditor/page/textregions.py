"""Regions of saved text: what visitors wrote, and the foot of the page."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import BlockKind, Role
from auditor.page.draft import DraftBlock
from auditor.page.wording import words

_FOOT = 0.6  # share of the page behind which a copyright line is its foot
_HEADING_LENGTH = 60


def mark_regions(blocks: Sequence[DraftBlock], low: str) -> None:
    """Set the roles of comments and of the foot of the page."""
    _mark_comments(blocks, low)
    _mark_foot(blocks, low)


def _mark_comments(blocks: Sequence[DraftBlock], low: str) -> None:
    """What follows a heading such as "3 comments", up to the next heading of its rank, visitors wrote."""
    level = 0
    for block in blocks:
        if level and block.kind is BlockKind.HEADING and block.level <= level:
            level = 0
        if level and block.role is Role.MAIN:
            block.role = Role.COMMENT
        elif block.kind is BlockKind.HEADING and _names_comments(low[block.start : block.end]):
            level = block.level


def _names_comments(heading: str) -> bool:
    if len(heading) > _HEADING_LENGTH:
        return False
    bare = " ".join("".join(char if char.isalpha() else " " for char in heading).split())
    return any(bare == name or bare.startswith(name + " on ") for name in words("comment_headings"))


def _mark_foot(blocks: Sequence[DraftBlock], low: str) -> None:
    """From the last copyright line on, if that stands near the end."""
    for index in range(len(blocks) - 1, int(len(blocks) * _FOOT), -1):
        line = low[blocks[index].start : blocks[index].end]
        if len(line) < 300 and any(mark in line for mark in words("footer_marks")):
            for block in blocks[index:]:
                if block.role is Role.MAIN:
                    block.role = block.region = Role.FOOTER
            return
