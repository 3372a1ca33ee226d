"""What people have decided about findings: what was known before, and what is waived, by whom and until when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from auditor.model.base import Model


class BaselineState(StrEnum):
    """How a finding stands to the baseline. `updated`: some of its occurrences are known, others are new."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Waiver(Model):
    """Why a finding is let pass, on whose word, and for how long. `where` names the file, or the line of the page."""

    by: str
    reason: str
    until: dt.date
    where: str
    in_page: bool = False


class PageWaiver(Model):
    """A waiver as a comment of the page asks for it; `fault` says why it cannot count, "" when it is well formed."""

    policy: str
    reason: str = ""
    by: str = ""
    until: dt.date | None = None
    line: int
    fault: str = ""


class WaiverNote(Model):
    """A waiver that did nothing, and why: it has expired, fits no finding, or is not the page owner's to give."""

    policy: str
    where: str
    says: str


class GoneEntry(Model):
    """What the baseline knows of a page and this audit did not find there any more."""

    page: str
    policy: str
    fingerprint: str
    count: int
    says: str


class BaselineNote(Model):
    """The baseline this audit was held against.

    `new_only`: whether only what it does not hold counts. `unseen`: its entries of pages or policies not audited now.
    """

    name: str
    created_at: dt.datetime
    new_only: bool = False
    gone: tuple[GoneEntry, ...] = ()
    unseen: int = 0
