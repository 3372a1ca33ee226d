"""Captures to pages: bytes are decoded, parsed and read into one canonical text with blocks that partition it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from auditor.model import BlockKind, Capture, Completeness, ElementMatch, Kind, Link, Page
from auditor.page.decode import decode
from auditor.page.draft import Draft
from auditor.page.html import walk
from auditor.page.sections import assign_sections, settle_tables
from auditor.page.text import read_text


def read_page(capture: Capture, selectors: Sequence[str] = ()) -> Page:
    """Read a capture into a page. Never raises for what the bytes hold.

    Args:
        capture: what came over the wire or from disk; its `kind` says how to read it.
        selectors: CSS selectors whose elements a caller wants to find (`Page.elements`); faulty ones match nothing.
    """
    source, encoding = decode(capture.body, capture.encoding_hint, capture.kind)
    draft = Draft()
    if capture.kind is Kind.HTML:
        walk(LexborHTMLParser(source), source, draft, selectors)
    elif capture.kind is not Kind.UNSUPPORTED:
        read_text(source, draft)
    return _page(capture, draft, encoding)


def _page(capture: Capture, draft: Draft, encoding: str) -> Page:
    settle_tables(draft)
    assign_sections(draft.blocks)
    text = draft.finish()
    base = _joined(capture.url, draft.base) or capture.url
    return Page(
        url=capture.url,
        kind=capture.kind,
        title=_title(draft, text),
        language=draft.declared_language,
        text=text,
        blocks=tuple(block.finished(index) for index, block in enumerate(draft.blocks)),
        links=_links(draft, base),
        forms=tuple(form.finished() for form in draft.forms),
        elements=tuple(ElementMatch(match.selector, match.start, match.end) for match in draft.matches),
        completeness=_completeness(capture, text),
        encoding=encoding,
        canonical_url=_joined(base, draft.canonical),
        declared_language=draft.declared_language,
    )


def _completeness(capture: Capture, text: str) -> Completeness:
    if capture.completeness is not Completeness.COMPLETE:
        return capture.completeness
    if not text.strip():
        return Completeness.EMPTY
    return Completeness.COMPLETE if capture.kind is Kind.HTML else Completeness.MARKUP_LOST


def _title(draft: Draft, text: str) -> str:
    """The declared title, else the first main heading."""
    for kind in (BlockKind.TITLE, BlockKind.HEADING):
        for block in draft.blocks:
            if block.kind is kind and block.level < 2:
                return text[block.start : block.end].strip()
    return draft.title


def _links(draft: Draft, base: str) -> tuple[Link, ...]:
    return tuple(
        Link(link.start, link.end, link.href, _joined(base, link.href), link.rel, link.role) for link in draft.links
    )


def _joined(base: str, href: str) -> str:
    """An absolute URL; what cannot be joined stays as written."""
    try:
        return urljoin(base, href) if href else ""
    except ValueError:
        return href
