"""The baseline: what is known of each page, so that only what is new has to be looked at.

It is a multiset. An occurrence is known by its page, its policy and its words, wherever on the page they stand: moved
text and edits elsewhere do not make it new, and saying the same a second time is one occurrence more than is known.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from auditor.errors import UsageError
from auditor.model import BaselineNote, BaselineState, Finding, GoneEntry, Model, Outcome, PageAudit, Report
from auditor.triage.places import place

BASELINE_FORMAT: Literal["1.0"] = "1.0"
_LONGEST = 160  # characters of what an entry says


class Entry(Model):
    """Occurrences that are known: how many, of which policy on which page. `says` is for the people who read it."""

    page: str
    policy: str
    outcome: Outcome
    fingerprint: str
    count: Annotated[int, Field(ge=1)]
    says: str = ""


class Baseline(Model):
    """The file of known occurrences, in an order that makes its changes readable."""

    format: Literal["1.0"] = BASELINE_FORMAT
    auditor: str
    created_at: dt.datetime
    entries: tuple[Entry, ...]


class Key(NamedTuple):
    """What an occurrence is known by."""

    page: str
    policy: str
    outcome: Outcome
    fingerprint: str


def baseline_of(report: Report) -> Baseline:
    """The baseline that holds every finding of `report` but the waived ones, which have a reason of their own."""
    known: Counter[Key] = Counter()
    says: dict[Key, str] = {}
    for page, finding in _findings(report):
        if finding.waiver:
            continue
        for key in _keys(place(page, report), finding):
            known[key] += 1
            says.setdefault(key, finding.statement[:_LONGEST])
    entries = (Entry(**key._asdict(), count=count, says=says[key]) for key, count in sorted(known.items()))
    return Baseline(auditor=report.auditor, created_at=report.created_at, entries=tuple(entries))


def write_baseline(baseline: Baseline) -> str:
    """The baseline as JSON, one entry a line."""
    head = baseline.model_dump(mode="json", exclude={"entries"})
    lines = ",\n".join(f"  {json.dumps(each.model_dump(mode='json'), ensure_ascii=True)}" for each in baseline.entries)
    fields = "".join(f" {json.dumps(name)}: {json.dumps(value)},\n" for name, value in head.items())
    return f'{{\n{fields} "entries": [\n{lines}\n ]\n}}\n'


def read_baseline(document: bytes) -> Baseline:
    """The baseline in `document`.

    Raises:
        UsageError: it is none.
    """
    try:
        return Baseline.model_validate_json(document)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        what = f"{where}: {fault['msg']}" if where else fault["msg"]
        raise UsageError(f"not a baseline ({what}); make one with `auditor baseline RESULT.json`") from error


def compare(report: Report, baseline: Baseline, name: str, *, new_only: bool = False) -> Report:
    """`report` with every finding marked new, updated or unchanged, and what is gone since.

    A finding for review is known, too, where its words were a violation before; never the other way round.
    """
    left = Counter({_entry_key(entry): entry.count for entry in baseline.entries})
    unknown = _without_known(report, left)
    pages = []
    for page in report.pages:
        marked = tuple(_marked(each, unknown[_which(page, each)]) for each in page.findings)
        pages.append(page.model_copy(update={"findings": marked}))
    gone, unseen = _rest(report, baseline, left)
    note = BaselineNote(name=name, created_at=baseline.created_at, new_only=new_only, gone=tuple(gone), unseen=unseen)
    return report.model_copy(update={"pages": tuple(pages), "baseline": note})


def _which(page: PageAudit, finding: Finding) -> tuple[int, int]:
    """Tells findings apart within one report, equal ones too."""
    return id(page), id(finding)


def _without_known(report: Report, left: Counter[Key]) -> Counter[tuple[int, int]]:
    """How many occurrences of each finding are not among those `left`, which are used up one by one."""
    unknown: Counter[tuple[int, int]] = Counter()
    weaker: list[tuple[tuple[int, int], Key]] = []
    for page, finding in _findings(report):
        for key in _keys(place(page, report), finding):
            if _taken(key, left):
                continue
            if finding.outcome is Outcome.REVIEW:
                weaker.append((_which(page, finding), key._replace(outcome=Outcome.VIOLATION)))
            else:
                unknown[_which(page, finding)] += 1
    for which, key in weaker:  # after all violations have taken theirs
        if not _taken(key, left):
            unknown[which] += 1
    return unknown


def _taken(key: Key, left: Counter[Key]) -> bool:
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def _marked(finding: Finding, new: int) -> Finding:
    total = max(1, len(finding.wording_fingerprints))
    state = BaselineState.UNCHANGED if not new else BaselineState.NEW if new >= total else BaselineState.UPDATED
    return finding.model_copy(update={"baseline": state, "new_occurrences": new})


def _rest(report: Report, baseline: Baseline, left: Counter[Key]) -> tuple[list[GoneEntry], int]:
    """The entries not met again: gone where page and policy were judged, and how many were not looked for."""
    judged = {place(page, report) for page in report.pages if page.judged}
    policies = {policy.id for policy in report.policies}
    says = {_entry_key(entry): entry.says for entry in baseline.entries}
    gone, unseen = [], 0
    for key in (key for key, count in left.items() if count > 0):
        if key.page in judged and key.policy in policies:
            entry = GoneEntry(
                page=key.page, policy=key.policy, fingerprint=key.fingerprint, count=left[key], says=says[key]
            )
            gone.append(entry)
        else:
            unseen += 1
    return gone, unseen


def _findings(report: Report) -> Iterator[tuple[PageAudit, Finding]]:
    return ((page, finding) for page in report.pages for finding in page.findings)


def _keys(page: str, finding: Finding) -> Iterator[Key]:
    """A key for each occurrence; a fault of the whole page is one occurrence."""
    for fingerprint in finding.wording_fingerprints or (finding.fingerprint,):
        yield Key(page, finding.policy, Outcome(finding.outcome), fingerprint)


def _entry_key(entry: Entry) -> Key:
    return Key(entry.page, entry.policy, entry.outcome, entry.fingerprint)
