"""Figures of an evaluation: precision, recall and F1 with intervals, false alarms, review rate, calibration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from pydantic import BaseModel, ConfigDict

from auditor.model import Outcome

_Z = 1.959964  # two-sided 95 %
_BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


class _Figures(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rate(_Figures):
    """A share with its Wilson 95 % interval. `value` is None when nothing was counted."""

    value: float | None
    low: float
    high: float
    hits: int
    of: int


class Judged(_Figures):
    """What one policy said of one labelled page."""

    policy: str
    id: str
    site: str = ""
    category: str = ""
    lang: str = ""
    label: str
    outcome: str
    confidence: float = 0.0

    @property
    def found(self) -> bool:
        """Whether the policy found a violation."""
        return self.outcome == Outcome.VIOLATION

    @property
    def missed(self) -> bool:
        """Whether the outcome is wrong: never on a page labelled review, nor silence about a benign one."""
        silent = self.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)
        return self.label not in (Outcome.REVIEW, self.outcome) and not (self.label == Outcome.PASS and silent)


class Band(_Figures):
    """Calibration: of the findings with a confidence in [low, high), the share labelled violation."""

    low: float
    high: float
    findings: int
    right: int


class PolicyFigures(_Figures):
    """The figures of one policy. Pages labelled review count for neither precision nor recall."""

    policy: str
    pages: int
    precision: Rate
    recall: Rate
    f1: Rate
    false_alarms_per_1000: Rate
    review_rate: Rate
    confusion: dict[str, dict[str, int]]
    calibration: tuple[Band, ...]


def wilson(hits: int, of: int) -> Rate:
    """The share hits/of with its Wilson score interval (Wilson 1927), 95 %."""
    if not of:
        return Rate(value=None, low=0.0, high=1.0, hits=0, of=0)
    share, square = hits / of, _Z * _Z
    centre = (share + square / (2 * of)) / (1 + square / of)
    spread = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return Rate(value=share, low=max(centre - spread, 0.0), high=min(centre + spread, 1.0), hits=hits, of=of)


def figures(policy: str, judged: Sequence[Judged]) -> PolicyFigures:
    """The figures of `policy` over the pages it was labelled on."""
    wanted = [each for each in judged if each.label == Outcome.VIOLATION]
    benign = [each for each in judged if each.label == Outcome.PASS]
    hits = sum(each.found for each in wanted)
    alarms = sum(each.found for each in benign)
    return PolicyFigures(
        policy=policy,
        pages=len(judged),
        precision=wilson(hits, hits + alarms),
        recall=wilson(hits, len(wanted)),
        f1=_f1(wilson(hits, len(wanted) + alarms)),
        false_alarms_per_1000=_times(wilson(alarms, len(benign)), 1000),
        review_rate=wilson(sum(each.outcome == Outcome.REVIEW for each in judged), len(judged)),
        confusion=_confusion(judged),
        calibration=tuple(_calibration(judged)),
    )


def by_site(judged: Iterable[Judged]) -> list[Judged]:
    """One line a site: its worst label and its worst outcome; pages without a site stay by themselves."""
    rank = {Outcome.VIOLATION.value: 0, Outcome.REVIEW.value: 1}
    ordered = sorted(judged, key=_site)
    merged = []
    for (name, _), pages in groupby(ordered, key=_site):
        group = list(pages)
        label = min((each.label for each in group), key=lambda label: rank.get(label, 2))
        worst = min(group, key=lambda each: (rank.get(each.outcome, 2), -each.confidence))
        merged.append(worst.model_copy(update={"id": name, "label": label}))
    return merged


def _site(each: Judged) -> tuple[str, bool]:
    """What a page is counted under: its site, else itself."""
    return each.site or each.id, bool(each.site)


def _f1(shared: Rate) -> Rate:
    """F1 from the share of hits in all pages that are labelled or found a violation.

    F1 = 2s / (1 + s) rises with the share s, so that the ends of its interval carry over.
    """
    value = None if shared.value is None else _doubled(shared.value)
    return shared.model_copy(update={"value": value, "low": _doubled(shared.low), "high": _doubled(shared.high)})


def _doubled(share: float) -> float:
    return 2 * share / (1 + share)


def _times(rate: Rate, factor: int) -> Rate:
    value = None if rate.value is None else rate.value * factor
    return rate.model_copy(update={"value": value, "low": rate.low * factor, "high": rate.high * factor})


def _confusion(judged: Iterable[Judged]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for each in judged:
        row = table.setdefault(each.label, {})
        row[each.outcome] = row.get(each.outcome, 0) + 1
    return table


def _calibration(judged: Iterable[Judged]) -> Iterable[Band]:
    findings = [each for each in judged if each.outcome in (Outcome.VIOLATION, Outcome.REVIEW)]
    for low, high in pairwise(_BANDS):
        last = high == _BANDS[-1]
        inside = [each for each in findings if low <= each.confidence < high or (last and each.confidence == high)]
        if inside:
            right = sum(each.label == Outcome.VIOLATION for each in inside)
            yield Band(low=low, high=high, findings=len(inside), right=right)
