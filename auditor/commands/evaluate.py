"""`auditor eval`: measure detection on labelled pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.commands.options import AuditDate, PoliciesFolder, Quiet
from auditor.errors import EXIT_FINDINGS

if TYPE_CHECKING:
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
    from auditor.evaluation.corpus import read_corpus
    from auditor.evaluation.floors import read_floors
    from auditor.evaluation.run import below_floors, evaluate, flips, read_evaluation

    auditor = Auditor(policies, jurisdictions=jurisdiction or ["all"], audit_date=parse_day(audit_date))
    for name in policy or ():
        auditor.policies.get(name)
    loaded = {path: list(read_corpus(path)) for path in corpora}
    evaluation = evaluate(auditor, loaded, policies=policy or (), group_by=by or "", sites=sites)
    if compare:
        evaluation = evaluation.model_copy(update={"flips": flips(evaluation, read_evaluation(compare))})
    if floors:
        evaluation = evaluation.model_copy(update={"below_floor": below_floors(evaluation, read_floors(floors))})
    if not quiet:
        _print(evaluation)
    _write(evaluation, chosen, output)
    return EXIT_FINDINGS if evaluation.below_floor else 0


def _write(evaluation: Evaluation, chosen: str | None, output: str | None) -> None:
    from auditor.commands.output import check_output, write_output

    if chosen or output:
        target = output or "evaluation.json"
        check_output(target)
        write_output(target, evaluation.model_dump_json(indent=2) + "\n")


def _print(evaluation: Evaluation) -> None:
    from rich.table import Table

    from auditor.commands.console import stderr

    table = Table(
        "Policy", "Pages", "Precision", "Recall", "F1", "False alarms/1000", "Review", box=None, pad_edge=False
    )
    for each in evaluation.figures:
        table.add_row(*_row(each.policy, each))
    for group, rows in evaluation.groups.items():
        for each in rows:
            if each.pages:
                table.add_row(*_row(f"  {group or '-'}: {each.policy}", each))
    console = stderr()
    console.print(table)
    for flip in evaluation.flips:
        console.print(
            f"flipped {flip.id} {flip.policy}: {flip.before} -> {flip.now} (label {flip.label})", markup=False
        )
    for floor in evaluation.below_floor:
        console.print(
            f"below its floor: {floor.policy} {floor.figure} {floor.value:.3f} < {floor.floor:.3f}", markup=False
        )


def _row(name: str, each: PolicyFigures) -> tuple[str, ...]:
    f1 = "-" if each.f1 is None else f"{each.f1:.3f}"
    rates = (_rate(each.precision), _rate(each.recall))
    alarms = "-" if each.false_alarms_per_1000.value is None else f"{each.false_alarms_per_1000.value:.1f}"
    return (name, str(each.pages), *rates, f1, alarms, _rate(each.review_rate))


def _rate(rate: Rate) -> str:
    return "-" if rate.value is None else f"{rate.value:.3f} ({rate.low:.2f}-{rate.high:.2f})"
