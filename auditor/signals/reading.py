"""A page being read: its wordings found, its sentences cut, and the signals collected so far.

Built once a page and handed to every detector. Everything that is costly is computed on first use.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from auditor.model import SEEN, Assertion, Block, Page, Role, Signal, Visibility
from auditor.signals.assertion import CueHit, assert_span, cues_between, find_cues, find_quotations
from auditor.signals.sentences import split_sentences
from auditor.vocabulary import Vocabulary
from auditor.vocabulary.fold import fold
from auditor.vocabulary.lexicon import Lexicon, Name
from auditor.vocabulary.matcher import Hit
from auditor.vocabulary.wordings import Entry

# What stands in the title, the description or structured data is said by the page to everyone who finds it.
_SAID = SEEN | {Visibility.META}
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that policies are judged on: the page, its signals, and where its sentences are."""

    page: Page
    signals: tuple[Signal, ...]
    audit_date: dt.date
    _reading: Reading = field(repr=False)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Half-open span of the sentence that holds `offset`."""
        return self._reading.sentence_at(offset)


class Reading:
    """What the detectors read a page through."""

    def __init__(self, page: Page, vocabulary: Vocabulary, audit_date: dt.date) -> None:
        """Fold the text of `page` and find every wording in it."""
        self.page = page
        self.text = page.text
        self.folded = fold(page.text)
        self.vocabulary = vocabulary
        self.audit_date = audit_date
        self.hits: list[Hit] = vocabulary.matcher.scan(self.text, self.folded)
        self._block_starts = [block.start for block in page.blocks]
        self._seen = [block.visibility in _SAID for block in page.blocks]
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        self._by_kind: dict[str, list[Signal]] = defaultdict(list)
        self._sections: dict[int, list[Block]] | None = None
        self._attributes: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self.kept: dict[Callable[[Reading], object], object] = {}

    @cached_property
    def cues(self) -> list[CueHit]:
        """The cues of the page in text order."""
        return find_cues(self)

    @cached_property
    def first_heading(self) -> int:
        """Index of the first heading of the page, -1 for none."""
        return next((block.index for block in self.page.blocks if block.level), -1)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Spans of words in quotation marks, in text order."""
        return find_quotations(self.text)

    @property
    def lexicon(self) -> Lexicon:
        """The drug lexicon of the vocabulary."""
        return self.vocabulary.lexicon

    # ------------------------------------------------------------------------------------- where

    def block_at(self, offset: int) -> Block:
        """The block that holds `offset` (the last one for an offset at the end of the text)."""
        return self.page.blocks[self.block_index_at(offset)]

    def block_index_at(self, offset: int) -> int:
        """Index of the block that holds `offset`."""
        index = bisect_right(self._block_starts, offset) - 1
        return index if index > 0 else 0

    def block_text(self, block: Block) -> str:
        """The text of `block` without the line break that ends it."""
        return self.text[block.start : block.end].rstrip("\n")

    def sentences(self, block: Block) -> list[tuple[int, int]]:
        """Spans of the sentences of `block`, which cover it."""
        found = self._sentences.get(block.index)
        if found is None:
            found = split_sentences(self.text, block.start, block.end, self.vocabulary.abbreviations)
            self._sentences[block.index] = found
        return found

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Span of the sentence that holds `offset`."""
        if not self.page.blocks:
            return 0, len(self.text)
        spans = self.sentences(self.block_at(offset))
        return spans[max(bisect_right(spans, (offset, len(self.text))) - 1, 0)]

    def section_blocks(self, block: Block) -> list[Block]:
        """The blocks ruled by the same heading as `block`; for a heading, those it rules, itself first."""
        if self._sections is None:
            self._sections = defaultdict(list)
            for each in self.page.blocks:
                self._sections[each.section].append(each)
        if block.level:
            return [block, *self._sections.get(block.index, ())]
        return self._sections.get(block.section, [block])

    def heading_of(self, block: Block) -> Block | None:
        """The heading that rules `block`, if any."""
        return self.page.blocks[block.section] if block.section >= 0 else None

    # ----------------------------------------------------------------------------------- signals

    def signals(self, kind: str, value: str | None = None) -> Sequence[Signal]:
        """Signals found so far of a kind, in text order."""
        found = self._by_kind.get(kind, [])
        return found if value is None else [signal for signal in found if signal.value == value]

    def add(self, signals: Iterable[Signal]) -> None:
        """Keep `signals` for the detectors that follow."""
        touched = set()
        for signal in signals:
            self._by_kind[signal.kind].append(signal)
            touched.add(signal.kind)
        for kind in touched:
            self._by_kind[kind].sort(key=lambda signal: (signal.start, signal.end))

    def replace(self, kind: str, signals: Iterable[Signal]) -> None:
        """Put `signals` in the place of all those of `kind`."""
        self._by_kind[kind] = sorted(signals, key=lambda signal: (signal.start, signal.end))

    def all_signals(self) -> tuple[Signal, ...]:
        """Every signal found, in text order within its kind."""
        return tuple(signal for kind in self._by_kind.values() for signal in kind)

    def signal(self, kind: str, value: str, start: int, end: int, **more: Any) -> Signal:
        """A signal at a span, with its block, visibility and (unless given) assertion filled in."""
        index = self.block_index_at(start) if self.page.blocks else 0
        if "assertion" not in more and end > start:
            more["assertion"], more["cues"] = assert_span(self, start, end)
        more.setdefault("seen", self.is_seen(index))
        return Signal(kind, value, start, end, index, **more)

    def unvoiced(self, hit: Hit, entry: Entry) -> Signal:
        """The signal of a wording whose voice does not matter: the short way for the many."""
        _, start, end, match = hit
        index = max(bisect_right(self._block_starts, start) - 1, 0)
        seen = self._seen[index] if self._seen else True
        return Signal(
            entry.signal, entry.value, start, end, index, match, Assertion.AFFIRMED, (), seen, 1.0, entry.attributes
        )

    def fact(self, kind: str, value: str, **more: Any) -> Signal:
        """A signal about the page as a whole."""
        return Signal(kind, value, 0, 0, 0, assertion=Assertion.AFFIRMED, **more)

    def is_seen(self, block_index: int) -> bool:
        """Whether a visitor, or whoever finds the page by its title and description, is told what a block says."""
        return not self._seen or self._seen[block_index]

    def speaks_of_itself(self, offset: int) -> bool:
        """Whether the sentence at `offset` is about the publisher ("we ship", "our") and not about the world."""
        return self._says_any(self.vocabulary.first_person, offset)

    def states_own_business(self, offset: int) -> bool:
        """Whether the sentence at `offset` says what the publisher does ("we ship", "from us", "our")."""
        return any(cue.effect == "own" for cue in cues_between(self, *self.sentence_at(offset)))

    def starts_with_itself(self, start: int, end: int) -> bool:
        """Whether the words at [start, end) begin with "we" or "our"."""
        first = self.folded[start:end].partition(" ")[0]
        return first in self.vocabulary.first_person

    def addresses_reader(self, offset: int) -> bool:
        """Whether the sentence at `offset` speaks to the reader."""
        return self._says_any(self.vocabulary.second_person, offset)

    def _says_any(self, words: Iterable[str], offset: int) -> bool:
        low, high = self.sentence_at(offset)
        sentence = f" {self.folded[low:high]} "
        return any(f" {word} " in sentence for word in words)

    def is_visitors(self, offset: int) -> bool:
        """Whether the words at `offset` are a visitor's (a comment, a review) or quoted from someone else."""
        return bool(self.page.blocks) and self.block_at(offset).role in {Role.COMMENT, Role.QUOTATION}

    # -------------------------------------------------------------------------------------- drugs

    def attributes_of(self, name: Name, substance: str = "") -> dict[str, tuple[str, ...]]:
        """What a mention of `name` carries on the audit date; of one other `substance` of a combination, that one's."""
        key = (name.surface, substance)
        if key not in self._attributes:
            if substance and substance in self.lexicon.substances:
                known = self.lexicon.substances[substance].attributes(self.audit_date)
                known |= {"surface": (name.surface,), "name_kind": (name.kind.value,)}
            else:
                known = self.lexicon.attributes(name, self.audit_date)
            self._attributes[key] = known
        return self._attributes[key]


def kept(compute: Callable[[Reading], _Kept]) -> Callable[[Reading], _Kept]:
    """Make a function of a reading work once for each reading and keep its answer there.

    For what several detectors ask and no signal found later can change.
    """

    @wraps(compute)
    def answer(reading: Reading) -> _Kept:
        if compute not in reading.kept:
            reading.kept[compute] = compute(reading)
        return cast(_Kept, reading.kept[compute])

    return answer
