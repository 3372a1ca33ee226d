"""Running an evaluation: every labelled page through the one full audit, then the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from auditor import __version__
from auditor.audit import Auditor
from auditor.evaluation.corpus import LabelledPage
from auditor.evaluation.results import Evaluation, Miss, PageOutcome, Quote, judged, judged_pages
from auditor.evaluation.score import Judged, PolicyFigures, figures
from auditor.evaluation.wordings import Standing, pieces, standings
from auditor.model import Condition, Evidence, Outcome, PageAudit, PolicyResult

_WORST_FIRST = (Outcome.VIOLATION, Outcome.REVIEW, Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)
_NEAREST_SHOWN = 3
_QUOTES_SHOWN = 3
_AROUND = 60  # characters on either side of a quote


def evaluate(  # noqa: PLR0913  (one parameter a choice of the call)
    auditor: Auditor,
    corpora: Mapping[Path, Sequence[LabelledPage]],
    *,
    policies: Sequence[str] = (),
    group_by: str = "",
    sites: bool = False,
    combined: Mapping[str, Sequence[str]] | None = None,
) -> Evaluation:
    """Audit every page of `corpora` and set the outcomes against the labels.

    Args:
        auditor: what the pages are judged by.
        corpora: corpus file to its pages; paths of pages are relative to the file's folder.
        policies: figures for these policies alone; those labelled anywhere when left out.
        group_by: "category", "lang" or "site": figures for each group, too.
        sites: pages of one site count as one.
        combined: labels that several policies answer together: the worst of their outcomes.

    Raises:
        UsageError: the file of a page cannot be read.
    """
    pages: list[PageOutcome] = []
    misses: list[Miss] = []
    stands: list[Standing] = []
    together = combined or {}
    for path, labelled in corpora.items():
        for page in labelled:
            audit = auditor.audit_capture(page.capture(path.parent))
            results = _results(audit, together)
            for policy, label in page.labels.items():
                stands += standings(audit.findings, policy, together.get(policy, [policy]), label, len(pages))
            pages.append(_outcome(page, results))
            misses += _misses(pages[-1], results, policies, audit.text)
    named = sorted(set(policies) or {policy for page in pages for policy in page.labels})
    counted = {policy: judged_pages(pages, policy, sites=sites) for policy in named}
    return Evaluation(
        auditor=__version__,
        created_at=dt.datetime.now(dt.UTC),
        audit_date=auditor.audit_date,
        policies_sha256=auditor.policies.sha256,
        corpora=tuple(path.name for path in corpora),
        sites=sites,
        pages=tuple(pages),
        figures=tuple(figures(policy, found) for policy, found in counted.items()),
        groups=_groups(counted, group_by) if group_by else {},
        misses=tuple(sorted(misses, key=lambda miss: miss.policy)),
        pieces=pieces(each for each in stands if each.policy in counted),
    )


def _results(audit: PageAudit, combined: Mapping[str, Sequence[str]]) -> dict[str, PolicyResult]:
    """Every policy's result, and for each combined label the worst of its policies' results."""
    found = {result.policy: result for result in audit.results}
    for name, policies in combined.items():
        together = [found[policy] for policy in policies if policy in found]
        if together:
            found[name] = min(together, key=lambda each: (_WORST_FIRST.index(each.outcome), -each.confidence))
    return found


def _outcome(page: LabelledPage, results: Mapping[str, PolicyResult]) -> PageOutcome:
    return PageOutcome(
        id=page.id,
        category=page.category,
        lang=page.lang,
        site=page.site,
        labels=dict(page.labels),
        outcomes={policy: result.outcome.value for policy, result in results.items()},
        confidences={policy: result.confidence for policy, result in results.items() if result.confidence},
    )


def _misses(
    page: PageOutcome, results: Mapping[str, PolicyResult], policies: Sequence[str], text: str
) -> Iterable[Miss]:
    for policy in page.labels:
        found = judged(page, policy)
        if found.missed and (not policies or policy in policies):
            yield _explained(found, results.get(policy), text)


def _explained(found: Judged, result: PolicyResult | None, text: str) -> Miss:
    """The miss with why the policy said so: its sentence and reason, what it quotes, what came nearest."""
    if result is None:
        return Miss(**dict(found), explanation="no such policy judges this page")
    nearest = [near for condition in result.trace for near in _nearest(condition)]
    return Miss(
        **dict(found),
        explanation=" ".join(part for part in (result.statement, result.reason) if part),
        quotes=tuple(quotes_of(result, text))[:_QUOTES_SHOWN],
        nearest=tuple(dict.fromkeys(nearest))[:_NEAREST_SHOWN],
    )


def _nearest(condition: Condition) -> Iterable[str]:
    if condition.nearest_miss:
        yield f"{condition.asks}: {condition.nearest_miss}"
    for child in condition.children:
        yield from _nearest(child)


def quotes_of(result: PolicyResult, text: str) -> list[Quote]:
    """What a result quotes of the page's `text`, each place once, the words judged before those that support it."""
    found = [each for condition in result.trace for each in _evidence(condition) if each.quote]
    placed = {each.start: each for each in sorted(found, key=lambda each: each.subject)}
    ordered = sorted(placed.values(), key=lambda each: (not each.subject, each.start))
    return [
        Quote(
            prefix=text[max(0, each.start - _AROUND) : each.start],
            exact=each.quote,
            suffix=text[each.end : each.end + _AROUND],
        )
        for each in ordered
    ]


def _evidence(condition: Condition) -> Iterable[Evidence]:
    if condition.met:
        yield from condition.evidence
    for child in condition.children:
        yield from _evidence(child)


def _groups(judged: Mapping[str, Sequence[Judged]], key: str) -> dict[str, tuple[PolicyFigures, ...]]:
    names = sorted({getattr(each, key) for found in judged.values() for each in found})
    return {
        name: tuple(
            figures(policy, [each for each in found if getattr(each, key) == name])
            for policy, found in sorted(judged.items())
        )
        for name in names
    }
