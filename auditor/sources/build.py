"""Making a Capture: the one place where bytes get their size, hash and time."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from auditor.model import Capture, Completeness, Kind
from auditor.sources.kinds import unsupported_content


def capture_of(requested: str, url: str, kind: Kind, body: bytes, **more: Any) -> Capture:
    """A capture of `body`. `more` are further fields of Capture.

    Content that is no web page makes it unsupported, whatever its name or header says.
    """
    binary = unsupported_content(body)
    if binary and more.get("completeness", Completeness.COMPLETE) in (Completeness.COMPLETE, Completeness.TRUNCATED):
        kind = Kind.UNSUPPORTED
        more |= {"completeness": Completeness.UNSUPPORTED, "reason": f"this is {binary}, not a web page"}
    return Capture(
        requested=requested.encode(errors="replace").decode(),  # file names may hold bytes that are no text
        url=url,
        kind=kind,
        body=body,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        captured_at=now(),
        **more,
    )


def failed_capture(requested: str, url: str, reason: str, **more: Any) -> Capture:
    """A capture of nothing: the page could not be had, because of `reason`."""
    return capture_of(requested, url, Kind.HTML, b"", completeness=Completeness.ERROR, reason=reason, **more)


def now() -> dt.datetime:
    """The time, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def size_text(size: int) -> str:
    """`size` bytes as a reader says it: 850 bytes, 12 KB, 10 MB."""
    for unit, factor in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= factor:
            return f"{size / factor:.4g} {unit}"
    return f"{size} bytes"


def cut_reason(limit: int) -> str:
    """Why a body ends at `limit` bytes."""
    return f"longer than the limit of {size_text(limit)}; only that much was read (raise it with --max-size)"
