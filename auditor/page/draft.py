"""What a reader fills while it reads: text, blocks, links and forms under construction.

Every reader (HTML, saved text, Markdown) writes through `Draft`, which is what keeps the promise that blocks
partition the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.model import Block, BlockKind, Form, FormInput, Role, StructuredItem, Visibility


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
    blocks: list[Block] = field(default_factory=list)  # sections and cards are set when all are known
    regions: list[Role] = field(default_factory=list)  # of each block the role of the part of the page it stands in
    tables: list[int] = field(default_factory=list)  # of each block the table it stands in, -1 for none
    links: list[DraftLink] = field(default_factory=list)
    forms: list[DraftForm] = field(default_factory=list)
    structured: list[StructuredItem] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)  # the scripts that hold it
    scopes: set[str] = field(default_factory=set)  # attributes seen that open items of structured data
    stamps: list[Stamp] = field(default_factory=list)
    candidates: list[CardCandidate] = field(default_factory=list)
    matches: list[DraftMatch] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)  # name or property, and content
    layout_tables: set[int] = field(default_factory=set)
    marked: bool = False  # saved text that carries light marks
    in_pieces: bool = False  # it nests too deeply to be read as one tree
    length: int = 0
    parts: list[str] = field(default_factory=list)
    _groups: int = 0

    def write(self, text: str, kind: BlockKind, role: Role, visibility: Visibility, region: Role) -> Block:
        """Append a block with this text, in which white space must be collapsed already."""
        start = self.length
        self.length += len(text) + 1
        self.parts.append(text)
        block = Block(len(self.blocks), start, self.length, kind, role, visibility)
        self.blocks.append(block)
        self.regions.append(region)
        self.tables.append(-1)
        return block

    def add_meta(self, text: str, kind: BlockKind) -> None:
        """Append what the page says of itself without showing it, unless empty."""
        if text.strip():
            self.write(" ".join(text.split()), kind, Role.META, Visibility.META, Role.META)

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
