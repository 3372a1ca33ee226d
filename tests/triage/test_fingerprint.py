"""Fingerprints: unchanged by edits elsewhere on the page, changed by what changes the fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Finding
from auditor.policy.evaluate import judge
from auditor.policy.facts import Context
from auditor.triage import findings_of
from auditor.triage.fingerprint import normalised
from tests.policy.factory import page, policy

POLICY = policy(for_each="claim")
# Other words of a page: they hold no claim and no line mark.
other_words = st.text(alphabet="abcdefghij ABC.,!", max_size=40).map(lambda words: f"Word {words.strip()}")
other_lines = st.lists(other_words, max_size=5)


def finding(*lines: str, heading: str = "Does it work?", claim: str = "cures colds", count: int = 1) -> Finding:
    facts = page(*lines)
    for nth in range(count):
        facts = facts.find(claim, "claim", nth=nth)
    (found,) = findings_of(judge([POLICY], facts, Context()))
    return found


def around(before: list[str], same_section: list[str], after: list[str], claim: str = "cures colds") -> list[str]:
    return [*before, "## Does it work?", *same_section, f"It {claim}.", "## More", *after]


ORIGINAL = finding(*around([], [], []))


@settings(deadline=None)
@given(other_lines, other_lines, other_lines)
def test_edits_elsewhere_do_not_change_it(before: list[str], same_section: list[str], after: list[str]) -> None:
    edited = finding(*around(before, same_section, after))
    assert edited.fingerprint == ORIGINAL.fingerprint
    assert edited.occurrence_fingerprints == ORIGINAL.occurrence_fingerprints


@settings(deadline=None)
@given(st.lists(st.sampled_from(["# New title", "## First", "Words."]), max_size=4))
def test_new_headings_above_do_not_change_it(before: list[str]) -> None:
    assert finding(*around(before, [], [])).fingerprint == ORIGINAL.fingerprint


def test_case_spacing_and_punctuation_do_not_change_it() -> None:
    assert finding("## DOES it work", "It CURES,  colds!", claim="CURES,  colds").fingerprint == ORIGINAL.fingerprint
    assert normalised("  CURES,  colds!") == "cures colds"


def test_other_words_another_heading_or_another_policy_change_it() -> None:
    assert finding(*around([], [], [], "heals colds"), claim="heals colds").fingerprint != ORIGINAL.fingerprint
    assert finding("## Elsewhere", "It cures colds.").fingerprint != ORIGINAL.fingerprint
    facts = page("## Does it work?", "It cures colds.").find("cures colds", "claim")
    (other,) = findings_of(judge([policy(id="core.other", for_each="claim")], facts, Context()))
    assert other.fingerprint != ORIGINAL.fingerprint


def test_repetitions_are_told_apart_and_counted() -> None:
    twice = finding("## Does it work?", "It cures colds.", "It cures colds.", count=2)
    assert twice.occurrences == 2
    assert len(set(twice.occurrence_fingerprints)) == 2
    assert twice.occurrence_fingerprints[0] == ORIGINAL.occurrence_fingerprints[0]
    assert twice.fingerprint != ORIGINAL.fingerprint


def test_the_order_of_occurrences_does_not_change_the_finding() -> None:
    one_two = page("## A", "It cures.", "## B", "It heals.").find("cures", "claim").find("heals", "claim")
    two_one = page("## B", "It heals.", "## A", "It cures.").find("heals", "claim").find("cures", "claim")
    (first,) = findings_of(judge([POLICY], one_two, Context()))
    (second,) = findings_of(judge([POLICY], two_one, Context()))
    assert first.fingerprint == second.fingerprint


def test_a_fault_of_the_whole_page_has_one_too() -> None:
    absent = policy(signals={"author": {"use": "author"}}, when=None, require="author")
    (one,) = findings_of(judge([absent], page("A."), Context()))
    (two,) = findings_of(judge([absent], page("Quite other words."), Context()))
    assert one.fingerprint == two.fingerprint
    assert len(one.fingerprint) == 16
