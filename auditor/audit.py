"""The whole way from inputs to a report. Policies and vocabulary are loaded once and serve every page."""

from __future__ import annotations

import datetime as dt
import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor import __version__
from auditor.assets import asset_folder
from auditor.audience import asked_jurisdictions, find_audiences
from auditor.errors import CaptureError, PolicyError
from auditor.evidence.exchange import Recorder, unrecorded
from auditor.model import (
    JUDGEABLE,
    Block,
    BlockView,
    Capture,
    Completeness,
    Outcome,
    Page,
    PageAudit,
    PolicyResult,
    Report,
    Site,
    Skipped,
)
from auditor.origin import with_origin
from auditor.page import read_page
from auditor.policy.evaluate import judge
from auditor.policy.facts import Context, Elsewhere, FactIndex
from auditor.policy.load import PolicySet, check_policies, read_policies, selectors
from auditor.policy.schema import Policy
from auditor.signals import Facts, detect
from auditor.sources import SourceOptions, captures, locate
from auditor.sources.build import failed_capture, now
from auditor.triage import findings_of
from auditor.triage.inline import page_waivers
from auditor.triage.places import base_uri
from auditor.verdict import judged_verdict, unjudged_verdict
from auditor.vocabulary import Vocabulary, load_vocabulary

log = logging.getLogger("auditor")

_LONGEST_REASON = 300
_POLICY_FOLDERS = ("packs", "vocabulary", "drugs", "models")


