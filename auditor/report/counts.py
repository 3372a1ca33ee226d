"""Counts with their denominators: how many findings, under how many policies, of how many judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.model import SEVERITY_ORDER, Finding, Outcome, PageAudit, Severity

_FINDINGS = (Outcome.VIOLATION, Outcome.REVIEW)
BAR_WIDTH = 1000  # units of the drawing, which stretches to its place
_GAP = 8
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Tally:
    """One outcome: `checks` policies ended so (on each page), `findings` were made of it."""

    outcome: Outcome
    checks: int
    findings: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of the bar of severities, in units of `BAR_WIDTH`."""

    severity: Severity
    outcome: Outcome
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an audit came to. `checks` is the denominator: policies judged, once for each page."""

    checks: int
    tallies: tuple[Tally, ...]
    severities: tuple[tuple[Severity, int], ...]  # of the violations, worst first
    reviews: tuple[tuple[Severity, int], ...]
    bar: tuple[Bar, ...]

    def count(self, outcome: Outcome) -> int:
        """Findings of this outcome."""
        return next(tally.findings for tally in self.tallies if tally.outcome is outcome)

    def checks_of(self, outcome: Outcome) -> int:
        """Policies that ended so, once for each page."""
        return next(tally.checks for tally in self.tallies if tally.outcome is outcome)

    def of_severity(self, severity: Severity) -> int:
        """Findings of this severity, violations and reviews together."""
        return sum(count for each, count in (*self.severities, *self.reviews) if each is severity)


def ledger(pages: Iterable[PageAudit]) -> Ledger:
    """The counts of these pages together."""
    pages = tuple(pages)
    checks = Counter(result.outcome for page in pages for result in page.results)
    findings = [finding for page in pages for finding in page.findings]
    by_outcome = Counter[Outcome](finding.outcome for finding in findings)
    violations, reviews = (_severities(findings, outcome) for outcome in _FINDINGS)
    return Ledger(
        checks=checks.total(),
        tallies=tuple(Tally(outcome, checks[outcome], by_outcome[outcome]) for outcome in Outcome),
        severities=violations,
        reviews=reviews,
        bar=_bar([*((s, Outcome.VIOLATION, n) for s, n in violations), *((s, Outcome.REVIEW, n) for s, n in reviews)]),
    )


def _severities(findings: Sequence[Finding], outcome: Outcome) -> tuple[tuple[Severity, int], ...]:
    counts = Counter(finding.severity for finding in findings if finding.outcome is outcome)
    return tuple(sorted(counts.items(), key=lambda item: SEVERITY_ORDER[item[0]]))


def _bar(parts: Sequence[tuple[Severity, Outcome, int]]) -> tuple[Bar, ...]:
    """Widths in proportion to the counts, none too narrow to see, gaps between."""
    total = sum(count for _, _, count in parts)
    room = BAR_WIDTH - _GAP * (len(parts) - 1) - _NARROWEST * len(parts)
    bars: list[Bar] = []
    x = 0.0
    for severity, outcome, count in parts:
        width = round(_NARROWEST + room * count / total, 2)
        bars.append(Bar(severity, outcome, count, round(x, 2), width))
        x += width + _GAP
    return tuple(bars)
