"""What a reader fills while it reads: text, blocks, links and forms under construction.

Every reader (HTML, saved text, Markdown) writes through `Draft`, which is what keeps the promise that blocks
partition the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model import Block, BlockKind, Form, FormInput, Role, StructuredItem, Visibility


@dataclass(slots=True)
class DraftBlock:
    """A block before sections and cards are known. `region` is the role of the part of the page it stands in."""

    start: int
    end: int
    kind: BlockKind
    role: Role
    visibility: Visibility
    path: str = ""
    level: int = 0
    region: Role = Role.MAIN
    card: int = -1
    row: int = -1
    group: int = -1
    language: str = ""
    section: int = -1
    table: int = -1
    gap: int = 0  # blank lines before it, in saved text

    def finished(self, index: int) -> Block:
        """The block as the page model holds it."""
        return Block(
            index,
            self.start,
            self.end,
            self.kind,
            self.role,
            self.visibility,
            self.path,
            self.level,
            self.section,
            self.card,
            self.row,
            self.group,
            self.language,
        )


@dataclass(slots=True)
class DraftLink:
    """A link under construction; `start` is -1 until its first character is written."""

    href: str
    rel: str = ""
    role: Role = Role.MAIN
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class DraftForm:
    """A form under construction."""

    action: str
    method: str
    start: int = -1
    end: int = -1
    inputs: list[FormInput] = field(default_factory=list)

    def finished(self) -> Form:
        """The form as the page model holds it."""
        return Form(self.action, self.method, tuple(self.inputs), self.start, self.end)


@dataclass(slots=True)
class Stamp:
    """A machine-readable date: `<time datetime>` in the text, or a property of the markup."""

    value: str
    name: str  # property name ("article:published_time"), "" for a bare <time>
    start: int = -1
    end: int = -1
    source: str = "time"


@dataclass(slots=True)
class DraftMatch:
    """The place of an element that a policy named by selector."""

    selector: str
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class CardCandidate:
    """An element whose name or type says product card: the blocks `first` up to `last` (exclusive) stand in it."""

    first: int
    last: int
    typed: bool  # schema.org says so, rather than a class name


@dataclass(slots=True)
class Draft:
    """A page under construction."""

    title: str = ""
    declared_language: str = ""
    canonical: str = ""
    base: str = ""
    blocks: list[DraftBlock] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    forms: list[DraftForm] = field(default_factory=list)
    structured: list[StructuredItem] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    candidates: list[CardCandidate] = field(default_factory=list)
    matches: list[DraftMatch] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)  # name or property, and content
    layout_tables: set[int] = field(default_factory=set)
    marked: bool = False  # saved text that carries light marks
    length: int = 0
    parts: list[str] = field(default_factory=list)
    _groups: int = 0

    def write(self, text: str, block: DraftBlock) -> DraftBlock:
        """Append a block with this text; its offsets are set here. White space must be collapsed already."""
        block.start = self.length
        self.length += len(text) + 1
        block.end = self.length
        self.parts.append(text)
        self.blocks.append(block)
        return block

    def add(
        self,
        text: str,
        kind: BlockKind,
        role: Role = Role.MAIN,
        visibility: Visibility = Visibility.VISIBLE,
        **more: int,
    ) -> DraftBlock:
        """Collapse white space and append a block (also when nothing is left: callers ask beforehand)."""
        block = DraftBlock(0, 0, kind, role, visibility, region=role)
        for name, value in more.items():
            setattr(block, name, value)
        return self.write(" ".join(text.split()), block)

    def add_meta(self, text: str, kind: BlockKind) -> None:
        """Append what the page says of itself without showing it, unless empty."""
        if text.strip():
            self.add(text, kind, Role.META, Visibility.META)

    def add_head(self, name: str, content: str) -> None:
        """What a page's head says in a named field, as a date of the page if it is one."""
        self.metas.append((name, content))
        self.stamps.append(Stamp(content, name, source="meta"))

    def new_group(self) -> int:
        """An identifier for a list, a table or a row."""
        self._groups += 1
        return self._groups - 1

    def text(self) -> str:
        """The canonical text: blocks separated by line ends."""
        return "\n".join(self.parts)

    def finish(self) -> str:
        """Close the last block (nothing separates it from a next one) and return the text."""
        if self.blocks:
            self.blocks[-1].end = self.length - 1
        return self.text()
