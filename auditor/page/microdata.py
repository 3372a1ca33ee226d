"""Microdata and RDFa Lite: one walk over the tree, which is only read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.model import StructuredItem

Attributes = dict[str, str | None]

_OPEN_TEXTS = 8  # properties within properties whose text is still gathered
_URLS = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "video": "src",
    "iframe": "src",
    "embed": "src",
    "source": "src",
    "object": "data",
}


class Syntax(NamedTuple):
    """The attributes that open an item, give its type and name a property."""

    name: str
    scope: str
    type: str
    property: str


MICRODATA = Syntax("microdata", "itemscope", "itemtype", "itemprop")
RDFA = Syntax("rdfa", "typeof", "typeof", "property")


@dataclass(slots=True)
class _Item:
    type: str
    prefix: str = ""  # of the properties of an item that is itself a property
    root: _Item | None = None
    properties: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    node: int
    item: _Item | None
    texts: int


def read_items(parser: LexborHTMLParser, syntax: Syntax) -> list[StructuredItem]:
    """The items of a page, nested ones flattened into the properties of the outermost."""
    if parser.root is None:
        return []
    tops: list[_Item] = []
    stack = [_Open(-1, None, 0)]
    for node in parser.root.traverse():
        parent = node.parent
        above = parent.mem_id if parent is not None else -1
        while len(stack) > 1 and stack[-1].node != above:
            stack.pop()
        if not node.is_element_node:
            continue
        attributes: Attributes = node.attributes
        top = stack[-1]
        item, texts = top.item, top.texts
        if syntax.scope in attributes or syntax.property in attributes:
            item, texts = _element(node, attributes, syntax, top, tops)
        stack.append(_Open(node.mem_id, item, texts))
    return [StructuredItem(syntax.name, item.type, tuple(item.properties)) for item in tops]


def _element(
    node: LexborNode, attributes: Attributes, syntax: Syntax, top: _Open, tops: list[_Item]
) -> tuple[_Item | None, int]:
    """What an element with one of the attributes adds, and what is open inside it."""
    names = (attributes.get(syntax.property) or "").split()
    item, texts = top.item, top.texts
    if syntax.scope in attributes:
        inner = _Item(_type(attributes.get(syntax.type)))
        if item is not None and names:
            inner.prefix = f"{item.prefix}{names[0]}."
            inner.root = item.root or item
        else:
            tops.append(inner)
        return inner, 0
    if item is None:
        return None, texts
    value = _value(node, attributes, syntax, texts)
    (item.root or item).properties.extend((item.prefix + name, value) for name in names)
    return item, texts + 1


def _type(declared: str | None) -> str:
    return " ".join(kind.rstrip("/").rpartition("/")[2] for kind in (declared or "").split())


def _value(node: LexborNode, attributes: Attributes, syntax: Syntax, texts: int) -> str:
    """A property's value: its content, its address, its machine form, or its text."""
    tag = node.tag or ""
    if attributes.get("content") is not None and (tag == "meta" or syntax is RDFA or "content" in attributes):
        return attributes["content"] or ""
    if tag in _URLS:
        return attributes.get(_URLS[tag]) or ""
    if tag == "time" and attributes.get("datetime"):
        return attributes["datetime"] or ""
    if tag in ("data", "meter") and attributes.get("value"):
        return attributes["value"] or ""
    return " ".join(node.text(deep=True).split()) if texts < _OPEN_TEXTS else ""
