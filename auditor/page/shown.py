"""What the finders of contacts, dates and people look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Block, Link, StructuredItem
from auditor.page.draft import Stamp
from auditor.page.spots import Spots


@dataclass(frozen=True, slots=True)
class Shown:
    """A page whose text is settled. `low` is the text in lower case, with the same offsets."""

    text: str
    low: str
    spots: Spots
    blocks: Sequence[Block]
    starts: Sequence[int]  # of the blocks
    links: Sequence[Link]
    structured: Sequence[StructuredItem]
    stamps: Sequence[Stamp]
    metas: Sequence[tuple[str, str]]
    host: str
    language: str
