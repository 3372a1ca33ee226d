"""Two results side by side: which findings are new, gone or changed, and what changed that could be why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.model import SEVERITY_ORDER, Finding, Model, Outcome, PageAudit, Report, Severity

# Where the same finding may differ; ids and offsets move with the rest of the page.
_TOLD_APART = ("outcome", "severity", "confidence", "statement", "because", "occurrences", "policy_version")


class Difference(StrEnum):
    """What became of a finding."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


class Cause(StrEnum):
    """What changed between two audits, and may be why a finding did."""

    PAGE = "the page"
    NO_PAGE = "the page is in one of the two only"
    POLICY = "the policy"
    RULES = "policies, wordings or medicines"
    DAY = "the day whose rules apply"
    JURISDICTIONS = "the jurisdictions asked for"
    AUDITOR = "the auditor"


@dataclass(frozen=True, slots=True)
class Side:
    """A result, and the digest of all the rules it was made by; "" when only the policies' own digests are known."""

    report: Report
    rules_digest: str = ""


class FindingDifference(Model):
    """A finding that is not the same in both. `differs`: the fields, of one that changed."""

    page: str
    difference: Difference
    policy: str
    severity: Severity
    outcome: Outcome
    statement: str
    differs: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


class Comparison(Model):
    """What differs between two results.

    `pages_changed`: in both, with other content. `policies_changed`: in both with another text, or in one only.
    `causes`: what changed for the whole audit.
    """

    auditors: tuple[str, str]
    days: tuple[dt.date, dt.date]
    causes: tuple[Cause, ...]
    policies_changed: tuple[str, ...]
    pages_same: tuple[str, ...]
    pages_changed: tuple[str, ...]
    pages_new: tuple[str, ...]
    pages_gone: tuple[str, ...]
    findings_same: int
    findings: tuple[FindingDifference, ...]

    def count(self, difference: Difference) -> int:
        """How many findings became so."""
        return sum(each.difference is difference for each in self.findings)


def compare(before: Side, after: Side) -> Comparison:
    """What differs from `before` to `after`. Pages are the same when they were asked for by the same name."""
    causes = tuple(_causes(before, after))
    policies = frozenset(_changed_policies(before.report, after.report))
    pages = list(_paired(before.report.pages, after.report.pages))
    findings = [each for old, new in pages for each in _findings(old, new, policies, causes)]
    findings.sort(key=lambda each: (list(Difference).index(each.difference), SEVERITY_ORDER[each.severity]))
    total = len(after.report.findings)
    return Comparison(
        auditors=(before.report.auditor, after.report.auditor),
        days=(before.report.audit_date, after.report.audit_date),
        causes=causes,
        policies_changed=tuple(sorted(policies)),
        pages_same=tuple(old.requested for old, new in pages if old and new and not _page_changed(old, new)),
        pages_changed=tuple(old.requested for old, new in pages if old and new and _page_changed(old, new)),
        pages_new=tuple(new.requested for old, new in pages if new and not old),
        pages_gone=tuple(old.requested for old, new in pages if old and not new),
        findings_same=total - sum(each.difference is not Difference.GONE for each in findings),
        findings=tuple(findings),
    )


def _causes(before: Side, after: Side) -> Iterator[Cause]:
    old, new = before.report, after.report
    if before.rules_digest and after.rules_digest:
        changed = before.rules_digest != after.rules_digest
    else:
        changed = old.policies_sha256 != new.policies_sha256
    if changed:
        yield Cause.RULES
    if old.audit_date != new.audit_date:
        yield Cause.DAY
    if old.jurisdictions_requested != new.jurisdictions_requested:
        yield Cause.JURISDICTIONS
    if old.auditor != new.auditor:
        yield Cause.AUDITOR


def _changed_policies(before: Report, after: Report) -> Iterator[str]:
    old = {policy.id: policy.sha256 for policy in before.policies}
    new = {policy.id: policy.sha256 for policy in after.policies}
    return (name for name in {*old, *new} if old.get(name) != new.get(name))


def _paired(
    before: Sequence[PageAudit], after: Sequence[PageAudit]
) -> Iterator[tuple[PageAudit | None, PageAudit | None]]:
    """Each page with its counterpart. One that was asked for several times is paired in order."""
    waiting: dict[str, list[PageAudit]] = {}
    for page in after:
        waiting.setdefault(page.requested, []).append(page)
    for page in before:
        others = waiting.get(page.requested)
        yield page, others.pop(0) if others else None
    for others in waiting.values():
        yield from ((None, page) for page in others)


def _page_changed(old: PageAudit, new: PageAudit) -> bool:
    return (old.capture.sha256, old.completeness) != (new.capture.sha256, new.completeness)


def _findings(
    old: PageAudit | None, new: PageAudit | None, policies: frozenset[str], causes: tuple[Cause, ...]
) -> Iterator[FindingDifference]:
    page = old or new
    if page is None:
        return
    if old is None or new is None:
        of_page: tuple[Cause, ...] = (Cause.NO_PAGE,)
    else:
        of_page = (Cause.PAGE,) if _page_changed(old, new) else ()
    for was, now in _matched(old.findings if old else (), new.findings if new else ()):
        shown = now or was
        differs = _differing(was, now)
        if shown is None or (was and now and not differs):
            continue
        own = (Cause.POLICY,) if shown.policy in policies else ()
        yield FindingDifference(
            page=page.requested,
            difference=Difference.NEW if not was else Difference.GONE if not now else Difference.CHANGED,
            policy=shown.policy,
            severity=shown.severity,
            outcome=shown.outcome,
            statement=shown.statement,
            differs=differs,
            causes=of_page + own + causes,
        )


def _matched(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[tuple[Finding | None, Finding | None]]:
    """The same finding in both: the same occurrences, or else those of one policy that share most of them."""
    old, new = list(before), list(after)
    for was in before:
        now = next((each for each in new if each.fingerprint == was.fingerprint), None)
        if now:
            old.remove(was)
            new.remove(now)
            yield was, now
    for was in list(old):
        now = max(
            (each for each in new if each.policy == was.policy), key=lambda each: _shared(was, each), default=None
        )
        if now:
            old.remove(was)
            new.remove(now)
            yield was, now
    yield from ((was, None) for was in old)
    yield from ((None, now) for now in new)


def _shared(one: Finding, other: Finding) -> tuple[int, bool]:
    common = len({*one.occurrence_fingerprints} & {*other.occurrence_fingerprints})
    return common, one.outcome is other.outcome


def _differing(was: Finding | None, now: Finding | None) -> tuple[str, ...]:
    if not (was and now):
        return ()
    names: Iterable[str] = (name for name in _TOLD_APART if getattr(was, name) != getattr(now, name))
    words = ("the words judged",) if was.fingerprint != now.fingerprint else ()
    return (*names, *words)
