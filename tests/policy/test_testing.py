"""Running the tests of policies: an outcome or a quote that differs is a fault, and so is a quote too many."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from auditor.model import Capture, Completeness, Kind, Outcome, PageAudit
from auditor.policy.evaluate import judge
from auditor.policy.facts import Context
from auditor.policy.load import PolicySet
from auditor.policy.schema import Case, TestFile
from auditor.policy.testing import CasePage, run_case, run_tests, untested
from auditor.triage import findings_of
from tests.policy.factory import TODAY, page, policy

POLICY = policy(for_each="claim")
OUTCOMES = {"review": "r", "pass": "p"}


class Judge:
    """Audits every page as one on which some words are claims; remembers what it was asked."""

    def __init__(self, *claims: str) -> None:
        self.claims = claims
        self.asked: list[CasePage] = []

    def __call__(self, asked: CasePage) -> PageAudit:
        self.asked.append(asked)
        facts = page(asked.body.decode())
        for claim in self.claims:
            facts = facts.find(claim, "claim")
        verdicts = judge([POLICY], facts, Context())
        captured = Capture(requested="", url="", kind=asked.kind, captured_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return PageAudit(
            requested="",
            url="",
            title="",
            language="en",
            capture=captured,
            completeness=Completeness.COMPLETE,
            text=facts.page.text,
            blocks=(),
            results=tuple(verdict.result() for verdict in verdicts if asked.policy == POLICY.id),
            findings=findings_of(verdicts),
            verdict="",
        )


def faults(case: dict[str, object], *claims: str) -> tuple[str, ...]:
    tested = Case.model_validate({"it": "is tested", "text": "It cures and heals.", **case})
    return run_case(POLICY, tested, Judge(*claims), Path()).faults


@pytest.mark.parametrize(
    ("case", "claims"),
    [
        ({"expect": "violation", "quotes": ["cures", "heals"]}, ["cures", "heals"]),
        ({"expect": "violation"}, ["cures"]),
        ({"expect": "violation", "quotes": ["It CURES  and"]}, ["cures"]),
        ({"expect": "violation", "quotes": ["heals"]}, ["and heals"]),
        ({"expect": "not-applicable", "quotes": []}, []),
    ],
)
def test_what_is_as_expected_passes(case: dict[str, object], claims: list[str]) -> None:
    assert faults(case, *claims) == ()


@pytest.mark.parametrize(
    ("case", "claims", "expected"),
    [
        ({"expect": "violation"}, [], "expected violation, got not-applicable: Not so."),
        (
            {"expect": "violation", "quotes": ["cures"]},
            ["cures", "heals"],
            "judged “heals”, which is not among the quotes expected",
        ),
        (
            {"expect": "violation", "quotes": ["cures", "and"]},
            ["cures"],
            "expected the quote “and”, which is not among the words judged",
        ),
    ],
)
def test_what_differs_is_told(case: dict[str, object], claims: list[str], expected: str) -> None:
    assert faults(case, *claims) == (expected,)


def test_pages_come_from_text_html_or_file(tmp_path: Path) -> None:
    (tmp_path / "shop.html").write_text("It cures.", encoding="utf-8")
    audit = Judge("cures")
    for source in ({"text": "It cures."}, {"html": "It cures."}, {"page": "shop.html"}):
        more = {
            "it": "works",
            "expect": "violation",
            "jurisdiction": "us",
            "audit_date": "2026-01-01",
            "url": "https://a.b/",
        }
        result = run_case(POLICY, Case.model_validate(source | more), audit, tmp_path)
        assert result.passed, result.faults
    assert [asked.kind for asked in audit.asked] == [Kind.TEXT, Kind.HTML, Kind.HTML]
    assert {asked.body for asked in audit.asked} == {b"It cures."}
    assert audit.asked[0].jurisdictions == ("us",)
    assert audit.asked[0].audit_date == dt.date(2026, 1, 1)
    assert audit.asked[0].url == "https://a.b/"


def test_a_missing_page_is_a_fault(tmp_path: Path) -> None:
    case = Case.model_validate({"it": "reads", "page": "gone.html", "expect": "pass"})
    (fault,) = run_case(POLICY, case, Judge(), tmp_path).faults
    assert fault.startswith("cannot read the page: ")


def test_a_policy_that_did_not_judge_is_a_fault() -> None:
    other = policy(id="core.other")
    case = Case.model_validate({"it": "is judged", "text": "It cures.", "expect": "pass"})
    (fault,) = run_case(other, case, Judge(), Path()).faults
    assert fault.startswith("expected pass, but the page was not judged by this policy")


def test_tests_run_in_order_and_gaps_are_known() -> None:
    cases = [{"it": name, "text": "It cures.", "expect": "violation"} for name in ("one", "two")]
    tests = TestFile.model_validate({"policy": POLICY.id, "tests": cases})
    policies = PolicySet((POLICY,), {POLICY.id: tests})
    results = list(run_tests(policies, policies, Judge("cures"), Path()))
    assert [(result.it, result.passed) for result in results] == [("one", True), ("two", True)]
    assert untested(policies) == [
        (POLICY.id, outcome) for outcome in (Outcome.REVIEW, Outcome.PASS, Outcome.NOT_APPLICABLE)
    ]


def test_advice_and_page_policies_need_fewer_tests() -> None:
    advice = policy(severity="advice", outcomes=OUTCOMES)
    assert untested(PolicySet((advice,), {})) == [(advice.id, Outcome.REVIEW), (advice.id, Outcome.PASS)]


def test_the_facts_of_tests_have_a_day() -> None:
    assert page("x").audit_date == TODAY
