"""Waivers: findings let pass for a reason, on someone's word, until a day. They are shown as waived, never hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from auditor.errors import UsageError
from auditor.faults import faults, field_names
from auditor.model import Finding, Model, PageAudit, PageWaiver, Report, Waiver, WaiverNote
from auditor.triage.places import is_file, place
from auditor.vocabulary.marked import MarkedYaml, nearest

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
IN_PAGE = "the page itself"
_NOT_YOURS = "ignored: a page that is not read from your own files cannot waive its own findings"


class WrittenWaiver(Model):
    """One entry of a waivers file. What it leaves out it does not narrow; `page` is a path or URL, `*` in it any part.

    A `fingerprint` is that of one finding: a new occurrence makes it another one, which the waiver no longer covers.
    """

    policy: Said
    page: Said = "*"
    fingerprint: str = ""
    until: dt.date
    reason: Said
    by: Said


class WaiverFile(Model):
    """A waivers file."""

    waivers: tuple[WrittenWaiver, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class Given:
    """A waiver with the place it was given at, and the one page it is for when that page gave it."""

    written: WrittenWaiver
    where: str
    page: PageAudit | None = None


def read_waivers(file: Path) -> list[Given]:
    """The waivers in `file`.

    Raises:
        UsageError, PolicyError: naming line and field of every fault.
    """
    try:
        marked = MarkedYaml(file)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    problems = marked.repeated_keys()
    try:
        found = WaiverFile.model_validate({} if marked.data is None else marked.data)
    except ValidationError as error:
        problems += [marked.problem(where, message) for where, message in faults(error, _fields_at)]
    if problems:
        raise UsageError("\n".join(problems))
    lines = (marked.line(("waivers", number)) for number in range(len(found.waivers)))
    return [Given(each, f"{file.name} line {line}") for each, line in zip(found.waivers, lines, strict=True)]


def _fields_at(where: Sequence[str | int]) -> list[str]:
    return field_names(WrittenWaiver if where else WaiverFile)


def waive(report: Report, given: Sequence[Given], *, in_pages: bool = True) -> Report:
    """`report` with its waived findings marked, and a note for every waiver that did nothing.

    `in_pages`: whether comments of pages count; those of pages that were not read from a file never do.
    """
    if not in_pages:
        report = _switched_off(report)
    notes: list[WaiverNote] = []
    asked = [*given, *_asked_by_pages(report, notes)]
    valid = [each for each in asked if not _expired(each, report, notes)]
    used: set[int] = set()
    pages = []
    for page in report.pages:
        marked = tuple(_marked(each, page, report, valid, used) for each in page.findings)
        pages.append(page.model_copy(update={"findings": marked}))
    notes += [_note(each, _why_unused(each, report)) for number, each in enumerate(valid) if number not in used]
    return report.model_copy(update={"pages": tuple(pages), "waiver_notes": tuple(notes)})


def _switched_off(report: Report) -> Report:
    """`report` with no waiver of a page in force, for good: what is made of it later brings none back."""
    fault = {"fault": "ignored: waivers in pages are switched off"}
    pages = [
        page.model_copy(update={"waivers": tuple(each.model_copy(update=fault) for each in page.waivers)})
        for page in report.pages
    ]
    return report.model_copy(update={"pages": tuple(pages)})


def _asked_by_pages(report: Report, notes: list[WaiverNote]) -> Iterator[Given]:
    """The waivers in comments of pages. What cannot count is noted instead."""
    for page in report.pages:
        for each in page.waivers:
            where = f"{place(page, report)} line {each.line}"
            fault = each.fault or ("" if is_file(page) else _NOT_YOURS)
            if fault:
                notes.append(WaiverNote(policy=each.policy, where=where, says=fault))
            else:
                yield Given(_written(each), where, page)


def _written(asked: PageWaiver) -> WrittenWaiver:
    until = asked.until or dt.date.min
    return WrittenWaiver(policy=asked.policy, until=until, reason=asked.reason, by=asked.by or IN_PAGE)


def _expired(given: Given, report: Report, notes: list[WaiverNote]) -> bool:
    expired = given.written.until < report.audit_date
    if expired:
        notes.append(_note(given, f"expired on {given.written.until.isoformat()}: renew it or mend the page"))
    return expired


def _marked(finding: Finding, page: PageAudit, report: Report, given: Sequence[Given], used: set[int]) -> Finding:
    fitting = [number for number, each in enumerate(given) if _fits(each, finding, page, report)]
    used.update(fitting)
    return finding.model_copy(update={"waiver": _waiver(given[fitting[0]]) if fitting else None})


def _fits(given: Given, finding: Finding, page: PageAudit, report: Report) -> bool:
    written = given.written
    if written.policy != finding.policy or (given.page is not None and given.page is not page):
        return False
    if written.fingerprint and written.fingerprint != finding.fingerprint:
        return False
    places = (place(page, report), page.source)
    return given.page is page or any(each and fnmatchcase(each, written.page) for each in places)


def _waiver(given: Given) -> Waiver:
    written = given.written
    return Waiver(
        by=written.by, reason=written.reason, until=written.until, where=given.where, in_page=given.page is not None
    )


def _why_unused(given: Given, report: Report) -> str:
    known = [policy.id for policy in report.policies]
    if given.written.policy not in known:
        return f"unused: no policy of this audit has this id{nearest(given.written.policy, known)}"
    return "unused: it fits no finding of this audit"


def _note(given: Given, says: str) -> WaiverNote:
    return WaiverNote(policy=given.written.policy, where=given.where, says=says)
