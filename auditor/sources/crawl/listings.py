"""The addresses that sitemaps and feeds list. The XML is hostile: no entities, no external documents, limits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from auditor.sources.inflate import PIECE, BrokenBodyError, inflate

LONGEST = 50_000_000  # bytes of one sitemap, as sitemaps.org has it
MOST = 50_000  # addresses of one sitemap, as sitemaps.org has it
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a sitemap or feed lists. `problem`: why not all of it could be read, "" for none."""

    pages: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    problem: str = ""


def read_listing(content: bytes, url: str) -> Listed:
    """The addresses in a sitemap (XML, text, either gzipped), an index of sitemaps, an RSS or an Atom feed.

    What was read before a fault is kept.
    """
    problem = ""
    if content.startswith(_GZIP):
        content, problem = _unpacked(content)
    if content.lstrip()[:1] != b"<":
        lines = content.decode("utf-8", "replace").split()
        return Listed(tuple(line for line in lines[:MOST] if line.startswith("http")), problem=problem)
    pages: dict[str, None] = {}
    listings: dict[str, None] = {}
    try:
        for address, is_listing in _entries(content):
            (listings if is_listing else pages)[urljoin(url, address)] = None
            if len(pages) + len(listings) >= MOST:
                problem = f"more than {MOST:,} addresses; the rest was not read"
                break
    except (ParseError, DefusedXmlException, ValueError) as error:
        problem = problem or f"not well-formed XML ({type(error).__name__})"
    return Listed(tuple(pages), tuple(listings), problem)


def _entries(content: bytes) -> Iterator[tuple[str, bool]]:
    """Each address and whether it is another listing's: `<loc>` of sitemaps, `<link>` of feed entries."""
    inside: list[str] = []
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            inside.append(name)
            continue
        inside.pop()
        parent = inside[-1] if inside else ""
        address = (element.get("href") or element.text or "").strip()
        if name == "loc" and parent in ("url", "sitemap"):
            yield address, parent == "sitemap"
        elif name == "link" and parent in ("item", "entry") and element.get("rel", "alternate") == "alternate":
            yield address, False
        elif name in ("url", "sitemap", "item", "entry"):
            element.clear()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _unpacked(content: bytes) -> tuple[bytes, str]:
    """The content of a gzip file, up to the limit, and why it is not whole."""
    unpacked = bytearray()
    chunks = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    try:
        for piece in inflate(chunks, ["gzip"]):
            unpacked += piece
            if len(unpacked) > LONGEST:
                return bytes(unpacked[:LONGEST]), f"longer than {LONGEST:,} bytes"
    except BrokenBodyError as error:
        return bytes(unpacked), str(error)
    return bytes(unpacked), ""
