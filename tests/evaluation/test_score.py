"""Figures: shares with their intervals, what counts for which, sites as one, calibration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.evaluation.score import Judged, by_site, figures, wilson
from tests.evaluation.labelled import judged

OUTCOMES = st.sampled_from(["violation", "review", "pass", "not-applicable", "not-assessed"])
JUDGED = st.builds(
    judged, st.sampled_from(["violation", "review", "pass"]), OUTCOMES, st.floats(0, 1), st.text(max_size=2),
    st.sampled_from(["", "a", "b"]),
)  # fmt: skip


# ------------------------------------------------------------------------------------------------------- Wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Wilson 95 % intervals without continuity correction, as in the tables of Newcombe (1998), Statist. Med. 17
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_of_the_tables(hits: int, of: int, low: float, high: float) -> None:
    rate = wilson(hits, of)
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)
    assert rate.value == pytest.approx(hits / of)
    assert (rate.hits, rate.of) == (hits, of)


def test_a_share_of_nothing_is_unknown() -> None:
    rate = wilson(0, 0)
    assert (rate.value, rate.low, rate.high) == (None, 0.0, 1.0)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share_and_mirrors(hits: int, of: int) -> None:
    hits = min(hits, of)
    rate, mirror = wilson(hits, of), wilson(of - hits, of)
    assert rate.value is not None
    assert 0 <= rate.low <= rate.value + 1e-12
    assert rate.value <= rate.high + 1e-12 <= 1 + 1e-9
    assert rate.low == pytest.approx(1 - mirror.high)


# ------------------------------------------------------------------------------------------------------ figures


def test_precision_and_recall_leave_doubtful_pages_out() -> None:
    found = figures(
        "p",
        [
            *[judged("violation", "violation")] * 6,
            *[judged("violation", "review")] * 2,
            *[judged("violation", "pass")] * 2,
            *[judged("pass", "violation")] * 2,
            *[judged("pass", "not-applicable")] * 8,
            *[judged("review", "violation")] * 5,
        ],
    )
    assert (found.precision.hits, found.precision.of) == (6, 8)
    assert (found.recall.hits, found.recall.of) == (6, 10)
    assert found.f1.value == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (found.false_alarms_per_1000.value, found.false_alarms_per_1000.of) == (200.0, 10)
    assert (found.review_rate.hits, found.review_rate.of) == (2, 25)
    assert found.pages == 25
    assert found.confusion == {
        "violation": {"violation": 6, "review": 2, "pass": 2},
        "pass": {"violation": 2, "not-applicable": 8},
        "review": {"violation": 5},
    }


def test_a_policy_that_finds_nothing_has_no_precision() -> None:
    found = figures("p", [judged("violation", "pass"), judged("pass", "pass")])
    assert (found.precision.value, found.recall.value, found.f1.value) == (None, 0.0, 0.0)


def test_a_policy_that_finds_only_wrong_ones_has_an_f1_of_zero() -> None:
    assert figures("p", [judged("violation", "pass"), judged("pass", "violation")]).f1.value == 0.0


def test_no_pages_have_no_figures() -> None:
    found = figures("p", [])
    assert (found.pages, found.precision.value, found.recall.value, found.f1.value) == (0, None, None, None)
    assert (found.confusion, found.calibration) == ({}, ())


@given(st.lists(JUDGED, max_size=30))
def test_every_page_is_counted_once(pages: list[Judged]) -> None:
    found = figures("p", pages)
    assert sum(sum(row.values()) for row in found.confusion.values()) == found.pages == len(pages)
    assert sum(band.findings for band in found.calibration) == sum(
        each.outcome in ("violation", "review") for each in pages
    )


# -------------------------------------------------------------------------------------------------- calibration


def test_findings_are_sorted_into_bands_of_confidence() -> None:
    found = figures(
        "p",
        [
            judged("violation", "violation", 1.0),
            judged("violation", "violation", 0.95),
            judged("pass", "violation", 0.97),
            judged("review", "review", 0.5),
            judged("pass", "pass", 0.99),
        ],
    )
    assert [(band.low, band.high, band.findings, band.right) for band in found.calibration] == [
        (0.5, 0.6, 1, 0),
        (0.95, 1.0, 3, 2),
    ]


# -------------------------------------------------------------------------------------------------------- sites


def test_a_site_counts_by_its_worst_label_and_its_worst_outcome() -> None:
    merged = by_site(
        [
            judged("pass", "pass", name="a1", site="a"),
            judged("violation", "review", name="a2", site="a"),
            judged("pass", "violation", 0.6, name="a3", site="a"),
            judged("pass", "violation", 0.8, name="a4", site="a"),
            judged("review", "pass", name="b1", site="b"),
        ]
    )
    assert [(each.id, each.label, each.outcome, each.confidence) for each in merged] == [
        ("a", "violation", "violation", 0.8),
        ("b", "review", "pass", 0.9),
    ]


def test_pages_of_no_site_stay_by_themselves() -> None:
    merged = by_site([judged("pass", "pass", name="x"), judged("violation", "violation", name="y")])
    assert [(each.id, each.label) for each in merged] == [("x", "pass"), ("y", "violation")]


def test_a_page_whose_name_is_that_of_a_site_is_not_merged_into_it() -> None:
    merged = by_site([judged("pass", "pass", name="a"), judged("violation", "violation", name="z", site="a")])
    assert sorted(each.label for each in merged) == ["pass", "violation"]


@given(st.lists(JUDGED, max_size=20))
def test_merging_by_site_loses_no_violation(pages: list[Judged]) -> None:
    merged = by_site(pages)
    assert any(each.found for each in merged) == any(each.found for each in pages)
    assert len({(each.site, each.id) for each in merged}) == len(merged)
