"""`auditor compare`: what became of the findings from one audit to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS, CaptureError, UsageError

if TYPE_CHECKING:
    from auditor.triage.compare import Comparison, FindingDifference, Side

_MOST_NAMED = 5


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A JSON result or a case (.wacz).")],
    after: Annotated[Path, typer.Argument(metavar="B", help="A later one, or one by other policies.")],
    format: Annotated[  # noqa: A002  (the name of the option)
        Literal["text", "json"], typer.Option("--format", help="What is written to standard output.")
    ] = "text",
) -> None:
    """Say which findings are new, gone or changed from A to B, and what changed: page, policies, or auditor.

    Ends with 1 when a finding is new or changed, else with 0.
    """
    from auditor.triage.compare import Difference
    from auditor.triage.compare import compare as compared

    comparison = compared(_side(before), _side(after))
    typer.echo(comparison.model_dump_json(indent=1) if format == "json" else "\n".join(_lines(comparison)))
    worse = comparison.count(Difference.NEW) + comparison.count(Difference.CHANGED)
    raise typer.Exit(EXIT_FINDINGS if worse else EXIT_CLEAN)


def _side(path: Path) -> Side:
    from auditor.report.jsonio import read_json
    from auditor.triage.compare import Side

    try:
        if path.suffix.lower() == ".wacz":
            return _of_case(path)
        return Side(read_json(path.read_bytes()))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    except (UsageError, CaptureError) as error:
        raise UsageError(f"{path}: {str(error).removeprefix(f'{path}: ')}") from error


def _of_case(path: Path) -> Side:
    from auditor.evidence.manifest import RULES
    from auditor.evidence.opened import open_package
    from auditor.evidence.rulesfile import packed_rules, rules_digest
    from auditor.triage.compare import Side

    with open_package(path) as package:
        return Side(package.report(), rules_digest(packed_rules(package.read(RULES))))


def _lines(comparison: Comparison) -> list[str]:
    from auditor.triage.compare import Difference

    counts = ", ".join(f"{comparison.count(each)} {each.value}" for each in Difference)
    return [
        f"Pages:    {_pages(comparison)}",
        f"Policies: {_policies(comparison)}",
        f"Auditor:  {_pair(*comparison.auditors)}",
        f"Rules of: {_pair(*map(str, comparison.days))}",
        f"Findings: {counts}, {comparison.findings_same} the same",
        *(_line(each) for each in comparison.findings),
    ]


def _pages(comparison: Comparison) -> str:
    parts = {
        "the same": comparison.pages_same,
        "changed": comparison.pages_changed,
        "new": comparison.pages_new,
        "gone": comparison.pages_gone,
    }
    return ", ".join(f"{len(pages)} {word}" for word, pages in parts.items() if pages) or "none"


def _policies(comparison: Comparison) -> str:
    from auditor.triage.compare import Cause

    changed = comparison.policies_changed
    if changed:
        more = f" and {len(changed) - _MOST_NAMED} more" if len(changed) > _MOST_NAMED else ""
        return f"changed: {', '.join(changed[:_MOST_NAMED])}{more}"
    return "wordings or medicines changed" if Cause.RULES in comparison.causes else "the same"


def _pair(before: str, after: str) -> str:
    return before if before == after else f"{before}, then {after}"


def _line(each: FindingDifference) -> str:
    from auditor.commands.console import printable

    differs = f" ({', '.join(name.replace('_', ' ') for name in each.differs)})" if each.differs else ""
    because = "; ".join(cause.value for cause in each.causes) or "nothing that is recorded"
    label = f"{each.difference.value:7}  {each.severity.value:8}  {each.outcome.value:9}  {each.policy}"
    return (
        f"{label}{differs}\n         {printable(each.page)}: {printable(each.statement)}\n         changed: {because}"
    )
