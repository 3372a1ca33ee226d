"""Evaluation -> one HTML file: figures with their intervals, where they come from, every miss, what flipped.

It shows what the stored evaluation holds and no more. It has no script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.evaluation.results import Evaluation, Flip, Miss, Piece, judged_pages
from auditor.evaluation.score import Band, Judged, PolicyFigures, Rate, figures, wilson
from auditor.model import Outcome
from auditor.report.html import digest, shipped, template
from auditor.report.words import plural

LABELS = (Outcome.VIOLATION, Outcome.REVIEW, Outcome.PASS)
OUTCOMES = (*LABELS, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one category or language. An empty name is that of pages which have none."""

    name: str
    figures: PolicyFigures

    def count(self, label: str, *outcomes: str) -> int:
        """How many pages with this label came out so; however they came out when none is given."""
        row = self.figures.confusion.get(label, {})
        return sum(count for outcome, count in row.items() if not outcomes or outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Point:
    """A band of the calibration: how often findings of this confidence were right."""

    band: Band
    rate: Rate

    @property
    def middle(self) -> float:
        """Where on the axis of confidence it stands."""
        return (self.band.low + self.band.high) / 2


@dataclass(frozen=True)
class PolicyView:
    """One policy of an evaluation."""

    figures: PolicyFigures
    before: PolicyFigures | None
    judged: Sequence[Judged]
    misses: Sequence[Miss]
    pieces: Sequence[Piece]

    @cached_property
    def whole(self) -> Group:
        """All pages as one group."""
        return Group("", self.figures)

    @cached_property
    def groups(self) -> dict[str, list[Group]]:
        """The figures by category and by language, each only where there is more than one."""
        split = {"Category": self._by("category"), "Language": self._by("lang")}
        return {key: groups for key, groups in split.items() if len(groups) > 1}

    @cached_property
    def points(self) -> list[Point]:
        """The calibration, band by band."""
        return [Point(band, wilson(band.right, band.findings)) for band in self.figures.calibration]

    @cached_property
    def missed(self) -> dict[str, list[Miss]]:
        """The misses, false alarms apart."""
        alarms = [miss for miss in self.misses if miss.label == Outcome.PASS]
        wanted = [miss for miss in self.misses if miss.label != Outcome.PASS]
        kinds = {
            "Not found": [miss for miss in wanted if miss.outcome != Outcome.REVIEW],
            "Left to review": [miss for miss in wanted if miss.outcome == Outcome.REVIEW],
            "False alarms": [miss for miss in alarms if miss.found],
            "Benign, to review": [miss for miss in alarms if miss.outcome == Outcome.REVIEW],
            "Benign, not judged": [miss for miss in alarms if miss.outcome == Outcome.NOT_ASSESSED],
        }
        return {kind: misses for kind, misses in kinds.items() if misses}

    def _by(self, key: str) -> list[Group]:
        names = sorted({getattr(each, key) for each in self.judged})
        split = {name: [each for each in self.judged if getattr(each, key) == name] for name in names}
        return [Group(name, figures(self.figures.policy, each)) for name, each in split.items()]


def render_evaluation(evaluation: Evaluation) -> str:
    """The evaluation as one HTML document. The same evaluation gives the same text."""
    style = shipped("styles") + "\n" + shipped("styles/evaluation")
    return template("evaluation.html.j2").render(
        run=evaluation,
        policies=[_policy(evaluation, each) for each in evaluation.figures],
        headline=_headline(evaluation),
        flips=sorted(evaluation.flips, key=lambda flip: (_ORDER[turn(flip)], flip.policy, flip.id)),
        turn=turn,
        labels=LABELS,
        outcomes=OUTCOMES,
        style=style,
        style_hash=digest(style),
    )


_ORDER = {"worse": 0, "other": 1, "better": 2}


def turn(flip: Flip) -> str:
    """Whether the page came out better or worse than before, or otherwise without being more right."""
    was, now = (Judged(policy="", id="", label=flip.label, outcome=each).missed for each in (flip.before, flip.now))
    return "other" if was == now else "better" if was else "worse"


def _policy(evaluation: Evaluation, figures: PolicyFigures) -> PolicyView:
    earlier = evaluation.compared.figures if evaluation.compared else ()
    return PolicyView(
        figures=figures,
        before=next((each for each in earlier if each.policy == figures.policy), None),
        judged=judged_pages(evaluation.pages, figures.policy, sites=evaluation.sites),
        misses=[miss for miss in evaluation.misses if miss.policy == figures.policy],
        pieces=[piece for piece in evaluation.pieces if piece.policy == figures.policy],
    )


def _headline(evaluation: Evaluation) -> str:
    """What came of it in one sentence, with what it was measured on."""
    missed = sum(each.recall.of - each.recall.hits for each in evaluation.figures)
    wanted = sum(each.recall.of for each in evaluation.figures)
    alarms = sum(each.false_alarms_per_1000.hits for each in evaluation.figures)
    benign = sum(each.false_alarms_per_1000.of for each in evaluation.figures)
    return f"{missed:,} of {plural(wanted, 'violation')} missed; {plural(alarms, 'false alarm')} in {benign:,} benign."
