"""How a policy comes out: conditions, subjects, exemptions, review, and what keeps it from being assessed."""

from __future__ import annotations

import datetime as dt

import pytest

from auditor.model import Audience, Completeness, Outcome
from auditor.policy.facts import Context
from tests.policy.factory import US, HandMade, judged, page, truncated

CLAIM = page("It cures colds.").find("cures", "claim", "cure")
NOTHING = page("It cures colds.")


def outcome(facts: HandMade, **changes: object) -> Outcome:
    return judged(facts, **changes).outcome


# --------------------------------------------------------------------------------------- the parts of a policy


def test_applies_when() -> None:
    signals = {"claim": {"use": "claim"}, "drug": {"use": "drug"}}
    assert outcome(CLAIM, signals=signals, applies_when="drug") is Outcome.NOT_APPLICABLE
    assert outcome(CLAIM.find("colds", "drug"), signals=signals, applies_when="drug") is Outcome.VIOLATION


def test_without_a_subject_on_the_page_it_does_not_apply() -> None:
    assert outcome(NOTHING, for_each="claim") is Outcome.NOT_APPLICABLE


def test_both_when_and_require_must_fail() -> None:
    signals = {"claim": {"use": "claim"}, "source": {"use": "reference"}}
    sourced = CLAIM.find("colds", "reference")
    assert outcome(CLAIM, signals=signals, require="source") is Outcome.VIOLATION
    assert outcome(sourced, signals=signals, require="source") is Outcome.PASS
    assert outcome(NOTHING, signals=signals, require="source") is Outcome.PASS


def test_an_exemption_passes_with_its_reason() -> None:
    signals = {"claim": {"use": "claim"}, "official": {"use": "page", "value": "regulator"}}
    exempt = [{"any": ["official"], "because": "an official body"}]
    verdict = judged(CLAIM.fact("page", "regulator"), signals=signals, exempt_when=exempt)
    assert (verdict.outcome, verdict.reason) == (Outcome.PASS, "an official body")
    assert outcome(CLAIM, signals=signals, exempt_when=exempt) is Outcome.VIOLATION


def test_an_exemption_frees_only_its_subject() -> None:
    facts = page("It cures. Experts say it heals. So far.").find("cures", "claim").find("heals", "claim")
    facts = facts.find("Experts", "reference")
    signals = {"claim": {"use": "claim"}, "source": {"use": "reference"}}
    exempt = [{"within": "sentence", "any": ["source"], "because": "sourced"}]
    verdict = judged(
        facts, signals=signals, for_each="claim", when={"within": "sentence", "any": ["claim"]}, exempt_when=exempt
    )
    assert [each.outcome for each in verdict.judged] == [Outcome.VIOLATION, Outcome.PASS]
    assert verdict.outcome is Outcome.VIOLATION


def test_review_instead_of_violation() -> None:
    signals = {"claim": {"use": "claim"}, "lost": {"use": "capture", "value": "markup-lost"}}
    review = [{"any": ["lost"], "because": "badges may be lost"}]
    verdict = judged(CLAIM.fact("capture", "markup-lost"), signals=signals, review_instead_when=review)
    assert (verdict.outcome, verdict.reason) == (Outcome.REVIEW, "badges may be lost")
    assert outcome(CLAIM, signals=signals, review_instead_when=review) is Outcome.VIOLATION
    assert outcome(NOTHING.fact("capture", "markup-lost"), signals=signals, review_instead_when=review) is Outcome.PASS


def test_needs_review_without_violation() -> None:
    signals = {"claim": {"use": "claim"}, "drug": {"use": "drug"}}
    review = [{"any": ["drug"], "because": "a drug is named"}]
    verdict = judged(NOTHING.find("colds", "drug"), signals=signals, needs_review_when=review)
    assert (verdict.outcome, verdict.reason) == (Outcome.REVIEW, "a drug is named")
    assert outcome(CLAIM.find("colds", "drug"), signals=signals, needs_review_when=review) is Outcome.VIOLATION


def test_a_policy_may_only_ask_for_review() -> None:
    review = [{"any": ["claim"], "because": "unclear"}]
    outcomes = {"review": "r", "pass": "p"}
    assert outcome(CLAIM, when=None, needs_review_when=review, outcomes=outcomes) is Outcome.REVIEW
    assert outcome(NOTHING, when=None, needs_review_when=review, outcomes=outcomes) is Outcome.PASS


def test_advice_is_never_a_violation() -> None:
    assert outcome(CLAIM, severity="advice", outcomes={"review": "r", "pass": "p"}) is Outcome.REVIEW


def test_a_draft_asks_for_review_at_most() -> None:
    verdict = judged(CLAIM, status="draft")
    assert (verdict.outcome, verdict.reason) == (Outcome.REVIEW, "this policy is a draft and asks for review at most")


# -------------------------------------------------------------------------------------------- what a silence is worth

