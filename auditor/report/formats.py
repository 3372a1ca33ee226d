"""The formats a report can be written in. Each has one writer, imported when it is wanted."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from auditor.model import Report

Format = Literal["html", "json", "sarif", "csv", "parquet", "junit", "markdown", "earl", "pdf"]

SUFFIXES: dict[Format, str] = {
    "html": ".html",
    "json": ".json",
    "sarif": ".sarif",
    "csv": ".csv",
    "parquet": ".parquet",
    "junit": ".xml",
    "markdown": ".md",
    "earl": ".jsonld",
    "pdf": ".pdf",
}
_WRITERS: dict[Format, str] = {
    "html": "auditor.report.html:render_html",
    "json": "auditor.report.jsonio:write_json",
    "sarif": "auditor.report.sarif:write_sarif",
    "csv": "auditor.report.table:write_csv",
    "parquet": "auditor.report.table:write_parquet",
    "junit": "auditor.report.junit:write_junit",
    "markdown": "auditor.report.markdown:write_markdown",
    "earl": "auditor.report.earl:write_earl",
    "pdf": "auditor.report.pdf:write_pdf",
}
_SARIF_JSON = ".sarif.json"  # the other name such files go by


def format_of(file: str) -> Format:
    """The format that the name of `file` asks for; html when it asks for none."""
    name = file.lower()
    if name.endswith(_SARIF_JSON):
        return "sarif"
    return next((each for each in get_args(Format) if name.endswith(SUFFIXES[each])), "html")


def render(report: Report, chosen: Format) -> bytes:
    """The document that `report` makes in the chosen format.

    Raises:
        OutputError: what the format needs is not on this machine.
    """
    module, _, name = _WRITERS[chosen].partition(":")
    document: str | bytes = getattr(importlib.import_module(module), name)(report)
    return document if isinstance(document, bytes) else document.encode("utf-8", "surrogatepass")
