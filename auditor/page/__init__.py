"""Captures to pages: bytes are decoded, parsed and read into one canonical text with blocks that partition it."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from auditor.model import Capture, Kind, Page
from auditor.page.assemble import assemble
from auditor.page.decode import decode
from auditor.page.draft import Draft
from auditor.page.html import walk
from auditor.page.markdown import to_html
from auditor.page.nesting import pieces
from auditor.page.structured import read_structured
from auditor.page.text import read_text

__all__ = ["read_page"]


def read_page(capture: Capture, selectors: Sequence[str] = ()) -> Page:
    """Read a capture into a page. Never raises for what the bytes hold.

    Args:
        capture: what came over the wire or from disk; its `kind` says how to read it.
        selectors: CSS selectors whose elements a caller wants to find (`Page.elements`); faulty ones match nothing.
    """
    draft = Draft()
    if capture.kind is Kind.UNSUPPORTED:
        return assemble(capture, draft, "", None)
    source, encoding = decode(capture.body, capture.encoding_hint, capture.kind)
    parser = None
    if capture.kind is Kind.HTML:
        first, *more = pieces(source)
        parser = _parsed(first)
        walk(parser, first, draft, selectors)
        for piece in more:
            walk(_parsed(piece), piece, draft, selectors)
        draft.in_pieces = bool(more)
        read_structured(parser, draft)
    elif capture.kind is Kind.MARKDOWN:
        rendered = to_html(source, draft)
        walk(_parsed(rendered), rendered, draft, selectors)
        draft.marked = True
    else:
        read_text(source, draft)
    return assemble(capture, draft, encoding, parser)


def _parsed(source: str) -> LexborHTMLParser:
    """The tree as a browser that runs scripts builds it."""
    return LexborHTMLParser(source, scripting=True)
