"""One pass over folded text that finds every wording and every drug name at once (Aho-Corasick, linear time)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from auditor.model import Match
from auditor.vocabulary.disguise import rewrite
from auditor.vocabulary.wordings import Phrase
from auditor.vocabulary.words import NO_NAMES, Words

_LONGEST_GAP = 80  # characters
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


class Hit(NamedTuple):
    """A wording found: `target` is what was looked for (a Phrase or whatever a caller registered)."""

    target: object
    start: int
    end: int
    match: Match


class _Pattern(NamedTuple):
    """One literal wording: its targets, how far its spaces reach beyond its words, and whether it has a space inside.

    `opens`: numbers of the phrases in parts that it may begin. `in_parts`: whether it is a part of any.
    """

    targets: tuple[object, ...]
    lead: int
    trail: int
    spaced: bool
    in_parts: bool
    opens: tuple[int, ...]


class _PartedPhrase(NamedTuple):
    """A phrase with gaps: for each of its parts, the numbers of the patterns that may stand there."""

    phrase: Phrase
    parts: tuple[frozenset[int], ...]


_Spans = dict[int, list[Hit]]  # pattern number to where it was found


class Matcher:
    """Compiled wordings. Immutable once built; safe to share between threads."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        names: Iterable[tuple[str, object]] = (),
        disguised: Mapping[str, str] = NO_NAMES,
        verbs: Iterable[str] = (),
    ) -> None:
        """Compile `phrases` and (folded name, target) pairs.

        `disguised`: names that are also looked for in disguise, each with what it is the name of. `verbs`: words that
        such a name is run into one with.
        """
        targets: dict[str, list[object]] = defaultdict(list)
        parted: list[tuple[Phrase, list[list[str]]]] = []
        for phrase in phrases:
            pad = "" if phrase.entry.inside_words else " "
            literals = [[f"{pad}{wording}{pad}" for wording in wordings] for wordings in phrase.parts]
            if len(literals) == 1:
                for literal in literals[0]:
                    targets[literal].append(phrase)
            else:
                parted.append((phrase, literals))
                for literal in chain.from_iterable(literals):
                    targets.setdefault(literal, [])
        for name, target in names:
            targets[f" {name} "].append(target)
        numbers = {literal: number for number, literal in enumerate(targets)}
        self._parted = [
            _PartedPhrase(phrase, tuple(frozenset(map(numbers.__getitem__, part)) for part in literals))
            for phrase, literals in parted
        ]
        self._patterns = _patterns(targets, self._parted)
        self._automaton = ahocorasick_rs.AhoCorasick(list(targets))
        words = (word for literal in targets for word in literal.split() if len(word) >= 2 and word.isalpha())
        self._known = Words(words, disguised, verbs)

    def scan(self, text: str, folded: str) -> list[Hit]:
        """Every wording in `text` (with `folded` its folded form), overlapping ones included.

        A wording never runs over a line break: blocks end there.
        """
        hits: list[Hit] = []
        spans: _Spans = {}
        exact = Match.EXACT
        for number, pattern, start, end in self._find(folded):
            targets, _, _, spaced, in_parts, _ = pattern
            if spaced and "\n" in folded[start:end]:
                continue
            for target in targets:
                hits.append(Hit(target, start, end, exact))
            if in_parts:
                spans.setdefault(number, []).append(Hit(None, start, end, exact))
        self._scan_rewritten(text, hits, spans)
        hits.extend(self._joined(text, folded, spans))
        return hits

    def _scan_rewritten(self, text: str, hits: list[Hit], spans: _Spans) -> None:
        """The wordings that only show once disguised words are made plain."""
        rewritten = rewrite(text, self._known)
        if rewritten is None:
            return
        for number, pattern, new_start, new_end in self._find(rewritten.text):
            start, end, disguise = rewritten.original(new_start, new_end)
            if disguise is None or "\n" in text[start:end]:
                continue
            hits.extend(Hit(target, start, end, disguise) for target in pattern.targets)
            if pattern.in_parts:
                spans.setdefault(number, []).append(Hit(None, start, end, disguise))

    def _find(self, folded: str) -> Iterator[tuple[int, _Pattern, int, int]]:
        haystack = f" {folded} ".replace("\n", " ")
        patterns = self._patterns
        for number, start, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            pattern = patterns[number]
            yield number, pattern, start + pattern.lead, end + pattern.trail

    def _joined(self, text: str, folded: str, spans: _Spans) -> Iterator[Hit]:
        """Hits of phrases in parts: the parts in order, no more words between two of them than the phrase allows."""
        found = spans.keys()
        for opened in sorted({phrase for number in found for phrase in self._patterns[number].opens}):
            phrase, parts = self._parted[opened]
            if any(part.isdisjoint(found) for part in parts[1:]):
                continue
            by_part = [[hit for number in part & found for hit in spans[number]] for part in parts]
            chains = [Hit(phrase, hit.start, hit.end, hit.match) for hit in by_part[0]]
            for following, words in zip(by_part[1:], phrase.gaps, strict=True):
                chains = list(_extend(chains, following, text, folded, words))
            yield from chains


def _patterns(targets: dict[str, list[object]], parted: list[_PartedPhrase]) -> list[_Pattern]:
    opens: dict[int, list[int]] = defaultdict(list)
    for number, phrase in enumerate(parted):
        for pattern in phrase.parts[0]:
            opens[pattern].append(number)
    in_parts = {pattern for phrase in parted for part in phrase.parts for pattern in part}
    return [
        _Pattern(
            tuple(found),
            0 if literal[0] == " " else -1,
            -2 if literal[0] == " " else -1,
            " " in literal.strip(),
            number in in_parts,
            tuple(opens.get(number, ())),
        )
        for number, (literal, found) in enumerate(targets.items())
    ]


def _extend(chains: list[Hit], following: list[Hit], text: str, folded: str, words: int) -> Iterator[Hit]:
    """Each chain with the nearest hit of the next part that stands close enough behind it."""
    following = sorted(following, key=attrgetter("start"))
    starts = [hit.start for hit in following]
    for before in chains:
        at = bisect_left(starts, before.end)
        if at == len(starts) or starts[at] - before.end > _LONGEST_GAP:
            continue
        if _gap_is_short(before.end, starts[at], text, folded, words):
            end = max(hit.end for hit in following[at : bisect_right(starts, starts[at])])
            yield Hit(before.target, before.start, end, before.match)


def _gap_is_short(start: int, end: int, text: str, folded: str, words: int) -> bool:
    """Whether at most `words` words and no end of a sentence stand between two parts."""
    gap = folded[start:end]
    return len(gap.split()) <= words and "\n" not in gap and not _SENTENCE_END.search(text, start, end)
