"""Conditions and signals: how they combine, where they look, and what they filter."""

from __future__ import annotations

import pytest

from auditor.model import Assertion, Outcome
from tests.policy.factory import HandMade, judged, page

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
