"""Pages that say the same: near-duplicates whose audits are alike, so that leaving one out loses nothing."""

from __future__ import annotations

import re
from typing import Any

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

from auditor.model import PageAudit

_ALIKE = 0.9  # of the runs of words of both pages, the share that both have
_PERMUTATIONS = 128
_BANDS = 16
_SEED = 1
_RUN = 3  # words
_WORD = re.compile(r"\w+")
_SHORT = 20  # words; shorter pages are the same only when they are equal

Alike = tuple[object, ...]


class Duplicates:
    """The pages met so far."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._met: list[tuple[str, Any, Alike]] = []

    def twin_of(self, page: PageAudit) -> str:
        """The address of a page met before that says the same, "" for none; then the page is remembered."""
        sketch, judged = _sketch(page.text), _alike(page)
        candidates: list[int] = sorted(self._index.query(sketch))
        for number in candidates:
            url, other, known = self._met[number]
            if known == judged and sketch.jaccard(other) >= _ALIKE:
                return url
        self._index.insert(len(self._met), sketch)
        self._met.append((page.url, sketch, judged))
        return ""


def _sketch(text: str) -> Any:
    words = _WORD.findall(text.casefold())
    runs = [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(runs if len(words) >= _SHORT else [" ".join(words)])
    return sketch


def _alike(page: PageAudit) -> Alike:
    """What the audits of two pages must have in common: every outcome, and every finding with its words."""
    return (
        page.completeness,
        tuple((result.policy, result.outcome) for result in page.results),
        tuple(sorted(finding.fingerprint for finding in page.findings)),
    )
