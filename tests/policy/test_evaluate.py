"""How a policy comes out: conditions, subjects, exemptions, review, and what keeps it from being assessed."""

from __future__ import annotations

import datetime as dt

import pytest

from auditor.model import Assertion, Audience, Completeness, Outcome
from auditor.policy.facts import Context
from auditor.policy.statement import listing
from tests.policy.factory import US, HandMade, denied_by, judged, page, policy, truncated

CLAIM = page("It cures colds.").find("cures", "claim", "cure")
NOTHING = page("It cures colds.")


def outcome(facts: HandMade, **changes: object) -> Outcome:
    return judged(facts, **changes).outcome


# ------------------------------------------------------------------------------------------------ conditions


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("claim", Outcome.VIOLATION),
        ("drug", Outcome.PASS),
        ({"any": ["claim", "drug"]}, Outcome.VIOLATION),
        ({"all": ["claim", "drug"]}, Outcome.PASS),
        ({"none": ["drug"]}, Outcome.VIOLATION),
        ({"none": ["claim"]}, Outcome.PASS),
        ({"all": ["claim"], "none": ["drug"]}, Outcome.VIOLATION),
        ({"all": ["claim"], "any": ["drug"]}, Outcome.PASS),
        ({"any": ["claim", "drug", {"none": ["drug"]}], "at_least": 2}, Outcome.VIOLATION),
        ({"any": ["claim", "drug"], "at_least": 2}, Outcome.PASS),
        ({"any": [{"all": ["claim", {"none": ["drug"]}]}]}, Outcome.VIOLATION),
        ({"signal": "claim", "at_least": 1}, Outcome.VIOLATION),
        ({"signal": "claim", "at_least": 2}, Outcome.PASS),
    ],
)
def test_conditions_combine(when: object, expected: Outcome) -> None:
    signals = {"claim": {"use": "claim"}, "drug": {"use": "drug"}}
    assert outcome(CLAIM, signals=signals, when=when) is expected


def test_distinct_counts_values_not_mentions() -> None:
    facts = page("Ship it. Ship it. Pay in coins.").find("Ship", "act", "ship").find("Ship", "act", "ship", nth=1)
    signals = {"sign": {"use": "act"}}
    twice, different = {"signal": "sign", "at_least": 2}, {"signal": "sign", "at_least": 2, "distinct": True}
    assert outcome(facts, signals=signals, when=twice) is Outcome.VIOLATION
    assert outcome(facts, signals=signals, when=different) is Outcome.PASS
    assert outcome(facts.find("coins", "act", "crypto"), signals=signals, when=different) is Outcome.VIOLATION


STUDY = {"study": {"use": "study"}, "source": {"use": "reference"}}


@pytest.mark.parametrize(
    ("scope", "satisfied"),
    [("sentence", False), ("block", False), ("section", True), ("page", True), ("card", True), ("row", False)],
)
def test_within_looks_around_the_subject(scope: str, satisfied: bool) -> None:
    facts = page("## Studies", "Nowak found it. It was so.", "See PMID 1.", "## Other", "Nothing.")
    facts = facts.find("Nowak", "study").find("PMID 1", "reference")
    found = outcome(facts, signals=STUDY, for_each="study", when=None, require={"within": scope, "any": ["source"]})
    assert found is (Outcome.PASS if satisfied else Outcome.VIOLATION)


def test_a_rival_section_lends_nothing() -> None:
    facts = page("## Studies", "Nowak found it.", "## Other", "See PMID 1.")
    facts = facts.find("Nowak", "study").find("PMID 1", "reference")
    assert outcome(
        facts, signals=STUDY, for_each="study", when=None, require={"within": "section", "any": ["source"]}
    ) is (Outcome.VIOLATION)


def test_cards_and_rows_bind() -> None:
    facts = page("@1 Valium", "@1 No prescription", "@2 Aspirin", "|1 Xanax", "|1 Prescription only", "|2 Ambien")
    for name in ("Valium", "Aspirin", "Xanax", "Ambien"):
        facts = facts.find(name, "drug", name.lower())
    facts = facts.find("No prescription", "prescription", "waived").find(
        "Prescription only", "prescription", "required"
    )
    signals = {"drug": {"use": "drug"}, "waived": {"use": "prescription", "value": "waived"}}
    verdict = judged(facts, signals=signals, for_each="drug", when={"within": "card", "any": ["waived"]})
    caught = [each.subject.value for each in verdict.judged if each.outcome is Outcome.VIOLATION and each.subject]
    assert caught == ["valium"]
    signals["waived"] = {"use": "prescription", "value": "required"}
    verdict = judged(facts, signals=signals, for_each="drug", when={"within": "row", "any": ["waived"]})
    assert [each.subject.value for each in verdict.judged if each.outcome is Outcome.VIOLATION and each.subject] == [
        "xanax"
    ]