@dataclass(frozen=True, slots=True)
class Rules:
    """What pages are judged by: policies, and the vocabulary their signals are found with."""

    policies: PolicySet
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class SitePass:
    """One reading of a page as part of its site: what other pages say, and whom to tell what this one does."""

    elsewhere: Elsewhere
    learn: Callable[[FactIndex], object] = lambda _: None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run is about, before anything is read: pages by name, inputs that could not be had, what was left out."""

    pages: tuple[str, ...]
    failed: tuple[Capture, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def locate_all(targets: Iterable[str]) -> Inputs:
    """The pages that `targets` name. One that cannot be had is noted, so that the others are still audited.

    Raises:
        UsageError: a target is a URL that cannot be fetched.
        CaptureError: none of the targets can be had.
    """
    pages: list[str] = []
    failed: list[Capture] = []
    skipped: list[Skipped] = []
    errors: list[str] = []
    for target in targets:
        try:
            found, left_out = locate(target)
        except CaptureError as error:
            errors.append(str(error))
            failed.append(failed_capture(target, "", str(error).removeprefix(f"{target}: ")))
            continue
        pages += found
        skipped += left_out
    if errors and not pages:
        raise CaptureError("\n".join(errors))
    return Inputs(tuple(pages), tuple(failed), tuple(skipped))


class Auditor:
    """Judges pages by one set of policies on one day.

    Args:
        policies: the folder of packs, vocabulary and drugs, or what `load_rules` made of one; the shipped folder when
            left out.
        only: judge by the policies with these ids alone.
        jurisdictions: assess these countries' rules (or `all`) whomever a page addresses.
        audit_date: the day whose rules apply; today when left out.
        sources: how inputs are read.
        root: the folder that places of files are told from; the working folder when left out.

    Raises:
        PolicyError: the folder cannot be loaded.
        UsageError: an id or jurisdiction is not known.
    """

    def __init__(  # noqa: PLR0913  (each has its own default)
        self,
        policies: Path | Rules | None = None,
        *,
        only: Sequence[str] = (),
        jurisdictions: Iterable[str] = (),
        audit_date: dt.date | None = None,
        sources: SourceOptions | None = None,
        root: Path | None = None,
    ) -> None:
        self.audit_date = audit_date or dt.datetime.now(dt.UTC).date()
        rules = policies if isinstance(policies, Rules) else load_rules(policies)
        self.vocabulary = rules.vocabulary
        self._known = {name for policy in rules.policies for name in policy.jurisdictions}
        self.jurisdictions = asked_jurisdictions(jurisdictions, self._known)
        self.only = tuple(only)
        self.policies = _only(rules.policies, only)
        self._selectors = selectors(self.policies)
        self.sources = sources or SourceOptions()
        self.root = (root or Path.cwd()).resolve()

    def run(self, *targets: str) -> Report:
        """Audits files, folders, URLs and `-` for standard input.

        Raises:
            UsageError, CaptureError: as `locate_all`. What goes wrong with one page of several is in the report.
        """
        return self.placed(self.run_inputs(locate_all(targets)))

    def placed(self, report: Report) -> Report:
        """`report` with the places of its quotes in files below the root: in the sources that pages were built from."""
        pages = tuple(with_origin(page, page.capture, self.root) for page in report.pages)
        return report.model_copy(update={"pages": pages, "base": base_uri(self.root)})

    def run_inputs(
        self,
        inputs: Inputs,
        *,
        command: str = "",
        after_each: Callable[[PageAudit], object] = lambda _: None,
        record: Recorder = unrecorded,
    ) -> Report:
        """Audits what `locate_all` found.

        Args:
            inputs: what to audit.
            command: noted in the report.
            after_each: called with the audit of each page.
            record: called with each exchange with the web.
        """
        return self.run_captures(self._captures(inputs, record), command=command, after_each=after_each)

    def run_captures(
        self,
        captured: Iterable[Capture | Skipped],
        *,
        command: str = "",
        after_each: Callable[[PageAudit], object] = lambda _: None,
    ) -> Report:
        """Audits captures, wherever they come from. What was skipped on the way is noted in the report."""
        audits: list[PageAudit] = []
        skipped: list[Skipped] = []
        for item in captured:
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                audits.append(self.audit_capture(item))
                after_each(audits[-1])
        return self.report(audits, skipped, command=command)

    def report(
        self,
        audits: Iterable[PageAudit],
        skipped: Iterable[Skipped] = (),
        sites: Iterable[Site] = (),
        *,
        command: str = "",
    ) -> Report:
        """The report of a run: its pages, what was left out, and the sites they are of."""
        return Report(
            auditor=__version__,
            created_at=now(),
            audit_date=self.audit_date,
            command=command,
            jurisdictions_requested=tuple(sorted(self.jurisdictions)),
            pages=tuple(audits),
            skipped=tuple(skipped),
            sites=tuple(sites),
            policies=self.policies.summaries(),
            policies_sha256=self.policies.sha256,
        )

    def _captures(self, inputs: Inputs, record: Recorder) -> Iterator[Capture | Skipped]:
        yield from inputs.failed
        for page in inputs.pages:
            yield from captures(page, self.sources, record)
        yield from inputs.skipped

    def audit_capture(self, captured: Capture, site: SitePass | None = None) -> PageAudit:
        """The audit of one page. A fault of the auditor itself is an audit with that reason, too.

        `site`: what the page learns of the other pages of its site, and they of it.
        """
        if captured.completeness not in JUDGEABLE:
            return self._unjudged(captured, _no_page(captured))
        try:
            page = self.read(captured)
            return (
                self._judged(captured, page, site) if page.completeness in JUDGEABLE else self._unjudged(captured, page)
            )
        except Exception as error:
            log.exception("cannot audit %s", captured.requested)
            reason = f"the auditor failed on this page ({type(error).__name__}: {error})"[:_LONGEST_REASON]
            failed = replace(_no_page(captured), completeness=Completeness.ERROR, reason=reason)
            return self._unjudged(captured, failed)

    def read(self, captured: Capture) -> Page:
        """The page of a capture, with the elements that policies look for."""
        return read_page(captured, self._selectors)

    def examine(self, page: Page) -> tuple[Facts, Context]:
        """What is found on a page, and under whose rules it comes: what policies are judged on."""
        facts = detect(page, self.vocabulary, self.audit_date)
        audiences = find_audiences(facts.signals, page.text, self.jurisdictions, self._known)
        return facts, Context({audience.jurisdiction: audience for audience in audiences})

    def _judged(self, captured: Capture, page: Page, site: SitePass | None) -> PageAudit:
        facts, context = self.examine(page)
        verdicts = judge(self.policies, facts, context, site.elsewhere if site else None)
        if site and verdicts:
            site.learn(verdicts[0].index)
        findings = findings_of(verdicts)
        results = tuple(verdict.result() for verdict in verdicts)
        audited = _page_audit(captured, page, results, judged_verdict(results, findings))
        more = {
            "audience": tuple(context.audience.values()),
            "findings": findings,
            "language_supported": self._reads(page.language),
            "waivers": page_waivers(captured),
        }
        return audited.model_copy(update=more)

    def _unjudged(self, captured: Capture, page: Page) -> PageAudit:
        """A page of which no policy can say anything."""
        reason = page.reason or f"the capture is {page.completeness.value}"
        results = tuple(_not_assessed(policy, reason) for policy in self.policies)
        return _page_audit(captured, replace(page, reason=reason), results, unjudged_verdict(reason))

    def _reads(self, language: str) -> bool:
        """Whether the vocabulary has wordings in `language`; an unknown one is read as far as it goes."""
        spoken = language.lower().replace("_", "-").partition("-")[0]
        return spoken in ("", "und") or spoken in self.vocabulary.languages


def _no_page(captured: Capture) -> Page:
    """What stands for the page where there is none to read."""
    return Page(
        url=captured.url,
        kind=captured.kind,
        title="",
        language="",
        text="",
        blocks=(),
        completeness=captured.completeness,
        reason=captured.reason,
    )


def _page_audit(captured: Capture, page: Page, results: tuple[PolicyResult, ...], verdict: str) -> PageAudit:
    return PageAudit(
        requested=captured.requested,
        url=page.url,
        title=page.title,
        language=page.language,
        capture=captured,
        completeness=page.completeness,
        reason=page.reason,
        text=page.text,
        blocks=tuple(_block_view(block) for block in page.blocks),
        results=results,
        verdict=verdict,
    )


def _block_view(block: Block) -> BlockView:
    return BlockView.model_construct(  # a page has thousands: what the page model made needs no checking
        start=block.start,
        end=block.end,
        kind=block.kind,
        role=block.role,
        visibility=block.visibility,
        level=block.level,
        card=block.card,
        row=block.row,
    )


def _not_assessed(policy: Policy, reason: str) -> PolicyResult:
    return PolicyResult(
        policy=policy.id,
        version=policy.version,
        title=policy.title,
        severity=policy.severity,
        outcome=Outcome.NOT_ASSESSED,
        statement="Not assessed.",
        reason=reason,
    )


def load_rules(folder: Path | None = None, more: Sequence[Path] = ()) -> Rules:
    """The rules of `folder`, the shipped one when left out, with the policies of the folders `more`.

    Policies and vocabulary each need something of the other.

    Raises:
        PolicyError: naming file, line and field of every fault.
    """
    folder = folder or asset_folder("policies")
    missing = [name for name in _POLICY_FOLDERS if not (folder / name).is_dir()]
    if missing:
        raise PolicyError([f"{folder}: expected the folders {', '.join(_POLICY_FOLDERS)}; no {missing[0]}"])
    written = read_policies(folder, more)
    vocabulary = load_vocabulary(folder, written.inline_phrases())
    rules = Rules(check_policies(written, vocabulary), vocabulary)
    gc.collect()
    gc.freeze()  # the rules live as long as the process: walking them at every collection doubles the cost of a page
    return rules


def _only(policies: PolicySet, ids: Sequence[str]) -> PolicySet:
    """The policies with these ids, or all."""
    if not ids:
        return policies
    return replace(policies, policies=tuple(policies.get(name) for name in sorted(set(ids))))
