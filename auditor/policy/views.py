"""Policies on a terminal: what `auditor policies ...` prints, as rich renderables. Page words are never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from auditor.policy.catalogue import policy_page
from auditor.policy.explain import Explanation, printable
from auditor.policy.lint import Remark
from auditor.policy.load import PolicySet
from auditor.policy.schema import Policy
from auditor.policy.testing import CaseResult
from auditor.policy.update import Changed, Flip
from auditor.styles import SEVERITY_STYLES


def list_view(policies: Iterable[Policy]) -> RenderableType:
    """A table of policies."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Policy", "Severity", "Status", "Applies", "What is wrong"):
        table.add_column(column, overflow="fold")
    for policy in policies:
        severity = Text(policy.severity, style=SEVERITY_STYLES[policy.severity])
        places = ", ".join(policy.jurisdictions)
        table.add_row(Text(policy.id), severity, Text(policy.status), Text(places), Text(policy.title))
    return table


def show_view(policies: PolicySet, policy_id: str) -> RenderableType:
    """One policy in full: what it looks for, its exceptions, law, fix and examples.

    Raises:
        UsageError: there is no such policy.
    """
    policy = policies.get(policy_id)
    parts: list[RenderableType] = []
    for line in policy_page(policy, policies.tests.get(policy_id)):
        heading = line.lstrip("#")
        parts.append(Text(heading.strip(), style="bold") if heading != line else Text(line))
    return Group(*parts)


def tests_view(results: Sequence[CaseResult]) -> RenderableType:
    """What failed, with what was expected, and the count."""
    parts: list[RenderableType] = []
    for result in results:
        if not result.passed:
            parts.append(Text.assemble(("FAIL ", "bold red"), (result.policy, "bold"), f": {result.it}"))
            parts += [Padding(Text(fault), (0, 0, 0, 5)) for fault in result.faults]
    failed = sum(not result.passed for result in results)
    parts.append(Text(f"{len(results)} tests, {failed} failed", style="red" if failed else "green"))
    return Group(*parts)


def update_view(changes: Sequence[Changed], flips: Sequence[Flip]) -> RenderableType:
    """What differs between two folders of policies, and what of it shows on pages."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Policy", "", "How"):
        table.add_column(column, overflow="fold")
    for change in changes:
        table.add_row(Text(change.policy), Text(change.change), Text(change.how))
    parts: list[RenderableType] = [table] if changes else [Text("The policies are the same.")]
    for flip in flips:
        before, after = (outcome.value if outcome else "not there" for outcome in (flip.before, flip.after))
        parts.append(Text.assemble((printable(flip.page), "bold"), f" {flip.policy}: {before} → {after}"))
    return Group(*parts)


def explain_view(explanation: Explanation) -> RenderableType:
    """The conditions of a verdict as a tree."""
    lines = list(explanation.lines())
    root = Tree(Text(lines[0][1], style="bold"))
    branches = [root]
    for depth, line in lines[1:]:
        style = {"✓": "green", "✗": "red"}.get(line[:1], "")
        del branches[depth:]
        branches.append(branches[-1].add(Text(line, style=style)))
    return root


def lint_view(remarks: Sequence[Remark]) -> RenderableType:
    """Points of style, one a line, and their count."""
    lines = [Text.assemble((remark.policy, "bold"), f": {remark.field}: {remark.says}") for remark in remarks]
    count = f"{len(remarks)} remark{'' if len(remarks) == 1 else 's'}"
    return Group(*lines, Text(count, style="yellow" if remarks else "green"))
