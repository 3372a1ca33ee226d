"""Studies that a page calls upon: named by their author, by author and year, or not named at all.

Which words speak of research is vocabulary (`study-part`); the surnames beside them are found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor.model import Signal
from auditor.signals.lists import names
from auditor.signals.prose import any_within, signals_within, telling_sentences
from auditor.signals.reading import Reading
from auditor.signals.references import sources

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]i|[Ll]a|[Ll]e)\s(?:der\s|den\s)?)?"
_SURNAME = rf"{_PARTICLE}[A-Z][^\W\d_]{{1,30}}(?:[-'’][A-Z][^\W\d_]{{1,30}})?"
_TITLED = r"(?:(?:Dr|Prof|Professor)\.?\s)?(?:[A-Z]\.?\s){0,2}"
_NAMES = rf"{_TITLED}(?P<first>{_SURNAME})(?:,?\s(?:and|AND|&)\s(?P<second>{_SURNAME}))?"
_YEAR = r"(?P<year>(?:19|20)\d{2})[a-z]?"
_BEFORE = re.compile(rf"{_NAMES}\s\Z")
_OWNER = re.compile(rf"{_NAMES}['’]s?\s(?:[a-z0-9-]{{2,20}}\s){{0,3}}\Z")
_AFTER = re.compile(rf"\s{_NAMES}(?!\s[A-Z])")
_ACRONYM = re.compile(r"\b[Tt]he\s(?:[a-z-]{2,20}\s){0,2}(?P<first>[A-Z]{3,12}(?:[- ]?\d{1,3})?)\s\Z")
_WITH_YEAR = re.compile(rf"\b{_NAMES},?\s(?:\({_YEAR}\)|{_YEAR.replace('year', 'bare_year')}(?=\)))")
_IN_YEAR = re.compile(rf"\b[Ii]n\s{_YEAR},?\s{_NAMES}\s\Z")
_SINGLE_NEEDS_TITLE = re.compile(r"\A(?:Dr|Prof)")
_CLOSED_YEAR = re.compile(r"(?:19|20)\d{2}[a-z]?\)")  # what every author with a year ends in
_NAME_BEGINS = re.compile(r"(?<!\w)[A-Zdiltv]")  # a name, a particle, "in 2019", "the"
_LOOK_BACK = 90


class Naming(NamedTuple):
    """A study named: its span, how it is named, and by whom."""

    start: int
    end: int
    value: str
    found: re.Match[str]


def detect(reading: Reading) -> Iterator[Signal]:
    """One `study` signal for each study the page calls upon; the unnamed only where a sentence names none."""
    parts = reading.signals("study-part")
    cues = reading.signals("study-cue")
    offsets = [signal.start for signal in (*parts, *cues)]
    offsets += (found.start() for found in _CLOSED_YEAR.finditer(reading.text))
    for start, end in telling_sentences(reading, offsets):
        namings = _namings(reading, signals_within(parts, start, end), start, end)
        named = list(_distinct(naming for naming in namings if _is_author(reading, naming.found)))
        for naming in named:
            yield _named(reading, naming)
        if not named:
            yield from (_unnamed(reading, cue) for cue in signals_within(cues, start, end)[:1])


def _namings(reading: Reading, parts: Sequence[Signal], start: int, end: int) -> Iterator[Naming]:
    text = reading.text
    for found in _WITH_YEAR.finditer(text, start, end):
        yield Naming(found.start(), found.end(), "author-year", found)
    for part in parts:
        before = (text, max(start, part.start - _LOOK_BACK), part.start)
        yield from _by_part(part, before, _AFTER.match(text, part.end, end))


def _by_part(part: Signal, before: tuple[str, int, int], after: re.Match[str] | None) -> Iterator[Naming]:
    """The ways in which words of research go with a name."""
    if part.value == "verb":
        for value, pattern in (("author-year", _IN_YEAR), ("named-author", _BEFORE)):
            found = _last(pattern, *before)
            if found and (value == "author-year" or found.group("second") or _SINGLE_NEEDS_TITLE.match(found.group())):
                yield Naming(found.start(), part.end, value, found)
    elif part.value == "and-others":
        found = _last(_IN_YEAR, *before) or _last(_BEFORE, *before)
        if found:
            yield Naming(
                found.start(), part.end, "author-year" if "year" in found.groupdict() else "named-author", found
            )
    elif part.value == "by" and after and not after.group("first").isupper():
        yield Naming(part.start, after.end(), "named-author", after)
    elif part.value == "noun":
        found = _last(_OWNER, *before) or _last(_ACRONYM, *before)
        if found:
            yield Naming(found.start(), part.end, "named-author", found)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The longest match of `pattern` that ends at `end` and begins at a word after `start`."""
    for word in _NAME_BEGINS.finditer(text[start:end]):
        found = pattern.match(text, start + word.start(), end)
        if found:
            return found
    return None


def _is_author(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the names found can be surnames: no common words, diseases, institutions or medicines."""
    for name in (found.group("first"), found.groupdict().get("second")):
        words = (name or "").lower().replace("’", "'").split()
        if any(word in names("not_surnames") or word in names("organisations") for word in words):
            return False
        if " ".join(words) in names("eponyms"):
            return False
    return not any_within(reading.signals("drug"), *found.span("first"))


def _distinct(namings: Iterable[Naming]) -> Iterator[Naming]:
    """Of overlapping namings the first and longest."""
    taken = -1
    for naming in sorted(namings, key=lambda each: (each.start, -each.end)):
        if naming.start >= taken:
            taken = naming.end
            yield naming


def _named(reading: Reading, naming: Naming) -> Signal:
    groups = naming.found.groupdict()
    authors = tuple(author for author in (groups.get("first"), groups.get("second")) if author)
    year = groups.get("year") or groups.get("bare_year") or ""
    known = sources(reading)
    cited = known.beside(naming.start, naming.end) or known.listed(authors[0], year)
    return reading.signal(
        "study", naming.value, naming.start, naming.end,
        attributes={"author": authors, "cited": ("yes" if cited else "no",), **({"year": (year,)} if year else {})},
    )  # fmt: skip


def _unnamed(reading: Reading, cue: Signal) -> Signal:
    cited = ("yes" if sources(reading).beside(cue.start, cue.end) else "no",)
    return reading.signal(
        "study", cue.value, cue.start, cue.end, assertion=cue.assertion, cues=cue.cues, attributes={"cited": cited}
    )
