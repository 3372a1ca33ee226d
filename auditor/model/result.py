"""What policies say of a page, and what of it a person should see."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from auditor.model.base import Model, Share
from auditor.model.evidence import Absence, Evidence, Weighed
from auditor.model.triage import BaselineState, Waiver


class Outcome(StrEnum):
    """What a policy says of a page."""

    VIOLATION = "violation"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105  (not a password)
    NOT_APPLICABLE = "not-applicable"
    NOT_ASSESSED = "not-assessed"


class Severity(StrEnum):
    """How much harm the fault can do; `advice` is a hint and never a violation."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ADVICE = "advice"


SEVERITY_ORDER: dict[Severity, int] = {severity: rank for rank, severity in enumerate(Severity)}


class Authority(Model):
    """A law, code or standard a policy rests on, with how its text was verified."""

    cite: str
    title: str = ""
    url: str = ""
    says: str = ""
    binds: str = ""
    kind: str = ""
    status: Literal["verified", "verified-secondary", "knowledge"]
    verification: str = ""
    last_checked: dt.date | None = None


class Condition(Model):
    """The trace of one condition of a policy: what it asked, whether it held, on which evidence."""

    asks: str
    met: bool
    evidence: tuple[Evidence, ...] = ()
    nearest_miss: str = ""
    denied_by: str = ""
    children: tuple[Condition, ...] = ()


class PolicyResult(Model):
    """What one policy says of one page, with the trace of every condition."""

    policy: str
    version: str
    title: str
    severity: Severity
    outcome: Outcome
    statement: str
    reason: str = ""
    confidence: Share = 0.0
    trace: tuple[Condition, ...] = ()


class Finding(Model):
    """A result that a person should see. One cause, once, with all its evidence."""

    id: str  # F1, F2, ... in report order
    fingerprint: str
    policy: str
    policy_version: str
    title: str
    outcome: Literal[Outcome.VIOLATION, Outcome.REVIEW]
    severity: Severity
    confidence: Share
    statement: str
    because: str = ""  # why it is for review rather than a violation
    subject: str = ""
    evidence: tuple[Evidence, ...]
    occurrences: int = 1
    occurrence_fingerprints: tuple[str, ...] = ()
    wording_fingerprints: tuple[str, ...] = ()  # of the same occurrences, wherever they stand
    absences: tuple[Absence, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    authority: tuple[Authority, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    duty: str = ""  # whom the rule binds, and what is not known about this publisher
    why: str = ""
    fix: str = ""
    waiver: Waiver | None = None
    baseline: BaselineState | None = None  # None: no baseline was given
    new_occurrences: int = 0  # of `occurrences`, those that the baseline does not hold
