"""The dates a page states about itself, with their age on the day of the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from auditor.model import Assertion, Match, PageDate, Signal
from auditor.signals.reading import Reading


def detect(reading: Reading) -> Iterator[Signal]:
    """One `date` signal for each date of the page model."""
    for date in reading.page.dates:
        attributes: dict[str, tuple[str, ...]] = {
            "iso": (date.value.isoformat(),),
            "age_months": (str(age_in_months(date.value, reading.audit_date)),),
            "source": (date.source,),
            "shown": ("no" if date.start < 0 else "yes",),
        }
        yield _signal(reading, date, attributes)


def _signal(reading: Reading, date: PageDate, attributes: dict[str, tuple[str, ...]]) -> Signal:
    value = date.label or "bare"
    if date.start < 0:
        return Signal("date", value, 0, 0, 0, match=Match.STRUCTURE, attributes=attributes)
    return reading.signal("date", value, date.start, date.end, assertion=Assertion.AFFIRMED, attributes=attributes)


def age_in_months(date: dt.date, on: dt.date) -> int:
    """Whole months between `date` and the day `on`; negative when it lies ahead."""
    months = (on.year - date.year) * 12 + on.month - date.month
    return months - (on.day < date.day)
