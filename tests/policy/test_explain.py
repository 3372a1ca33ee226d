"""Explanations: every condition with its evidence; for what did not hold, the nearest miss and what denied it."""

from __future__ import annotations

import pytest

from auditor.model import Assertion, Condition
from auditor.policy.explain import explain
from auditor.policy.facts import Context
from tests.policy.factory import HandMade, denied_by, page, policy

CHANGES: dict[str, object] = {
    "signals": {
        "study": {"use": "study"},
        "source": {"use": "reference", "value": ["doi", "link"]},
        "lost": {"use": "capture", "value": "markup-lost"},
    },
    "applies_when": {"any": ["study"]},
    "for_each": "study",
    "when": None,
    "require": {"within": "section", "any": ["source"]},
    "review_instead_when": [{"any": ["lost"], "because": "links may be lost"}],
    "outcomes": {"violation": "Names {subject}.", "review": "r", "pass": "p", "not-applicable": "n"},
}


def test_every_condition_is_printed_with_its_evidence() -> None:
    facts = page("## Studies", "Nowak found it.", "## More", "See PMID 1.").find("Nowak", "study", "named-author")
    facts = facts.find("PMID 1", "reference", "doi")
    assert (
        str(explain(policy(**CHANGES), facts, Context()))
        == """\
core.made.up 1.0: violation
   Names “Nowak”.
   Confidence: 0.90
   ✓ Applies when: study
      “Nowak”, study = named-author, affirmed [8-13]
   ✓ For study
      “Nowak”, study = named-author, affirmed [8-13]
      ✗ Requires: reference: doi or link, in the same section
         nearest: “PMID 1”: stands in another section, under “More”
      ✗ Review instead when: capture: markup lost"""
    )


def test_all_evidence_is_shown_where_a_result_shows_a_few() -> None:
    facts = page("Again. Again. Again. Again. Again.")
    for nth in range(5):
        facts = facts.find("Again", "claim", nth=nth)
    explanation = explain(policy(), facts, Context())
    assert len(explanation.conditions[0].evidence) == 5
    assert len(explanation.verdict.result().trace[0].evidence) == 3


def near(facts: HandMade, **spec: object) -> Condition:
    """The trace of a claim that was looked for with `spec` and not found."""
    explanation = explain(policy(signals={"claim": {"use": "claim", **spec}}), facts, Context())
    return explanation.conditions[0]


CLAIM = page("It cures.", "~ It heals.")


@pytest.mark.parametrize(
    ("facts", "spec", "expected"),
    [
        (CLAIM.find("cures", "claim", **denied_by("never")), {}, "“cures”: denied by “never”"),
        (CLAIM.find("cures", "claim", assertion=Assertion.ASKED), {}, "“cures”: asked as a question"),
        (CLAIM.find("heals", "claim"), {}, "“heals”: not seen by a visitor (hidden)"),
        (CLAIM.find("cures", "claim", "cure"), {"value": "safety"}, ""),
        (CLAIM.find("cures", "claim", "cure", **denied_by("never")), {"absolute": "yes"}, ""),
        (
            CLAIM.find("cures", "claim", attributes={"absolute": "no"}),
            {"absolute": "yes"},
            "“cures”: its absolute is no, not yes",
        ),
        (
            CLAIM.find("cures", "claim"),
            {"absolute": {"present": True}},
            "“cures”: its absolute is not known",
        ),
        (
            CLAIM.find("cures", "claim", confidence=0.4),
            {"confidence": {"at_least": 0.8}},
            "“cures”: is 40% sure, not at least 80% sure",
        ),
        (CLAIM.find("cures", "claim"), {"role": "footer"}, "“cures”: stands in the main of the page"),
        (CLAIM, {}, ""),
    ],
)
def test_the_nearest_miss_says_why_not(facts: HandMade, spec: dict[str, object], expected: str) -> None:
    assert near(facts, **spec).nearest_miss == expected


def test_near_is_only_what_fails_a_single_filter() -> None:
    facts = CLAIM.find("heals", "claim", "cure", **denied_by("not")).find(
        "cures", "claim", "cure", **denied_by("never")
    )
    assert near(facts, value="cure").nearest_miss == "“cures”: denied by “never”"
    assert near(facts, value="cure").denied_by == "never"


def test_another_value_is_never_near() -> None:
    facts = CLAIM.find("It", "claim", "safety", attributes={"absolute": "yes"})
    assert near(facts, value="cure", absolute="yes").nearest_miss == ""
    facts = facts.find("cures", "claim", "cure", attributes={"absolute": "no"})
    assert near(facts, value="cure", absolute="yes").nearest_miss == "“cures”: its absolute is no, not yes"


def test_a_long_list_of_values_is_cut() -> None:
    values = [f"v{number}" for number in range(9)]
    assert near(CLAIM, value=values).asks == "When: claim: v0, v1, v2, v3, v4 or 4 more"


def test_without_a_subject_the_nearest_one_is_shown() -> None:
    facts = page("It is not a cure.").find("cure", "claim", "cure", **denied_by("not"))
    assert (
        str(explain(policy(for_each="claim"), facts, Context()))
        == """\
core.made.up 1.0: not-applicable
   Not so.
   ✗ For each: claim
      nearest: “cure”: denied by “not”"""
    )


def test_control_characters_of_the_page_are_not_printed() -> None:
    facts = page("It \x1b[2Jcures\u202e.").find("\x1b[2Jcures\u202e", "claim")
    assert "\x1b" not in str(explain(policy(), facts, Context()))
    assert "\u202e" not in str(explain(policy(), facts, Context()))
