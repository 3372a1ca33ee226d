"""Findings: one cause once with its occurrences, worst first, with everything a reader needs to check it."""

from __future__ import annotations

import pytest

from auditor.model import Factor, Finding, Outcome
from auditor.policy.evaluate import judge
from auditor.policy.facts import Context
from auditor.policy.schema import Policy
from auditor.triage import findings_of
from tests.policy.factory import HandMade, denied_by, page, policy


def found(facts: HandMade, *policies: Policy) -> tuple[Finding, ...]:
    return findings_of(judge(policies, facts, Context()))


def quotes(finding: Finding, subject: bool) -> list[str]:
    return [words.quote for words in finding.evidence if words.subject is subject]


def test_one_cause_is_one_finding_with_its_occurrences() -> None:
    facts = page("It cures. It heals.").find("cures", "claim", "cure").find("heals", "claim", "cure")
    (finding,) = found(facts, policy(for_each="claim"))
    assert (finding.id, finding.occurrences, finding.subject) == ("F1", 2, "cures and heals")
    assert quotes(finding, subject=True) == ["cures", "heals"]
    assert len(set(finding.occurrence_fingerprints)) == 2


def test_subjects_that_came_out_differently_are_findings_apart() -> None:
    facts = page("It cures. It may heal.").find("cures", "claim").find("heal", "claim", attributes={"hedged": "yes"})
    changes = {
        "signals": {"claim": {"use": "claim"}, "soft": {"use": "claim", "hedged": "yes"}},
        "for_each": "claim",
        "review_instead_when": [{"within": "sentence", "any": ["soft"], "because": "hedged"}],
    }
    violation, review = found(facts, policy(**changes))
    assert (violation.outcome, quotes(violation, subject=True)) == (Outcome.VIOLATION, ["cures"])
    assert (review.outcome, review.because, quotes(review, subject=True)) == (Outcome.REVIEW, "hedged", ["heal"])
    assert violation.fingerprint != review.fingerprint


def test_what_passed_is_no_finding() -> None:
    assert found(page("Nothing."), policy()) == ()


def test_findings_are_ordered_by_severity_then_proof_then_confidence() -> None:
    facts = page("It cures.").find("cures", "claim")
    sentences = {"review": "r", "pass": "p"}
    made = [
        policy(id="core.low", severity="low"),
        policy(id="core.sure", confidence=0.95),
        policy(id="core.draft", status="draft", confidence=0.99),
        policy(id="core.less", confidence=0.6),
        policy(id="core.worst", severity="critical"),
        policy(id="core.hint", severity="advice", outcomes=sentences),
    ]
    listed = found(facts, *made)
    assert [finding.policy for finding in listed] == [
        "core.worst", "core.sure", "core.less", "core.draft", "core.low", "core.hint",
    ]  # fmt: skip
    assert [finding.id for finding in listed] == ["F1", "F2", "F3", "F4", "F5", "F6"]


def test_the_words_that_carry_a_subject_support_it() -> None:
    facts = page("Valium. $5. Ships now. In stock.")
    for words, value in (("$5", "price"), ("Ships now", "ship"), ("In stock", "stock")):
        facts = facts.find(words, "act", value)
    text = facts.page.text
    because = tuple((text.index(words), text.index(words) + len(words)) for words in ("$5", "Ships now"))
    factors = (Factor("silence", -0.5, "says nothing"), Factor("price", 2.0, "has a price", *because[0]))
    facts = facts.find("Valium", "offer", "diazepam", because=because, factors=factors, confidence=0.9)
    (finding,) = found(facts, policy(signals={"offer": {"use": "offer"}}, for_each="offer", when="offer"))
    assert quotes(finding, subject=True) == ["Valium"]
    assert quotes(finding, subject=False) == ["$5.", "Ships now"]
    assert [words.signal for words in finding.evidence] == ["offer", "act", "act"]
    assert [(line.name, line.weight, line.quote) for line in finding.weighed] == [
        ("price", 2.0, "$5"),
        ("silence", -0.5, ""),
    ]
    assert finding.confidence == 0.9


def test_for_a_page_the_words_of_the_pattern_are_judged() -> None:
    facts = page("It cures. Buy.").find("cures", "claim").find("Buy", "act").find("It", "drug")
    signals = {"claim": {"use": "claim"}, "act": {"use": "act"}, "drug": {"use": "drug"}}
    (finding,) = found(facts, policy(signals=signals, applies_when="drug", when={"all": ["claim", "act"]}))
    assert (quotes(finding, subject=True), quotes(finding, subject=False)) == (["cures", "Buy"], [])


