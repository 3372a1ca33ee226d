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
from auditor.vocabulary.fold import fold, rewrite
from auditor.vocabulary.wordings import Phrase

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
        self._patterns = list(targets)
        self._targets = list(targets.values())
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)
        self._known = frozenset(
            word for pattern in self._patterns for word in pattern.split() if len(word) >= 2 and word.isalpha()
        )

    def scan(self, text: str, folded: str) -> list[Hit]:
        """Every wording in `text` (with `folded` its folded form), overlapping ones included, in order of their ends.

        A wording never runs over a line break: blocks end there.
        """
        found = [Hit(target, *span, match) for target, *span, match in self._literal(text, folded)]
        return [hit for hit in found if not isinstance(hit.target, _Part)] + list(_join_gaps(found, text))

    def _literal(self, text: str, folded: str) -> Iterator[tuple[object, int, int, Match]]:
        for pattern, start, end in self._find(folded):
            if "\n" not in folded[start:end]:
                for target in self._targets[pattern]:
                    yield target, start, end, Match.EXACT
        rewritten = rewrite(text, self._known)
        if rewritten is None:
            return
        for pattern, new_start, new_end in self._find(rewritten.text):
            start, end, disguise = rewritten.original(new_start, new_end)
            if disguise is None or "\n" in text[start:end]:
                continue
            for target in self._targets[pattern]:
                yield target, start, end, disguise

    def _find(self, folded: str) -> Iterator[tuple[int, int, int]]:
        patterns = self._patterns
        for index, start, end in self._automaton.find_matches_as_indexes(f" {folded} ".replace("\n", " "), overlapping=True):
            if patterns[index][0] == " ":
                yield index, start, end - 2
            else:
                yield index, start - 1, end - 1


def _join_gaps(hits: list[Hit], text: str) -> Iterator[Hit]:
    """Hits of phrases in parts: the parts in order, no more words between two of them than the phrase allows."""
    parts: dict[int, dict[int, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    phrases: dict[int, Phrase] = {}
    for hit in hits:
        if isinstance(hit.target, _Part):
            phrases[id(hit.target.phrase)] = hit.target.phrase
            parts[id(hit.target.phrase)][hit.target.number].append(hit)
    for key, phrase in phrases.items():
        numbered = parts[key]
        if len(numbered) < len(phrase.parts):
            continue
        chains = numbered[0]
        for number in range(1, len(phrase.parts)):
            chains = list(_extend(chains, numbered[number], text, phrase.gaps[number - 1]))
        yield from (Hit(phrase, chain.start, chain.end, chain.match) for chain in chains)


def _extend(chains: list[Hit], following: list[Hit], text: str, words: int) -> Iterator[Hit]:
    """Each chain with the nearest hit of the next part that stands close enough behind it."""
    following = sorted(following, key=attrgetter("start"))
    starts = [hit.start for hit in following]
    for chain in chains:
        at = bisect_left(starts, chain.end)
        if at == len(following) or not _gap_is_short(text[chain.end : starts[at]], words):
            continue
        end = max(hit.end for hit in following[at : bisect_right(starts, starts[at])])
        yield Hit(chain.target, chain.start, end, chain.match)


def _gap_is_short(gap: str, words: int) -> bool:
    return len(gap) < 80 and not _SENTENCE_END.search(gap) and len(fold(gap).split()) <= words


def scan_phrases(matcher: Matcher, text: str) -> list[Hit]:
    """Convenience for a text that is not a page."""
    return matcher.scan(text, fold(text))
