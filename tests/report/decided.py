"""The sample with decisions on it: a waiver from a file, one from a page, a baseline that knows a part."""

from __future__ import annotations

import datetime as dt

from auditor.model import BaselineNote, BaselineState, Finding, GoneEntry, Report, Waiver, WaiverNote
from tests.report.sample import WHEN, several_pages

STATES = (BaselineState.UNCHANGED, BaselineState.NEW, BaselineState.UPDATED)


def waiver(in_page: bool = False) -> Waiver:
    return Waiver(
        by="Ines Aldana, editor",
        reason="The shop closes in January; the page goes with it.",
        until=dt.date(2027, 1, 31),
        where="index.html line 4" if in_page else "waivers.yaml line 2",
        in_page=in_page,
    )


def decided_pages(new_only: bool = True) -> Report:
    report = several_pages()
    pages = [
        page.model_copy(update={"findings": tuple(_decided(number, each) for number, each in enumerate(page.findings))})
        for page in report.pages
    ]
    note = BaselineNote(
        name="baseline.json",
        created_at=WHEN - dt.timedelta(days=30),
        new_only=new_only,
        gone=(
            GoneEntry(
                page="blog/old.html",
                policy="core.author.missing",
                fingerprint="0123456789abcdef",
                count=1,
                says="Names no author.",
            ),
        ),
        unseen=3,
    )
    notes = (
        WaiverNote(policy="core.dates.no-date", where="waivers.yaml line 9", says="expired on 2026-06-30: renew it"),
    )
    return report.model_copy(update={"pages": tuple(pages), "baseline": note, "waiver_notes": notes})


def _decided(number: int, finding: Finding) -> Finding:
    state = STATES[number % 3]
    waived = waiver(in_page=number == 6) if number in (3, 6) else None
    new = {BaselineState.UNCHANGED: 0, BaselineState.NEW: finding.occurrences, BaselineState.UPDATED: 1}[state]
    return finding.model_copy(update={"waiver": waived, "baseline": state, "new_occurrences": new})
