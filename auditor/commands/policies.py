"""`auditor policies`: what an analyst needs to write, understand and test policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.options import (
    AddedPolicies,
    AllowPrivate,
    AuditDate,
    ChosenKind,
    Jurisdictions,
    PoliciesFolder,
    parse_day,
)
from auditor.errors import EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from auditor.audit import Rules
    from auditor.model import Capture, PageAudit
    from auditor.policy.load import PolicySet
    from auditor.policy.schema import Policy
    from auditor.policy.testing import CasePage

app = typer.Typer(help="List, explain, test and write policies.", no_args_is_help=True)

PolicyId = Annotated[str, typer.Argument(metavar="ID", help="The policy's id.")]
OnePolicy = Annotated[str | None, typer.Argument(metavar="ID", help="One policy's id; all of them when left out.")]


@app.command("list")
def list_policies(policies: PoliciesFolder = None, add_policies: AddedPolicies = None) -> None:
    """List all policies."""
    from auditor.policy.views import list_view

    _show(list_view(_load(policies, add_policies).policies))


@app.command()
def show(policy: PolicyId, policies: PoliciesFolder = None, add_policies: AddedPolicies = None) -> None:
    """Show one policy: what it looks for, its exceptions, law, fix and examples."""
    from auditor.policy.views import show_view

    _show(show_view(_load(policies, add_policies).policies, policy))


@app.command()
def test(policy: OnePolicy = None, policies: PoliciesFolder = None, add_policies: AddedPolicies = None) -> None:
    """Run the tests that stand beside the policies. Ends with 1 when one fails."""
    from auditor.assets import asset_folder
    from auditor.policy.testing import run_tests
    from auditor.policy.views import tests_view

    rules = _load(policies, add_policies)
    pages = (policies or asset_folder("policies")).resolve().parent / "tests" / "pages"
    chosen = _chosen(rules.policies, policy)
    results = list(run_tests(rules.policies, chosen, lambda case: _audit_case(rules, case), pages))
    _show(tests_view(results))
    if not all(result.passed for result in results):
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def explain(  # noqa: PLR0913, PLR0917  (one parameter an option)
    policy: PolicyId,
    page: Annotated[str, typer.Argument(metavar="PAGE", help="A file, a URL, or - for standard input.")],
    jurisdiction: Jurisdictions = None,
    audit_date: AuditDate = None,
    policies: PoliciesFolder = None,
    add_policies: AddedPolicies = None,
    kind: ChosenKind = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Show why a policy says what it says of a page: every condition, its evidence, and the nearest miss."""
    day = parse_day(audit_date)

    from auditor.audit import Auditor
    from auditor.policy.explain import explain as explain_policy
    from auditor.policy.views import explain_view

    auditor = Auditor(_load(policies, add_policies), only=[policy], jurisdictions=jurisdiction or (), audit_date=day)
    facts, context = auditor.examine(auditor.read(_one_page(page, kind, allow_private)))
    _show(explain_view(explain_policy(auditor.policies.get(policy), facts, context)))


@app.command()
def lint(policy: OnePolicy = None, policies: PoliciesFolder = None, add_policies: AddedPolicies = None) -> None:
    """Point out what loads but would not stand before a regulator. Ends with 1 when there is something."""
    from auditor.policy.lint import lint as lint_policies
    from auditor.policy.views import lint_view

    loaded = _load(policies, add_policies).policies
    remarks = lint_policies(loaded, _chosen(loaded, policy))
    _show(lint_view(remarks))
    if remarks:
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def new(policy: PolicyId, policies: PoliciesFolder = None) -> None:
    """Start a policy: a commented skeleton that loads as a draft, with its test file."""
    from auditor.assets import asset_folder
    from auditor.policy.new import new_policy

    for file in new_policy(policies or asset_folder("policies"), policy):
        typer.echo(file)


@app.command("update-check")
def update_check(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The policies in use, as a folder for --policies.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Those they would be replaced by.")],
    pages: Annotated[
        list[str] | None,
        typer.Option(
            "--page", metavar="PAGE", help="Judge these pages by both, and tell what comes out otherwise. Repeatable."
        ),
    ] = None,
    jurisdiction: Jurisdictions = None,
    audit_date: AuditDate = None,
) -> None:
    """Tell by id what is new, changed and removed between two folders of policies, and what it changes on pages.

    Ends with 1 when some page comes out otherwise.
    """
    day = parse_day(audit_date)

    from auditor.audit import Auditor, load_rules
    from auditor.policy.update import changes, flips
    from auditor.policy.views import update_view

    before, after = load_rules(old), load_rules(new)
    made = []
    for rules in (before, after):
        auditor = Auditor(rules, jurisdictions=jurisdiction or (), audit_date=day)
        made.append(auditor.run(*(pages or ())))
    flipped = flips(*made)
    _show(update_view(changes(before.policies, after.policies), flipped))
    if flipped:
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a policy file, for editors."""
    import json

    from auditor.policy.publish import policy_schema

    typer.echo(json.dumps(policy_schema(), indent=2))


def _load(folder: Path | None, more: list[Path] | None = None) -> Rules:
    from auditor.audit import load_rules

    return load_rules(folder, more or ())


def _chosen(policies: PolicySet, policy: str | None) -> list[Policy]:
    return list(policies) if policy is None else [policies.get(policy)]


def _audit_case(rules: Rules, case: CasePage) -> PageAudit:
    from auditor.audit import Auditor
    from auditor.model import Completeness
    from auditor.sources.build import capture_of

    auditor = Auditor(rules, only=[case.policy], jurisdictions=case.jurisdictions, audit_date=case.audit_date)
    completeness = Completeness.TRUNCATED if case.truncated else Completeness.COMPLETE
    url = case.url or "about:blank"
    captured = capture_of("test", url, case.kind, case.body, completeness=completeness, encoding_hint="utf-8")
    return auditor.audit_capture(captured)


def _one_page(target: str, kind: str | None, allow_private: bool) -> Capture:
    from auditor.errors import CaptureError
    from auditor.model import JUDGEABLE, Kind
    from auditor.sources import SourceOptions, capture, locate

    pages, _ = locate(target)
    if len(pages) > 1:
        raise UsageError(f"{target}: holds {len(pages)} pages; name one")
    captured = capture(pages[0], SourceOptions(kind=Kind(kind) if kind else None, allow_private=allow_private))
    if captured.completeness not in JUDGEABLE:
        raise CaptureError(f"{target}: {captured.reason}")
    return captured


def _show(view: RenderableType) -> None:
    from auditor.commands.console import stdout

    stdout().print(view)
