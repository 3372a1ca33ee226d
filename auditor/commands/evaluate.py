"""`auditor eval`: measure detection on labelled pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.commands.options import AuditDate, PoliciesFolder, Quiet
from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from auditor.evaluation.run import Evaluation
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
EvalFormat = Annotated[Literal["json"] | None, typer.Option("--format", help="Write the whole evaluation.")]
EvalOutput = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Where; - for standard output.", show_default="evaluation.json"
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
EvalJurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", "-j", metavar="CODE", help="Assess these countries' rules.", show_default="all"),
]


def evaluate(  # noqa: PLR0913, PLR0917  (one parameter an option)
    corpora: Corpora,
    policy: EvalPolicies = None,
    by: GroupBy = None,
    sites: Sites = False,
    chosen: EvalFormat = None,
    output: EvalOutput = None,
    compare: Compare = None,
    floors: Floors = None,
    jurisdiction: EvalJurisdictions = None,
    audit_date: AuditDate = None,
    policies: PoliciesFolder = None,
    quiet: Quiet = False,
) -> int:
    """Measure detection on labelled pages: precision, recall, false alarms, review rate, every miss."""
    from auditor.audit import Auditor
    from auditor.commands.options import parse_day
    from auditor.commands.output import check_output, write_output
    from auditor.evaluation.corpus import read_corpus
    from auditor.evaluation.floors import read_floors
    from auditor.evaluation.run import below_floors, evaluate, flips, read_evaluation

    target = output or ("evaluation.json" if chosen else "")
    if target:
        check_output(target)
    auditor = Auditor(policies, jurisdictions=jurisdiction or ["all"], audit_date=parse_day(audit_date))
    for name in policy or ():
        auditor.policies.get(name)
    minima = (
        {name: each for name, each in read_floors(floors).items() if not policy or name in policy} if floors else {}
    )
    earlier = read_evaluation(compare) if compare else None
    loaded = {path: list(read_corpus(path)) for path in corpora}
    found = evaluate(auditor, loaded, policies=policy or (), group_by=by or "", sites=sites)
    flipped = flips(found, earlier) if earlier else ()
    found = found.model_copy(update={"flips": flipped, "below_floor": below_floors(found, minima)})
    _tell(found, quiet=quiet)
    if target:
        write_output(target, (found.model_dump_json(indent=2) + "\n").encode())
    return EXIT_FINDINGS if found.below_floor else EXIT_CLEAN


def _tell(evaluation: Evaluation, *, quiet: bool) -> None:
    """The figures and flips on standard error, and, quiet or not, what is under its floor."""
    from auditor.commands.console import printable, stderr

    console = stderr()
    if not quiet:
        console.print(_table(evaluation))
        for flip in evaluation.flips:
            line = f"flipped {flip.id} {flip.policy}: {flip.before} -> {flip.now} (label {flip.label})"
            console.print(printable(line), markup=False)
    for floor in evaluation.below_floor:
        line = f"below its floor: {floor.policy} {floor.figure} {floor.value:.3f} < {floor.floor:.3f}"
        console.print(printable(line), markup=False)


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


def _row(name: str, each: PolicyFigures) -> tuple[RenderableType, ...]:
    from rich.text import Text

    f1 = "-" if each.f1 is None else f"{each.f1:.3f}"
    rates = (_rate(each.precision), _rate(each.recall))
    alarms = "-" if each.false_alarms_per_1000.value is None else f"{each.false_alarms_per_1000.value:.1f}"
    return (Text(name), str(each.pages), *rates, f1, alarms, _rate(each.review_rate))


def _rate(rate: Rate) -> str:
    return "-" if rate.value is None else f"{rate.value:.3f} ({rate.low:.2f}-{rate.high:.2f})"
