"""Short ways to read a page and look at it."""

from __future__ import annotations

import datetime as dt

from auditor.model import Block, Capture, Kind, Page
from auditor.page import read_page

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def capture(body: str | bytes, kind: Kind = Kind.HTML, url: str = "https://example.org/a/b", **more: object) -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    return Capture(requested=url, url=url, kind=kind, body=raw, size=len(raw), captured_at=NOW, **more)


def page(body: str | bytes, kind: Kind = Kind.HTML, **more: object) -> Page:
    return read_page(capture(body, kind, **more))


def text_page(body: str, **more: object) -> Page:
    return page(body, Kind.TEXT, **more)


def shown(read: Page, block: Block) -> str:
    return read.text[block.start : block.end].rstrip("\n")


def lines(read: Page) -> list[str]:
    return [shown(read, block) for block in read.blocks]


def block_of(read: Page, text: str) -> Block:
    """The first block with exactly this text."""
    return next(block for block in read.blocks if shown(read, block) == text)
