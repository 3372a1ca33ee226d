"""Report <-> JSON. The document is the report itself, with its findings and results listed flat for simple tools."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, ValidationError, create_model

from auditor.errors import UsageError
from auditor.model import RESULT_FORMAT, Finding, Model, Outcome, Report, Severity, Share


class Quote(Model):
    """The page's own words, and their place in its text."""

    quote: str
    start: int
    end: int


class FindingRow(Model):
    """A finding in brief. `page` is the index into `pages`; the finding in full stands there under the same `id`."""

    page: int
    url: str
    id: str
    fingerprint: str
    policy: str
    outcome: Outcome
    severity: Severity
    confidence: Share
    statement: str
    evidence: tuple[Quote, ...]


class ResultRow(Model):
    """What one policy says of one page, in brief. `page` is the index into `pages`."""

    page: int
    policy: str
    outcome: Outcome
    severity: Severity
    reason: str


class _Rows(Model):
    findings: tuple[FindingRow, ...] = Field(description="All findings of all pages, in brief.")
    results: tuple[ResultRow, ...] = Field(description="The outcome of every policy on every page, in brief.")


def write_json(report: Report) -> str:
    """The JSON document of `report`, which `read_json` turns back into an equal report."""
    whole, rows = report.model_dump_json(indent=1), _rows(report).model_dump_json(indent=1)
    # Joined as text: as objects, a large result takes ten times the memory.
    return whole.removesuffix("\n}") + "," + rows.removeprefix("{") + "\n"


def read_json(document: str | bytes) -> Report:
    """The report that a JSON document of `write_json` holds.

    Raises:
        UsageError: it is not JSON, not a result of this tool, or of a version this one does not read.
    """
    try:
        content = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), str):
        raise UsageError("not an audit result: it has no field `format`")
    if _major(content["format"]) != _major(RESULT_FORMAT):
        raise UsageError(f"result format {content['format'][:20]!r} is not one this version reads ({RESULT_FORMAT})")
    try:
        return Report.model_validate({name: value for name, value in content.items() if name not in _Rows.model_fields})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"not an audit result: {where}: {first['msg']}") from error


def result_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    fields: dict[str, Any] = {
        name: (field.annotation, field) for model in (Report, _Rows) for name, field in model.model_fields.items()
    }
    document = create_model("AuditResult", __base__=Model, __doc__=Report.__doc__, **fields)
    schema = document.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _rows(report: Report) -> _Rows:
    pages = list(enumerate(report.pages))
    return _Rows(
        findings=tuple(_finding_row(index, page.url, finding) for index, page in pages for finding in page.findings),
        results=tuple(
            ResultRow(
                page=index,
                policy=result.policy,
                outcome=result.outcome,
                severity=result.severity,
                reason=result.reason,
            )
            for index, page in pages
            for result in page.results
        ),
    )


def _finding_row(page: int, url: str, finding: Finding) -> FindingRow:
    return FindingRow(
        page=page,
        url=url,
        id=finding.id,
        fingerprint=finding.fingerprint,
        policy=finding.policy,
        outcome=finding.outcome,
        severity=finding.severity,
        confidence=finding.confidence,
        statement=finding.statement,
        evidence=tuple(Quote(quote=item.quote, start=item.start, end=item.end) for item in finding.evidence),
    )


def _major(version: str) -> str:
    return version.partition(".")[0]
