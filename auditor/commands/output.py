"""Putting a report where the call wants it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from auditor.errors import OutputError

STDOUT = "-"


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


def write_output(target: str, document: bytes) -> None:
    """Writes `document` to the file `target`, `-` being standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    if target == STDOUT:
        write_stdout(document)
        return
    try:
        Path(target).write_bytes(document)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error


def write_stdout(document: bytes) -> None:
    """Writes `document` to standard output. A reader that has gone away is no fault."""
    try:
        sys.stdout.buffer.write(document)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, which must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
