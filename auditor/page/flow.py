"""Running text: pieces of inline text put together to blocks, with the places of links and other spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from selectolax.lexbor import LexborNode

from auditor.model import SEEN, Block, BlockKind, Role, Visibility
from auditor.page.draft import Draft
from auditor.page.lines import continues
from auditor.page.visibility import PLAIN, Look

_CODE = BlockKind.CODE
_HEADING = BlockKind.HEADING


class Context(NamedTuple):
    """What an element hands down to its text and its children."""

    role: Role = Role.MAIN
    region: Role = Role.MAIN
    look: Look = PLAIN
    visibility: Visibility = Visibility.VISIBLE
    table: int = -1
    row: int = -1
    group: int = -1
    language: str = ""
    in_article: bool = False
    drawn: bool = False  # part of a drawing
    labelled: bool = False  # in a label


class Span(Protocol):
    """Whatever has a place in the text; `start` is -1 until its first character is written."""

    start: int
    end: int


@dataclass(slots=True, eq=False)
class Frame:
    """An open element of the walk."""

    node: LexborNode
    tag: str
    path: str  # where it stands, such as "html>body>main>p[3]"
    context: Context
    outer: Frame | None  # the block-level element an inline one stands in
    counts: dict[str, int]  # its children so far, by tag
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    breaking: bool = False  # a block-level element: text before, in and behind it stands in different blocks
    closing: bool = False  # whether there is something to do at its end besides
    sealed: bool = False  # nothing in it is text
    first: int = 0  # how many blocks stood before it
    card: int = 0  # 1: its names say product card, 2: its schema.org type does
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Aside:
    """Text that stands within a block without being part of its line: an image's words, a hidden stretch."""

    text: str
    kind: BlockKind
    frame: Frame
    spans: list[Span] = field(default_factory=list)


class Flow:
    """Puts text together to blocks.

    Hidden stretches and image texts inside a line are set behind it as blocks of their own, so that the line reads
    as a visitor sees it.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.end = 0  # just behind the last character written
        self.pending = False  # whether flush() has something to do
        self._pieces: list[str] = []
        self._length = 0
        self._line = 0  # where the current line of the block starts
        self._space = False
        self._breaks = 0
        self._frame: Frame | None = None
        self._visibility = Visibility.VISIBLE
        self._asides: list[_Aside] = []
        self._waiting: list[Span] = []  # opened, no character yet
        self._bare: list[Span] = []  # closed without a character

    def text(self, data: str, frame: Frame) -> None:
        """Add a text node; white space is collapsed over node boundaries."""
        box = frame.outer or frame
        if box.kind is _CODE and "\n" in data:
            self._lines(data, frame)
            return
        words = data.split()
        if not words:
            self._space = True
            return
        text = " ".join(words)
        visibility = frame.context.visibility
        if self._pieces:
            if visibility is not self._visibility and not self._reconcile(text, visibility, frame):
                return
            if self._breaks:
                self._take_break(text)
        if not self._pieces:
            self._frame = box
            self._visibility = visibility
            self._line = 0
        elif self._space or data[0].isspace():
            text = " " + text
        if self._waiting:
            self._start(self.draft.length + self._length + (text[0] == " "))
        self._pieces.append(text)
        self.pending = True
        self._length += len(text)
        self.end = self.draft.length + self._length
        self._space = data[-1].isspace()

    def _reconcile(self, text: str, visibility: Visibility, frame: Frame) -> bool:
        """Text seen otherwise than its block: set aside, or a new block. False when it is dealt with."""
        if visibility in SEEN:
            if self._visibility in SEEN:
                self._visibility = Visibility.VISIBLE
            else:
                self.flush()
            return True
        if self._visibility in SEEN:
            self.aside(text, BlockKind.PARAGRAPH, frame)
            return False
        self.flush()
        return True

    def space(self) -> None:
        """What follows is at least a space away."""
        self._space = True

    def line_break(self, frame: Frame) -> None:
        """A forced line end: within headings and the like a space, elsewhere perhaps the end of the block."""
        if (frame.outer or frame).kind in (BlockKind.HEADING, BlockKind.BUTTON, BlockKind.OPTION):
            self._space = True
        elif self._pieces:
            self._breaks += 1

    def _lines(self, data: str, frame: Frame) -> None:
        """Add preformatted text, line by line."""
        for number, line in enumerate(data.split("\n")):
            if number:
                self.line_break(frame)
            self.text(line, frame)

    def _take_break(self, text: str) -> None:
        """Decide whether a line break inside a block ends it, now that the next line is known."""
        if self._pieces and self._breaks == 1 and continues(self._pieces[-1], text, self._length - self._line):
            self._space = True
            self._line = self._length + 1
        else:
            self.flush()
        self._breaks = 0

    def aside(self, text: str, kind: BlockKind, frame: Frame) -> None:
        """A block of its own that must not break the line it stands in."""
        text = " ".join(text.split())
        if not text:
            return
        last = self._asides[-1] if self._asides else None
        if last and last.kind is kind and last.frame is frame and kind is BlockKind.PARAGRAPH:
            last.text += " " + text
            return
        self.pending = True
        self._asides.append(_Aside(text, kind, frame, list(self._waiting)))
        if not self._pieces:
            self.flush()

    def whole(self, text: str, kind: BlockKind, frame: Frame) -> None:
        """A block of its own that ends the one before."""
        self.flush()
        self.aside(text, kind, frame)

    def open_span(self, span: Span) -> None:
        """From the next character on."""
        self._waiting.append(span)

    def close_span(self, span: Span) -> None:
        """Up to the last character written."""
        if span.start >= 0:
            span.end = self.end
            return
        self._waiting = [waiting for waiting in self._waiting if waiting is not span]
        self.pending = True
        self._bare.append(span)

    def _start(self, place: int) -> None:
        for span in self._waiting:
            if span.start < 0:
                span.start = place
        self._waiting = []

    def flush(self) -> None:
        """End the current block, and write what was set aside in it."""
        self.pending = False
        if self._pieces and self._frame is not None:
            frame = self._frame
            self._write("".join(self._pieces), frame, frame.kind, self._visibility)
            self._pieces = []
            self._length = 0
        self._space = False
        self._breaks = 0
        if self._asides:
            self._write_asides()
        if self._bare:
            self._settle()

    def _write_asides(self) -> None:
        asides, self._asides = self._asides, []
        for item in asides:
            block = self._write(item.text, item.frame, item.kind, item.frame.context.visibility)
            for span in item.spans:
                if span.start < 0:
                    span.start, span.end = block.start, self.end

    def _settle(self) -> None:
        """Spans without any text get the place where they stand."""
        for span in self._bare:
            if span.start < 0:
                span.start = span.end = self.end
        self._bare = []

    def _write(self, text: str, frame: Frame, kind: BlockKind, visibility: Visibility) -> Block:
        context, draft = frame.context, self.draft
        start = draft.length
        self.end = start + len(text)
        draft.length = self.end + 1
        draft.parts.append(text)
        block = Block(
            len(draft.blocks),
            start,
            draft.length,
            kind,
            context.role,
            visibility,
            frame.path,
            frame.level if kind is _HEADING else 0,
            -1,
            -1,
            context.row,
            context.group,
            context.language,
        )
        draft.blocks.append(block)
        draft.regions.append(context.region)
        draft.tables.append(context.table)
        return block
