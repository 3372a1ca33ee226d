"""Reports of hand-made pages, for what is done to reports."""

from __future__ import annotations

import datetime as dt

from auditor.model import (
    Capture,
    Completeness,
    Finding,
    Kind,
    Outcome,
    PageAudit,
    PageWaiver,
    PolicySummary,
    Report,
    Severity,
)
from auditor.policy.evaluate import judge
from auditor.policy.facts import Context
from auditor.triage import findings_of
from tests.policy.factory import page, policy

BASE = "file:///work/site/"
WHEN = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
TODAY = WHEN.date()
CLAIMS = policy(
    signals={"claim": {"use": "claim"}, "soft": {"use": "claim", "hedged": "yes"}},
    for_each="claim",
    review_instead_when=[{"within": "subject", "any": ["soft"], "because": "it is hedged"}],
)
SOFT = "may "


def findings(*lines: str) -> tuple[Finding, ...]:
    """What a policy finds on a page of these lines: those with "cure" are claims, hedged by "may"."""
    facts = page(*lines)
    met: dict[str, int] = {}
    for line in lines:
        if "cure" in line:
            nth = met[line] = met.get(line, -1) + 1
            facts = facts.find(line, "claim", nth=nth, attributes={"hedged": "yes" if SOFT in line else "no"})
    return findings_of(judge([CLAIMS], facts, Context()))


def audited(place: str, *lines: str, waivers: tuple[PageWaiver, ...] = (), **more: object) -> PageAudit:
    url = place if "://" in place else BASE + place
    captured = Capture(requested=place, url=url, kind=Kind.HTML, captured_at=WHEN)
    return PageAudit(
        requested=place,
        url=url,
        title="",
        language="en",
        capture=captured,
        completeness=Completeness.COMPLETE,
        text="\n".join(lines),
        blocks=(),
        findings=findings(*lines),
        waivers=waivers,
        verdict="",
    ).model_copy(update=more)


def report(*pages: PageAudit, audit_date: dt.date = TODAY) -> Report:
    summary = PolicySummary(
        id=CLAIMS.id,
        version="1.0",
        title="Made up",
        severity=Severity.HIGH,
        jurisdictions=("global",),
        status="test",
        sha256="",
        pack="core",
    )
    return Report(auditor="1", created_at=WHEN, audit_date=audit_date, pages=pages, policies=(summary,), base=BASE)


def of_outcome(made: Report, outcome: Outcome) -> list[Finding]:
    return [each for each in made.findings if each.outcome is outcome]
