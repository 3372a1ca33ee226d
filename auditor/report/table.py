"""Report -> findings as a table, one row a finding: CSV that a spreadsheet cannot be made to run, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from auditor.errors import OutputError
from auditor.model import Finding, PageAudit, Report
from auditor.triage.places import place

_LIST_MARK = "; "
# With these a spreadsheet begins a formula, also after spaces and in their full-width forms.
_FORMULA = tuple("=+-@|\t\r\n\uff1d\uff0b\uff0d\uff20")
COLUMNS = (
    *("page", "url", "title", "language", "source", "captured_at", "sha256", "audit_date"),
    *("id", "policy", "policy_version", "finding", "outcome", "severity", "confidence", "statement", "because"),
    *("subject", "quote", "start", "end", "line", "quotes", "not_found", "occurrences", "jurisdictions", "law"),
    *("why", "fix", "fingerprint"),
    *("baseline", "new_occurrences", "waived", "waived_by", "waived_until", "waived_why"),
)
_LISTS = frozenset({"quotes", "not_found", "jurisdictions", "law"})
_NUMBERS = frozenset({"start", "end", "line", "occurrences", "new_occurrences"})
Row = dict[str, Any]  # has the COLUMNS, in their order


def rows(report: Report) -> Iterator[Row]:
    """The findings in report order. Values are text, numbers, dates, truth values and lists of text."""
    for page in report.pages:
        for finding in page.findings:
            yield _where(page, report) | _what(finding) | _decided(finding)


def _where(page: PageAudit, report: Report) -> Row:
    return {
        "page": place(page, report),
        "url": page.url,
        "title": page.title,
        "language": page.language,
        "source": page.source,
        "captured_at": page.capture.captured_at,
        "sha256": page.capture.sha256,
        "audit_date": report.audit_date,
    }


def _what(finding: Finding) -> Row:
    first = finding.evidence[0] if finding.evidence else None
    return {
        "id": finding.id,
        "policy": finding.policy,
        "policy_version": finding.policy_version,
        "finding": finding.title,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "statement": finding.statement,
        "because": finding.because,
        "subject": finding.subject,
        "quote": first.quote if first else "",
        "start": first.start if first else None,
        "end": first.end if first else None,
        "line": (first.line or None) if first else None,
        "quotes": [each.quote for each in finding.evidence],
        "not_found": [each.looked_for for each in finding.absences],
        "occurrences": finding.occurrences,
        "jurisdictions": list(finding.jurisdictions),
        "law": [each.cite for each in finding.authority],
        "why": finding.why,
        "fix": finding.fix,
        "fingerprint": finding.fingerprint,
    }


def _decided(finding: Finding) -> Row:
    waiver = finding.waiver
    return {
        "baseline": finding.baseline.value if finding.baseline else "",
        "new_occurrences": finding.new_occurrences,
        "waived": waiver is not None,
        "waived_by": waiver.by if waiver else "",
        "waived_until": waiver.until if waiver else None,
        "waived_why": waiver.reason if waiver else "",
    }


def write_csv(report: Report) -> str:
    """RFC 4180 CSV: comma, every cell in quotes, lists joined with semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in row.values()] for row in rows(report))
    return out.getvalue()


def _cell(value: object) -> str:
    """A value as text. What a spreadsheet would take for a formula gets an apostrophe, which it then shows as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = _LIST_MARK.join(value) if isinstance(value, list) else str(value)
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else text


def write_parquet(report: Report) -> bytes:
    """The same columns with their types.

    Raises:
        OutputError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OutputError("Parquet needs pyarrow: pip install 'health-content-auditor[parquet]'") from error
    schema = pyarrow.schema([(name, _arrow(name, pyarrow)) for name in COLUMNS])
    table = pyarrow.Table.from_pylist([_storable(row) for row in rows(report)], schema=schema)
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _storable(row: Row) -> Row:
    """`row` with text that is text: half of a surrogate pair cannot be stored as UTF-8."""
    return {name: _valid(value) for name, value in row.items()}


def _valid(value: Any) -> Any:
    if isinstance(value, list):
        return [_valid(each) for each in value]
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _arrow(name: str, pyarrow: Any) -> Any:
    """The column's type. Whole numbers and dates have their own, so that an empty column has it too."""
    if name in _LISTS:
        return pyarrow.list_(pyarrow.string())
    if name in _NUMBERS:
        return pyarrow.int64()
    named = {
        "confidence": pyarrow.float64(),
        "waived": pyarrow.bool_(),
        "audit_date": pyarrow.date32(),
        "waived_until": pyarrow.date32(),
        "captured_at": pyarrow.timestamp("s", tz="UTC"),
    }
    return named.get(name, pyarrow.string())
