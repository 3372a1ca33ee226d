"""Numbering, sorting, grouping and counting of findings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.model import Outcome, Severity
from auditor.report.counts import BAR_WIDTH, ledger
from auditor.report.view import view
from tests.report.sample import article_page, blocked_page, notes_page, one_page, report, several_pages


def test_the_worst_comes_first_and_what_is_proven_before_what_is_to_review() -> None:
    (page,) = view(report(article_page().model_copy(update={"findings": article_page().findings[::-1]}))).pages
    order = [(group.severity, group.count(Outcome.VIOLATION), group.count(Outcome.REVIEW)) for group in page.groups]
    assert order == [
        (Severity.CRITICAL, 1, 1),
        (Severity.HIGH, 3, 1),
        (Severity.MEDIUM, 1, 1),
        (Severity.LOW, 1, 0),
        (Severity.ADVICE, 0, 1),
    ]
    high = page.groups[1].findings
    assert [each.finding.outcome for each in high] == [Outcome.VIOLATION] * 3 + [Outcome.REVIEW]


def test_findings_are_named_as_in_the_result_with_their_page_when_there_are_several() -> None:
    assert [each.finding.id for group in view(one_page()).pages[0].groups for each in group.findings][:2] == [
        "F1",
        "F2",
    ]
    notes = view(several_pages()).pages[1].groups[0].findings[0]
    assert (notes.finding.id, notes.key, notes.exhibits[0].number) == ("2/F1", "2-1", "2/1.1")


def test_the_ledger_counts_findings_and_checks() -> None:
    counted = ledger(several_pages().pages)
    assert [(tally.outcome, tally.findings, tally.checks) for tally in counted.tallies] == [
        (Outcome.VIOLATION, 6, 6),
        (Outcome.REVIEW, 5, 5),
        (Outcome.PASS, 0, 6),
        (Outcome.NOT_APPLICABLE, 0, 4),
        (Outcome.NOT_ASSESSED, 0, 6),
    ]
    assert counted.checks == 27
    assert counted.severities == ((Severity.CRITICAL, 1), (Severity.HIGH, 3), (Severity.MEDIUM, 1), (Severity.LOW, 1))
    assert counted.of_severity(Severity.CRITICAL) == 2


def test_the_bar_fills_its_width_without_overlap() -> None:
    bar = ledger(one_page().pages).bar
    assert bar[-1].x + bar[-1].width == pytest.approx(BAR_WIDTH, abs=0.1)
    assert all(left.x + left.width < right.x for left, right in pairwise(bar))


def test_an_audit_without_findings_has_no_bar() -> None:
    assert ledger([blocked_page()]).bar == ()


def test_law_and_content_standard_are_kept_apart() -> None:
    found = view(one_page()).pages[0].groups[1].findings[0]
    assert [each.cite for each in found.duties] == ["21 CFR 201.57(c)(1)"]
    assert [each.cite for each in found.standards] == ["DISCERN instrument, question 4"]


def test_evidence_is_sorted_by_weight_for_then_against() -> None:
    found = view(one_page()).pages[0].groups[0].findings[0]
    assert [line.weight for line in found.speaks_for] == [2.4, 2.1, 1.9]
    assert [line.weight for line in found.speaks_against] == [-0.6, -0.2]


def test_each_law_and_standard_is_told_once_with_the_findings_that_cite_it() -> None:
    sources = list(view(several_pages()).sources.values())
    kinds = [source.authority.kind for source in sources]
    assert kinds == ["law", "regulation", "law", "literature", "literature"]
    cited = {source.authority.cite: [each.finding.id for each in source.cited_by] for source in sources}
    assert cited["21 U.S.C. 829(e)"] == ["1/F1", "1/F2"]
    assert cited["DISCERN instrument, question 4"] == ["1/F3", "1/F6", "1/F7", "1/F8", "2/F1"]
    assert len({source.anchor for source in sources}) == len(sources)


def test_jurisdictions_left_out_for_one_reason_stand_together() -> None:
    left_out = view(one_page()).pages[0].unassessed
    assert [each.jurisdictions for each in left_out] == [("uk", "eu", "in"), ("platform",)]


def test_a_finding_without_a_policy_summary_takes_its_pack_from_its_id() -> None:
    bare = one_page().model_copy(update={"policies": ()})
    assert view(bare).packs == ("core", "us")


def test_the_matrix_has_a_row_for_each_policy_that_found_something() -> None:
    matrix = view(several_pages()).matrix
    row = next(row for row in matrix if row.policy == "core.refs.study-named-without-citation")
    assert [cell and cell.result.outcome for cell in row.cells] == [Outcome.VIOLATION, Outcome.REVIEW, None]
    assert len(matrix) == 10
    assert view(one_page()).matrix == ()


@pytest.mark.parametrize(
    ("pages", "headline"),
    [
        ([article_page()], article_page().verdict),
        ([article_page(), notes_page()], "1 of 2 judged pages breaks a policy."),
        ([notes_page(), notes_page()], "None of 2 judged pages break a policy."),
        (
            [article_page(), article_page(), blocked_page()],
            "2 of 2 judged pages break a policy; 1 input could not be judged.",
        ),
        ([blocked_page(), blocked_page()], "No page could be judged."),
        ([], "No page could be judged."),
    ],
)
def test_the_headline(pages: list, headline: str) -> None:
    assert view(report(*pages)).headline == headline


def test_the_worst_page_is_named() -> None:
    worst = view(report(notes_page(), article_page())).worst
    assert worst is not None
    assert worst.number == 2


def test_a_language_that_is_none_is_left_out() -> None:
    odd = article_page().model_copy(update={"language": 'en"><script>'})
    assert view(report(odd)).pages[0].language == ""
