"""Verdicts to findings: the subjects of a policy that came out alike, for the same reason, are one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from auditor.model import SEVERITY_ORDER, Absence, Evidence, Finding, Outcome, Signal, Weighed
from auditor.policy.evidence import carried, distinct_spans, evidence
from auditor.policy.statement import listing, shortened
from auditor.policy.trace import absences
from auditor.policy.verdict import CAUGHT, Judged, Verdict
from auditor.triage.fingerprint import Occurrences, finding_fingerprint

_MOST_SUPPORT = 12  # pieces of evidence shown in support, beyond the words that are judged
_MOST_COMPARED = 10  # subjects of one finding whose support and absences are looked at

Named = tuple[Signal, str]


def findings_of(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """The findings of a page: by severity, then violations before reviews, then by confidence."""
    found = [finding for verdict in verdicts if verdict.outcome in CAUGHT for finding in _of_policy(verdict)]
    found.sort(key=_rank)
    return tuple(finding.model_copy(update={"id": f"F{number}"}) for number, finding in enumerate(found, 1))


def _rank(finding: Finding) -> tuple[int, bool, float, str]:
    severity = SEVERITY_ORDER[finding.severity]
    return severity, finding.outcome is not Outcome.VIOLATION, -finding.confidence, finding.policy


def _of_policy(verdict: Verdict) -> Iterator[Finding]:
    groups: dict[tuple[Outcome, str], list[Judged]] = {}
    for judged in verdict.judged:
        if judged.outcome in CAUGHT:
            groups.setdefault((judged.outcome, judged.reason), []).append(judged)
    occurrences = Occurrences(verdict.policy.id)
    for group in groups.values():
        yield _finding(verdict, group, occurrences)


def _finding(verdict: Verdict, group: Sequence[Judged], occurrences: Occurrences) -> Finding:
    policy, quotes = verdict.policy, _evidence(verdict, group)
    fingerprints = tuple(occurrences.fingerprint(words) for words in quotes if words.subject)
    return Finding(
        id="",
        fingerprint=finding_fingerprint(policy.id, fingerprints),
        policy=policy.id,
        policy_version=policy.version,
        title=policy.title,
        outcome=Outcome.VIOLATION if group[0].outcome is Outcome.VIOLATION else Outcome.REVIEW,
        severity=policy.severity,
        confidence=max(judged.confidence for judged in group),
        statement=verdict.statement_on(group),
        because=group[0].reason,
        subject=listing(shortened(words.quote) for words in quotes if words.subject),
        evidence=quotes,
        occurrences=max(1, len(fingerprints)),
        occurrence_fingerprints=fingerprints,
        absences=tuple(_absences(group)),
        weighed=_weighed(verdict, group),
        authority=policy.authority,
        jurisdictions=policy.jurisdictions,
        duty=policy.duty,
        why=policy.why,
        fix=policy.fix,
    )


def _evidence(verdict: Verdict, group: Sequence[Judged]) -> tuple[Evidence, ...]:
    """The words judged, then those that carry them, then what else led to the judgement."""
    index = verdict.index
    judged = list(distinct_spans(_judged_words(verdict, group)))
    spans = {(signal.start, signal.end) for signal, _ in judged}
    others = (pair for pair in distinct_spans(_support(verdict, group, judged)) if _span(pair) not in spans)
    return (
        *(evidence(index, signal, name, subject=True) for signal, name in judged),
        *(evidence(index, signal, name) for signal, name in islice(others, _MOST_SUPPORT)),
    )


def _span(pair: Named) -> tuple[int, int]:
    return pair[0].start, pair[0].end


def _judged_words(verdict: Verdict, group: Sequence[Judged]) -> Iterator[Named]:
    """The subjects; when the page is the subject, the words that make the pattern."""
    for judged in group:
        if judged.subject:
            yield judged.subject, verdict.policy.for_each or ""
        else:
            yield from judged.support()


def _support(verdict: Verdict, group: Sequence[Judged], words: Sequence[Named]) -> Iterator[Named]:
    for signal, name in words:
        yield from carried(verdict.index, signal, name)
    for judged in group[:_MOST_COMPARED]:
        yield from judged.support()
    if not words:
        yield from verdict.applied_by()


def _absences(group: Sequence[Judged]) -> Iterable[Absence]:
    found = (each for judged in group[:_MOST_COMPARED] for trace in judged.not_found() for each in absences(trace))
    return dict.fromkeys(found)


def _weighed(verdict: Verdict, group: Sequence[Judged]) -> tuple[Weighed, ...]:
    """The weighing behind the first signal that was weighed, strongest evidence first."""
    text = verdict.index.page.text
    factors = next((signal.factors for signal, _ in _judged_words(verdict, group) if signal.factors), ())
    return tuple(
        Weighed(
            name=factor.name,
            weight=factor.weight,
            says=factor.says,
            quote=text[factor.start : factor.end] if factor.start >= 0 else "",
        )
        for factor in sorted(factors, key=lambda factor: -abs(factor.weight))
    )
