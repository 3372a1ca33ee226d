"""`auditor drugs`: what the drug lexicon knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.options import AuditDate, PoliciesFolder, parse_day
from auditor.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from auditor.vocabulary.lexicon import Found, Lexicon

app = typer.Typer(help="Look into the drug lexicon.", no_args_is_help=True)


@app.callback()
def _drugs() -> None:
    pass


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A generic name, a brand, a misspelling ...")],
    audit_date: AuditDate = None,
    policies: PoliciesFolder = None,
) -> None:
    """Show what is known under a name, or which names are spelt like it."""
    day = parse_day(audit_date)

    from auditor.assets import asset_folder
    from auditor.vocabulary.lexicon import load_lexicon

    lexicon = load_lexicon((policies or asset_folder("policies")) / "drugs")
    found = lexicon.lookup(name)
    if not found:
        raise UsageError(f"no name in the drug lexicon is spelt like {name!r}")
    if found[0].likeness < 1:
        near = ", ".join(dict.fromkeys(each.name.surface for each in found))
        raise UsageError(f"{name!r} is not in the drug lexicon; spelt like it: {near}")
    for each in found:
        _show(lexicon, each, day)


def _show(lexicon: Lexicon, found: Found, day: dt.date) -> None:
    from auditor.commands.console import stdout

    stdout().print(f"[bold]{found.name.surface}[/] ({found.name.kind.value}): {found.substance.inn}")
    for key, values in sorted(lexicon.attributes(found.name, day).items()):
        if key not in ("surface", "name_kind"):
            stdout().print(f"  {key}: {', '.join(values)}")
