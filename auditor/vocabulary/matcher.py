"""One pass over folded text that finds every wording and every drug name at once (Aho-Corasick, linear time)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from auditor.model import Match
from auditor.vocabulary.fold import rewrite
from auditor.vocabulary.wordings import Phrase

_LONGEST_GAP = 80  # characters
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


class Hit(NamedTuple):
    """A wording found: `target` is what was looked for (a Phrase or whatever a caller registered)."""

    target: object
    start: int
    end: int
    match: Match


class _Part(NamedTuple):
    """A part of a phrase with gaps; its hits are joined afterwards."""

    phrase: Phrase
    number: int


class _Found(NamedTuple):
    """The hits of one phrase in parts, part by part."""

    phrase: Phrase
    by_part: list[list[Hit]]


class _Pattern(NamedTuple):
    """One literal wording: its targets, how far its padding reaches beyond it, whether it has a space inside."""

    targets: tuple[object, ...]
    parts: tuple[_Part, ...]
    lead: int
    trail: int
    spaced: bool


class Matcher:
    """Compiled wordings. Immutable once built; safe to share between threads."""

    def __init__(self, phrases: Iterable[Phrase], names: Iterable[tuple[str, object]] = ()) -> None:
        """Compile `phrases` and (folded name, target) pairs."""
        targets: dict[str, list[object]] = defaultdict(list)
        for phrase in phrases:
            pad = "" if phrase.entry.inside_words else " "
            whole = len(phrase.parts) == 1
            for number, wordings in enumerate(phrase.parts):
                target: object = phrase if whole else _Part(phrase, number)
                for wording in wordings:
                    targets[f"{pad}{wording}{pad}"].append(target)
        for name, target in names:
            targets[f" {name} "].append(target)
        self._patterns = [_pattern(literal, found) for literal, found in targets.items()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(targets))
        self._known = frozenset(
            word for literal in targets for word in literal.split() if len(word) >= 2 and word.isalpha()
        )

    def scan(self, text: str, folded: str) -> list[Hit]:
        """Every wording in `text` (with `folded` its folded form), overlapping ones included, in order of their ends.

        A wording never runs over a line break: blocks end there.
        """
        hits: list[Hit] = []
        parts: dict[int, _Found] = {}
        exact = Match.EXACT
        for pattern, start, end in self._find(folded):
            targets, in_parts, _, _, spaced = pattern
            if spaced and "\n" in folded[start:end]:
                continue
            for target in targets:
                hits.append(Hit(target, start, end, exact))
            if in_parts:
                _note_parts(pattern, start, end, exact, parts)
        self._scan_rewritten(text, hits, parts)
        for found in parts.values():
            hits.extend(_join(found, text, folded))
        return hits

    def _scan_rewritten(self, text: str, hits: list[Hit], parts: dict[int, _Found]) -> None:
        """The wordings that only show once disguised words are made plain."""
        rewritten = rewrite(text, self._known)
        if rewritten is None:
            return
        for pattern, new_start, new_end in self._find(rewritten.text):
            start, end, disguise = rewritten.original(new_start, new_end)
            if disguise is None or "\n" in text[start:end]:
                continue
            hits.extend(Hit(target, start, end, disguise) for target in pattern.targets)
            _note_parts(pattern, start, end, disguise, parts)

    def _find(self, folded: str) -> Iterator[tuple[_Pattern, int, int]]:
        haystack = f" {folded} ".replace("\n", " ")
        for index, start, end in self._automaton.find_matches_as_indexes(haystack, overlapping=True):
            pattern = self._patterns[index]
            yield pattern, start + pattern.lead, end + pattern.trail


def _pattern(literal: str, found: list[object]) -> _Pattern:
    padded = literal[0] == " "
    return _Pattern(
        tuple(target for target in found if not isinstance(target, _Part)),
        tuple(target for target in found if isinstance(target, _Part)),
        0 if padded else -1,
        -2 if padded else -1,
        " " in literal.strip(),
    )


def _note_parts(pattern: _Pattern, start: int, end: int, match: Match, parts: dict[int, _Found]) -> None:
    """Keep one literal match as a part of every phrase it may belong to."""
    for part in pattern.parts:
        found = parts.get(id(part.phrase))
        if found is None:
            found = parts[id(part.phrase)] = _Found(part.phrase, [[] for _ in part.phrase.parts])
        found.by_part[part.number].append(Hit(part.phrase, start, end, match))


def _join(found: _Found, text: str, folded: str) -> list[Hit]:
    """Hits of a phrase in parts: the parts in order, no more words between two of them than the phrase allows."""
    if not all(found.by_part):
        return []
    chains = found.by_part[0]
    for following, words in zip(found.by_part[1:], found.phrase.gaps, strict=True):
        chains = list(_extend(chains, following, text, folded, words))
    return chains


def _extend(chains: list[Hit], following: list[Hit], text: str, folded: str, words: int) -> Iterator[Hit]:
    """Each chain with the nearest hit of the next part that stands close enough behind it."""
    following = sorted(following, key=attrgetter("start"))
    starts = [hit.start for hit in following]
    for chain in chains:
        at = bisect_left(starts, chain.end)
        if at == len(starts) or starts[at] - chain.end > _LONGEST_GAP:
            continue
        if _gap_is_short(chain.end, starts[at], text, folded, words):
            end = max(hit.end for hit in following[at : bisect_right(starts, starts[at])])
            yield Hit(chain.target, chain.start, end, chain.match)


def _gap_is_short(start: int, end: int, text: str, folded: str, words: int) -> bool:
    """Whether at most `words` words and no end of a sentence stand between two parts."""
    gap = folded[start:end]
    return len(gap.split()) <= words and "\n" not in gap and not _SENTENCE_END.search(text, start, end)
