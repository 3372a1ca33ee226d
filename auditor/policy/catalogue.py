"""The policy catalogue for readers: one Markdown page a policy and an index, written from the policies themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model import SEVERITY_ORDER, Authority
from auditor.policy.load import PolicySet
from auditor.policy.plain import called, describe
from auditor.policy.schema import Case, Condition, Group, Policy, Reasoned, TestFile

_NOTE = "<!-- Written by `python -m auditor.policy.publish` from the policy file. Do not edit. -->"
_VERIFIED = {
    "verified": "verified",
    "verified-secondary": "verified in part",
    "knowledge": "not verified",
}


def catalogue(policies: PolicySet) -> dict[str, str]:
    """File name to Markdown: `index.md` and `<id>.md` for each policy."""
    pages = {f"{policy.id}.md": policy_page(policy, policies.tests.get(policy.id)) for policy in policies}
    return {name: "\n".join([_NOTE, "", *lines]) for name, lines in {"index.md": _index(policies), **pages}.items()}


def _index(policies: PolicySet) -> list[str]:
    lines = ["# Policies", "", f"{len(policies)} policies, by pack.", ""]
    packs = dict.fromkeys(policy.pack for policy in policies)
    for pack in packs:
        members = [policy for policy in policies if policy.pack == pack]
        members.sort(key=lambda policy: (SEVERITY_ORDER[policy.severity], policy.id))
        lines += [f"## {pack}", "", "| Policy | Severity | Status | What is wrong |", "|---|---|---|---|"]
        lines += [
            f"| [{policy.id}]({policy.id}.md) | {policy.severity} | {policy.status} | {_cell(policy.title)} |"
            for policy in members
        ]
        lines.append("")
    return lines


def policy_page(policy: Policy, tests: TestFile | None) -> list[str]:
    """The lines of one policy's page: what it looks for, its exceptions, law, fix and examples."""
    lines = [f"# {policy.title}", "", f"`{policy.id}` version {policy.version}", "", *_facts(policy), ""]
    lines += ["## Why it matters", "", policy.why.strip(), "", "## What it looks for", "", *_pattern(policy)]
    lines += _section("When it does not fire", _reasons(policy, policy.exempt_when))
    lines += _section("When it asks a person", _reasons(policy, policy.review_instead_when + policy.needs_review_when))
    lines += _section("Law and standards", [line for each in policy.authority for line in _authority(each)])
    lines += _section("Whom it binds", [policy.duty.strip()] if policy.duty else [])
    lines += ["## How to repair it", "", policy.fix.strip(), ""]
    lines += _section("Examples", _examples(tests.tests if tests else ()))
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []


def _facts(policy: Policy) -> Iterator[str]:
    languages = policy.languages if policy.languages == "any" else ", ".join(policy.languages)
    start, end = policy.effective.from_, policy.effective.until
    yield f"- Severity: {policy.severity}"
    yield f"- Status: {policy.status}"
    yield f"- Where it applies: {', '.join(policy.jurisdictions)}"
    yield f"- Languages: {languages}"
    if start or end:
        span = [f"from {start}" if start else "", f"until {end}" if end else ""]
        yield f"- In force: {' '.join(filter(None, span))}"


def _pattern(policy: Policy) -> Iterator[str]:
    if policy.applies_when is not None:
        yield "It applies to a page with:"
        yield from ("", *_condition(policy.applies_when, policy), "")
    what = called(policy.for_each, policy) if policy.for_each else "the page"
    if policy.when is not None:
        yield f"It faults {what} when:"
        yield from ("", *_condition(policy.when, policy), "")
    if policy.require is not None:
        yield f"{'and there is not' if policy.when is not None else f'It faults {what} without'}:"
        yield from ("", *_condition(policy.require, policy), "")


def _condition(condition: Condition, policy: Policy, depth: int = 0) -> Iterator[str]:
    yield f"{'  ' * depth}- {describe(condition, policy)}"
    children = (*condition.all, *condition.any, *condition.none) if isinstance(condition, Group) else ()
    for child in children if len(children) > 1 else ():
        yield from _condition(child, policy, depth + 1)


def _reasons(policy: Policy, conditions: Sequence[Reasoned]) -> list[str]:
    return [f"- {each.because.strip()} ({describe(each, policy)})" for each in conditions]


def _authority(authority: Authority) -> Iterator[str]:
    cite = f"[{authority.cite}]({authority.url.split()[0]})" if authority.url else authority.cite
    checked = f", last checked {authority.last_checked}" if authority.last_checked else ""
    title = f" {authority.title}." if authority.title else ""
    says = f" {authority.says}" if authority.says else ""
    yield f"- {cite}.{title}{says} Citation {_VERIFIED[authority.status]}{checked}."


def _examples(cases: Sequence[Case]) -> list[str]:
    rows = [f"| {_cell(case.it)} | {case.expect} |" for case in cases]
    return ["| The page | Outcome |", "|---|---|", *rows] if rows else []


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
