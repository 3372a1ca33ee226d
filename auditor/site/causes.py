"""One cause, once: the findings of all pages by policy, outcome and reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.model import SEVERITY_ORDER, Cause, Finding, Outcome, PageAudit, Subject
from auditor.triage.fingerprint import normalised

_MOST_SUBJECTS = 20
_LONGEST = 120  # characters of a subject shown


def causes_of(pages: Sequence[PageAudit]) -> tuple[Cause, ...]:
    """The causes of the findings of `pages`: the worst first, then those on most pages."""
    together: dict[tuple[str, Outcome, str], list[tuple[int, Finding]]] = {}
    for number, page in enumerate(pages):
        for finding in page.findings:
            together.setdefault((finding.policy, finding.outcome, finding.because), []).append((number, finding))
    causes = [_cause(found) for found in together.values()]
    return tuple(sorted(causes, key=_rank))


def _rank(cause: Cause) -> tuple[int, bool, int, str, str]:
    review = cause.outcome is Outcome.REVIEW
    return SEVERITY_ORDER[cause.severity], review, -len(cause.pages), cause.policy, cause.because


def _cause(found: Sequence[tuple[int, Finding]]) -> Cause:
    first = found[0][1]
    subjects = _subjects(found)
    digest = hashlib.sha256("\0".join((first.policy, first.outcome, first.because)).encode())
    return Cause(
        fingerprint=digest.hexdigest()[:16],
        policy=first.policy,
        title=first.title,
        severity=first.severity,
        outcome=first.outcome,
        because=first.because,
        statement=first.statement,
        pages=tuple(dict.fromkeys(number for number, _ in found)),
        occurrences=sum(finding.occurrences for _, finding in found),
        subjects=subjects[:_MOST_SUBJECTS],
        subjects_in_all=len(subjects),
    )


def _subjects(found: Iterable[tuple[int, Finding]]) -> tuple[Subject, ...]:
    """The words judged, those on most pages first; the same in other letters is the same."""
    pages: Counter[str] = Counter()
    written: dict[str, str] = {}
    for _, finding in found:
        on_page = {normalised(item.quote): item.quote for item in finding.evidence if item.subject and item.quote}
        pages.update(on_page.keys())
        written = on_page | written
    ranked = sorted(pages.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Subject(words=_short(written[words]), pages=count) for words, count in ranked)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"
