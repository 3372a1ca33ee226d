"""The line of the source file on which the words of a quote stand, for tools that point into files.

The page's text and its source are read as words. Of words that stand on the page several times, the nth in the text is
the nth in the source: so long as the source has them as often. Where it has not, the words around are looked for as
well; where that does not help either, no line is told.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from auditor.model import Capture, Evidence, Finding
from auditor.page.decode import decode

_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|<[/!?]?[a-zA-Z][^<>]*>|&#?\w{1,31};|\w+", re.DOTALL)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 12  # of a quote; so many in a row are a place
_MOST_QUOTES = 200  # of one finding; each costs a search of the whole page
_AROUND = ((0, 0), (0, 5), (5, 0), (5, 5))  # words before and after that are taken in


class SourceLines:
    """Finds words in the source of a page. Made of what was captured and of the text that was read from it.

    `generated`: the page was built from the source, which has once what the page may show in several places.
    """

    def __init__(self, captured: Capture, text: str, *, generated: bool = False) -> None:
        self._generated = generated
        self._met: dict[str, tuple[list[int], list[int]]] = {}  # words, and where they are in the text and the source
        source, _ = decode(captured.body, captured.encoding_hint, captured.kind)
        self._ends = [found.end() for found in re.finditer("\n", source)]
        found = list(_source_words(source))
        self._offsets = [offset for offset, _ in found]
        self._source = _joined(word for _, word in found)
        self._starts = _word_starts(word for _, word in found)
        self._text = [(match.start(), match.group().casefold()) for match in _WORD.finditer(text)]
        self._text_offsets = [offset for offset, _ in self._text]
        self._joined_text = _joined(word for _, word in self._text)
        self._text_starts = _word_starts(word for _, word in self._text)

    def line(self, start: int, end: int) -> int:
        """The line on which the words at `start` of the text begin; 0 when that cannot be told."""
        first = bisect_right(self._text_offsets, start - 1)
        last = bisect_left(self._text_offsets, end, first, min(first + _MOST_WORDS, len(self._text)))
        if first == last:
            return 0
        for before, after in _AROUND:
            begin = max(0, first - before)
            place = self._source_word(begin, last + after)
            if place is not None:
                return 1 + bisect_right(self._ends, self._offsets[place + first - begin])
        return 0

    def _source_word(self, first: int, last: int) -> int | None:
        """The number of the source's word that is the `first` of these words of the text."""
        wanted = _joined(word for _, word in self._text[first:last])
        if wanted not in self._met:
            self._met[wanted] = _places(wanted, self._joined_text), _places(wanted, self._source)
        in_text, in_source = self._met[wanted]
        once = self._generated and len(in_source) == 1
        if len(in_text) != len(in_source) and not once:
            return None
        nth = 0 if once else bisect_left(in_text, self._text_starts[first])
        return bisect_right(self._starts, in_source[nth]) - 1


def with_lines(findings: Sequence[Finding], lines: SourceLines) -> tuple[Finding, ...]:
    """The findings with the source lines of their first pieces of evidence, as far as those stand in the text."""

    def located(evidence: Evidence) -> Evidence:
        return evidence.model_copy(update={"line": lines.line(evidence.start, evidence.end)})

    def all_located(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return (*map(located, evidence[:_MOST_QUOTES]), *evidence[_MOST_QUOTES:])

    return tuple(finding.model_copy(update={"evidence": all_located(finding.evidence)}) for finding in findings)


def _source_words(source: str) -> Iterator[tuple[int, str]]:
    """The words outside tags and comments, with their offsets. A character reference is read as what it stands for."""
    for token in _TOKEN.finditer(source):
        written = token.group()
        if written[0] == "&":
            written = html.unescape(written)
        elif written[0] == "<":
            continue
        for word in _WORD.findall(written):
            yield token.start(), word.casefold()


def _joined(words: Iterable[str]) -> str:
    return " " + "".join(f"{word} " for word in words)


def _word_starts(words: Iterable[str]) -> list[int]:
    """Where in `_joined(words)` the space before each word stands."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _places(wanted: str, words: str) -> list[int]:
    places, at = [], words.find(wanted)
    while at >= 0:
        places.append(at)
        at = words.find(wanted, at + 1)
    return places
