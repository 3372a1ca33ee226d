"""Stretches of the text, and whether one of them touches a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from auditor.signals.reading import Reading, kept


class Spans:
    """Half-open spans, which may overlap. Asking takes no longer where there are many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Sort `spans`, given as (start, end)."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether one of the spans begins before `end` and ends after `start`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start


@kept
def link_spans(reading: Reading) -> Spans:
    """Where the links of the page stand."""
    return Spans((link.start, link.end) for link in reading.page.links)
