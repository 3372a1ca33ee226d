"""Saved text to draft: pages whose markup was lost, with or without light marks.

Light marks are what some savers leave: `# heading`, `- item`, `| cells`, `[link: text]`, `[button: text]`,
`[field: label]`, `[image: alt]`, `[title: ...]`, `[description: ...]`. Without them headings, items and tables are
inferred from lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.model import Block, BlockKind, Role, Visibility
from auditor.page.draft import Draft, DraftLink
from auditor.page.lines import continues, is_long, is_prose, looks_like_heading
from auditor.page.sourcecode import is_source_code

MARK = re.compile(
    r"\[(link|button|field|image|title|description):[ \t]?((?:[^\[\]\n]|\[[^\[\]\n]{0,300}\])*)\]", re.IGNORECASE
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪◦●○■–—✓✔]|\d{1,3}[.)]|[a-z]\))[ \t]+(\S.*)")
_BARE_BULLET = re.compile(r"[ \t]*[-*•·‣▪◦●○■]?[ \t]*$")
_RULE = re.compile(r"[ \t]*[-=_*~|:+ \t]{3,}$")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_KINDS = {
    "button": BlockKind.BUTTON,
    "field": BlockKind.FIELD,
    "image": BlockKind.IMAGE,
    "title": BlockKind.TITLE,
    "description": BlockKind.DESCRIPTION,
}
_META = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})
_MANY_LINKS = 3  # this many links and nothing else: a menu
_CELLS = 2


@dataclass(slots=True)
class _Piece:
    """A stretch of a line: running text, the text of a link in it, or a mark that stands for itself."""

    text: str
    mark: str = ""  # "", link, button, field, image, title, description


@dataclass(slots=True)
class _Entry:
    """Lines that form one block, before they are written."""

    pieces: list[_Piece] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    role: Role = Role.MAIN
    level: int = 0
    gap: int = 0
    group: int = -1
    row: int = -1

    @property
    def plain(self) -> str:
        """The text as one line."""
        return " ".join(" ".join(piece.text for piece in self.pieces).split())


def read_text(source: str, draft: Draft) -> None:
    """Read saved text into a draft."""
    if is_source_code(source):
        for line in source.splitlines():
            _write(_Entry([_Piece(line.strip())], BlockKind.CODE), draft)
        return
    entries = list(_entries(source, draft))
    draft.marked = any(entry.kind is BlockKind.HEADING for entry in entries)
    if not draft.marked:  # where the saver marked headings, nothing else is one
        _infer_headings(entries)
    _infer_menus(entries)
    for entry in entries:
        _write(entry, draft)


def _entries(source: str, draft: Draft) -> Iterator[_Entry]:
    """One entry for each heading, item, cell and paragraph; lines of one sentence are put together."""
    open_entry: _Entry | None = None
    gap, group, length = 0, -1, 0
    for line in source.splitlines():
        entry = _read_line(line, draft)
        if entry is None:
            gap += 1
            continue
        if open_entry and not gap and _joins(open_entry, entry, length):
            open_entry.pieces += [_Piece(" "), *entry.pieces]
            length = len(line)
            continue
        if open_entry:
            yield open_entry
        group = _group(open_entry, entry, gap, group, draft)
        entry.gap, entry.group = gap, group
        open_entry, gap, length = entry, 0, len(line)
    if open_entry:
        yield open_entry


def _joins(above: _Entry, below: _Entry, length: int) -> bool:
    if below.kind is not BlockKind.PARAGRAPH or above.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    if above.role is not below.role or not above.pieces or not below.pieces:
        return False
    if below.pieces[0].mark not in ("", "link") or any(p.mark not in ("", "link") for p in above.pieces[-1:]):
        return False
    return continues(above.pieces[-1].text, below.pieces[0].text.lstrip(), length)


def _group(above: _Entry | None, entry: _Entry, gap: int, group: int, draft: Draft) -> int:
    """The list or table an item or cell belongs to: that of its neighbour, if the neighbour is one."""
    if entry.kind not in (BlockKind.ITEM, BlockKind.CELL):
        return -1
    same = above is not None and above.kind is entry.kind and gap < 2
    return group if same and group >= 0 else draft.new_group()


def _read_line(line: str, draft: Draft) -> _Entry | None:
    """The entry a line opens; None for a blank line or one of dashes."""
    if not line.strip() or _RULE.match(line) or _BARE_BULLET.match(line):
        return None
    role = Role.MAIN
    quoted = _QUOTED.match(line)
    if quoted:
        line, role = line[quoted.end() :], Role.QUOTATION
    heading = _HEADING.match(line.lstrip())
    if heading:
        return _Entry(_pieces(heading[2].rstrip("# ")), BlockKind.HEADING, role, len(heading[1]))
    cells = _cells(line)
    if cells:
        return _Entry([_Piece(cell, "cell") for cell in cells], BlockKind.CELL, Role.TABLE, row=draft.new_group())
    bullet = _BULLET.match(line)
    if bullet:
        return _Entry(_pieces(bullet[1]), BlockKind.ITEM, role)
    pieces = _pieces(line)
    return _Entry(pieces, role=role) if any(piece.text.strip() for piece in pieces) else None


def _cells(line: str) -> list[str]:
    """The cells of a table row: between bars, or between tabs."""
    bare = line.strip()
    if bare.startswith("|") and bare.count("|") >= _CELLS:
        parts = bare.strip("|").split("|")
    elif "\t" in bare:
        parts = bare.split("\t")
    else:
        return []
    cells = [part.strip() for part in parts]
    return [cell for cell in cells if cell] if sum(map(bool, cells)) >= _CELLS or bare.startswith("|") else []


def _pieces(line: str) -> list[_Piece]:
    pieces, place = [], 0
    for mark in MARK.finditer(line):
        pieces.append(_Piece(line[place : mark.start()]))
        pieces.append(_Piece(mark[2], mark[1].lower()))
        place = mark.end()
    pieces.append(_Piece(line[place:]))
    return [piece for piece in pieces if piece.text]


def _infer_headings(entries: list[_Entry]) -> None:
    """Mark paragraphs that read as headings: short, alone between blank lines, with text to rule."""
    for index, (entry, below) in enumerate(itertools.pairwise(entries)):
        plain = entry.kind is BlockKind.PARAGRAPH and entry.role is Role.MAIN and len(entry.pieces) == 1
        if not plain or entry.pieces[0].mark or not (entry.gap or index == 0):
            continue
        following = below.plain
        rules = below.kind is BlockKind.ITEM or is_prose(following)
        if (below.gap or is_long(following)) and looks_like_heading(entry.plain, rules=rules):
            entry.kind, entry.level = BlockKind.HEADING, 2


def _infer_menus(entries: list[_Entry]) -> None:
    """Runs of items that are nothing but links are navigation."""
    run: list[_Entry] = []
    for entry in [*entries, _Entry()]:
        pieces = entry.pieces
        if entry.kind is BlockKind.ITEM and all(piece.mark == "link" or piece.text.isspace() for piece in pieces):
            run.append(entry)
            continue
        if len(run) >= _MANY_LINKS:
            for item in run:
                item.role = Role.NAVIGATION
        run = []


def _write(entry: _Entry, draft: Draft) -> None:
    """Write an entry: its running text as one block, its marks as blocks of their own."""
    shown = [piece for piece in entry.pieces if piece.text.strip()]
    if entry.kind is BlockKind.CELL:
        for piece in shown:
            _block(piece.text, entry, draft)
    elif shown and all(piece.mark == "link" for piece in shown) and len(shown) >= _MANY_LINKS:
        group = draft.new_group()
        for piece in shown:
            menu = _Entry([piece], BlockKind.ITEM, Role.NAVIGATION, 0, entry.gap, group)
            _run([piece], menu, draft)
    else:
        _write_line(entry, draft)


def _write_line(entry: _Entry, draft: Draft) -> None:
    running: list[_Piece] = []
    asides: list[_Piece] = []
    for piece in entry.pieces:
        if piece.mark in ("", "link"):
            running.append(piece)
        elif piece.mark == "image":
            asides.append(piece)
        else:
            _run(running, entry, draft)
            running = []
            _mark(piece, entry, draft)
    _run(running, entry, draft)
    for piece in asides:
        _mark(piece, entry, draft)


def _mark(piece: _Piece, entry: _Entry, draft: Draft) -> None:
    if not piece.text.strip():
        return
    kind = _KINDS[piece.mark]
    if kind in _META:
        draft.add_meta(piece.text, kind)
    else:
        _block(piece.text, entry, draft, kind)


def _run(pieces: list[_Piece], entry: _Entry, draft: Draft) -> None:
    """Write running text, with the places of its links."""
    if not any(piece.text.strip() for piece in pieces):
        return
    text = ""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length, space = 0, False
    for piece in pieces:
        text = " ".join(piece.text.split())
        if not text:
            space = True
            continue
        if parts and (space or piece.text[0].isspace()):
            parts.append(" ")
            length += 1
        if piece.mark:
            spans.append((length, length + len(text)))
        parts.append(text)
        length += len(text)
        space = piece.text[-1].isspace()
    block = _block("".join(parts), entry, draft)
    for start, end in spans:
        draft.links.append(DraftLink("", "", block.role, block.start + start, block.start + end))


def _block(text: str, entry: _Entry, draft: Draft, kind: BlockKind | None = None) -> Block:
    kind = kind or entry.kind
    region = Role.NAVIGATION if entry.role is Role.NAVIGATION else Role.MAIN
    block = draft.write(" ".join(text.split()), kind, entry.role, Visibility.VISIBLE, region)
    block.level = entry.level if kind is BlockKind.HEADING else 0
    block.row, block.group = entry.row, entry.group
    return block
