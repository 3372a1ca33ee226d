"""The audit of a page, and of all pages of a run."""

from __future__ import annotations

import datetime as dt

from auditor.model.base import Model
from auditor.model.block import BlockKind, Role, Visibility
from auditor.model.capture import JUDGEABLE, Capture, Completeness
from auditor.model.result import Finding, PolicyResult, Severity
from auditor.model.site import Fate, Site
from auditor.model.triage import BaselineNote, PageWaiver, WaiverNote

RESULT_FORMAT = "1.1"


class Audience(Model):
    """Why a country's rules were or were not applied to a page."""

    jurisdiction: str
    assessed: bool
    reason: str
    quotes: tuple[str, ...] = ()


class BlockView(Model):
    """A block as the report shows it. `card` and `row` as in `Block`: what stands together is shown together."""

    start: int
    end: int
    kind: BlockKind
    role: Role
    visibility: Visibility
    level: int = 0
    card: int = -1
    row: int = -1


class PageAudit(Model):
    """The audit of one page: everything the report shows of it."""

    requested: str
    url: str
    title: str
    language: str
    language_supported: bool = True
    capture: Capture
    completeness: Completeness
    reason: str = ""
    text: str
    blocks: tuple[BlockView, ...]
    audience: tuple[Audience, ...] = ()
    results: tuple[PolicyResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    verdict: str  # one plain sentence, worst first
    source: str = ""  # the file that a site generator built this page from, where it tells
    waivers: tuple[PageWaiver, ...] = ()  # asked for in comments of the page

    @property
    def judged(self) -> bool:
        """Whether the capture could be judged at all."""
        return self.completeness in JUDGEABLE


class PolicySummary(Model):
    """A policy as it was in force for this audit."""

    id: str
    version: str
    title: str
    severity: Severity
    jurisdictions: tuple[str, ...]
    status: str
    sha256: str
    pack: str


class Skipped(Model):
    """An input that was not audited, and why. `fate` tells those apart that a crawl met."""

    requested: str
    reason: str
    fate: Fate | None = None


class Report(Model):
    """The result of one run: everything the HTML report shows, and enough to make it again."""

    format: str = RESULT_FORMAT
    auditor: str
    created_at: dt.datetime
    audit_date: dt.date
    command: str = ""
    evidence: str = ""  # name of the WACZ file that the captures are kept in
    jurisdictions_requested: tuple[str, ...] = ()
    pages: tuple[PageAudit, ...]
    skipped: tuple[Skipped, ...] = ()
    sites: tuple[Site, ...] = ()
    policies: tuple[PolicySummary, ...] = ()
    policies_sha256: str = ""
    base: str = ""  # file: URI of the folder that places of files are told from
    config: str = ""  # the file of settings that held, with its SHA-256
    baseline: BaselineNote | None = None
    waiver_notes: tuple[WaiverNote, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all pages, in page order."""
        return tuple(finding for page in self.pages for finding in page.findings)
