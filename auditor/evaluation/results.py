"""What an evaluation is stored as: the outcome of every page, the figures, the misses and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from auditor.errors import UsageError
from auditor.evaluation.score import Judged, PolicyFigures, by_site
from auditor.model import Outcome

EVALUATION_FORMAT = "1.1"


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


class Quote(_Saved):
    """Words of a page that an outcome rests on, with what stands around them."""

    prefix: str
    exact: str
    suffix: str


class Miss(Judged):
    """A wrong outcome, and what led to it: the words it rests on, or the nearest the page came."""

    explanation: str = ""
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[str, ...] = ()


class Flip(_Saved):
    """A page whose outcome differs from an earlier evaluation."""

    id: str
    policy: str
    label: str
    before: str
    now: str


class Compared(_Saved):
    """The earlier evaluation of a comparison. `new` and `gone` count the pages that only one of the two has."""

    auditor: str
    created_at: dt.datetime
    policies_sha256: str
    figures: tuple[PolicyFigures, ...]
    new: int
    gone: int


class Floor(_Saved):
    """A figure that is below the floor kept for it."""

    policy: str
    figure: str
    floor: float
    value: float


class Words(_Saved):
    """Words of pages, and on how many they speak for a violation: rightly, and on benign pages."""

    text: str
    right: int
    wrong: int


class Piece(_Saved):
    """A named piece of the evidence for violations, the pages it stands on, and its words."""

    policy: str
    name: str
    right: int
    wrong: int
    words: tuple[Words, ...]


class Evaluation(_Saved):
    """The result of `auditor eval`. `sites`: the pages of one site were counted as one."""

    format: str = EVALUATION_FORMAT
    auditor: str
    created_at: dt.datetime
    audit_date: dt.date
    policies_sha256: str
    corpora: tuple[str, ...]
    sites: bool = False
    pages: tuple[PageOutcome, ...]
    figures: tuple[PolicyFigures, ...]
    groups: dict[str, tuple[PolicyFigures, ...]] = {}
    misses: tuple[Miss, ...] = ()
    pieces: tuple[Piece, ...] = ()
    compared: Compared | None = None
    flips: tuple[Flip, ...] = ()
    below_floor: tuple[Floor, ...] = ()


def judged_pages(pages: Iterable[PageOutcome], policy: str, *, sites: bool = False) -> Sequence[Judged]:
    """What `policy` said of each page that is labelled for it, or of each site."""
    found = [judged(page, policy) for page in pages if policy in page.labels]
    return by_site(found) if sites else found


def judged(page: PageOutcome, policy: str) -> Judged:
    """What `policy` said of a page that is labelled for it."""
    return Judged(
        policy=policy,
        id=page.id,
        site=page.site,
        category=page.category,
        lang=page.lang,
        label=page.labels[policy],
        outcome=page.outcomes.get(policy, Outcome.NOT_ASSESSED),
        confidence=page.confidences.get(policy, 0.0),
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
