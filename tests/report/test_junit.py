"""JUnit XML, read by a parser of CI results."""

from __future__ import annotations

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from auditor.model import Outcome, Report
from auditor.report.formats import render
from auditor.triage.gate import counts
from tests.report.decided import decided_pages
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import several_pages


def read(report: Report) -> JUnitXml:
    return JUnitXml.fromstring(render(report, "junit"))


def kinds(read_report: JUnitXml) -> list[type]:
    return [type(each) for suite in read_report for case in suite for each in case.result]


def test_a_suite_a_page_and_a_case_a_policy() -> None:
    made = several_pages()
    suites = list(read(made))
    assert [suite.name for suite in suites] == [page.url for page in made.pages[:1]] + [
        "/cases/saved/travel-notes.txt",
        "https://pillpalace.example/",
    ]
    assert [len(list(suite)) for suite in suites] == [*(len(page.results) for page in made.pages[:2]), 1]


def test_violations_fail_reviews_are_skipped_unjudged_pages_are_errors() -> None:
    made = several_pages()
    found = read(made)
    violated = {(page.url, each.policy) for page in made.pages for each in page.findings if each.outcome == "violation"}
    assert kinds(found).count(Failure) == found.failures == len(violated)
    assert kinds(found).count(Error) == found.errors == 1
    assert kinds(found).count(Skipped) == found.skipped


def test_a_failure_has_the_quotes_the_law_and_the_fix() -> None:
    (failure,) = next(iter(next(iter(read(several_pages()))))).result
    finding = several_pages().pages[0].findings[0]
    assert failure.message == finding.statement
    assert all(f"Law: {each.cite}" in failure.text for each in finding.authority)
    assert finding.fix in failure.text


def test_what_is_waived_or_known_does_not_fail() -> None:
    made = decided_pages()
    found = read(made)
    failing = [each for each in made.findings if each.outcome is Outcome.VIOLATION and counts(each, made)]
    assert found.failures == len(failing)
    told = [each.message for suite in found for case in suite for each in case.result if isinstance(each, Skipped)]
    assert "in the baseline" in told
    assert any(text.startswith("waived until 2027-01-31 by Ines Aldana") for text in told)


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), "\x00\x0b\ufffe\ud800 ]]>"])
def test_it_stays_xml_whatever_a_page_holds(payload: str) -> None:
    shape = [(suite.tests, suite.failures, suite.errors) for suite in read(poisoned(payload))]
    assert shape == [(suite.tests, suite.failures, suite.errors) for suite in read(poisoned("harmless"))]
