"""Captures from files, folders and standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from auditor.errors import CaptureError
from auditor.model import Capture, Completeness, Kind, Skipped
from auditor.sources.build import capture_of, cut_reason, failed_capture
from auditor.sources.kinds import EXTENSIONS, kind_of_content
from auditor.sources.options import SourceOptions

ARCHIVES = (".warc", ".warc.gz", ".wacz")


def is_archive(name: str) -> bool:
    """Whether a file of this name holds many pages: a WARC or WACZ file."""
    return "://" not in name and name.lower().endswith(ARCHIVES)


def locate_path(target: str) -> tuple[list[str], list[Skipped]]:
    """The file `target`, or every page in the folder `target`, and what else is there.

    Raises:
        CaptureError: there is no such file or folder, or the folder holds no page.
    """
    path = Path(target)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise CaptureError(f"{target}: {_explain(error)}") from error
    if not is_folder:
        return [target], []
    pages, skipped = _walk(path)
    if not pages:
        raise CaptureError(f"{target}: no page in this folder (looked for {', '.join(EXTENSIONS)})")
    return [str(page) for page in pages], skipped


def read_file(name: str, options: SourceOptions) -> Capture:
    """One file. What cannot be read is a capture with the reason."""
    path = Path(name)
    url = path.absolute().as_uri()
    try:
        if not path.is_file():
            return failed_capture(name, url, "not a regular file")
        with path.open("rb") as stream:
            body, cut = _read(stream, options.max_file)
    except OSError as error:
        return failed_capture(name, url, _explain(error))
    return _capture(name, url, options.kind or EXTENSIONS.get(path.suffix.lower()) or kind_of_content(body), body, cut)


def read_stdin(options: SourceOptions) -> Capture:
    """Standard input, to its end."""
    body, cut = _read(sys.stdin.buffer, options.max_file)
    return _capture("-", "stdin:", options.kind or kind_of_content(body), body, cut)


def _walk(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """All pages under `folder` by path, and what else is there. Links are not followed: they may lead anywhere."""
    pages: list[Path] = []
    skipped: list[Skipped] = []
    others: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        skipped.append(Skipped(requested=str(error.filename), reason=_explain(error)))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        for path in (Path(parent, name) for name in sorted(names)):
            if path.suffix.lower() not in EXTENSIONS:
                others[path.suffix.lower() or "no extension"] += 1
            elif path.is_symlink():
                skipped.append(Skipped(requested=str(path), reason="a symbolic link; name its target to audit it"))
            else:
                pages.append(path)
    if others:
        counts = ", ".join(f"{count} {extension}" for extension, count in sorted(others.items()))
        skipped.append(Skipped(requested=str(folder), reason=f"files that are not pages: {counts}"))
    return pages, skipped


def _capture(requested: str, url: str, kind: Kind, body: bytes, cut: str) -> Capture:
    completeness = Completeness.TRUNCATED if cut else Completeness.COMPLETE
    return capture_of(requested, url, kind, body, completeness=completeness, reason=cut)


def _read(stream: BinaryIO, limit: int) -> tuple[bytes, str]:
    """The first `limit` bytes, and why there are no more ("" at the end of the stream)."""
    body = stream.read(limit + 1)
    return (body[:limit], cut_reason(limit)) if len(body) > limit else (body, "")


def _explain(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
