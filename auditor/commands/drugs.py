"""`auditor drugs`: what the drug lexicon knows, and drug files from public dumps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.options import AuditDate, PoliciesFolder, parse_day
from auditor.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from auditor.drugbuild.build import Build
    from auditor.vocabulary.lexicon import Found, Lexicon

app = typer.Typer(help="Look into the drug lexicon, and build drug files.", no_args_is_help=True)


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

    from auditor.vocabulary.lexicon import load_lexicon

    lexicon = load_lexicon(_folder(policies))
    found = lexicon.lookup(name)
    if not found:
        raise UsageError(f"no name in the drug lexicon is spelt like {name!r}")
    if found[0].likeness < 1:
        near = ", ".join(dict.fromkeys(each.name.surface for each in found))
        raise UsageError(f"{name!r} is not in the drug lexicon; spelt like it: {near}")
    for each in found:
        _show(lexicon, each, day)


@app.command()
def build(  # noqa: PLR0913, PLR0917  (one parameter an option)
    dumps: Annotated[
        list[Path],
        typer.Argument(metavar="DUMP", help="openFDA NDC, RxNorm, UNII or DailyMed files, unpacked.", dir_okay=False),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where the drug file goes.")],
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="EARLIER.yaml",
            help="Compare with this earlier build.",
            show_default="FILE if it is there, else the lexicon",
        ),
    ] = None,
    ambiguity: Annotated[
        Path | None,
        typer.Option("--ambiguity", metavar="FLAGS.yaml", help="Names that are everyday words: `name: needs-context`."),
    ] = None,
    words: Annotated[
        list[Path] | None,
        typer.Option("--words", metavar="FILE", help="More everyday words, one a line. Repeatable."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="YYYY-MM-DD", help="The day of dumps that do not say theirs."),
    ] = None,
    policies: PoliciesFolder = None,
) -> None:
    """Build a drug file from public dumps, and print which names and schedules are new, gone or changed."""
    from auditor.commands.output import STDOUT, check_output, write_output
    from auditor.drugbuild.build import build as build_substances
    from auditor.drugbuild.compare import changes, state_of_file, state_of_lexicon
    from auditor.drugbuild.dumps import read_dump
    from auditor.drugbuild.flags import read_flags, read_words
    from auditor.drugbuild.write import drug_file
    from auditor.vocabulary.lexicon import load_lexicon

    if output == STDOUT:
        raise UsageError("--output: name a file; what changed goes to standard output")
    check_output(output)
    day = parse_day(published, "--published") if published else None
    folder = _folder(policies)
    lexicon = load_lexicon(folder)
    flags = read_flags(ambiguity) if ambiguity else {}
    common = read_words([folder / "common-words.txt", *(words or ())])
    earlier = since or (Path(output) if Path(output).is_file() else None)
    before = state_of_file(earlier) if earlier else state_of_lexicon(lexicon)
    built = build_substances([read_dump(path, day) for path in dumps], lexicon, flags, common)
    write_output(output, drug_file(built).encode())
    _tell(built, changes(before, state_of_file(Path(output)), complete=earlier is not None))


def _tell(built: Build, changed: list[str]) -> None:
    from auditor.commands.console import printable, stderr, stdout
    from auditor.report.words import plural

    for line in changed:
        stdout().print(printable(line), markup=False)
    for line in built.uncertain:
        stderr().print(printable(f"uncertain {line}"), markup=False)
    names = sum(len(substance.names) for substance in built.substances)
    counts = (plural(len(built.substances), "substance"), plural(names, "name"), plural(len(changed), "change"))
    stderr().print(", ".join(counts), markup=False)


def _folder(policies: Path | None) -> Path:
    from auditor.assets import asset_folder

    return (policies or asset_folder("policies")) / "drugs"


def _show(lexicon: Lexicon, found: Found, day: dt.date) -> None:
    from auditor.commands.console import stdout

    stdout().print(f"[bold]{found.name.surface}[/] ({found.name.kind.value}): {found.substance.inn}")
    for key, values in sorted(lexicon.attributes(found.name, day).items()):
        if key not in ("surface", "name_kind"):
            stdout().print(f"  {key}: {', '.join(values)}")
