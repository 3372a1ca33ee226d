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
_AFTER = re.compile(rf"\s{_NAMES}(?!\s[A-Z])")
_WITH_YEAR = re.compile(rf"\b{_NAMES},?\s(?:\({_YEAR}\)|{_YEAR.replace('year', 'bare_year')}(?=\)))")
_SINGLE_NEEDS_TITLE = re.compile(r"\A(?:Dr|Prof)")
# What an author with a year ends in, found by its bracket, which is rare.
_CLOSED_YEAR = re.compile(r"\)(?:(?<=(?:19|20)\d{2}\))|(?<=(?:19|20)\d{2}[a-z]\)))")
_LOOK_BACK = 90


class Ending(NamedTuple):
    """Words looked for right before a place in the text, and how they begin."""

    begins: re.Pattern[str]
    words: re.Pattern[str]


_A_NAME = re.compile(r"(?<!\w)[A-Zdlv]")
_BEFORE = Ending(_A_NAME, re.compile(rf"{_NAMES}\s\Z"))
_OWNER = Ending(_A_NAME, re.compile(rf"{_NAMES}['’]s?\s(?:[a-z0-9-]{{2,20}}\s){{0,3}}\Z"))
_IN_YEAR = Ending(re.compile(r"(?<!\w)[Ii]n\s"), re.compile(rf"\b[Ii]n\s{_YEAR},?\s{_NAMES}\s\Z"))
_ACRONYM = Ending(
    re.compile(r"(?<!\w)[Tt]he\s"),
    re.compile(r"\b[Tt]he\s(?:[a-z-]{2,20}\s){0,2}(?P<first>[A-Z]{3,12}(?:[- ]?\d{1,3})?)\s\Z"),
)


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
    dated = _WITH_YEAR.finditer(text, start, end) if _CLOSED_YEAR.search(text, start, end) else ()
    for found in dated:
        yield Naming(found.start(), found.end(), "author-year", found)
    for part in parts:
        if part.value == "by":
            yield from _named_after(part, _AFTER.match(text, part.end, end))
        else:
            yield from _named_before(part, (text, max(start, part.start - _LOOK_BACK), part.start))


def _named_after(part: Signal, after: re.Match[str] | None) -> Iterator[Naming]:
    if after and not after.group("first").isupper():
        yield Naming(part.start, after.end(), "named-author", after)


def _named_before(part: Signal, before: tuple[str, int, int]) -> Iterator[Naming]:
    """The ways in which words of research go with the name before them."""
    if part.value == "verb":
        for value, ending in (("author-year", _IN_YEAR), ("named-author", _BEFORE)):
            found = _last(ending, *before)
            if found and (value == "author-year" or found.group("second") or _SINGLE_NEEDS_TITLE.match(found.group())):
                yield Naming(found.start(), part.end, value, found)
    elif part.value == "and-others":
        found = _last(_IN_YEAR, *before) or _last(_BEFORE, *before)
        if found:
            yield Naming(
                found.start(), part.end, "author-year" if "year" in found.groupdict() else "named-author", found
            )
    elif part.value == "noun":
        found = _last(_OWNER, *before) or _last(_ACRONYM, *before)
        if found:
            yield Naming(found.start(), part.end, "named-author", found)


def _last(ending: Ending, text: str, start: int, end: int) -> re.Match[str] | None:
    """The longest match of `ending` that ends at `end` and begins at a word after `start`."""
    for word in ending.begins.finditer(text[start:end]):
        found = ending.words.match(text, start + word.start(), end)
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
