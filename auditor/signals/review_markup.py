"""What structured data says of the medical review, compared with what a visitor is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from auditor.model import SEEN, Match, PageDate, Person, Signal
from auditor.signals.reading import Reading

_TOLERANCE = dt.timedelta(days=7)
_MARKUP = frozenset({"json-ld", "microdata", "rdfa"})
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "md", "phd", "pharmd", "rn", "mbbs"})
_REVIEW_FIELDS = ("reviewedby", "lastreviewed")
_WORD = re.compile(r"[^\W\d_]{2,}")


def detect(reading: Reading) -> Iterator[Signal]:
    """`review-markup` signals: one for the reviewer and one for the review date that the markup states."""
    markup = [item for item in reading.page.structured if item.syntax in _MARKUP]
    stated = {
        field: value
        for item in markup
        for name, value in item.properties
        for field in _REVIEW_FIELDS
        if field in name.lower().split(".")
        and (field == "lastreviewed" or name.lower().endswith(("name", "reviewedby")))
    }
    if stated.get("reviewedby"):
        yield _signal(reading, "reviewer", stated["reviewedby"], *_compare_name(reading, stated["reviewedby"]))
    date = _date(stated.get("lastreviewed", ""))
    if date:
        yield _signal(reading, "date", date.isoformat(), *_compare_date(reading, date))


def _signal(reading: Reading, what: str, stated: str, verdict: str, shown: tuple[int, int]) -> Signal:
    block = reading.block_index_at(shown[0]) if reading.page.blocks else 0
    return Signal(
        "review-markup", f"{what}-{verdict}", *shown, block, match=Match.STRUCTURE, attributes={"stated": (stated,)}
    )


def _compare_name(reading: Reading, name: str) -> tuple[str, tuple[int, int]]:
    """Whether a visitor is shown this reviewer: "same", "near" (part of the name), "differs" or "unseen"."""
    wanted = _name_words(name)
    if not wanted:
        return "same", (0, 0)
    shown = [person for person in reading.page.people if person.role == "reviewer" and _is_shown(reading, person)]
    for person in shown:
        common = wanted & _name_words(person.name)
        if common:
            verdict = "same" if common in (wanted, _name_words(person.name)) else "near"
            return verdict, (person.start, person.end)
    if shown:
        return "differs", (shown[0].start, shown[0].end)
    return "unseen", (0, 0)


def _name_words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)} - _TITLES


def _compare_date(reading: Reading, date: dt.date) -> tuple[str, tuple[int, int]]:
    """Whether a visitor is shown this review date: "same", "differs" or "unseen"."""
    shown = [each for each in reading.page.dates if _is_shown(reading, each)]
    for each in shown:
        if abs(each.value - date) <= _TOLERANCE:
            return "same", (each.start, each.end)
    reviewed = next((each for each in shown if each.label == "reviewed"), shown[0] if shown else None)
    return ("differs", (reviewed.start, reviewed.end)) if reviewed else ("unseen", (0, 0))


def _is_shown(reading: Reading, stated: Person | PageDate) -> bool:
    return stated.start >= 0 and reading.block_at(stated.start).visibility in SEEN


def _date(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
