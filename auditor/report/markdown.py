"""Report -> a Markdown summary for a pull request: what is open first, then the rest, within the size of a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model import SEVERITY_ORDER, BaselineState, Finding, Outcome, PageAudit, Report
from auditor.report.counts import ledger
from auditor.report.mdtext import code, escaped
from auditor.report.words import SEVERITY, plural
from auditor.triage.gate import counts
from auditor.triage.places import place

LIMIT = 65_536  # characters GitHub takes as a comment
_ROOM_FOR_REST = 600
_LONGEST_QUOTE = 160
_LONGEST_WORDS = 400
_MOST_NOTES = 20
Placed = tuple[Finding, PageAudit]


def write_markdown(report: Report) -> str:
    """The summary. What there is no room for is counted."""
    head = "\n".join([*_head(report), *_notes(report)])
    return _fitted(head, list(_entries(report)))


def _fitted(head: str, entries: list[str]) -> str:
    room = LIMIT - len(head) - _ROOM_FOR_REST
    kept = 0
    for entry in entries:
        room -= len(entry) + 1
        if room < 0:
            break
        kept += 1
    left = len(entries) - kept
    rest = [f"\n{plural(left, 'more finding')}: no room here, see the full report."] if left else []
    return "\n".join([head, *entries[:kept], *rest]) + "\n"


def _head(report: Report) -> Iterator[str]:
    judged = sum(page.judged for page in report.pages)
    still_open = [each for each in report.findings if counts(each, report)]
    violations = [each for each in still_open if each.outcome is Outcome.VIOLATION]
    word = "new violation" if report.baseline and report.baseline.new_only else "violation"
    yield "## Health-content audit\n"
    yield f"**{plural(len(violations), word)}**, {len(still_open) - len(violations)} to review;"
    yield f"{judged} of {plural(len(report.pages), 'page')} judged.\n"
    closed = [each for each in report.findings if not counts(each, report)]
    waived = sum(each.waiver is not None for each in closed)
    if waived:
        yield f"- {plural(waived, 'finding')} waived"
    if len(closed) > waived:
        yield f"- {plural(len(closed) - waived, 'finding')} known from the baseline"
    if report.baseline and report.baseline.gone:
        yield f"- {plural(len(report.baseline.gone), 'entry', 'entries')} of the baseline gone: make it anew"
    tallies = ledger(report.pages)
    yield (
        f"- of {plural(tallies.checks, 'check')}: {tallies.checks_of(Outcome.PASS)} passed, "
        f"{tallies.checks_of(Outcome.NOT_APPLICABLE)} did not apply, "
        f"{tallies.checks_of(Outcome.NOT_ASSESSED)} were not assessed"
    )


def _notes(report: Report) -> Iterator[str]:
    """What makes the summary worth less than it looks: pages not judged, inputs left out, waivers that do nothing."""
    told = [
        f"- not judged: {code(place(page, report))}: {_words(page.reason)}" for page in report.pages if not page.judged
    ]
    told += [f"- skipped: {code(_cut(each.requested))}: {_words(each.reason)}" for each in report.skipped]
    told += [
        f"- waiver of {code(each.policy)} ({code(_cut(each.where))}): {_words(each.says)}"
        for each in report.waiver_notes
    ]
    yield from told[:_MOST_NOTES]
    if len(told) > _MOST_NOTES:
        yield f"- {len(told) - _MOST_NOTES} more such notes"
    yield ""


def _entries(report: Report) -> Iterator[str]:
    """Findings that count, then those that are waived or known; each worst first."""
    placed = [(finding, page) for page in report.pages for finding in page.findings]
    still_open = [each for each in placed if counts(each[0], report)]
    closed = [each for each in placed if not counts(each[0], report)]
    for group in (still_open, closed):
        yield from (_entry(finding, page, report) for finding, page in _ranked(group))


def _ranked(placed: Iterable[Placed]) -> list[Placed]:
    return sorted(placed, key=lambda each: (each[0].outcome is Outcome.REVIEW, SEVERITY_ORDER[each[0].severity]))


def _entry(finding: Finding, page: PageAudit, report: Report) -> str:
    kind = "to review" if finding.outcome is Outcome.REVIEW else "violation"
    state = "".join(f", {each}" for each in _state(finding))
    where = code(_cut(page.source or place(page, report)))
    line = finding.evidence[0].line if finding.evidence else 0
    lines = [
        f"- **{SEVERITY[finding.severity]} {kind}{state}**: {_words(finding.statement)}",
        f"  {where}{f' line {line}' if line else ''} · {code(finding.policy)} · {finding.confidence:.0%}",
    ]
    if finding.evidence and finding.evidence[0].quote.strip():
        lines.append(f"  quote: {code(_cut(finding.evidence[0].quote, _LONGEST_QUOTE))}")
    if finding.waiver:
        lines.append(
            f"  waived by {_words(finding.waiver.by)} until {finding.waiver.until}: {_words(finding.waiver.reason)}"
        )
    elif finding.fix:
        lines.append(f"  fix: {_words(finding.fix)}")
    return "\\\n".join(lines)


def _state(finding: Finding) -> Iterator[str]:
    if finding.waiver:
        yield "waived"
    if finding.baseline is BaselineState.UNCHANGED:
        yield "known"
    elif finding.baseline:
        yield "new" if finding.baseline is BaselineState.NEW else f"{finding.new_occurrences} new"


def _words(text: str) -> str:
    return escaped(_cut(text))


def _cut(text: str, longest: int = _LONGEST_WORDS) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
