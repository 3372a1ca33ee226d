"""Baseline and waivers, as the options of a call name them, applied to a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.model import Report
    from auditor.triage.baseline import Baseline
    from auditor.triage.waivers import Given

Read = TypeVar("Read")


def load_result(file: Path) -> Report:
    """The report stored in `file`.

    Raises:
        UsageError: naming the file.
    """
    from auditor.report.jsonio import read_json

    return _named(file, read_json, _bytes(file))


def load_baseline(file: Path | None) -> Baseline | None:
    """The baseline in `file`, None when the call names none.

    Raises:
        UsageError: naming the file.
    """
    if file is None:
        return None
    from auditor.triage.baseline import read_baseline

    return _named(file, read_baseline, _bytes(file))


def load_waivers(file: Path | None) -> list[Given] | None:
    """The waivers in `file`, None when the call names none.

    Raises:
        UsageError, PolicyError: naming file and line.
    """
    if file is None:
        return None
    from auditor.triage.waivers import read_waivers

    return read_waivers(file)


def against(report: Report, baseline: Baseline | None, file: Path | None, *, new_only: bool) -> Report:
    """`report` held against the baseline, or against the one it was held against before.

    Raises:
        UsageError: only new findings are to count, and there is no baseline.
    """
    if baseline is not None and file is not None:
        from auditor.triage.baseline import compare

        return compare(report, baseline, file.name, new_only=new_only)
    if not new_only:
        return report
    if report.baseline is None:
        raise UsageError("--new-only needs --baseline FILE; make one with `auditor baseline RESULT.json`")
    return report.model_copy(update={"baseline": report.baseline.model_copy(update={"new_only": True})})


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error


def _named(file: Path, read: Callable[[bytes], Read], document: bytes) -> Read:
    try:
        return read(document)
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error
