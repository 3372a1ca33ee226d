"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from auditor.commands.audit import audit
from auditor.commands.compare import compare
from auditor.commands.drugs import app as drugs_app
from auditor.commands.evaluate import evaluate
from auditor.commands.policies import app as policies_app
from auditor.commands.report import baseline, report
from auditor.commands.schema import app as schema_app
from auditor.commands.verify import verify
from auditor.errors import EXIT_USAGE, AuditorError

EXIT_INTERRUPTED = 130

# What typer raises about the words of a call, whichever of its versions is installed.
_CallError: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="auditor",
    help="Read health web pages and say, with proof, where they break the rules that govern health content.",
    epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, 3 an input could not be judged.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(audit)
app.command()(report)
app.command()(verify)
app.command()(compare)
app.command()(baseline)
app.command("eval")(evaluate)
app.add_typer(policies_app, name="policies")
app.add_typer(drugs_app, name="drugs")
app.add_typer(schema_app, name="schema")


def _print_version(wanted: bool) -> None:
    if wanted:
        from auditor import __version__

        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def _auditor(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command line and exits with its code. Every foreseen error is one line on standard error."""
    try:
        code = app(standalone_mode=False)
    except AuditorError as error:
        code = _complain(str(error), error.exit_code)
    except _CallError as error:
        code = _complain(error.format_message(), EXIT_USAGE)  # type: ignore[attr-defined]
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    sys.exit(code or 0)


def _complain(message: str, code: int) -> int:
    from auditor.commands.console import print_error

    for line in message.splitlines():
        print_error(line)
    return code
