"""What an audit came to, in a screenful on standard error."""

from __future__ import annotations

from collections import Counter

from rich.table import Table
from rich.text import Text

from auditor.commands.console import print_error, printable, stderr
from auditor.model import (
    SEVERITY_ORDER,
    Audience,
    BaselineState,
    Cause,
    Finding,
    Outcome,
    PageAudit,
    Report,
    Sample,
    Site,
)
from auditor.styles import SEVERITY_STYLES

_FINDINGS_SHOWN = 8
_QUOTE_LENGTH = 110


def print_problems(report: Report) -> None:
    """One error line for each page that could not be judged."""
    for page in report.pages:
        if not page.judged:
            print_error(f"{page.requested}: not judged: {page.reason}")


def print_summary(report: Report, *, verbose: bool) -> None:
    """The verdict and the counts of each page, and the worst findings when there is but one page.

    `verbose` shows all findings of every page, and whose rules were assessed.
    """
    if report.sites:
        _print_sites(report, shown=None if verbose else _FINDINGS_SHOWN)
        return
    shown = None if verbose else _FINDINGS_SHOWN if len(report.pages) == 1 else 0
    for page in report.pages:
        if page.judged:
            _print_page(page, shown, with_audience=verbose)
    for skipped in report.skipped:
        _print(Text(f"skipped {printable(skipped.requested)}: {printable(skipped.reason)}", style="dim"))
    if len(report.pages) > 1:
        _print(Text(_totals(report)))
    _print_decisions(report)
    _print(Text(f"rules of {report.audit_date.isoformat()}", style="dim"))


def _print_sites(report: Report, shown: int | None) -> None:
    """What became of the addresses of each site, and its worst causes."""
    for site in report.sites:
        _print(Text(f"{', '.join(map(printable, site.starts))}: {_coverage(site)}", style="bold"))
        if site.stopped:
            _print(Text(f"not all was read: {site.stopped}"))
        if site.sample and site.sample.share is not None:
            _print(Text(_sampled(site.sample)))
        if site.causes:
            _print(_causes(site.causes[:shown]))
        if shown and len(site.causes) > shown:
            _print(Text(f"{len(site.causes) - shown} more in the report", style="dim"))
    _print(Text(_totals(report)))
    _print(Text(f"rules of {report.audit_date.isoformat()}", style="dim"))


def _coverage(site: Site) -> str:
    met = sum(tally.pages for tally in site.coverage)
    parts = [f"{tally.pages:,} {tally.fate.value}" for tally in site.coverage]
    return f"{met:,} addresses met: {', '.join(parts)}"


def _sampled(sample: Sample) -> str:
    addresses = sum(stratum.addresses for stratum in sample.strata)
    return (
        f"sample: {sample.in_violation} of {sample.judged} pages in violation, {sample.share:.0%} "
        f"(95 % interval {sample.low:.0%} to {sample.high:.0%}) of {addresses:,} addresses"
    )


def _causes(causes: tuple[Cause, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for cause in causes:
        label = cause.severity.value if cause.outcome is Outcome.VIOLATION else "review"
        style = SEVERITY_STYLES[cause.severity] if cause.outcome is Outcome.VIOLATION else "magenta"
        pages = f"{len(cause.pages)} page{'' if len(cause.pages) == 1 else 's'}"
        table.add_row(Text(label, style=style), Text(pages), Text(printable(cause.title)))
    return table


def _print_decisions(report: Report) -> None:
    """What is waived or known, what does nothing any more, and the settings that held."""
    waived = sum(finding.waiver is not None for finding in report.findings)
    if waived:
        _print(Text(f"{waived} waived: in the report, but not counted"))
    if report.baseline:
        states = Counter(finding.baseline for finding in report.findings)
        new = states[BaselineState.NEW] + states[BaselineState.UPDATED]
        _print(Text(f"against {printable(report.baseline.name)}: {new} new, {states[BaselineState.UNCHANGED]} known"))
        for gone in report.baseline.gone:
            _print(Text(f"gone {printable(gone.page)}: {gone.policy}: {printable(gone.says)}", style="dim"))
    for note in report.waiver_notes:
        _print(
            Text(f"waiver {printable(note.where)}: {printable(note.policy)}: {printable(note.says)}", style="yellow")
        )
    if report.config:
        _print(Text(f"settings of {printable(report.config)}", style="dim"))


def _print_page(page: PageAudit, most: int | None, *, with_audience: bool) -> None:
    _print(Text.assemble((printable(page.requested), "bold"), "  ", (_counts(page), "dim")))
    _print(Text(printable(page.verdict), style="bold"))
    if page.reason:
        _print(Text(f"{page.completeness.value}: {printable(page.reason)}", style="dim"))
    shown = page.findings[:most]
    if shown:
        _print(_table(shown))
        if len(shown) < len(page.findings):
            _print(Text(f"{len(page.findings) - len(shown)} more in the report", style="dim"))
    for audience in page.audience if with_audience else ():
        _print(Text(_audience(audience), style="dim"))


def _table(findings: tuple[Finding, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        label = finding.severity.value if finding.outcome is Outcome.VIOLATION else "review"
        style = SEVERITY_STYLES[finding.severity] if finding.outcome is Outcome.VIOLATION else "magenta"
        words = Text(printable(finding.statement), style="dim" if finding.waiver else "")
        if finding.waiver:
            words = Text(f"waived until {finding.waiver.until}: ", style="dim") + words
        quotes = [item.quote for item in finding.evidence if item.quote]
        quote = next((each for each in quotes if each not in finding.statement), quotes[0] if quotes else "")
        if quote:
            words.append(f"\n“{_clipped(printable(quote))}”", style="italic dim")
        table.add_row(finding.id, Text(label, style=style), words)
    return table


def _counts(page: PageAudit) -> str:
    """Like `2 critical, 5 high · 3 to review · 20 passed · 8 did not apply · 4 not assessed`."""
    violations = Counter(finding.severity for finding in page.findings if finding.outcome is Outcome.VIOLATION)
    worst_first = sorted(violations, key=SEVERITY_ORDER.__getitem__)
    reviews = sum(finding.outcome is Outcome.REVIEW for finding in page.findings)
    outcomes = Counter(result.outcome for result in page.results)
    parts = [
        ", ".join(f"{violations[severity]} {severity.value}" for severity in worst_first),
        f"{reviews} to review" if reviews else "",
        f"{outcomes[Outcome.PASS]} passed",
        f"{outcomes[Outcome.NOT_APPLICABLE]} did not apply",
        f"{outcomes[Outcome.NOT_ASSESSED]} not assessed",
    ]
    return " · ".join(part for part in parts if part)


def _totals(report: Report) -> str:
    outcomes = Counter(finding.outcome for finding in report.findings)
    judged = sum(page.judged for page in report.pages)
    return (
        f"{len(report.pages)} pages, {judged} judged: {outcomes[Outcome.VIOLATION]} violations, "
        f"{outcomes[Outcome.REVIEW]} to review"
    )


def _audience(audience: Audience) -> str:
    state = "assessed" if audience.assessed else "not assessed"
    quotes = ", ".join(f"“{_clipped(printable(quote))}”" for quote in audience.quotes)
    return f"{audience.jurisdiction} {state}: {audience.reason} {quotes}".strip()


def _clipped(text: str) -> str:
    return text if len(text) <= _QUOTE_LENGTH else text[: _QUOTE_LENGTH - 1].rstrip() + "…"


def _print(content: Text | Table) -> None:
    stderr().print(content)
