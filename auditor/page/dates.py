"""The dates a page states of itself: published, updated, reviewed, or bare."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from auditor.model import SEEN, Block, PageDate, StructuredItem
from auditor.page.draft import Stamp
from auditor.page.shown import Shown
from auditor.page.spots import Spots
from auditor.page.wording import wording

_YEARS = (re.compile(r"19\d\d(?!\d)"), re.compile(r"20\d\d(?!\d)"))  # a literal start is found quickly
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?((?:19|20)\d\d)(?!\d)")
_MONTH = r"([^\W\d_]{3,10})"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)? (?:de |of )?{_MONTH}\.?,? (?:de |del )?((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_]){_MONTH}\.?,? (?:de |of )?((?:19|20)\d\d)(?!\d)")
_BACK, _AHEAD = 32, 10  # characters around a year in which its date can stand
_BARE = 60  # a date in a line longer than this is told about something else than the page
_NEAR = 45  # characters between a label and its date, in running text
_LINE = 170  # a byline: a label anywhere before the date in it counts

_Found = tuple[dt.date, int, int, bool]  # date, place, whether a day is named


def find_dates(shown: Shown) -> tuple[PageDate, ...]:
    """The dates a page states, text before markup; the same date with the same label once."""
    month_first = _month_first(shown.language, shown.host)
    found: dict[tuple[dt.date, str], PageDate] = {}
    for date in [*_in_text(shown, month_first), *_in_markup(shown.stamps, shown.structured)]:
        found.setdefault((date.value, date.label), date)
    labelled = {value for value, label in found if label}
    return tuple(date for (value, label), date in found.items() if label or value not in labelled)


def _month_first(language: str, host: str) -> bool:
    """Whether 05/06/2024 is a day of May there."""
    data = wording()["month_first"]
    return language in data["languages"] and host.rpartition(".")[2].lower() not in data["not_domains"]


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(wording()["months"], 1) for name in names}


def _label_places(spots: Spots) -> list[tuple[int, int, str]]:
    """Where label words stand: end, start, label; the longer word where two end at one place."""
    places: dict[int, tuple[int, int, str]] = {}
    for label, spot in spots.like("date"):
        if spot.end not in places or places[spot.end][1] > spot.start:
            places[spot.end] = (spot.end, spot.start, label)
    return sorted(places.values())


def _in_text(shown: Shown, month_first: bool) -> Iterator[PageDate]:
    blocks, starts = shown.blocks, shown.starts
    labels = _label_places(shown.spots)
    last = -1
    for year in sorted((year for form in _YEARS for year in form.finditer(shown.text)), key=re.Match.start):
        if year.start() < last:
            continue
        index = bisect.bisect_right(starts, year.start()) - 1
        block = blocks[index]
        date = _around(shown.low, year, block, month_first)
        if date is None or block.visibility not in SEEN:
            continue
        value, start, end, exact = date
        last = end
        label = _label_of(labels, start, block, blocks[index - 1] if index else None)
        if label or (exact and block.end - block.start <= _BARE):
            yield PageDate(value, label, start, end)


def _around(low: str, year: re.Match[str], block: Block, month_first: bool) -> _Found | None:
    """The date that a year belongs to."""
    left, right = max(block.start, year.start() - _BACK), min(block.end, year.end() + _AHEAD)
    for pattern, read in _FORMS:
        for match in pattern.finditer(low, left, right):
            if match.start() <= year.start() < match.end():
                value = read(match, month_first)
                if value is not None:
                    return value, match.start(), match.end(), pattern is not _MONTH_YEAR
    return None


def _date(year: str, month: int | None, day: str) -> dt.date | None:
    if not month:
        return None
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None


def _numeric(match: re.Match[str], month_first: bool) -> dt.date | None:
    one, other, year = match[1], match[3], match[4]
    by_day, by_month = _date(year, int(other), one), _date(year, int(one), other)
    return (by_month or by_day) if month_first and match[2] != "." else (by_day or by_month)


_FORMS = (
    (_ISO, lambda m, _: _date(m[1], int(m[2]), m[3])),
    (_NUMERIC, _numeric),
    (_DAY_FIRST, lambda m, _: _date(m[3], _months().get(m[2]), m[1])),
    (_MONTH_FIRST, lambda m, _: _date(m[3], _months().get(m[1]), m[2])),
    (_MONTH_YEAR, lambda m, _: _date(m[2], _months().get(m[1]), "1")),
)


def _label_of(labels: list[tuple[int, int, str]], start: int, block: Block, above: Block | None) -> str:
    """The label of a date: the nearest before it in its line, or what the line above it ends with."""
    place = bisect.bisect_right(labels, (start, start, "~")) - 1
    if place < 0:
        return ""
    end, _, label = labels[place]
    reach = _LINE if block.end - block.start <= _LINE else _NEAR
    if end > block.start and start - end <= reach:
        return label
    directly = above is not None and above.start < end and above.end - end <= 3
    return label if directly and start - block.start <= 3 else ""


def _in_markup(stamps: Sequence[Stamp], structured: Sequence[StructuredItem]) -> Iterator[PageDate]:
    names = _stamp_names()
    for stamp in stamps:
        value = iso_date(stamp.value)
        if value is not None and (stamp.name.lower() in names or not stamp.name):
            yield PageDate(value, names.get(stamp.name.lower(), ""), stamp.start, stamp.end, stamp.source)
    for item in structured:
        for name, text in item.properties:
            label = names.get(name.lower()) if name.count(".") == 0 or item.syntax == "opengraph" else None
            value = iso_date(text) if label else None
            if value is not None and label:
                yield PageDate(value, label, -1, -1, item.syntax)


@cache
def _stamp_names() -> dict[str, str]:
    return {name: label for label, names in wording()["stamps"].items() for name in names}


def iso_date(value: str) -> dt.date | None:
    """The date at the beginning of an ISO 8601 string."""
    match = _ISO.match(value.strip())
    return _date(match[1], int(match[2]), match[3]) if match else None
