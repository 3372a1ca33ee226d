"""`auditor report`: the report once more, from its JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.output import STDOUT, check_output, render, write_output
from auditor.errors import UsageError


def report(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `auditor audit --format json` wrote.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where the HTML goes; - for standard output.")
    ] = "audit-report.html",
) -> None:
    """Render the HTML report of a stored result: the same bytes that the audit would have written."""
    check_output(output)

    from auditor.report.jsonio import read_json

    try:
        stored = read_json(result.read_bytes())
    except OSError as error:
        raise UsageError(f"{result}: {error.strerror or error}") from error
    except UsageError as error:
        raise UsageError(f"{result}: {error}") from error
    write_output(output, render(stored, "html"))
    if output != STDOUT:
        typer.echo(output)
