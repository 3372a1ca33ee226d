"""What policies are judged on: the facts of one page, indexed once and shared by all policies."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from auditor.model import SEEN, Audience, Block, Match, Page, Signal
from auditor.policy.filters import passes
from auditor.policy.schema import Scope
from auditor.policy.signal_spec import Builtin, Elements, Phrases, SignalSpec, Wording
from auditor.policy.wording import find_wording


class Facts(Protocol):
    """A page, the signals found in it, and where its sentences are."""

    @property
    def page(self) -> Page:
        """The page as read."""

    @property
    def signals(self) -> Sequence[Signal]:
        """Everything found on the page."""

    @property
    def audit_date(self) -> dt.date:
        """The day that decides which rules are in force."""

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Half-open span of the sentence that holds `offset`."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is judged under.

    Attributes:
        audience: jurisdiction to whether, and why, its rules are applied. A jurisdiction left out is not assessed;
            `global` always is.
    """

    audience: Mapping[str, Audience] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Miss:
    """The signal that came nearest to meeting a condition, and what kept it from doing so."""

    signal: Signal
    why_not: str
    denied_by: str = ""


# Facts about the page as a whole: they hold in every section, card and sentence of it.
WHOLE_PAGE_KINDS = frozenset({"page", "capture", "audience"})


# By `spec_key`: signals of other pages, of which `on_other_page` tells where they stand. They have no span here.
Elsewhere = Mapping[str, Sequence[Signal]]


class FactIndex:
    """The facts of one page, ready for questions. Costly answers are computed on first use."""

    def __init__(self, facts: Facts, elsewhere: Elsewhere | None = None) -> None:
        """Sort the signals of `facts` by kind. `elsewhere`: what other pages of the site say, by `spec_key`."""
        self.facts = facts
        self.elsewhere = elsewhere or {}
        self.page = facts.page
        self._by_kind: dict[str, list[Signal]] = {}
        for signal in facts.signals:
            self._by_kind.setdefault(signal.kind, []).append(signal)
        self.misses: dict[tuple[object, ...], Miss | None] = {}  # nearest misses worked out, for all policies
        self._found: dict[str, list[Signal]] = {}
        self._starts: list[int] = []
        self._spans: dict[tuple[int, int], Signal] | None = None
        self._wordings: dict[tuple[str, float], tuple[Signal, float] | None] = {}

    def candidates(self, spec: SignalSpec, owner: str, name: str) -> Sequence[Signal]:
        """Signals of the kind that `spec`, called `name` in policy `owner`, asks for, before any filter."""
        if isinstance(spec, Builtin):
            return self._by_kind.get(spec.use, ())
        if isinstance(spec, Phrases):
            return self._by_kind.get(inline_kind(owner, name), ())
        if isinstance(spec, Elements):
            return self._elements(spec)
        best = self.wording(spec)
        return [best[0]] if best and best[1] >= spec.share else []

    def found(self, spec: SignalSpec, owner: str, name: str) -> list[Signal]:
        """The candidates that pass the filters of `spec`, in text order. Policies that ask alike share the answer."""
        key = spec_key(spec, owner, name)
        found = self._found.get(key)
        if found is None:
            blocks = self.page.blocks
            found = [signal for signal in self.candidates(spec, owner, name) if passes(spec, signal, blocks)]
            self._found[key] = found
        return found

    def wording(self, spec: Wording) -> tuple[Signal, float] | None:
        """The stretch of the page that comes nearest to a prescribed wording, and the share of its words found."""
        key = (spec.wording, spec.share)
        if key not in self._wordings:
            self._wordings[key] = self._find_wording(spec)
        return self._wordings[key]

    def _find_wording(self, spec: Wording) -> tuple[Signal, float] | None:
        spans = [(block.start, block.end) for block in self.page.blocks if block.visibility in SEEN]
        found = find_wording(self.page.text, spans, spec.wording, spec.share)
        if found is None:
            return None
        start, end, share = found
        signal = Signal("wording", "found", start, end, self.block_at(start).index)
        return replace(signal, attributes={"share": (f"{share:.2f}",)}), share

    def _elements(self, spec: Elements) -> list[Signal]:
        wanted = set(spec.elements)
        return [
            self._element_signal(element.selector, element.start, element.end)
            for element in self.page.elements
            if element.selector in wanted
        ]

    def _element_signal(self, selector: str, start: int, end: int) -> Signal:
        block = self.block_at(start)
        seen = block.visibility in SEEN
        return Signal("element", selector, start, end, block.index, match=Match.STRUCTURE, seen=seen)

    def block_at(self, offset: int) -> Block:
        """The block that holds `offset` (the last one for an offset at the end of the text)."""
        if not self._starts:
            self._starts = [block.start for block in self.page.blocks]
        return self.page.blocks[max(bisect_right(self._starts, offset) - 1, 0)]

    def at_span(self, start: int, end: int) -> Signal | None:
        """The first signal found on exactly this span, if any."""
        if self._spans is None:
            self._spans = {(signal.start, signal.end): signal for signal in reversed(self.facts.signals)}
        return self._spans.get((start, end))

    def place(self, signal: Signal, scope: Scope) -> int:
        """A number that signals of one sentence, block, row, card or section share, and no others.

        A signal outside any row is placed by its block, one outside any card by its section.
        """
        if scope is Scope.SUBJECT:
            return id(signal)
        if scope is Scope.SENTENCE:
            return self.facts.sentence_at(signal.start)[0]
        block = self.page.blocks[signal.block]
        if scope is Scope.CARD and block.card >= 0:
            return -2 - block.card
        if scope is Scope.ROW and block.row >= 0:
            return -2 - block.row
        if scope in (Scope.BLOCK, Scope.ROW):
            return block.index
        return block.index if block.level else block.section

    def headings(self, block: Block) -> tuple[str, ...]:
        """The headings that rule `block`, outermost first."""
        trail: list[str] = []
        section = block.section
        while section >= 0:
            heading = self.page.blocks[section]
            trail.append(self.page.text[heading.start : heading.end].strip())
            section = heading.section
        return tuple(reversed(trail))


_OTHER_PAGE = "other-page"


def told_elsewhere(signal: Signal, page: Page) -> Signal:
    """`signal` of `page` as other pages of the site see it."""
    words = page.text[signal.start : signal.end]
    attributes = signal.attributes | {_OTHER_PAGE: (page.url, words)}
    return replace(signal, start=-1, end=-1, block=0, cues=(), factors=(), because=(), attributes=attributes)


def on_other_page(signal: Signal) -> tuple[str, str] | None:
    """The page and the words of a signal that stands on another page, None for one of this page."""
    where = signal.attributes.get(_OTHER_PAGE)
    return (where[0], where[1]) if where else None


def spec_key(spec: SignalSpec, owner: str, name: str) -> str:
    """The same for all signals of all policies that ask for the same thing."""
    return spec.key if isinstance(spec, Builtin) else inline_kind(owner, name)


def inline_kind(policy: str, name: str) -> str:
    """The signal kind under which the inline phrases `name` of a policy are matched."""
    return f"inline:{policy}.{name}"
