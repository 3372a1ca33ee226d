"""Where a page that is a file comes from: the source it was built from, and the lines its quotes stand on."""

from __future__ import annotations

from pathlib import Path

from auditor.model import Capture, PageAudit
from auditor.sources.built import source_of
from auditor.triage.lines import SourceLines, with_lines
from auditor.triage.places import is_file

_LARGEST = 10_000_000  # bytes of a source file that is looked into


def with_origin(audited: PageAudit, captured: Capture, root: Path) -> PageAudit:
    """`audited` with its source file below `root`, and lines in that, or in the file itself where it has no source."""
    if not is_file(audited):
        return audited
    source = source_of(Path(captured.requested), captured.body, root)
    body = _read(source) if source else None
    written = captured if body is None else captured.model_copy(update={"body": body})
    findings = audited.findings
    if findings:
        findings = with_lines(findings, SourceLines(written, audited.text, generated=body is not None))
    told = source.relative_to(root).as_posix() if source and body is not None else ""
    return audited.model_copy(update={"findings": findings, "source": told})


def _read(source: Path) -> bytes | None:
    try:
        return source.read_bytes() if source.stat().st_size <= _LARGEST else None
    except OSError:
        return None
