"""The addresses a page names, read fast: the page is read in full only when it is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.model import Capture
from auditor.page.decode import decode
from auditor.page.urls import Resolver, joined

_SELECTOR = "a[href], area[href], link[href], iframe[src], frame[src], meta[http-equiv]"
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_PAGE_RELATIONS = frozenset({"canonical", "next", "prev", "amphtml"})
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_MOST = 5_000  # addresses taken from one page


@dataclass(frozen=True, slots=True)
class Named:
    """What a page names, in its order.

    Attributes:
        pages: addresses of pages: links, frames, canonical and alternate addresses, automatic forwards.
        feeds: addresses of feeds.
        words: the different words it says, numbers folded, each as a number.
    """

    pages: tuple[str, ...]
    feeds: tuple[str, ...]
    words: frozenset[int]


def read_links(capture: Capture) -> Named:
    """The addresses in the HTML of `capture`, made absolute."""
    source, _ = decode(capture.body, capture.encoding_hint, capture.kind)
    tree = LexborHTMLParser(source)
    base = tree.css_first("base[href]")
    resolver = Resolver(joined(capture.url, (base.attributes.get("href") or "").strip()) if base else capture.url)
    pages: dict[str, None] = {}
    feeds: dict[str, None] = {}
    for node in tree.css(_SELECTOR):
        for href, is_feed in _addresses(node):
            if len(pages) < _MOST:
                (feeds if is_feed else pages)[resolver.absolute(href.strip())] = None
    return Named(tuple(pages), tuple(feeds), _words(tree))


def _addresses(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """What one element names, and whether it is a feed."""
    attributes = node.attributes
    if node.tag == "link":
        relations = set((attributes.get("rel") or "").lower().split())
        is_feed = "alternate" in relations and (attributes.get("type") or "").lower() in _FEED_TYPES
        if is_feed or relations & _PAGE_RELATIONS or ("alternate" in relations and attributes.get("hreflang")):
            yield attributes.get("href") or "", is_feed
    elif node.tag == "meta":
        forward = _REFRESH.match(attributes.get("content") or "")
        if (attributes.get("http-equiv") or "").lower() == "refresh" and forward:
            yield forward[1], False
    elif node.tag in ("iframe", "frame"):
        yield attributes.get("src") or "", False
    else:
        yield attributes.get("href") or "", False


def _words(tree: LexborHTMLParser) -> frozenset[int]:
    tree.strip_tags(["script", "style", "template"])  # the tree is read no further
    text = tree.body.text(separator=" ") if tree.body else ""
    return frozenset(
        crc32(word.encode("utf-8", "replace")) for word in set(_WORD.findall(_DIGITS.sub("0", text.lower())))
    )
