"""What the templates are given: the Report, numbered, sorted and grouped for reading. Nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from auditor.model import (
    SEVERITY_ORDER,
    Audience,
    Authority,
    Completeness,
    Evidence,
    Finding,
    Outcome,
    PageAudit,
    PolicyResult,
    Report,
    Severity,
    Weighed,
)
from auditor.report.counts import Ledger, ledger
from auditor.report.marked import Exhibit, Region, mark
from auditor.report.passages import Passage, passages
from auditor.report.sites import LeftOut, SiteView, left_out, site_views
from auditor.report.states import State, state_of, states
from auditor.report.words import CAPTURE_NOTICE, LANGUAGE_NOTICE, LEGAL_KINDS, Notice, plural

_MOST_COLUMNS = 40  # pages in the table of policies by pages

Names = Mapping[str, str]

_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its law and its evidence sorted apart. `key` is the tail of its anchors.

    The finding's id is that of the result ("F3"); where there are several pages, the page stands before it ("2/F3").
    """

    key: str
    finding: Finding
    state: State
    pack: str
    trace: str  # anchor of the policy's trace, "" when the page has none
    exhibits: tuple[Exhibit, ...]
    passages: tuple[Passage, ...]
    duties: tuple[Authority, ...]
    standards: tuple[Authority, ...]
    speaks_for: tuple[Weighed, ...]
    speaks_against: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one severity, the violations before those to review."""

    severity: Severity
    findings: tuple[FindingView, ...]

    def count(self, outcome: Outcome) -> int:
        """How many of them have this outcome."""
        return sum(each.finding.outcome is outcome for each in self.findings)


@dataclass(frozen=True, slots=True)
class ResultView:
    """A policy's result, its pack, its anchor, and the findings it led to."""

    result: PolicyResult
    pack: str
    anchor: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Unassessed:
    """Jurisdictions left out for one reason."""

    reason: str
    jurisdictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """One page's audit, ready to be laid out."""

    number: int
    page: PageAudit
    language: str  # of its text, "" when the page states none that can be one
    ledger: Ledger
    notices: tuple[Notice, ...]
    assessed: tuple[Audience, ...]
    unassessed: tuple[Unassessed, ...]
    groups: tuple[Group, ...]
    results: tuple[tuple[Outcome, tuple[ResultView, ...]], ...]
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A law or standard that findings cite, told once for the whole report."""

    anchor: str
    authority: Authority
    cited_by: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A policy that found something, and its result on each page in order (None: not run there)."""

    policy: str
    title: str
    severity: Severity
    cells: tuple[ResultView | None, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. `headline` is the first sentence a reader sees, `worst` the page it is about."""

    report: Report
    headline: str
    sites: tuple[SiteView, ...]
    left_out: tuple[LeftOut, ...]
    worst: PageView | None
    ledger: Ledger
    pages: tuple[PageView, ...]
    packs: tuple[str, ...]
    states: tuple[tuple[State, int], ...]  # empty where nothing is waived and no baseline was given
    matrix: tuple[MatrixRow, ...]
    sources: Mapping[Authority, Source]  # laws first


def view(report: Report) -> ReportView:
    """The report as its templates want it. The same report always gives the same view."""
    packs = {policy.id: policy.pack for policy in report.policies}
    several = len(report.pages) > 1
    pages = tuple(_page(number, page, several, packs) for number, page in enumerate(report.pages, 1))
    return ReportView(
        report=report,
        headline=_headline(report),
        sites=site_views(report),
        left_out=left_out(report.skipped),
        worst=min((page for page in pages if page.page.judged), key=_rank, default=None) if len(pages) > 1 else None,
        ledger=ledger(report.pages),
        pages=pages,
        packs=tuple(sorted({each.pack for page in pages for group in page.groups for each in group.findings})),
        states=states(report.findings),
        matrix=tuple(_matrix(pages)) if 1 < len(pages) <= _MOST_COLUMNS else (),
        sources=_sources(each for page in pages for group in page.groups for each in group.findings),
    )


def _headline(report: Report) -> str:
    if len(report.pages) == 1 and not report.sites:
        return report.pages[0].verdict
    judged = [page for page in report.pages if page.judged]
    if not judged:
        return "No page could be judged."
    faulty = sum(any(finding.outcome is Outcome.VIOLATION for finding in page.findings) for page in judged)
    named = sum(skipped.fate is None for skipped in report.skipped)  # what a crawl met is counted with its site
    lost = len(report.pages) + named - len(judged)
    rest = f"; {plural(lost, 'input')} could not be judged" if lost else ""
    pages = plural(len(judged), "judged page")
    return f"{faulty or 'None'} of {pages} {'breaks' if faulty == 1 else 'break'} a policy{rest}."


def _rank(page: PageView) -> tuple[int, ...]:
    counts = dict(page.ledger.severities)
    return (*(-counts.get(severity, 0) for severity in Severity), -page.ledger.count(Outcome.REVIEW), page.number)


def _page(number: int, page: PageAudit, several: bool, packs: Names) -> PageView:
    traces = {result.policy: f"check-{number}-{place}" for place, result in enumerate(page.results, 1)}
    ordered = sorted(page.findings, key=lambda each: (SEVERITY_ORDER[each.severity], each.outcome is Outcome.REVIEW))
    prefix = f"{number}/" if several else ""
    named = [each.model_copy(update={"id": prefix + each.id}) for each in ordered]
    findings = tuple(_finding(f"{prefix}{place}", each, page, packs, traces) for place, each in enumerate(named, 1))
    return PageView(
        number=number,
        page=page,
        language=page.language if _LANGUAGE.fullmatch(page.language) else "",
        ledger=ledger([page]),
        notices=tuple(_notices(page)),
        assessed=tuple(audience for audience in page.audience if audience.assessed),
        unassessed=tuple(_unassessed(page.audience)),
        groups=tuple(_groups(findings)),
        results=tuple(_results(page, findings, packs, traces)),
        regions=mark(page, (exhibit for each in findings for exhibit in each.exhibits)),
    )


def _notices(page: PageAudit) -> Iterator[Notice]:
    if page.completeness is not Completeness.COMPLETE:
        yield CAPTURE_NOTICE[page.completeness]
    if not page.language_supported:
        yield LANGUAGE_NOTICE


def _unassessed(audience: Iterable[Audience]) -> Iterator[Unassessed]:
    left_out: dict[str, list[str]] = {}
    for each in audience:
        if not each.assessed:
            left_out.setdefault(each.reason, []).append(each.jurisdiction)
    return (Unassessed(reason, tuple(codes)) for reason, codes in left_out.items())


def _finding(number: str, finding: Finding, page: PageAudit, packs: Names, traces: Names) -> FindingView:
    weighed = sorted(finding.weighed, key=lambda line: -abs(line.weight))
    exhibits = tuple(_exhibit(number, rank, each, finding, page) for rank, each in enumerate(finding.evidence, 1))
    return FindingView(
        key=_key(number),
        finding=finding,
        state=state_of(finding),
        pack=_pack(finding.policy, packs),
        trace=traces.get(finding.policy, ""),
        exhibits=exhibits,
        passages=passages(page.text, exhibits),
        duties=tuple(each for each in finding.authority if each.kind in LEGAL_KINDS),
        standards=tuple(each for each in finding.authority if each.kind not in LEGAL_KINDS),
        speaks_for=tuple(line for line in weighed if line.weight >= 0),
        speaks_against=tuple(line for line in weighed if line.weight < 0),
    )


def _pack(policy: str, packs: Names) -> str:
    return packs.get(policy) or policy.partition(".")[0]


def _key(number: str) -> str:
    return number.replace("/", "-")


def _exhibit(number: str, place: int, evidence: Evidence, finding: Finding, page: PageAudit) -> Exhibit:
    return Exhibit(
        number=f"{number}.{place}",
        key=f"{_key(number)}-{place}",
        place=place,
        evidence=evidence,
        severity=finding.severity,
        outcome=finding.outcome,
        placed=evidence.start >= 0 and bool(page.text[evidence.start : evidence.end].strip()),
    )


def _groups(findings: Iterable[FindingView]) -> Iterator[Group]:
    for severity, members in groupby(findings, key=lambda each: each.finding.severity):
        yield Group(severity, tuple(members))


def _results(
    page: PageAudit, findings: Sequence[FindingView], packs: Names, traces: Names
) -> Iterator[tuple[Outcome, tuple[ResultView, ...]]]:
    made: dict[str, list[FindingView]] = {}
    for each in findings:
        made.setdefault(each.finding.policy, []).append(each)
    for outcome in Outcome:
        results = [result for result in page.results if result.outcome is outcome]
        results.sort(key=lambda result: SEVERITY_ORDER[result.severity])
        if results:
            yield (
                outcome,
                tuple(
                    ResultView(each, _pack(each.policy, packs), traces[each.policy], tuple(made.get(each.policy, ())))
                    for each in results
                ),
            )


def _sources(findings: Iterable[FindingView]) -> dict[Authority, Source]:
    """Every authority cited: law before standards, then in the order of the findings."""
    cited: dict[Authority, list[FindingView]] = {}
    for finding in findings:
        for authority in dict.fromkeys((*finding.duties, *finding.standards)):
            cited.setdefault(authority, []).append(finding)
    ordered = sorted(cited, key=lambda authority: authority.kind not in LEGAL_KINDS)
    return {each: Source(f"source-{place}", each, tuple(cited[each])) for place, each in enumerate(ordered, 1)}


def _matrix(pages: Sequence[PageView]) -> Iterator[MatrixRow]:
    """One row a policy with a violation or review on any page, those that hit most pages first."""
    found: dict[str, dict[int, ResultView]] = {}
    for page in pages:
        for _, results in page.results:
            for each in results:
                found.setdefault(each.result.policy, {})[page.number] = each
    rows = [
        MatrixRow(policy, any_.title, any_.severity, tuple(cells.get(page.number) for page in pages))
        for policy, cells in found.items()
        if (any_ := next(iter(cells.values())).result) and any(each.findings for each in cells.values())
    ]
    return iter(sorted(rows, key=_reach))


def _reach(row: MatrixRow) -> tuple[int, int, int, str]:
    outcomes = [cell.result.outcome for cell in row.cells if cell]
    broken, doubtful = outcomes.count(Outcome.VIOLATION), outcomes.count(Outcome.REVIEW)
    return SEVERITY_ORDER[row.severity], -broken, -doubtful, row.policy