def test_within_subject_asks_what_the_subject_itself_is() -> None:
    facts = page("Valium. Aspirin.").find("Valium", "offer", confidence=0.9).find("Aspirin", "offer", confidence=0.3)
    signals = {"offer": {"use": "offer"}, "sure": {"use": "offer", "confidence": {"at_least": 0.8}}}
    verdict = judged(facts, signals=signals, for_each="offer", when={"within": "subject", "any": ["sure"]})
    assert [each.outcome for each in verdict.judged] == [Outcome.VIOLATION, Outcome.PASS]


def test_without_a_subject_within_asks_for_one_place() -> None:
    together = {"within": "sentence", "all": ["claim", "drug"]}
    signals = {"claim": {"use": "claim"}, "drug": {"use": "drug"}}
    apart = page("It cures. Take aspirin.").find("cures", "claim").find("aspirin", "drug")
    beside = page("Nothing. Aspirin cures.").find("cures", "claim").find("Aspirin", "drug")
    assert outcome(apart, signals=signals, when=together) is Outcome.PASS
    assert outcome(beside, signals=signals, when=together) is Outcome.VIOLATION


def test_places_inside_places() -> None:
    """A section that holds a claim, and in one of its sentences a drug with a warning."""
    when = {"within": "section", "all": ["claim", {"within": "sentence", "all": ["drug", "warning"]}]}
    signals = {name: {"use": name} for name in ("claim", "drug", "warning")}
    split = page("## One", "It cures.", "## Two", "Aspirin may harm.")
    split = split.find("cures", "claim").find("Aspirin", "drug").find("may harm", "warning")
    whole = page("## One", "It cures. Aspirin may harm.", "## Two", "Else.")
    whole = whole.find("cures", "claim").find("Aspirin", "drug").find("may harm", "warning")
    assert outcome(split, signals=signals, when=when) is Outcome.PASS
    assert outcome(whole, signals=signals, when=when) is Outcome.VIOLATION


def test_facts_about_the_page_hold_in_every_place() -> None:
    facts = page("## One", "It cures.", "## Two", "A shop.").find("cures", "claim").find("A shop", "page", "shop")
    signals = {"claim": {"use": "claim"}, "shop": {"use": "page", "value": "shop"}}
    assert (
        outcome(facts, signals=signals, for_each="claim", when={"within": "sentence", "all": ["shop"]})
        is Outcome.VIOLATION
    )


def test_each_value_must_be_found() -> None:
    facts = page("Valium for sale.", "May be addictive.").find(
        "Valium", "offer", attributes={"boxed_topics": ("abuse-addiction", "opioid-co-use")}
    )
    facts = facts.find("addictive", "warning", "abuse-addiction")
    changes: dict[str, object] = {
        "signals": {"offer": {"use": "offer"}, "warning": {"use": "warning"}},
        "for_each": "offer",
        "when": None,
        "require": {"each": "boxed_topics", "found_as": "warning", "within": "page"},
        "outcomes": {"violation": "{subject} lacks {missing}.", "review": "r", "pass": "p", "not-applicable": "n"},
    }
    verdict = judged(facts, **changes)
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.statement() == "“Valium” lacks opioid co use."
    assert outcome(facts.find("addictive", "warning", "opioid-co-use"), **changes) is Outcome.PASS


# --------------------------------------------------------------------------------------------------- signals


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, True),
        ({"value": "diazepam"}, True),
        ({"value": ["diazepam", "other"]}, True),
        ({"value": "other"}, False),
        ({"value": {"none_of": ["other"]}}, True),
        ({"value": {"none_of": ["diazepam"]}}, False),
        ({"schedule": {"us": ["II", "IV"]}}, True),
        ({"schedule": {"us": "II"}}, False),
        ({"schedule": {"us": {"none_of": ["II"]}}}, True),
        ({"schedule": {"us": {"present": True}}}, True),
        ({"schedule": {"uk": {"present": False}}}, True),
        ({"schedule": {"uk": {"present": True}}}, False),
        ({"schedule": {"uk": {"none_of": ["2"]}}}, True),
        ({"impairs_driving": True}, True),
        ({"age": {"at_least": 3}}, True),
        ({"age": {"below": 3}}, False),
        ({"age": {"at_least": 3, "below": 4}}, True),
        ({"surface": {"at_least": 3}}, False),
        ({"role": ["main"]}, True),
        ({"role": "footer"}, False),
        ({"confidence": {"at_least": 0.7}}, True),
        ({"confidence": {"below": 0.7}}, False),
        ({"seen": False}, False),
        ({"seen": "any"}, True),
        ({"assertion": "denied"}, False),
        ({"assertion": ["affirmed", "denied"]}, True),
    ],
)
def test_filters(spec: dict[str, object], expected: bool) -> None:
    attributes = {"schedule.us": "IV", "impairs_driving": "yes", "age": "3", "surface": "Valium"}
    facts = page("Valium.").find("Valium", "drug", "diazepam", confidence=0.7, attributes=attributes)
    found = outcome(facts, signals={"drug": {"use": "drug", **spec}}, when="drug")
    assert found is (Outcome.VIOLATION if expected else Outcome.PASS)


