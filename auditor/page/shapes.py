"""What an element's tag and names decide wherever it stands; read once for all elements that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from auditor.model import BlockKind
from auditor.page import tags
from auditor.page.regions import Naming, has_region, naming

_PARTS = tags.GROUPS | tags.ARTICLES | {"table", "tr", "svg"}


@dataclass(frozen=True, slots=True)
class Shape:
    """An element without its content and its surroundings."""

    tag: str
    aria: str  # its `role` attribute
    names: Naming
    plain: bool  # hands down what it is handed, unless attributes besides its names say otherwise
    skipped: bool  # nothing in it is text
    speaks: bool  # may be a region of the page
    part: bool  # a list, a table, a row, an article or a drawing
    look: bool  # its tag alone may hide its text
    block: bool  # stands in lines of its own
    kind: BlockKind | None  # of the text in a block, None for that of the block around it
    level: int
    card: int  # 1: its names say product card, 2: its schema.org type does
    acts: bool  # it is more than its text
    closing: bool  # when it ends there is more to do than ending a block


@lru_cache(maxsize=8192)
def shape_of(
    tag: str, classes: str | None, ident: str | None, itemtype: str | None = None, aria: str | None = None
) -> Shape:
    """The shape of an element of this tag with these attributes."""
    names = naming(classes or "", ident or "", itemtype or "")
    button = tag == "a" and (names.button or aria == "button")
    card = (2 if names.typed else 1) if names.card and tag in tags.CARD_TAGS and not button else 0
    speaks = names.role is not None or aria is not None or has_region(tag)
    part = tag in _PARTS
    look = tag in tags.LOOKING
    block = button or card > 0 or tag in tags.BLOCKS
    return Shape(
        tag=tag,
        aria=aria or "",
        names=names,
        plain=not (speaks or part or look or names.off_screen or tag in tags.SKIPPED),
        skipped=tag in tags.SKIPPED,
        speaks=speaks,
        part=part,
        look=look,
        block=block,
        kind=BlockKind.BUTTON if button else tags.KINDS.get(tag, BlockKind.PARAGRAPH if tag in tags.AFRESH else None),
        level=tags.LEVELS.get(tag, 0),
        card=card,
        acts=tag in tags.ACTING,
        closing=block and (card > 0 or tag in tags.CLOSING),
    )
