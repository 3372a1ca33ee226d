"""The page as read: its text in order, cut into regions, blocks and segments so that every quote can be marked.

Quotes overlap freely. A block is cut wherever a quote begins or ends, so each segment lies wholly inside or outside
every quote, and marks never have to cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from auditor.model import SEVERITY_ORDER, BlockKind, BlockView, Evidence, Outcome, PageAudit, Role, Severity, Visibility


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One quote of a finding. `number` reads "3.2": finding 3, quote 2; `key` is the tail of its two anchors."""

    number: str
    key: str
    place: int  # among the quotes of its finding
    evidence: Evidence
    severity: Severity
    outcome: Outcome
    placed: bool  # whether its span holds words of the page's text


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text inside the same quotes. `begins`: those that start here; `within`: how many cover it."""

    text: str
    begins: tuple[Exhibit, ...] = ()
    within: int = 0
    worst: Severity | None = None
    review: bool = False  # whether every quote over it is only for review


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the page and its segments."""

    block: BlockView
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Neighbouring blocks of one role and visibility, and of one product card."""

    role: Role
    visibility: Visibility
    blocks: tuple[MarkedBlock, ...]

    @property
    def plain(self) -> bool:
        """Whether this is ordinary main text, which needs no label."""
        return self.role is Role.MAIN and self.visibility is Visibility.VISIBLE

    @property
    def lines(self) -> Iterator[tuple[MarkedBlock, ...]]:
        """Blocks one by one, those of one table row together."""
        numbered = enumerate(self.blocks)
        for _, line in groupby(numbered, lambda each: each[1].block.row if each[1].block.row >= 0 else -2 - each[0]):
            yield tuple(marked for _, marked in line)


def mark(page: PageAudit, exhibits: Iterable[Exhibit]) -> tuple[Region, ...]:
    """The page's text as regions of blocks, every placed exhibit marked. Text outside all blocks is not lost."""
    blocks = _mark_blocks(page.text, _covering(page), [exhibit for exhibit in exhibits if exhibit.placed])
    return tuple(
        Region(role, visibility, tuple(members))
        for (role, visibility, _), members in groupby(
            blocks, key=lambda marked: (marked.block.role, marked.block.visibility, marked.block.card)
        )
    )


def _covering(page: PageAudit) -> Iterator[BlockView]:
    """The blocks in order, with plain ones put in wherever a stretch of text belongs to none."""
    at = 0
    for block in sorted(page.blocks, key=lambda block: block.start):
        if block.start > at:
            yield _plain(at, block.start)
        if block.end > at:
            yield block if block.start >= at else block.model_copy(update={"start": at})
            at = block.end
    if at < len(page.text):
        yield _plain(at, len(page.text))


def _plain(start: int, end: int) -> BlockView:
    return BlockView(start=start, end=end, kind=BlockKind.PARAGRAPH, role=Role.MAIN, visibility=Visibility.VISIBLE)


def _mark_blocks(text: str, blocks: Iterable[BlockView], exhibits: Iterable[Exhibit]) -> Iterator[MarkedBlock]:
    """Blocks with their segments, in one sweep over blocks and exhibits. Blank blocks are left out."""
    waiting = sorted(exhibits, key=lambda exhibit: (exhibit.evidence.start, -exhibit.evidence.end))[::-1]
    active: list[Exhibit] = []
    begun: set[str] = set()
    for block in blocks:
        end = block.start + len(text[block.start : block.end].rstrip("\n"))
        if not text[block.start : end].strip():
            continue
        active = [exhibit for exhibit in active if exhibit.evidence.end > block.start]
        while waiting and waiting[-1].evidence.start < end:
            active.append(waiting.pop())
        yield MarkedBlock(block, tuple(cut(text, block.start, end, active, begun)))


def cut(text: str, start: int, end: int, exhibits: Sequence[Exhibit], begun: set[str]) -> Iterator[Segment]:
    """The stretch from `start` to `end`, cut at every edge of its exhibits, which come in order of their starts.

    `begun` holds the keys of exhibits that began before, and takes up those that begin here.
    """
    edges = {edge for exhibit in exhibits for edge in (exhibit.evidence.start, exhibit.evidence.end)}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    waiting = list(reversed(exhibits))
    over: list[Exhibit] = []
    for left, right in pairwise(cuts):
        while waiting and waiting[-1].evidence.start <= left:
            over.append(waiting.pop())
        over = [exhibit for exhibit in over if exhibit.evidence.end > left]
        yield _segment(text[left:right], over, begun)


def _segment(text: str, over: Sequence[Exhibit], begun: set[str]) -> Segment:
    if not over:
        return Segment(text)
    begins = tuple(exhibit for exhibit in over if exhibit.key not in begun)
    begun.update(exhibit.key for exhibit in begins)
    return Segment(
        text,
        begins=begins,
        within=len(over),
        worst=min((exhibit.severity for exhibit in over), key=SEVERITY_ORDER.__getitem__),
        review=all(exhibit.outcome is Outcome.REVIEW for exhibit in over),
    )
