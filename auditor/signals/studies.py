"""Studies that a page calls upon: named by their author, by author and year, or not named at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import SEEN, Block, Signal
from auditor.signals.lists import names
from auditor.signals.prose import body_sentences
from auditor.signals.reading import Reading
from auditor.signals.references import Sources

_SURNAME = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]i|[Ll]a|[Ll]e)\s(?:der\s|den\s)?)?[A-Z][^\W\d_]+(?:[-'’][A-Z][^\W\d_]+)?"
_AND = rf"(?:,?\s(?:and|&)\s(?P<second>{_SURNAME}))?"
_YEAR = r"(?:19|20)\d{2}[a-z]?"
_STUDY = r"(?:[\w-]{2,20}\s){0,3}?(?:study|studies|trial|trials|research|experiment|experiments|paper|review|meta-analysis|survey|findings|investigation|analysis)"
_SAID = (
    r"(?:showed|shown|found|concluded|reported|demonstrated|observed|discovered|described|proved|suggested|noted|established|argued|wrote"
    r"|published|stated|claimed|investigated|studied|compared|examined|treated|recorded|measured|confirmed|revealed|documented)"
)
_OTHERS = (
    r"(?:and\s(?:his|her|their)\s(?:\w+\s)?(?:colleagues|team|co-?workers|group|associates|collaborators|students|co-?authors)"
    r"|and\s(?:colleagues|co-?workers|others|associates|collaborators)|et\.?\sal\b\.?)"
)


class Form(NamedTuple):
    """A way to name a study: what it is called, and how it is written."""

    value: str
    pattern: re.Pattern[str]


_FORMS = (
    Form("author-year", re.compile(rf"\b(?P<first>{_SURNAME}){_AND}(?:\s{_OTHERS})?,?\s\(?(?P<year>{_YEAR})\)?(?=[\s,:;.)])(?!\s(?:mg|ml))")),
    Form("author-year", re.compile(rf"\b[Ii]n\s(?P<year>{_YEAR}),?\s(?:(?:Dr|Prof|Professor)\.?\s)?(?P<first>{_SURNAME}){_AND}(?:\s{_OTHERS})?\s(?:\w+ly\s)?{_SAID}\b")),
    Form("named-author", re.compile(rf"\b(?P<first>{_SURNAME}){_AND}\s{_OTHERS}(?:\s\w+)?")),
    Form("named-author", re.compile(rf"\b(?P<first>{_SURNAME}){_AND}['’]s?\s(?:{_YEAR}\s)?{_STUDY}\b")),
    Form("named-author", re.compile(rf"\b(?:study|trial|research|experiment|experiments|work|paper|survey|review)\s(?:conducted\s|done\s|carried\sout\s|published\s|led\s|performed\s)?(?:by|of|from)\s(?:(?:Dr|Prof|Professor)\.?\s)?(?P<first>{_SURNAME}){_AND}(?:\s{_OTHERS})?(?!\s[A-Z])")),
    Form("named-author", re.compile(rf"\b(?:Dr|Prof|Professor)\.?\s(?:[A-Z]\.?\s){{0,2}}(?P<first>{_SURNAME}){_AND}\s(?:\w+ly\s)?{_SAID}\s(?:that\b|in\sa\b|how\b)")),
    Form("named-author", re.compile(rf"\b(?P<first>{_SURNAME}),?\s(?:and|&)\s(?P<second>{_SURNAME})\s(?:\w+ly\s)?{_SAID}\s(?:that\b|how\b|in\sa\b)")),
    Form("named-author", re.compile(r"\b[Tt]he\s(?P<first>[A-Z]{3,12}(?:[- ]?\d{1,3})?)\s(?:study|trial|trials)\b")),
)  # fmt: skip


def detect(reading: Reading) -> Iterator[Signal]:
    """One `study` signal for each study the page calls upon, named ones before the unnamed of one sentence."""
    sources = Sources(reading)
    for block, start, end in body_sentences(reading):
        named = list(_named(reading, sources, start, end))
        yield from named
        if not named:
            yield from _unnamed(reading, sources, block, start, end)


def _named(reading: Reading, sources: Sources, start: int, end: int) -> Iterator[Signal]:
    taken = start
    for value, found in sorted(_matches(reading.text, start, end), key=lambda each: (each[1].start(), -each[1].end())):
        if found.start() < taken or not _is_author(reading, found):
            continue
        taken = found.end()
        groups = found.groupdict()
        year = groups.get("year") or ""
        authors = tuple(author for author in (found.group("first"), groups.get("second")) if author)
        cited = sources.beside(found.start(), found.end()) or sources.listed(authors[0], year)
        first = start if reading.text[start : found.start()].strip().lower() in {"in", "a", "the", "according to"} else found.start()
        yield reading.signal(
            "study", value, first, found.end(),
            attributes={"author": authors, "cited": ("yes" if cited else "no",), **({"year": (year,)} if year else {})},
        )  # fmt: skip


def _matches(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    for form in _FORMS:
        for found in form.pattern.finditer(text, start, end):
            yield form.value, found


def _is_author(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the name found can be a surname: no common word, no disease, no institution, no medicine."""
    first = found.group("first")
    for name in (first, found.groupdict().get("second")):
        words = (name or "").lower().replace("’", "'").split()
        if any(word in names("not_surnames") or word in names("organisations") for word in words):
            return False
        if " ".join(words) in names("eponyms"):
            return False
    span = found.span("first")
    return not any(span[0] <= drug.start < span[1] for drug in reading.signals("drug"))


def _unnamed(reading: Reading, sources: Sources, block: Block, start: int, end: int) -> Iterator[Signal]:
    for cue in reading.signals("study-cue"):
        if start <= cue.start < end and block.visibility in SEEN:
            cited = "yes" if sources.beside(cue.start, cue.end) else "no"
            yield reading.signal(
                "study", cue.value, cue.start, cue.end, assertion=cue.assertion, cues=cue.cues, attributes={"cited": (cited,)}
            )
            return
