"""`auditor policies`: what an analyst needs to write, understand and test policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.options import PoliciesFolder

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.policy.load import PolicySet

app = typer.Typer(help="List, explain, test and write policies.", no_args_is_help=True)

PolicyId = Annotated[str, typer.Argument(metavar="ID", help="The policy's id.")]


@app.command("list")
def list_policies(policies: PoliciesFolder = None) -> None:
    """List all policies: id, severity, status, jurisdictions and title."""
    listed = _load(policies)
    width = max((len(policy.id) for policy in listed), default=0)
    for policy in listed:
        where = ", ".join(policy.jurisdictions)
        typer.echo(f"{policy.id:{width}}  {policy.severity:8}  {policy.status:10}  {where:12}  {policy.title}")


@app.command()
def show(policy: PolicyId, policies: PoliciesFolder = None) -> None:
    """Print a policy as it is written, after the place of its file."""
    found = _load(policies).get(policy)
    typer.echo(f"# {found.file}")
    typer.echo(found.file.read_text(encoding="utf-8"), nl=False)


def _load(folder: Path | None) -> PolicySet:
    from auditor.audit import load_folder

    return load_folder(folder)[0]
