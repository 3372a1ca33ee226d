"""What another version of the policies changes: by id, and on given pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.model import Outcome, Report
from auditor.policy.load import PolicySet
from auditor.policy.schema import Policy


class Change(StrEnum):
    """What became of a policy."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A policy that is not as it was. `how` names what differs of what a reader sees first."""

    policy: str
    change: Change
    how: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A policy that comes out otherwise on a page; None where it is not in force."""

    page: str
    policy: str
    before: Outcome | None
    after: Outcome | None


def changes(old: PolicySet, new: PolicySet) -> list[Changed]:
    """Every policy that is new, removed, or whose file differs, by id."""
    before, after = ({policy.id: policy for policy in policies} for policies in (old, new))
    found = [Changed(each, Change.REMOVED, before[each].title) for each in before.keys() - after.keys()]
    found += [Changed(each, Change.NEW, after[each].title) for each in after.keys() - before.keys()]
    for each in before.keys() & after.keys():
        if before[each].sha256 != after[each].sha256:
            found.append(Changed(each, Change.CHANGED, _how(before[each], after[each])))
    return sorted(found, key=lambda change: change.policy)


def _how(old: Policy, new: Policy) -> str:
    told = [
        f"{name} {before} → {after}"
        for name, before, after in (
            ("version", old.version, new.version),
            ("severity", old.severity, new.severity),
            ("status", old.status, new.status),
        )
        if before != after
    ]
    return ", ".join(told) or f"its file differs, its version is still {new.version}"


def flips(old: Report, new: Report) -> list[Flip]:
    """Each outcome that differs between two audits of the same pages."""
    before, after = _outcomes(old), _outcomes(new)
    differing = sorted(key for key in before.keys() | after.keys() if before.get(key) is not after.get(key))
    quiet = (None, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)  # to come or go in silence is no change on the page
    return [
        Flip(*key, before.get(key), after.get(key))
        for key in differing
        if before.get(key) not in quiet or after.get(key) not in quiet
    ]


def _outcomes(report: Report) -> dict[tuple[str, str], Outcome]:
    return {(page.requested, result.policy): result.outcome for page in report.pages for result in page.results}