@pytest.mark.parametrize("assertion", [each for each in Assertion if each is not Assertion.AFFIRMED])
def test_only_the_pages_own_voice_counts_unless_asked(assertion: Assertion) -> None:
    facts = page("It cures.").find("cures", "claim", assertion=assertion)
    assert outcome(facts) is Outcome.PASS
    assert outcome(facts, signals={"claim": {"use": "claim", "assertion": "any"}}) is Outcome.VIOLATION


def test_hidden_words_do_not_count_unless_asked() -> None:
    facts = page("~ It cures.").find("cures", "claim")
    assert outcome(facts) is Outcome.PASS
    assert outcome(facts, signals={"claim": {"use": "claim", "seen": "any"}}) is Outcome.VIOLATION


def test_inline_phrases_are_found_under_their_own_kind() -> None:
    facts = page("Sponsored content.").find("Sponsored content", "inline:core.made.up.label", "found")
    signals = {"label": {"phrases": ["sponsored content"]}}
    assert outcome(facts, signals=signals, when="label") is Outcome.VIOLATION
    assert outcome(NOTHING, signals=signals, when="label") is Outcome.PASS


def test_elements_are_found_by_selector() -> None:
    facts = (
        page("Add to cart", "~ Hidden cart").element("form[action*=cart]", "Add to cart").element("b", "Hidden cart")
    )
    assert outcome(facts, signals={"cart": {"elements": ["form[action*=cart]"]}}, when="cart") is Outcome.VIOLATION
    assert outcome(facts, signals={"cart": {"elements": ["table"]}}, when="cart") is Outcome.PASS
    assert outcome(facts, signals={"cart": {"elements": ["b"]}}, when="cart") is Outcome.PASS


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


# ------------------------------------------------------------------------------------------------- statements


def test_placeholders() -> None:
    facts = page("Nowak and Weber and Lind and Roux and Berg said so.")
    for name in ("Nowak", "Weber", "Lind", "Roux", "Berg"):
        facts = facts.find(name, "study", "named-author", attributes={"author": name.lower()})
    sentence = "{count} studies: {subject}; {subject.value}; {subject.author}; {subject.year}!"
    verdict = judged(
        facts,
        signals={"study": {"use": "study"}},
        for_each="study",
        when="study",
        outcomes={"violation": sentence, "review": "r", "pass": "p", "not-applicable": "n"},
    )
    assert verdict.statement() == (
        "5 studies: “Nowak”, “Weber”, “Lind” and 2 more; named author; nowak, weber, lind and 2 more; !"
    )


def test_the_pages_words_are_never_read_as_placeholders() -> None:
    facts = page("Buy {missing} {subject.value} now").find("{missing} {subject.value}", "claim", "cure")
    outcomes = {"violation": "Says {subject}.", "review": "r", "pass": "p", "not-applicable": "n"}
    assert judged(facts, for_each="claim", outcomes=outcomes).statement() == "Says “{missing} {subject.value}”."


def test_missing_names_the_signal_that_was_looked_for() -> None:
    signals = {"claim": {"use": "claim"}, "a_source": {"use": "reference"}}
    outcomes = {"violation": "There is no {missing}.", "review": "r", "pass": "p"}
    assert judged(CLAIM, signals=signals, require="a_source", outcomes=outcomes).statement() == "There is no a source."


def test_a_sentence_that_is_quoted_keeps_no_full_stop() -> None:
    facts = page("It cures colds.").find("It cures colds.", "claim")
    outcomes = {"violation": "Says {subject}.", "review": "r", "pass": "p", "not-applicable": "n"}
    assert judged(facts, for_each="claim", outcomes=outcomes).statement() == "Says “It cures colds”."


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "a"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        (["a, b", "c"], "a, b; c"),
        (["a and b", "c"], "a and b; c"),
        (["c", "a and b"], "c and a and b"),
    ],
)
def test_listing(items: list[str], expected: str) -> None:
    assert listing(items) == expected


def test_denied_words_are_the_nearest_miss() -> None:
    facts = page("It is not a cure.").find("cure", "claim", "cure", **denied_by("not"))
    result = judged(facts).result()
    assert result.trace[0].children[0].nearest_miss == "“cure”: denied by “not”"
    assert result.trace[0].children[0].denied_by == "not"


def test_policies_made_for_tests_are_valid() -> None:
    assert policy().accuses
