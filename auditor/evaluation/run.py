"""Running an evaluation: every labelled page through the one full audit, then the figures and the comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from auditor import __version__
from auditor.audit import Auditor
from auditor.errors import UsageError
from auditor.evaluation.corpus import LabelledPage
from auditor.evaluation.score import Judged, PolicyFigures, by_site, figures
from auditor.model import Condition, Outcome, PageAudit, PolicyResult

EVALUATION_FORMAT = "1.0"


class _Saved(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageOutcome(_Saved):
    """One page of an evaluation: its labels, what every policy said, and how sure."""

    id: str
    category: str = ""
    lang: str = ""
    site: str = ""
    labels: dict[str, str]
    outcomes: dict[str, str]
    confidences: dict[str, float] = {}


class Flip(_Saved):
    """A page whose outcome differs from an earlier evaluation."""

    id: str
    policy: str
    label: str
    before: str
    now: str


class Floor(_Saved):
    """A figure that is below the floor kept for it."""

    policy: str
    figure: str
    floor: float
    value: float


class Evaluation(_Saved):
    """The result of `auditor eval`."""

    format: str = EVALUATION_FORMAT
    auditor: str
    created_at: dt.datetime
    audit_date: dt.date
    policies_sha256: str
    corpora: tuple[str, ...]
    pages: tuple[PageOutcome, ...]
    figures: tuple[PolicyFigures, ...]
    groups: dict[str, tuple[PolicyFigures, ...]] = {}
    misses: tuple[Judged, ...] = ()
    flips: tuple[Flip, ...] = ()
    below_floor: tuple[Floor, ...] = ()


def evaluate(
    auditor: Auditor,
    corpora: Mapping[Path, Sequence[LabelledPage]],
    *,
    policies: Sequence[str] = (),
    group_by: str = "",
    sites: bool = False,
) -> Evaluation:
    """Audit every page of `corpora` and set the outcomes against the labels.

    Args:
        auditor: what the pages are judged by.
        corpora: corpus file to its pages; paths of pages are relative to the file's folder.
        policies: figures for these policies alone; those labelled anywhere when left out.
        group_by: "category", "lang" or "site": figures for each group, too.
        sites: pages of one site count as one.
    """
    pages: list[PageOutcome] = []
    judged: dict[str, list[Judged]] = {policy: [] for policy in policies}
    for path, labelled in corpora.items():
        for page in labelled:
            audit = auditor.audit_capture(page.capture(path.parent))
            pages.append(_outcome(page, audit))
            for each, policy in _judged(page, audit):
                if not policies or policy in judged:
                    judged.setdefault(policy, []).append(each)
    counted = {policy: by_site(found) if sites else found for policy, found in judged.items()}
    return Evaluation(
        auditor=__version__,
        created_at=dt.datetime.now(dt.UTC),
        audit_date=auditor.audit_date,
        policies_sha256=auditor.policies.sha256,
        corpora=tuple(path.name for path in corpora),
        pages=tuple(pages),
        figures=tuple(figures(policy, found) for policy, found in sorted(counted.items())),
        groups=_groups(counted, group_by) if group_by else {},
        misses=tuple(each for found in judged.values() for each in found if _is_miss(each)),
    )


def read_evaluation(path: Path) -> Evaluation:
    """An evaluation saved as JSON.

    Raises:
        UsageError: the file is none.
    """
    try:
        return Evaluation.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise UsageError(f"{path}: not a saved evaluation ({error.errors()[0]['msg']})") from None


def flips(now: Evaluation, before: Evaluation) -> tuple[Flip, ...]:
    """The pages whose outcome is another than in an earlier evaluation, for the policies they are labelled with."""
    earlier = {page.id: page.outcomes for page in before.pages}
    return tuple(
        Flip(id=page.id, policy=policy, label=label, before=was, now=page.outcomes.get(policy, "absent"))
        for page in now.pages
        for policy, label in page.labels.items()
        if (was := earlier.get(page.id, {}).get(policy)) and was != page.outcomes.get(policy, "absent")
    )


def below_floors(evaluation: Evaluation, floors: Mapping[str, Mapping[str, float]]) -> tuple[Floor, ...]:
    """The figures that are under their floor; one that was not measured counts as 0.

    Args:
        evaluation: what was measured.
        floors: policy to figure ("precision", "recall", "f1") to minimum.

    Raises:
        UsageError: a figure is not known.
    """
    measured = {each.policy: each for each in evaluation.figures}
    found = []
    for policy, minima in floors.items():
        for figure, floor in minima.items():
            value = _value(measured.get(policy) or figures(policy, ()), figure)
            if value < floor:
                found.append(Floor(policy=policy, figure=figure, floor=floor, value=value))
    return tuple(found)


def _value(each: PolicyFigures, figure: str) -> float:
    found = {"precision": each.precision.value, "recall": each.recall.value, "f1": each.f1}
    if figure not in found:
        raise UsageError(f"floors: {each.policy}: unknown figure {figure!r} (known: {', '.join(found)})")
    return found[figure] or 0.0


def _outcome(page: LabelledPage, audit: PageAudit) -> PageOutcome:
    return PageOutcome(
        id=page.id,
        category=page.category,
        lang=page.lang,
        site=page.site,
        labels=dict(page.labels),
        outcomes={result.policy: result.outcome.value for result in audit.results},
        confidences={result.policy: result.confidence for result in audit.results if result.confidence},
    )


def _judged(page: LabelledPage, audit: PageAudit) -> Iterable[tuple[Judged, str]]:
    results = {result.policy: result for result in audit.results}
    for policy, label in page.labels.items():
        result = results.get(policy)
        outcome = result.outcome if result else Outcome.NOT_ASSESSED
        each = Judged(
            id=page.id, site=page.site, category=page.category, lang=page.lang, label=label,
            outcome=outcome.value, confidence=result.confidence if result else 0.0,
        )  # fmt: skip
        if result and _is_miss(each):
            each = each.model_copy(update={"explanation": _explained(result)})
        yield each, policy


def _is_miss(each: Judged) -> bool:
    silent = each.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return each.label not in ("review", each.outcome) and not (each.label == "pass" and silent)


def _explained(result: PolicyResult) -> str:
    """Why the policy said so: its sentence, its reason, and the nearest misses of its conditions."""
    nearest = [text for condition in result.trace for text in _nearest(condition)]
    return " | ".join(part for part in (result.statement, result.reason, *nearest[:3]) if part)


def _nearest(condition: Condition) -> Iterable[str]:
    if condition.nearest_miss:
        yield f"{condition.asks}: {condition.nearest_miss}"
    for child in condition.children:
        yield from _nearest(child)


def _groups(judged: Mapping[str, Sequence[Judged]], key: str) -> dict[str, tuple[PolicyFigures, ...]]:
    names = sorted({getattr(each, key) for found in judged.values() for each in found})
    return {
        name: tuple(
            figures(policy, [each for each in found if getattr(each, key) == name])
            for policy, found in sorted(judged.items())
        )
        for name in names
    }