CUT = "the capture is cut off, and what was not found may stand in the part that is missing"
SOURCED = {"signals": {"claim": {"use": "claim"}, "source": {"use": "reference"}}}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"require": "source"}, Outcome.REVIEW),
        ({"when": {"all": ["claim"], "none": ["source"]}}, Outcome.REVIEW),
        ({"when": {"any": [{"none": ["source"]}]}}, Outcome.REVIEW),
        ({"applies_when": {"none": ["source"]}}, Outcome.REVIEW),
        ({"when": "claim", "applies_when": {"any": ["claim", "source"]}}, Outcome.VIOLATION),
        ({"when": {"any": ["claim", {"none": ["source"]}]}}, Outcome.VIOLATION),
        ({"when": {"any": ["claim", {"none": ["source"]}], "at_least": 2}}, Outcome.REVIEW),
    ],
)
def test_what_rests_on_absence_is_for_review_when_the_capture_is_cut(
    changes: dict[str, object], expected: Outcome
) -> None:
    spare = {"needs_review_when": [{"all": ["claim", "source"], "because": "both"}]}
    verdict = judged(truncated(CLAIM), **SOURCED, **spare, **changes)
    assert verdict.outcome is expected
    assert verdict.reason == (CUT if expected is Outcome.REVIEW else "")
    assert judged(CLAIM, **SOURCED, **spare, **changes).outcome is Outcome.VIOLATION


def test_a_pass_on_a_cut_capture_says_so() -> None:
    verdict = judged(truncated(NOTHING))
    assert (verdict.outcome, verdict.reason) == (
        Outcome.PASS,
        "only the part of the page that was captured could be read",
    )


# ------------------------------------------------------------------------------------------------ not assessed


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "deprecated"}, "this policy is no longer used"),
        ({"effective": {"from": "2026-11-23"}}, "not yet in force on 2026-11-22: in force from 2026-11-23"),
        ({"effective": {"until": "2026-11-21"}}, "no longer in force on 2026-11-22: in force until 2026-11-21"),
        ({"languages": ["de", "fr"]}, "the page is in 'en'; this policy reads de, fr"),
        ({"jurisdictions": ["uk"]}, "uk rules were not asked for"),
    ],
)
def test_not_assessed_with_the_reason(changes: dict[str, object], reason: str) -> None:
    verdict = judged(CLAIM, US, **changes)
    assert (verdict.outcome, verdict.reason) == (Outcome.NOT_ASSESSED, reason)
    assert verdict.statement() == "Not assessed."


@pytest.mark.parametrize(
    "changes",
    [
        {"effective": {"from": "2026-11-22", "until": "2026-11-22"}},
        {"languages": "any"},
        {"jurisdictions": ["uk", "us"]},
        {"jurisdictions": ["uk", "global"]},
    ],
)
def test_assessed(changes: dict[str, object]) -> None:
    assert judged(CLAIM, US, **changes).outcome is Outcome.VIOLATION


def test_the_audience_gives_the_reason() -> None:
    context = Context({"us": Audience(jurisdiction="us", assessed=False, reason="nothing shows a US audience")})
    assert judged(CLAIM, context, jurisdictions=["us"]).reason == "nothing shows a US audience"


@pytest.mark.parametrize(
    ("language", "assessed"), [("en-GB", True), ("EN_us", True), ("", True), ("und", True), ("ru", False)]
)
def test_languages(language: str, assessed: bool) -> None:
    found = outcome(CLAIM.with_page(language=language))
    assert found is (Outcome.VIOLATION if assessed else Outcome.NOT_ASSESSED)


def test_a_page_that_cannot_be_judged_is_not_assessed() -> None:
    verdict = judged(CLAIM.with_page(completeness=Completeness.BLOCKED, reason="a robot check"))
    assert (verdict.outcome, verdict.reason) == (Outcome.NOT_ASSESSED, "a robot check")


# ------------------------------------------------------------------------------------------------- confidence


def test_confidence_is_the_policys_where_the_evidence_has_none() -> None:
    assert judged(CLAIM, confidence=0.85).confidence == 0.85


def test_confidence_is_that_of_the_weakest_necessary_evidence() -> None:
    facts = page("It cures. Aspirin.").find("cures", "claim", confidence=0.95).find("Aspirin", "drug", confidence=0.6)
    facts = facts.find("It", "claim", confidence=0.2)
    signals = {"claim": {"use": "claim"}, "drug": {"use": "drug"}}
    assert judged(facts, signals=signals, when={"all": ["claim", "drug"]}).confidence == 0.6
    assert judged(facts, signals=signals, when={"any": ["claim", "drug"]}).confidence == 0.95
    assert judged(facts, signals=signals, applies_when="drug").confidence == 0.6
    assert judged(facts, signals=signals, for_each="drug", when="claim").confidence == 0.6
    assert judged(NOTHING, signals=signals, when="claim").confidence == 0


def test_dates_decide_by_the_audit_date_of_the_facts() -> None:
    facts = HandMade(CLAIM.page, CLAIM.signals, dt.date(2030, 1, 1))
    assert judged(facts, effective={"until": "2029-12-31"}).outcome is Outcome.NOT_ASSESSED
