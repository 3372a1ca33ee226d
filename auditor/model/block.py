"""The stretches a page's text is made of, and what each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The region of the page a block stands in."""

    MAIN = "main"
    NAVIGATION = "navigation"
    HEADER = "header"
    FOOTER = "footer"
    ASIDE = "aside"
    FORM = "form"
    TABLE = "table"
    CARD = "card"
    COMMENT = "comment"  # written by visitors: comments, reviews, forum posts
    QUOTATION = "quotation"
    META = "meta"  # title, description, structured data: said by the page, not shown in its body


class BlockKind(StrEnum):
    """The form a block has."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    BUTTON = "button"
    OPTION = "option"
    FIELD = "field"
    IMAGE = "image"  # alternative text
    CODE = "code"
    TITLE = "title"
    DESCRIPTION = "description"
    STRUCTURED = "structured"  # strings of JSON-LD, microdata or RDFa


class Visibility(StrEnum):
    """Whether a visitor sees a block, and if not, what hides it."""

    VISIBLE = "visible"
    ARIA_HIDDEN = "aria-hidden"  # seen by eyes, not by screen readers
    META = "meta"  # not part of the rendered body
    HIDDEN = "hidden"  # hidden attribute, display:none, visibility:hidden, <dialog>, ...
    TRANSPARENT = "transparent"  # opacity 0, or text in the colour of its background
    TINY = "tiny"  # zero or unreadable size
    OFFSCREEN = "offscreen"
    NOSCRIPT = "noscript"


SEEN = frozenset({Visibility.VISIBLE, Visibility.ARIA_HIDDEN})


@dataclass(slots=True, unsafe_hash=True)  # never changed; the frozen form takes five times as long to make
class Block:
    """A stretch of `Page.text` that one element shows. Blocks partition the text: none overlap, none are missing.

    `section`: index of the heading block that rules this one, -1 for none (a heading's own is its parent heading).
    `card`, `row`, `group`: identifiers shared by blocks of one product card, one table row, one list or table; -1 none.
    """

    index: int
    start: int
    end: int
    kind: BlockKind
    role: Role
    visibility: Visibility
    path: str = ""
    level: int = 0  # heading level 1-6, else 0
    section: int = -1
    card: int = -1
    row: int = -1
    group: int = -1
    language: str = ""
