"""The one sentence that an audit comes to, worst first. It never says more than the results do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.model import Finding, Outcome, PolicyResult


def judged_verdict(results: Sequence[PolicyResult], findings: Sequence[Finding]) -> str:
    """The verdict on a page that could be judged. `findings` stand in report order, worst first."""
    violations = [finding for finding in findings if finding.outcome is Outcome.VIOLATION]
    reviews = [finding for finding in findings if finding.outcome is Outcome.REVIEW]
    if violations:
        more = [_more(len(violations) - 1, "violation"), _points(len(reviews))]
        return f"{_title(violations[0])}{_with([part for part in more if part])}."
    if reviews:
        return f"No violation proven; {_points(len(reviews))}, first: {_title(reviews[0])}."
    return f"No violation found: {_counts(results)}."


def unjudged_verdict(reason: str) -> str:
    """The verdict on a page that could not be judged."""
    return f"Not judged: {reason}."


def _title(finding: Finding) -> str:
    return finding.title.rstrip(".")


def _with(parts: Sequence[str]) -> str:
    return f"; {' and '.join(parts)}" if parts else ""


def _more(count: int, noun: str) -> str:
    return f"{count} more {noun}{'' if count == 1 else 's'}" if count else ""


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'} to review" if count else ""


def _counts(results: Sequence[PolicyResult]) -> str:
    counts = Counter(result.outcome for result in results)
    passed, silent = counts[Outcome.PASS], counts[Outcome.NOT_APPLICABLE]
    parts = [f"{passed} {'policy' if passed == 1 else 'policies'} passed", f"{silent} did not apply"]
    if counts[Outcome.NOT_ASSESSED]:
        parts.append(f"{counts[Outcome.NOT_ASSESSED]} were not assessed")
    return ", ".join(parts)
