"""Plain words: what a reader is told that a policy looks for."""

from __future__ import annotations

import pytest

from auditor.assets import asset_folder
from auditor.policy.conditions import Matches, Sight
from auditor.policy.facts import FactIndex
from auditor.policy.plain import called, called_with, describe
from auditor.policy.registry import read_registry
from auditor.policy.schema import Policy, Scope
from auditor.policy.trace import where_looked
from tests.policy.factory import HandMade, page, policy, truncated

REGISTER = read_registry(asset_folder("policies") / "schema" / "signals.yaml", {})


def registered(**changes: object) -> Policy:
    made = policy(**changes)
    made._kinds = REGISTER.entries(made.signals)
    return made


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"use": "warning", "value": "driving", "called": "a word on driving"}, "a word on driving"),
        ({"use": "warning", "value": "driving"}, "a warning about driving and machines"),
        ({"use": "warning", "value": ["driving", "overdose"]}, "a warning about driving and machines or overdose"),
        ({"use": "warning", "value": {"none_of": ["driving"]}}, "a warning about anything but driving and machines"),
        ({"use": "warning"}, "a warning"),
        ({"use": "warning", "strength": "full"}, "a warning (strength full)"),
        ({"use": "date", "age_months": {"below": 24}}, "a date (age months below 24)"),
        ({"use": "offer", "confidence": {"at_least": 0.5}}, "an offer of a medicine (at least 50% sure)"),
        ({"use": "page", "value": "professional"}, "a page for health professionals"),
        ({"use": "offer", "value": "diazepam"}, "an offer of diazepam"),
        ({"use": "medwatch-notice"}, "medwatch notice"),
        ({"phrases": ["paid partnership", "sponsored"]}, "the words “paid partnership” or “sponsored”"),
        ({"phrases": {"en": ["paid"], "de": ["bezahlt"]}}, "the words “paid” or “bezahlt”"),
        ({"elements": ["#cart"]}, "an element that matches #cart"),
        ({"wording": "Ask your pharmacist."}, "the wording “Ask your pharmacist.”"),
    ],
)
def test_a_signal_in_words(spec: dict[str, object], expected: str) -> None:
    assert called("claim", registered(signals={"claim": spec})) == expected


def test_a_missing_value_is_named_by_the_register() -> None:
    warned = registered(signals={"claim": {"use": "warning", "called": "a full warning"}})
    assert called_with("claim", "overdose", warned) == "a warning about overdose"
    assert called_with("claim", "un-listed", warned) == "a warning about un listed"
    unknown = policy(signals={"claim": {"use": "warning", "called": "a full warning"}})
    assert called_with("claim", "overdose", unknown) == "a full warning: overdose"


SIGNALS = {
    "claim": {"use": "claim", "called": "a claim"},
    "offer": {"use": "offer", "called": "an offer"},
    "source": {"use": "reference", "called": "a source"},
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("claim", "a claim"),
        ({"any": ["claim"]}, "a claim"),
        ({"any": ["claim", "offer"]}, "one of: a claim; an offer"),
        ({"any": ["claim", "offer"], "at_least": 2}, "2 or more of: a claim; an offer"),
        ({"all": ["claim", "offer"], "none": ["source"]}, "all of: a claim; an offer, and none of: a source"),
        ({"any": ["claim", {"all": ["offer", "source"]}]}, "one of: a claim; (all of: an offer; a source)"),
        ({"signal": "claim", "at_least": 3}, "3 times or more: a claim"),
        ({"signal": "claim", "at_least": 3, "distinct": True}, "3 times or more in different forms: a claim"),
        ({"signal": "claim", "within": "page"}, "a claim, anywhere on the page"),
        ({"any": ["claim"], "within": "section"}, "a claim, in the same section"),
        ({"any": ["claim"], "within": "subject"}, "the words judged are a claim"),
        (
            {"each": "boxed_topics", "found_as": "claim"},
            "a claim, for each of: topics of the boxed warning of the label",
        ),
    ],
)
def test_a_condition_in_words(condition: object, expected: str) -> None:
    made = registered(signals=SIGNALS, for_each="offer", when=condition)
    assert made.when is not None
    assert describe(made.when, made) == expected


def looked(facts: HandMade, scope: Scope, for_each: bool = True) -> str:
    """Where a policy that judges a claim (or the page) looks through the windows of `scope`."""
    matches = Matches(policy(signals=SIGNALS, for_each="claim", when="claim"), FactIndex(facts))
    claim = matches.of("claim")[0]
    sight = Sight(matches, claim).around_subject(scope)
    return where_looked(sight if for_each else Sight(matches, None, sight.windows))


CLAIM = page("## Does it work?", "It cures.").find("cures", "claim")


PLAIN = page("It cures.").find("cures", "claim")


@pytest.mark.parametrize(
    ("facts", "scope", "expected"),
    [
        (CLAIM, Scope.PAGE, "on the whole page"),
        (truncated(CLAIM), Scope.PAGE, "on the whole page, as far as it was captured"),
        (CLAIM, Scope.SECTION, "in the same section (under “Does it work?”)"),
        (PLAIN, Scope.SENTENCE, "in the same sentence"),
        (PLAIN, Scope.SUBJECT, "in these words"),
    ],
)
def test_where_it_was_looked_for(facts: HandMade, scope: Scope, expected: str) -> None:
    assert looked(facts, scope) == expected


def test_without_a_subject_any_place_will_do() -> None:
    assert looked(CLAIM, Scope.CARD, for_each=False) == "in one product card"


def test_every_value_of_the_register_fits_its_sentence() -> None:
    for kind, entry in REGISTER.documented.items():
        assert entry.called, f"{kind} has no plain words"
        assert not entry.with_value or "{value}" in entry.with_value, kind
        assert set(entry.short_of) <= set(entry.attributes), kind
