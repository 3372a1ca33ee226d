"""`auditor policies`: what an analyst needs to write, understand and test policies."""

from __future__ import annotations

import typer

app = typer.Typer(help="List, explain, test and write policies.", no_args_is_help=True)
