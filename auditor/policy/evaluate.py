"""Judging a page by policies."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model import Completeness, Outcome, Severity, Signal
from auditor.policy.conditions import Matches, Sight, Trace, hold, rests_on_absence
from auditor.policy.facts import Context, Elsewhere, FactIndex, Facts
from auditor.policy.gates import barred
from auditor.policy.schema import Policy, Reasoned, Status
from auditor.policy.verdict import EXEMPT, NEEDS_REVIEW, REQUIRES, REVIEW_INSTEAD, WHEN, WORST_FIRST, Judged, Verdict

CUT_OFF = "the capture is cut off, and what was not found may stand in the part that is missing"
PARTLY_READ = "only the part of the page that was captured could be read"
DRAFT = "this policy is a draft and asks for review at most"
ADVICE = "this is advice, not a rule"

Traces = list[tuple[str, Trace]]


def judge(
    policies: Iterable[Policy], facts: Facts, context: Context, elsewhere: Elsewhere | None = None
) -> tuple[Verdict, ...]:
    """Judge the page of `facts` by every policy, in the order given. `elsewhere`: what other pages of the site say."""
    index = FactIndex(facts, elsewhere)
    return tuple(evaluate(policy, index, context) for policy in policies)


def evaluate(policy: Policy, index: FactIndex, context: Context) -> Verdict:
    """Judge a page by one policy."""
    why_barred = barred(policy, index.page, index.facts.audit_date, context)
    if why_barred:
        return Verdict(policy, index, Outcome.NOT_ASSESSED, why_barred)
    matches = Matches(policy, index)
    applies = hold(policy.applies_when, Sight(matches)) if policy.applies_when is not None else None
    if applies and not applies.met:
        return Verdict(policy, index, Outcome.NOT_APPLICABLE, _partly(index), applies)
    subjects: list[Signal] | list[None] = matches.of(policy.for_each) if policy.for_each else [None]
    if not subjects:
        sought = hold(policy.for_each or "", Sight(matches))
        return Verdict(policy, index, Outcome.NOT_APPLICABLE, _partly(index), applies, sought)
    return _sum_up(policy, index, applies, [_judge(policy, Sight(matches, each), applies) for each in subjects])


def _sum_up(policy: Policy, index: FactIndex, applies: Trace | None, judged: list[Judged]) -> Verdict:
    outcome = min((each.outcome for each in judged), key=WORST_FIRST.index)
    reasons = dict.fromkeys(each.reason for each in judged if each.outcome is outcome and each.reason)
    reason = "; ".join(reasons) or (_partly(index) if outcome is Outcome.PASS else "")
    return Verdict(policy, index, outcome, reason, applies, judged=tuple(judged))


def _partly(index: FactIndex) -> str:
    return PARTLY_READ if index.page.completeness is Completeness.TRUNCATED else ""


def _judge(policy: Policy, sight: Sight, applies: Trace | None) -> Judged:
    """Judge one subject: first its exemptions, then the pattern, then what puts it up for review."""
    traces: Traces = []
    exempt = _first_met(EXEMPT, policy.exempt_when, sight, traces)
    if exempt:
        return Judged(sight.subject, Outcome.PASS, exempt, 0.0, tuple(traces))
    outcome, reason = _pattern(policy, sight, applies, traces)
    confidence = 0.0 if outcome is Outcome.PASS else _confidence(policy, sight.subject, applies, traces)
    return Judged(sight.subject, outcome, reason, confidence, tuple(traces))


def _pattern(policy: Policy, sight: Sight, applies: Trace | None, traces: Traces) -> tuple[Outcome, str]:
    if _is_fault(policy, sight, traces):
        reason = _first_met(REVIEW_INSTEAD, policy.review_instead_when, sight, traces)
        reason = reason or _why_no_violation(policy, sight, applies, traces)
        return (Outcome.REVIEW, reason) if reason else (Outcome.VIOLATION, "")
    reason = _first_met(NEEDS_REVIEW, policy.needs_review_when, sight, traces)
    return (Outcome.REVIEW, reason) if reason else (Outcome.PASS, "")


def _is_fault(policy: Policy, sight: Sight, traces: Traces) -> bool:
    """Whether the prohibited pattern holds and what is required is not there."""
    if policy.when is not None:
        traces.append((WHEN, hold(policy.when, sight)))
        if not traces[-1][1].met:
            return False
    if policy.require is not None:
        traces.append((REQUIRES, hold(policy.require, sight)))
        return not traces[-1][1].met
    return policy.when is not None


def _first_met(part: str, conditions: Iterable[Reasoned], sight: Sight, traces: Traces) -> str:
    """The reason of the first condition that holds, or ""."""
    for condition in conditions:
        trace = hold(condition, sight)
        traces.append((part, trace))
        if trace.met:
            return condition.because
    return ""


def _why_no_violation(policy: Policy, sight: Sight, applies: Trace | None, traces: Traces) -> str:
    if policy.severity is Severity.ADVICE:
        return ADVICE
    if sight.matches.index.page.completeness is Completeness.TRUNCATED and _by_absence(applies, traces):
        return CUT_OFF
    return DRAFT if policy.status is Status.DRAFT else ""


def _by_absence(applies: Trace | None, traces: Traces) -> bool:
    if applies and rests_on_absence(applies):
        return True
    return any(part == REQUIRES or (part == WHEN and rests_on_absence(trace)) for part, trace in traces)


def _confidence(policy: Policy, subject: Signal | None, applies: Trace | None, traces: Traces) -> float:
    """That of the weakest link of the evidence; the policy's own where no evidence carries any."""
    links = [trace for part, trace in traces if part in (WHEN, NEEDS_REVIEW) and trace.met]
    links += [applies] if applies else []
    weakest = min([subject.confidence if subject else 1.0, *(link.strength for link in links)])
    return weakest if weakest < 1 else policy.confidence
