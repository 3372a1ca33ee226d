"""`auditor drugs`: what the drug lexicon knows."""

from __future__ import annotations

import typer

app = typer.Typer(help="Look into the drug lexicon.", no_args_is_help=True)
