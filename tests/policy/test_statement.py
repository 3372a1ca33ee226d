"""Outcome sentences: what stands in for their placeholders."""

from __future__ import annotations

import pytest

from auditor.policy.statement import listing
from tests.policy.factory import denied_by, judged, page, policy

CLAIM = page("It cures colds.").find("cures", "claim", "cure")


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
    assert result.trace[0].nearest_miss == "“cure”: denied by “not”"
    assert result.trace[0].denied_by == "not"


def test_policies_made_for_tests_are_valid() -> None:
    assert policy().accuses
