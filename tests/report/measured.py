"""An evaluation as it could be: hits, misses of each kind, a piece of evidence with its words."""

from __future__ import annotations

import datetime as dt

from auditor.evaluation.results import Evaluation, Miss, PageOutcome, Piece, Quote, Words, judged_pages
from auditor.evaluation.score import figures
from tests.evaluation.labelled import CONTROLLED

DAY = dt.datetime(2026, 11, 22, 20, 49, 5, tzinfo=dt.UTC)


def page(
    name: str, label: str, outcome: str, confidence: float = 0.0, category: str = "shop", **more: str
) -> PageOutcome:
    return PageOutcome(
        id=name,
        category=category,
        labels={CONTROLLED: label},
        outcomes={CONTROLLED: outcome},
        confidences={CONTROLLED: confidence} if confidence else {},
        **more,
    )


PAGES = (
    page("hit", "violation", "violation", 0.97, lang="en", site="a"),
    page("again", "violation", "violation", 0.92, lang="en", site="a"),
    page("left", "violation", "review", 0.7, lang="de", site="b"),
    page("lost", "violation", "not-applicable", lang="de", site="c"),
    page("alarm", "pass", "violation", 0.91, category="news", lang="en", site="d"),
    page("quiet", "pass", "pass", category="news", lang="en", site="e"),
)


def miss(name: str, label: str, outcome: str, **more: object) -> Miss:
    return Miss(policy=CONTROLLED, id=name, label=label, outcome=outcome, **more)  # type: ignore[arg-type]


MISSES = (
    miss("left", "violation", "review", explanation="only a category is named"),
    miss("lost", "violation", "not-applicable", nearest=("an offer: its of is category, not drug",)),
    miss("alarm", "pass", "violation", quotes=(Quote(prefix="a man said ", exact="buy tramadol", suffix=" is spam"),)),
)


PIECES = (
    Piece(
        policy=CONTROLLED,
        name="cart",
        right=2,
        wrong=1,
        words=(Words(text="add to cart", right=1, wrong=1), Words(text="buy # now", right=1, wrong=0)),
    ),
)


def evaluation(**more: object) -> Evaluation:
    sites = bool(more.get("sites"))
    return Evaluation(
        auditor="0.0",
        created_at=DAY,
        audit_date=DAY.date(),
        policies_sha256="ab" * 32,
        corpora=("corpus.jsonl",),
        pages=PAGES,
        figures=(figures(CONTROLLED, judged_pages(PAGES, CONTROLLED, sites=sites)),),
        misses=MISSES,
        pieces=PIECES,
    ).model_copy(update=more)
