"""Putting a report where the call wants it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import OutputError

if TYPE_CHECKING:
    from auditor.commands.options import Format
    from auditor.model import Report

STDOUT = "-"


def render(report: Report, chosen: Format) -> str:
    """The document that `report` makes in the chosen format."""
    if chosen == "json":
        from auditor.report.jsonio import write_json

        return write_json(report)
    from auditor.report.html import render_html

    return render_html(report)


def check_output(target: str) -> None:
    """Accepts a place that can be written, before any work is done for it.

    Raises:
        OutputError: `target` is a folder, or lies in none.
    """
    if target == STDOUT:
        return
    path = Path(target)
    if path.is_dir():
        raise OutputError(f"cannot write {target}: it is a folder")
    if not path.parent.is_dir():
        raise OutputError(f"cannot write {target}: there is no folder {path.parent}")


def write_output(target: str, document: str) -> None:
    """Writes `document` to the file `target`, `-` being standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    if target == STDOUT:
        write_stdout(document)
        return
    try:
        Path(target).write_text(document, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error


def write_stdout(document: str) -> None:
    """Writes `document` to standard output as UTF-8. A reader that has gone away is no fault."""
    try:
        sys.stdout.buffer.write(document.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, which must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
