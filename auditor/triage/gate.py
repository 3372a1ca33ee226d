"""What makes a run fail: violations that are severe enough, not waived, and, where only new ones count, new."""

from __future__ import annotations

from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_JUDGED
from auditor.model import SEVERITY_ORDER, BaselineState, Finding, Outcome, Report, Severity

NEVER = "none"


def counts(finding: Finding, report: Report) -> bool:
    """Whether a finding is still open: not waived, nor known where only new ones count."""
    known = finding.baseline is BaselineState.UNCHANGED
    return finding.waiver is None and not (known and report.baseline and report.baseline.new_only)


def exit_code(report: Report, fail_on: str) -> int:
    """What the command ends with: findings at or above `fail_on` come before pages that could not be judged."""
    if fail_on != NEVER:
        limit = SEVERITY_ORDER[Severity(fail_on)]
        violations = (each for each in report.findings if each.outcome is Outcome.VIOLATION and counts(each, report))
        if any(SEVERITY_ORDER[finding.severity] <= limit for finding in violations):
            return EXIT_FINDINGS
    unread = bool(report.sites) and not report.pages  # a site of which no page could be had
    return EXIT_CLEAN if not unread and all(page.judged for page in report.pages) else EXIT_NOT_JUDGED
