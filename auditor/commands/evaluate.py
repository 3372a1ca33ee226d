"""`auditor eval`: measure detection on labelled pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.commands.options import AuditDate, PoliciesFolder, Quiet
from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from auditor.evaluation.results import Evaluation, Miss
    from auditor.evaluation.score import PolicyFigures, Rate

Corpora = Annotated[
    list[Path], typer.Argument(metavar="CORPUS.jsonl", help="Labelled pages, one a line.", exists=True, dir_okay=False)
]
EvalPolicies = Annotated[
    list[str] | None, typer.Option("--policy", "-p", metavar="ID", help="Figures for this policy alone. Repeatable.")
]
GroupBy = Annotated[
    Literal["category", "lang", "site"] | None, typer.Option("--by", help="Figures for each group, too.")
]
Sites = Annotated[bool, typer.Option("--sites", help="Count the pages of one site as one.")]
# Not shown unasked: what is held out is looked at as numbers alone.
Misses = Annotated[bool, typer.Option("--misses", help="Show every miss, why, and what came nearest.")]
Wordings = Annotated[bool, typer.Option("--wordings", help="Show what each wording adds: right and wrong pages.")]
EvalFormat = Annotated[
    Literal["html", "json"] | None,
    typer.Option(
        "--format", help="Write the whole evaluation so.", show_default="html if FILE ends in .html, else json"
    ),
]
EvalOutput = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Where; - for standard output.", show_default="evaluation.html or .json"
    ),
]
Labels = Annotated[
    Path | None,
    typer.Option(
        "--labels",
        metavar="FILE",
        help="The corpus uses other words: what they stand for.",
        exists=True,
        dir_okay=False,
    ),
]
Compare = Annotated[
    Path | None,
    typer.Option(
        "--compare", metavar="EARLIER.json", help="Say which pages flipped since.", exists=True, dir_okay=False
    ),
]
Floors = Annotated[
    Path | None,
    typer.Option(
        "--floors", metavar="FILE", help="Exit with 1 for a figure under its floor.", exists=True, dir_okay=False
    ),
]
RaiseFloors = Annotated[bool, typer.Option("--raise-floors", help="Raise the floors to what was measured.")]
EvalJurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", "-j", metavar="CODE", help="Assess these countries' rules.", show_default="all"),
]


def evaluate(  # noqa: PLR0913, PLR0917  (one parameter an option)
    corpora: Corpora,
    policy: EvalPolicies = None,
    by: GroupBy = None,
    sites: Sites = False,
    misses: Misses = False,
    wordings: Wordings = False,
    chosen: EvalFormat = None,
    output: EvalOutput = None,
    compare: Compare = None,
    floors: Floors = None,
    raise_floors: RaiseFloors = False,
    labels: Labels = None,
    jurisdiction: EvalJurisdictions = None,
    audit_date: AuditDate = None,
    policies: PoliciesFolder = None,
    quiet: Quiet = False,
) -> int:
    """Measure detection on labelled pages: precision, recall, false alarms, review rate, every miss."""
    from auditor.audit import Auditor
    from auditor.commands.options import parse_day
    from auditor.commands.output import check_output, write_output
    from auditor.evaluation.compare import compared
    from auditor.evaluation.corpus import read_corpus
    from auditor.evaluation.floors import below_floors, raised, read_floors, write_floors
    from auditor.evaluation.labels import LabelWords, read_label_words
    from auditor.evaluation.results import read_evaluation
    from auditor.evaluation.run import evaluate

    chosen = chosen or ("html" if output and output.endswith((".html", ".htm")) else "json" if output else None)
    target = output or (f"evaluation.{chosen}" if chosen else "")
    if target:
        check_output(target)
    if raise_floors and not floors:
        raise UsageError("--raise-floors: name the file that holds them with --floors FILE")
    auditor = Auditor(policies, jurisdictions=jurisdiction or ["all"], audit_date=parse_day(audit_date))
    words = read_label_words(labels) if labels else LabelWords()
    for name in words.policies | set(policy or ()) - words.combined.keys():
        auditor.policies.get(name)
    kept = read_floors(floors) if floors else {}
    minima = {name: each for name, each in kept.items() if not policy or name in policy}
    earlier = read_evaluation(compare) if compare else None
    loaded = {path: list(read_corpus(path, words)) for path in corpora}
    found = evaluate(auditor, loaded, policies=policy or (), group_by=by or "", sites=sites, combined=words.combined)
    found = found.model_copy(update={"below_floor": below_floors(found, minima)})
    if earlier:
        found = compared(found, earlier)
    if not quiet:
        _tell(found, misses=misses, wordings=wordings)
    _tell_floors(found)
    if target:
        write_output(target, _rendered(found, chosen).encode())
    if floors and raise_floors:
        write_floors(floors, raised(found, kept))
    return EXIT_FINDINGS if found.below_floor else EXIT_CLEAN


def _rendered(evaluation: Evaluation, chosen: str | None) -> str:
    if chosen == "html":
        from auditor.report.evaluation import render_evaluation

        return render_evaluation(evaluation)
    return evaluation.model_dump_json(indent=2) + "\n"


def _tell(evaluation: Evaluation, *, misses: bool, wordings: bool) -> None:
    """The figures and flips on standard error, and what else is asked for."""
    from auditor.commands.console import printable, stderr

    console = stderr()
    console.print(_table(evaluation))
    if wordings:
        console.print(_wordings(evaluation))
    for miss in evaluation.misses if misses else ():
        console.print(printable(_miss(miss)), markup=False)
    for flip in evaluation.flips:
        line = f"flipped {flip.id} {flip.policy}: {flip.before} -> {flip.now} (label {flip.label})"
        console.print(printable(line), markup=False)


def _tell_floors(evaluation: Evaluation) -> None:
    from auditor.commands.console import printable, stderr

    for floor in evaluation.below_floor:
        line = f"below its floor: {floor.policy} {floor.figure} {floor.value:.3f} < {floor.floor:.3f}"
        stderr().print(printable(line), markup=False)


def _miss(miss: Miss) -> str:
    """Like `miss gd-7 us.rx...: pass (label violation): why | nearest: what came closest`."""
    nearest = f" | nearest: {miss.nearest[0]}" if miss.nearest else ""
    return f"miss {miss.id} {miss.policy}: {miss.outcome} (label {miss.label}): {miss.explanation}{nearest}"


def _table(evaluation: Evaluation) -> Table:
    from rich.table import Column, Table

    from auditor.commands.console import printable

    heads = ("Pages", "Precision", "Recall", "F1", "False alarms/1000", "Review")
    table = Table(Column("Policy", overflow="fold"), *heads, box=None, pad_edge=False)
    for each in evaluation.figures:
        table.add_row(*_row(each.policy, each))
    for group, rows in evaluation.groups.items():
        for each in rows:
            if each.pages:
                table.add_row(*_row(f"  {printable(group) or '-'}: {each.policy}", each))
    return table


def _wordings(evaluation: Evaluation) -> Table:
    from rich.table import Column, Table
    from rich.text import Text

    from auditor.commands.console import printable

    columns = ("Policy", "Evidence", Column("Words", overflow="fold"), "Right", "Wrong")
    table = Table(*columns, box=None, pad_edge=False)
    for piece in evaluation.pieces:
        table.add_row(Text(piece.policy), Text(piece.name), "", str(piece.right), str(piece.wrong))
        for words in piece.words:
            table.add_row("", "", Text(printable(words.text)), str(words.right), str(words.wrong))
    return table


def _row(name: str, each: PolicyFigures) -> tuple[RenderableType, ...]:
    from rich.text import Text

    rates = (_rate(each.precision), _rate(each.recall), _rate(each.f1))
    alarms = "-" if each.false_alarms_per_1000.value is None else f"{each.false_alarms_per_1000.value:.1f}"
    return (Text(name), str(each.pages), *rates, alarms, _rate(each.review_rate))


def _rate(rate: Rate) -> str:
    return "-" if rate.value is None else f"{rate.value:.3f} ({rate.low:.2f}-{rate.high:.2f})"
