"""Policies as SARIF rules: what each is about, its law as tags, and how to mend what it finds."""

from __future__ import annotations

from typing import Any

from auditor.model import Authority, Finding, PolicySummary, Report, Severity

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.ADVICE: "note",
}
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}
_MOST_TAGS = 20  # what GitHub keeps of a rule
_LONGEST = 1_000  # characters of a description; GitHub keeps 1,024
Json = dict[str, Any]


def rules(report: Report) -> list[Json]:
    """A rule for every policy in force. Law, reason and fix are known of those that found something."""
    found: dict[str, Finding] = {}
    for finding in report.findings:
        found.setdefault(finding.policy, finding)
    known = {policy.id: _rule(policy, found.get(policy.id)) for policy in report.policies}
    return [*known.values(), *(_rule(_summary(each), each) for name, each in found.items() if name not in known)]


def _summary(finding: Finding) -> PolicySummary:
    """What a finding tells of a policy that the report does not list."""
    return PolicySummary(
        id=finding.policy,
        version=finding.policy_version,
        title=finding.title,
        severity=finding.severity,
        jurisdictions=finding.jurisdictions,
        status="",
        sha256="",
        pack=finding.policy.partition(".")[0],
    )


def _rule(policy: PolicySummary, finding: Finding | None) -> Json:
    level = LEVELS[policy.severity]
    rule: Json = {
        "id": policy.id,
        "shortDescription": {"text": policy.title[:_LONGEST]},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": _tags(policy, finding),
            "severity": policy.severity.value,
            "problem.severity": _PROBLEM[level],
            "version": policy.version,
        },
    }
    why = finding.why if finding else ""
    rule["fullDescription"] = {"text": (why or policy.title)[:_LONGEST]}
    rule["help"] = _help(finding) if finding else {"text": f"{policy.title}. Policy {policy.id}, {policy.version}."}
    return rule


def _tags(policy: PolicySummary, finding: Finding | None) -> list[str]:
    tags = ["health-content", f"pack/{policy.pack}", *(f"jurisdiction/{each}" for each in policy.jurisdictions)]
    tags += [f"law/{each.cite}" for each in (finding.authority if finding else ())]
    return list(dict.fromkeys(tags))[:_MOST_TAGS]


def _help(finding: Finding) -> Json:
    """Why, law and fix: as text, and as Markdown. Both are the policy's own words, none of them a page's."""
    parts = [("Why it matters", finding.why), ("Who is bound", finding.duty), ("To fix", finding.fix)]
    told = [(name, text) for name, text in parts if text]
    text = [f"{name}: {each}" for name, each in told] + [f"Rests on: {_law(each)}" for each in finding.authority]
    marked = [f"**{name}.** {each}" for name, each in told] + [f"- {_law_link(each)}" for each in finding.authority]
    return {"text": "\n".join(text) or finding.title, "markdown": "\n\n".join(marked) or finding.title}


def _law(authority: Authority) -> str:
    return f"{authority.cite}{f' ({authority.says})' if authority.says else ''}, {authority.status}"


def _law_link(authority: Authority) -> str:
    cite = f"[{authority.cite}]({authority.url})" if authority.url else authority.cite
    return f"{cite}{f': {authority.says}' if authority.says else ''} ({authority.status})"
