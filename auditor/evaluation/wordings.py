"""What each wording adds: the labelled pages on which it speaks for a violation that was found, rightly or not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditor.evaluation.results import Piece, Words
from auditor.model import Finding, Outcome

_NUMBER = re.compile(r"\d[\d.,]*")
_LONGEST = 60


class Standing(NamedTuple):
    """Words that speak for a violation on one page, as a named piece of the evidence."""

    policy: str
    piece: str
    words: str
    page: int
    right: bool


def standings(
    findings: Iterable[Finding], policy: str, policies: Sequence[str], label: str, page: int
) -> Iterable[Standing]:
    """The words of the findings that answer a label; a page labelled review is neither right nor wrong."""
    if label == Outcome.REVIEW:
        return
    for finding in findings:
        if finding.policy in policies and finding.outcome is Outcome.VIOLATION:
            for line in finding.weighed:
                if line.weight > 0:
                    yield Standing(policy, line.name, _folded(line.quote), page, label == Outcome.VIOLATION)


def pieces(found: Iterable[Standing]) -> tuple[Piece, ...]:
    """The pieces with their pages counted, those that were wrong oftenest first, and so their words."""
    pages: dict[tuple[str, str], dict[str, set[tuple[int, bool]]]] = defaultdict(lambda: defaultdict(set))
    for each in found:
        pages[each.policy, each.piece][each.words].add((each.page, each.right))
    counted = [
        Piece(
            policy=policy,
            name=name,
            **_count(set().union(*words.values())),
            words=tuple(sorted((Words(text=text, **_count(on)) for text, on in words.items()), key=_order)),
        )
        for (policy, name), words in pages.items()
    ]
    return tuple(sorted(counted, key=lambda piece: (piece.policy, *_order(piece))))


def _count(on: set[tuple[int, bool]]) -> dict[str, int]:
    return {"right": sum(right for _, right in on), "wrong": sum(not right for _, right in on)}


def _order(each: Piece | Words) -> tuple[int, int, str]:
    return -each.wrong, -each.right, each.name if isinstance(each, Piece) else each.text


def _folded(quote: str) -> str:
    """The words without what differs from page to page: capitals, line ends, numbers."""
    words = _NUMBER.sub("#", " ".join(quote.casefold().split()))
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
