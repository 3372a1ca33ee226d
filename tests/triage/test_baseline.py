"""The baseline over edits: nothing known comes up as new, nothing new passes as known, what is gone is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.model import BaselineState, Completeness, Report
from auditor.triage.baseline import baseline_of, compare, read_baseline, write_baseline
from auditor.triage.gate import exit_code
from auditor.triage.waivers import Given, WrittenWaiver, waive
from tests.triage.audited import CLAIMS, audited, report

FIRM = ("It cures colds.", "It cures warts.", "It cures all pain.")
HEDGED = ("It may cure colds.", "It may cure warts.")
NEUTRAL = ("Roses are cut in March.", "# The garden", "## Spring", "Water them well.", "## Summer")
lines = st.lists(st.sampled_from(FIRM + HEDGED + NEUTRAL), max_size=10)


def known(*pages: tuple[str, Sequence[str]]) -> Report:
    return report(*(audited(place, *(each or ["Nothing."])) for place, each in pages))


def held(before: Report, after: Report, **more: bool) -> Report:
    stored = read_baseline(write_baseline(baseline_of(before)).encode())
    return compare(after, stored, "baseline.json", **more)


def new(made: Report) -> int:
    return sum(each.new_occurrences for each in made.findings)


def gone(made: Report) -> int:
    assert made.baseline
    return sum(entry.count for entry in made.baseline.gone)


@settings(deadline=None)
@given(lines, st.data())
def test_moving_and_rewording_elsewhere_neither_churn_nor_swallow(before: list[str], data: st.DataObject) -> None:
    faults = [line for line in before if "cure" in line]
    after = data.draw(st.permutations(faults + data.draw(st.lists(st.sampled_from(NEUTRAL), max_size=6))))
    made = held(known(("a.html", before)), known(("a.html", after)))
    assert (new(made), gone(made)) == (0, 0)
    assert {each.baseline for each in made.findings} <= {BaselineState.UNCHANGED}


@settings(deadline=None)
@given(lines, lines)
def test_new_and_gone_are_counted_exactly(before: list[str], after: list[str]) -> None:
    made = held(known(("a.html", before)), known(("a.html", after)))
    was, now = Counter(before), Counter(after)
    more = sum(max(0, now[words] - was[words]) for words in FIRM + HEDGED)
    fewer = sum(max(0, was[words] - now[words]) for words in FIRM + HEDGED)
    assert (new(made), gone(made)) == (more, fewer)


@settings(deadline=None)
@given(lines, st.sampled_from(FIRM), st.integers(1, 3))
def test_a_repeated_fault_is_new(before: list[str], words: str, copies: int) -> None:
    made = held(known(("a.html", before)), known(("a.html", [*before, *[words] * copies])), new_only=True)
    assert new(made) == copies
    assert exit_code(made, "low") == 1


@settings(deadline=None)
@given(lines)
def test_the_same_page_elsewhere_is_new_in_full(before: list[str]) -> None:
    made = held(known(("a.html", before)), known(("a.html", before), ("b.html", before)), new_only=True)
    first, second = made.pages
    assert not any(each.new_occurrences for each in first.findings)
    assert all(each.baseline is BaselineState.NEW for each in second.findings)


def test_a_finding_with_known_and_new_occurrences_is_updated_and_counts() -> None:
    made = held(known(("a.html", FIRM[:1])), known(("a.html", FIRM[:2])), new_only=True)
    (finding,) = made.findings
    assert (finding.baseline, finding.occurrences, finding.new_occurrences) == (BaselineState.UPDATED, 2, 1)
    assert exit_code(made, "low") == 1
    assert exit_code(held(known(("a.html", FIRM)), known(("a.html", FIRM)), new_only=True), "low") == 0
    assert exit_code(held(known(("a.html", FIRM)), known(("a.html", FIRM))), "low") == 1


def test_a_review_that_became_a_violation_is_new_but_not_the_other_way_round() -> None:
    firm, hedged = report(audited("a.html", "It cures it.")), report(audited("a.html", "It may cure it."))
    softened = (
        hedged.pages[0].findings[0].model_copy(update={"wording_fingerprints": firm.findings[0].wording_fingerprints})
    )
    hedged = report(hedged.pages[0].model_copy(update={"findings": (softened,)}))
    assert new(held(hedged, firm)) == 1
    assert new(held(firm, hedged)) == 0


def test_what_was_not_looked_at_is_not_gone() -> None:
    before = known(("a.html", FIRM), ("b.html", FIRM))
    unjudged = audited("a.html", completeness=Completeness.BLOCKED, reason="a robot check", findings=())
    made = held(before, report(unjudged))
    assert made.baseline
    assert (made.baseline.gone, made.baseline.unseen) == ((), 6)


def test_what_is_waived_is_not_taken_into_a_baseline() -> None:
    waiver = WrittenWaiver(policy=CLAIMS.id, until="2027-01-01", reason="It is a novel.", by="Ines")  # type: ignore[arg-type]
    waived = waive(known(("a.html", FIRM)), [Given(waiver, "waivers.yaml line 2")])
    assert baseline_of(waived).entries == ()


def test_the_file_has_a_line_an_entry_and_the_same_result_gives_the_same_file() -> None:
    made = known(("b.html", FIRM), ("a.html", [FIRM[0], FIRM[0]]))
    text = write_baseline(baseline_of(made))
    assert text == write_baseline(baseline_of(made))
    entries = json.loads(text)["entries"]
    assert [(each["page"], each["count"]) for each in entries] == [("a.html", 2), *[("b.html", 1)] * 3]
    assert text.count('"fingerprint"') == sum('"fingerprint"' in line for line in text.splitlines())


@pytest.mark.parametrize("document", [b"", b"{", b"[]", b'{"format": "7"}', b'{"format": "1.0", "x": 1}'])
def test_what_is_no_baseline_is_refused(document: bytes) -> None:
    with pytest.raises(UsageError, match=r"not a baseline .*make one with `auditor baseline RESULT.json`"):
        read_baseline(document)
