"""Verdicts to findings: the subjects of a policy that came out alike, for the same reason, are one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.model import SEVERITY_ORDER, Evidence, Finding, Outcome, Signal, Weighed
from auditor.policy.evidence import carried, distinct_spans
from auditor.policy.facts import FactIndex
from auditor.policy.statement import listing, shortened
from auditor.policy.trace import NotFound, absences
from auditor.policy.verdict import CAUGHT, Judged, Verdict
from auditor.triage.fingerprint import Occurrences, finding_fingerprint, wording_fingerprint
from auditor.triage.quotes import Named, Quotes

_MOST_SUPPORT = 12  # pieces of evidence shown in support, beyond the words that are judged
_MOST_NEAREST = 6  # pieces of evidence shown as nearest to what was not found
_MOST_COMPARED = 10  # subjects of one finding whose support and absences are looked at
NEAREST = "nearest"  # the name under which they stand among the evidence


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
    policy, index = verdict.policy, verdict.index
    words = list(distinct_spans(_judged_words(verdict, group)))
    missed = list(_not_found(group))
    fingerprints = tuple(occurrences.fingerprint(*_known_by(index, signal)) for signal, _ in words)
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
        subject=listing(shortened(_words(index, signal)) for signal, _ in words),
        evidence=_evidence(verdict, group, words, missed),
        occurrences=max(1, len(fingerprints)),
        occurrence_fingerprints=fingerprints,
        wording_fingerprints=tuple(wording_fingerprint(policy.id, _words(index, signal)) for signal, _ in words),
        absences=tuple(dict.fromkeys(each.absence for each in missed)),
        weighed=_weighed(verdict, group),
        authority=policy.authority,
        jurisdictions=policy.jurisdictions,
        duty=policy.duty,
        why=policy.why,
        fix=policy.fix,
    )


def _words(index: FactIndex, signal: Signal) -> str:
    return index.page.text[signal.start : signal.end]


def _known_by(index: FactIndex, signal: Signal) -> tuple[str, str]:
    """What an occurrence is known by: its words, and the heading they stand under."""
    headings = index.headings(index.page.blocks[signal.block])
    return _words(index, signal), headings[-1] if headings else ""


def _evidence(
    verdict: Verdict, group: Sequence[Judged], words: Sequence[Named], missed: Iterable[NotFound]
) -> tuple[Evidence, ...]:
    """The words judged, those that carry them, what else led there, and what came nearest to what is missing."""
    quotes = Quotes(verdict.index)
    quotes.judge(words)
    quotes.add(_support(verdict, group, words), _MOST_SUPPORT)
    quotes.add(((each.nearest, NEAREST) for each in missed if each.nearest), _MOST_NEAREST)
    return quotes.all()


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


def _not_found(group: Sequence[Judged]) -> Iterator[NotFound]:
    for judged in group[:_MOST_COMPARED]:
        for trace in judged.not_found():
            yield from absences(trace)


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
