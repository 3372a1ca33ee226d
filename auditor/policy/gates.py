"""Whether a policy can be applied to a page at all."""

from __future__ import annotations

import datetime as dt

from auditor.model import JUDGEABLE, Page
from auditor.policy.facts import Context
from auditor.policy.schema import Policy, Status


def barred(policy: Policy, page: Page, day: dt.date, context: Context) -> str:
    """Why `policy` is not assessed on `page` on that day, or ""."""
    if page.completeness not in JUDGEABLE:
        return page.reason or f"the page could not be judged: {page.completeness}"
    if policy.status is Status.DEPRECATED:
        return "this policy is no longer used"
    return _not_in_force(policy, day) or _not_spoken(policy, page.language) or _not_addressed(policy, context)


def _not_in_force(policy: Policy, day: dt.date) -> str:
    start, end = policy.effective.from_, policy.effective.until
    if start and day < start:
        return f"not yet in force on {day}: in force from {start}"
    return f"no longer in force on {day}: in force until {end}" if end and day > end else ""


def _not_spoken(policy: Policy, language: str) -> str:
    spoken = language.lower().replace("_", "-").split("-")[0]
    if policy.languages == "any" or spoken in ("", "und") or spoken in policy.languages:
        return ""
    return f"the page is in {spoken!r}; this policy reads {', '.join(policy.languages)}"


def _not_addressed(policy: Policy, context: Context) -> str:
    if "global" in policy.jurisdictions:
        return ""
    reasons = []
    for jurisdiction in policy.jurisdictions:
        audience = context.audience.get(jurisdiction)
        if audience and audience.assessed:
            return ""
        reasons.append(audience.reason if audience else f"{jurisdiction} rules were not asked for")
    return "; ".join(dict.fromkeys(reasons))
