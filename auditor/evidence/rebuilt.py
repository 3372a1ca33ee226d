"""Captures made again from the records that a case keeps of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from auditor.errors import CaptureError
from auditor.evidence.manifest import KeptCapture
from auditor.evidence.records import Record
from auditor.model import Capture
from auditor.sources.options import SourceOptions
from auditor.sources.replay import Kept, replay

_DERIVED = ("requested", "url", "kind", "status", "redirects", "headers", "size", "sha256", "encoding_hint")


def rebuilt(kept: KeptCapture, read: Callable[[int], Record], options: SourceOptions) -> Capture:
    """The capture with its content, made from its records alone.

    Raises:
        CaptureError: they do not make the capture that is told; says what differs.
    """
    told = kept.capture
    if not kept.records:
        if told.size:
            raise CaptureError(f"{told.requested}: has content, but no record of it")
        return told
    records = [read(place) for place in kept.records]
    again = watched_capture(told.requested, records, options) if kept.watched else _as_told(told, records[0])
    if not same_page(again, told):
        differing = [name for name in _DERIVED if getattr(again, name) != getattr(told, name)]
        raise CaptureError(f"{told.requested}: its records make another capture ({', '.join(differing or ['reason'])})")
    asked_at = records[-1].date.replace(microsecond=0)
    if told.captured_at < asked_at or (not kept.watched and told.captured_at != asked_at):
        raise CaptureError(f"{told.requested}: said to be captured at another time than its records")
    return told.model_copy(update={"body": again.body})


def watched_capture(requested: str, records: Sequence[Record], options: SourceOptions) -> Capture:
    """The capture that these answers make: the redirects, then the page.

    Raises:
        CaptureError: they do not lead one to the next.
    """
    kept = [Kept(record.url, record.head, record.body, record.truncated) for record in records]
    return replay(requested, kept, options)


def same_page(again: Capture, told: Capture) -> bool:
    """Whether two captures hold the same. How an answer broke off is known only to the one who waited for it."""
    same = all(getattr(again, name) == getattr(told, name) for name in _DERIVED)
    broke_off = again.completeness is told.completeness and again.completeness.value in ("truncated", "error")
    return same and (broke_off or (again.completeness, again.reason) == (told.completeness, told.reason))


def _as_told(told: Capture, record: Record) -> Capture:
    """What was told, with the content of its record."""
    made = {
        "url": record.url,
        "body": record.body,
        "size": len(record.body),
        "sha256": hashlib.sha256(record.body).hexdigest(),
    }
    return told.model_copy(update=made)
