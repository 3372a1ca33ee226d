"""Structured data: JSON-LD, microdata, RDFa Lite and OpenGraph, read from the tree of the page itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from auditor.model import BlockKind, StructuredItem
from auditor.page.draft import Draft
from auditor.page.microdata import MICRODATA, RDFA, read_items

_DEPTH = 20  # levels of nested data that are followed
_STRINGS = 5000  # strings of one page that are kept
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_NO_PROSE = re.compile(r"^(?:https?:|//|/|#|data:|[\d\s.,:+\-TZ/%]*$)")
_NO_PROSE_KEYS = frozenset(
    {
        "@id",
        "@type",
        "@context",
        "url",
        "image",
        "logo",
        "sameas",
        "contenturl",
        "inlanguage",
        "target",
        "encodingformat",
    }
)
_OPENGRAPH = ("og:", "article:", "product:", "book:", "profile:")


def read_structured(parser: LexborHTMLParser, draft: Draft) -> None:
    """Add a page's structured data to the draft, with a block for each string that the page does not show."""
    for source in draft.json_ld:
        draft.structured += _json_ld(source)
    for syntax in (MICRODATA, RDFA):
        if syntax.scope in draft.scopes:
            draft.structured += read_items(parser, syntax)
    draft.structured += _opengraph(draft.metas)
    _write_strings(draft)


def _json_ld(source: str) -> Iterator[StructuredItem]:
    try:
        data = json.loads(_WRAPPER.sub("", source), strict=False)
    except (ValueError, RecursionError):
        return
    yield from _items(data)


def _items(data: object) -> Iterator[StructuredItem]:
    """The top-level items of a JSON-LD document: an object, a list, or a graph."""
    for node in data if isinstance(data, list) else [data]:
        if not isinstance(node, dict):
            continue
        graph = node.get("@graph")
        if isinstance(graph, list):
            yield from (_item(inner) for inner in graph if isinstance(inner, dict))
        else:
            yield _item(node)


def _item(node: dict[str, Any]) -> StructuredItem:
    return StructuredItem("json-ld", _type(node), tuple(_flattened(node))[:_STRINGS])


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type", "")
    return " ".join(str(one) for one in kind) if isinstance(kind, list) else str(kind)


def _flattened(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Dotted names and strings of everything in an item, in document order, without recursion."""
    todo: list[tuple[str, object, int]] = [("", node, 0)]
    while todo:
        name, value, depth = todo.pop()
        if isinstance(value, dict) and depth < _DEPTH:
            inner = [(f"{name}.{key}" if name else str(key), child, depth + 1) for key, child in value.items()]
            todo += reversed([entry for entry in inner if entry[0] not in ("@type", "@context")])
        elif isinstance(value, list) and depth < _DEPTH:
            todo += [(name, child, depth + 1) for child in reversed(value)]
        elif value is not None and not isinstance(value, (dict, list)):
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def _opengraph(metas: list[tuple[str, str]]) -> list[StructuredItem]:
    found = tuple((name, content) for name, content in metas if name.startswith(_OPENGRAPH))
    kind = next((content for name, content in found if name == "og:type"), "")
    return [StructuredItem("opengraph", kind, found)] if found else []


def _write_strings(draft: Draft) -> None:
    """A block for each wording that stands in structured data and nowhere in the text."""
    if not draft.structured:
        return
    known = draft.text()
    written: set[str] = set()
    for item in draft.structured:
        for name, value in item.properties:
            text = " ".join(value.split())
            if text in written or not _is_prose(name, text) or text in known:
                continue
            written.add(text)
            if len(written) <= _STRINGS:
                draft.add_meta(text, BlockKind.STRUCTURED)


def _is_prose(name: str, text: str) -> bool:
    """Whether a value is words, rather than an address, a date, a number or a code."""
    if name.lower().rpartition(".")[2] in _NO_PROSE_KEYS or len(text) < 3:
        return False
    return not _NO_PROSE.match(text) and (
        " " in text or name.lower().rpartition(".")[2] in ("name", "headline", "og:title")
    )
