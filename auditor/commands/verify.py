"""`auditor verify`: whether a case is to be relied on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.commands.evidence import require_evidence
from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from auditor.evidence.checks import Verification

_MARKS = {True: "ok", False: "FAILED", None: "note"}


def verify(
    case: Annotated[Path, typer.Argument(metavar="CASE.wacz", help="What `auditor audit --evidence` wrote.")],
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="The public key (PEM) that must have signed it.")
    ] = None,
    tsa_root: Annotated[
        Path | None,
        typer.Option(
            "--tsa-root", metavar="FILE", help="Certificates (PEM), one of which must vouch for its time stamp."
        ),
    ] = None,
    format: Annotated[  # noqa: A002  (the name of the option)
        Literal["text", "json"], typer.Option("--format", help="What is written to standard output.")
    ] = "text",
) -> None:
    """Check a case: hashes, signature and time stamp, and that every finding comes out again from its captures.

    It is judged by the policies in the case. Ends with 0 when all checks hold, with 1 when one fails.
    """
    require_evidence()

    from auditor.evidence.verify import verify as check

    verification = check(case, key, tsa_root)
    typer.echo(verification.model_dump_json(indent=1) if format == "json" else _lines(verification))
    raise typer.Exit(EXIT_CLEAN if verification.holds else EXIT_FINDINGS)


def _lines(verification: Verification) -> str:
    from auditor.commands.console import printable

    width = max(len(check.about) for check in verification.checks)
    lines = [f"{_MARKS[check.ok]:6}  {check.about:{width}}  {printable(check.says)}" for check in verification.checks]
    failed = sum(check.ok is False for check in verification.checks)
    verdict = "All checks hold." if verification.holds else f"NOT TO BE RELIED ON: {failed} of the checks failed."
    return "\n".join([*lines, verdict])
