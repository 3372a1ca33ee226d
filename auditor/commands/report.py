"""`auditor report` and `auditor baseline`: what is made of a stored result. Nothing is judged again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.decide import against, load_baseline, load_result, load_waivers
from auditor.commands.options import BaselineFile, ChosenFormat, NewOnly, Output, ReportThreshold, WaiversFile
from auditor.commands.output import STDOUT, check_output, write_output
from auditor.report.formats import SUFFIXES, format_of, render

Result = Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `auditor audit --format json` wrote.")]


def report(  # noqa: PLR0913, PLR0917  (one parameter an option)
    result: Result,
    output: Output = None,
    format: ChosenFormat = None,  # noqa: A002  (the name of the option)
    fail_on: ReportThreshold = "none",
    baseline: BaselineFile = None,
    new_only: NewOnly = False,
    waivers: WaiversFile = None,
) -> None:
    """Write the report of a stored result, in any format: the same bytes that the audit would have written."""
    chosen = format or format_of(output or "")
    target = output or f"audit-report{SUFFIXES[chosen]}"
    check_output(target)

    from auditor.errors import EXIT_FINDINGS
    from auditor.triage.gate import exit_code

    stored = load_result(result)
    known, waived = load_baseline(baseline), load_waivers(waivers)
    if waived is not None:
        from auditor.triage.waivers import waive

        stored = waive(stored, waived)
    stored = against(stored, known, baseline, new_only=new_only)
    write_output(target, render(stored, chosen))
    if target != STDOUT:
        typer.echo(target)
    if exit_code(stored, fail_on) == EXIT_FINDINGS:
        raise typer.Exit(EXIT_FINDINGS)


def baseline(
    result: Result,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where the baseline goes; - for standard output.")
    ] = "baseline.json",
) -> None:
    """Write down the findings of a stored result as known, so that `--baseline` can tell what is new.

    Waived findings are left out: they have a reason of their own, and an end.
    """
    check_output(output)

    from auditor.triage.baseline import baseline_of, write_baseline

    write_output(output, write_baseline(baseline_of(load_result(result))).encode())
    if output != STDOUT:
        typer.echo(output)
