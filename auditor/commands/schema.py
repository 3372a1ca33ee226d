"""`auditor schema`: the JSON Schema of what the auditor writes."""

from __future__ import annotations

import json

import typer

app = typer.Typer(help="JSON Schemas of what the auditor writes.", no_args_is_help=True)


@app.callback()
def _schema() -> None:
    pass


@app.command()
def result() -> None:
    """Print the JSON Schema of an audit result."""
    from auditor.report.jsonio import result_schema

    typer.echo(json.dumps(result_schema(), indent=2))