def test_an_absence_on_a_page_is_shown_with_what_made_the_policy_apply() -> None:
    facts = (
        page("## Dose", "Take 5 mg.", "## More", "See PMID 1.")
        .find("5 mg", "dosing")
        .find("PMID 1", "reference", "pmid")
    )
    signals = {
        "dose": {"use": "dosing"},
        "source": {"use": "reference", "value": "doi", "called": "a DOI", "nearest": ["number"]},
        "number": {"use": "reference", "value": "pmid", "called": "a PubMed number"},
    }
    (finding,) = found(facts, policy(signals=signals, applies_when="dose", when=None, require={"any": ["source"]}))
    assert (quotes(finding, subject=True), quotes(finding, subject=False)) == ([], ["5 mg", "PMID 1"])
    assert [words.signal for words in finding.evidence] == ["dose", "nearest"]
    (absence,) = finding.absences
    assert (absence.looked_for, absence.where) == ("a DOI", "on the whole page")
    assert (absence.nearest, absence.nearest_why_not) == ("“PMID 1”", "only a PubMed number")
    assert finding.occurrences == 1


def test_nothing_on_another_topic_is_quoted_as_nearest() -> None:
    facts = page("Sedatives are risky for older people.").find("risky for older people", "warning", "older-adults")
    signals = {"warned": {"use": "warning", "value": "driving"}}
    (finding,) = found(facts, policy(signals=signals, when=None, require="warned"))
    assert finding.evidence == ()
    assert [absence.nearest for absence in finding.absences] == [""]


def test_what_the_page_is_not_is_no_absence() -> None:
    facts = page("It cures.").find("cures", "claim")
    signals = {"claim": {"use": "claim"}, "home": {"use": "page", "value": "home"}, "source": {"use": "reference"}}
    (finding,) = found(facts, policy(signals=signals, when={"all": ["claim"], "none": ["home", "source"]}))
    assert [absence.looked_for for absence in finding.absences] == ["reference"]


def test_fragments_are_quoted_with_their_clause_but_known_by_their_own_words() -> None:
    facts = page("Most people say it works; 60 of them slept better.").find("60", "claim")
    (finding,) = found(facts, policy(for_each="claim"))
    (words,) = finding.evidence
    assert words.quote == "60 of them slept better."
    assert facts.page.text[words.start : words.end] == words.quote
    assert finding.subject == "60"


def test_inside_a_quote_the_words_that_decide_are_quoted_alone() -> None:
    facts = page("Take it, it works very well.")
    start = facts.page.text.index("works very well")
    facts = facts.find("Take it, it works very well.", "claim", because=((start, start + 15),))
    (finding,) = found(facts, policy(for_each="claim"))
    assert quotes(finding, subject=False) == ["works very well"]


def test_each_missing_value_is_an_absence() -> None:
    facts = page("Valium.", "Do not drink.").find(
        "Valium", "offer", attributes={"boxed_topics": ("driving", "overdose")}
    )
    facts = facts.find("Do not drink", "warning", "overdose", **denied_by("not"))
    changes = {
        "signals": {"offer": {"use": "offer"}, "warning": {"use": "warning"}},
        "for_each": "offer",
        "when": None,
        "require": {"each": "boxed_topics", "found_as": "warning"},
    }
    (finding,) = found(facts, policy(**changes))
    assert [absence.looked_for for absence in finding.absences] == ["warning: driving", "warning: overdose"]
    assert [absence.nearest for absence in finding.absences] == ["", "“Do not drink”"]


def test_the_law_and_the_repair_come_with_the_finding() -> None:
    facts = page("It cures.").find("cures", "claim")
    (finding,) = found(facts, policy(duty="Sellers."))
    assert (finding.title, finding.why, finding.fix, finding.duty) == (
        "Made up",
        "It matters.",
        "Change it.",
        "Sellers.",
    )
    assert finding.authority[0].cite == "A code"
    assert finding.policy_version == "1.0"


@pytest.mark.parametrize("count", [1, 40])
def test_support_is_limited_but_subjects_are_not(count: int) -> None:
    facts = page(" ".join(["It cures."] * count), " ".join(["See it."] * 40))
    for nth in range(count):
        facts = facts.find("cures", "claim", nth=nth)
    for nth in range(40):
        facts = facts.find("See it", "act", nth=nth)
    signals = {"claim": {"use": "claim"}, "act": {"use": "act"}}
    (finding,) = found(facts, policy(signals=signals, for_each="claim", when="act"))
    assert len(quotes(finding, subject=True)) == finding.occurrences == count
    assert len(quotes(finding, subject=False)) == 12
