"""Prescribed wordings: the share of their words that stands on the page, in order and seen."""

from __future__ import annotations

import pytest

from auditor.model import Outcome
from auditor.policy.wording import find_wording
from tests.policy.factory import judged, page, policy

RULE = "These claims have not been examined by the Office of Remedies. This product does not prevent any disease."


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (RULE, 1.0),
        (RULE.upper(), 1.0),
        (f"Shop. {RULE} Imprint.", 1.0),
        (RULE.replace("examined", "looked at"), 17 / 18),
        (RULE.replace("This product", "\nThis product"), 1.0),
        ("These claims have not been examined by the Office of Remedies.", 11 / 18),
    ],
)
def test_the_share_of_the_words_found(text: str, share: float) -> None:
    found = find_wording(text, [(0, len(text))], RULE, 0.8)
    assert found is not None
    assert found[2] == pytest.approx(share)


def test_the_span_covers_the_words_found() -> None:
    text = f"First. {RULE} Last."
    start, end, _ = find_wording(text, [(0, len(text))], RULE, 0.8) or (0, 0, 0)
    assert text[start:end] == RULE.rstrip(".")


def test_the_order_counts() -> None:
    backwards = " ".join(reversed(RULE.replace(".", "").split()))
    found = find_wording(backwards, [(0, len(backwards))], RULE, 0.8)
    assert found is None or found[2] < 0.3


def test_scattered_words_do_not_add_up() -> None:
    scattered = (" filler" * 300).join(RULE.split())
    found = find_wording(scattered, [(0, len(scattered))], RULE, 0.8)
    assert found is None or found[2] < 0.3


def test_the_best_place_wins() -> None:
    text = "Remedies are sold here. " * 50 + RULE + " Remedies." * 50
    found = find_wording(text, [(0, len(text))], RULE, 0.8)
    assert found is not None
    assert found[2] == 1.0


def test_words_that_are_not_seen_do_not_count() -> None:
    assert find_wording(RULE, [], RULE, 0.8) is None


SIGNALS = {"claim": {"use": "claim"}, "rule": {"wording": RULE}}


def test_a_policy_requires_a_wording() -> None:
    changes = {"signals": SIGNALS, "require": "rule"}
    assert judged(page("It cures.", RULE).find("cures", "claim"), **changes).outcome is Outcome.PASS
    assert judged(page("It cures.", f"~ {RULE}").find("cures", "claim"), **changes).outcome is Outcome.VIOLATION
    missing = judged(page("It cures.", "These claims have not been examined.").find("cures", "claim"), **changes)
    assert missing.outcome is Outcome.VIOLATION
    assert policy(**changes).signals["rule"] is not None


def test_the_nearest_wording_is_shown() -> None:
    facts = page("It cures.", "These claims have not been examined by the Office of Health.").find("cures", "claim")
    required = judged(facts, signals=SIGNALS, require="rule").result().trace[-1]
    assert required.asks == "Requires: the wording “These claims have not been examined by the Office of …”"
    nearest = "“These claims have not been examined by the Office of”: has 56% of its words, not 80%"
    assert required.nearest_miss == nearest


def test_less_than_half_of_a_wording_is_not_near() -> None:
    facts = page("It cures.", "These claims have been examined.").find("cures", "claim")
    assert judged(facts, signals=SIGNALS, require="rule").result().trace[-1].nearest_miss == ""
