"""What came over the wire or from disk."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from auditor.model.base import Model


class Kind(StrEnum):
    """What a capture's bytes are written in."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    UNSUPPORTED = "unsupported"


class Completeness(StrEnum):
    """How much of the page the capture holds, and so what its silence is worth."""

    COMPLETE = "complete"
    MARKUP_LOST = "markup-lost"  # text or Markdown: links, badges, footers may have been stripped
    TRUNCATED = "truncated"
    BLOCKED = "blocked"  # bot challenge or login wall
    SCRIPT_ONLY = "script-only"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"  # not a web page: an image, a PDF, an archive
    ERROR = "error"


JUDGEABLE = frozenset({Completeness.COMPLETE, Completeness.MARKUP_LOST, Completeness.TRUNCATED})


class Redirect(Model):
    """One hop of a redirect chain."""

    url: str
    status: int


class Capture(Model):
    """What came over the wire or from disk, before anything was read into it.

    `url` is the final URL (for a file, its `file:` URI); `requested` is what the user named.
    `completeness` is what the source could tell (complete, truncated, error, unsupported); the page stage refines it.
    """

    requested: str
    url: str
    kind: Kind
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = Field(default=b"", exclude=True, repr=False)
    size: int = 0
    sha256: str = ""
    captured_at: dt.datetime
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""
    encoding_hint: str = ""
