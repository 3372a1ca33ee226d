from __future__ import annotations

import pytest

from auditor.signals.spans import Spans


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [(0, 5, False), (4, 6, True), (12, 13, True), (29, 30, True), (30, 40, False)],
)
def test_spans_touch_what_they_overlap(start, end, touched):
    assert Spans([(10, 12), (5, 30), (6, 8)]).touch(start, end) is touched


def test_no_spans_touch_nothing():
    assert not Spans([]).touch(0, 100)
