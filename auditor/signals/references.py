"""Sources a reader can look up: DOI, PubMed number, citation, link to an authority, reference list, numbered notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.model import SEEN, Assertion, Block, BlockKind, Link, Role, Signal
from auditor.signals.lists import host_in, host_of
from auditor.signals.prose import BODY_ROLES, sentence_span
from auditor.signals.reading import Reading

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>)\]]+")
_PMID = re.compile(r"\bPM(?:ID|CID)?\s?:?\s?\d{5,9}\b")
# year;volume(issue):pages, or volume(issue):pages (year)
_CITED_PAGES = re.compile(
    r"\b(?:19|20)\d{2}[a-z]?\s?[;,.]\s?(?:vol\.?\s?)?\d{1,4}\s?(?:\(\d{1,4}(?:[-–]\d{1,4})?\))?\s?[:,]\s?(?:pp?\.?\s?)?[a-zA-Z]?\d+(?:[-–]\d+)?"
    r"|\b\d{1,4}\s?\(\d{1,4}\)\s?[:,]\s?\d+[-–]\d+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?://)?((?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,10})(?:/[^\s\])]*)?", re.IGNORECASE)
_MARK = re.compile(
    r"(?:\[(\d{1,3})(?:\s?[,–-]\s?\d{1,3}){0,6}\]|[¹²³⁴-⁹]+|\((?:refs?\.?|references?|sources?|note)\s?\d{1,3}\))",
    re.IGNORECASE,
)
_NUMBERED_LINE = re.compile(r"\A(?:\[?\d{1,3}[\].)]\s|[¹²³⁴-⁹]\s?)")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_LABEL_WORDS = 5  # a line that opens a list without being marked as a heading is no longer
_FEWEST_WORDS = 2
_LONGEST_LIST = 200  # lines of a reference list that are looked at


def detect(reading: Reading) -> Iterator[Signal]:
    """Every `reference` signal of the page."""
    entries = list(_list_entries(reading))
    yield from entries
    yield from _spans(reading, "doi", _DOI)
    yield from _spans(reading, "pmid", _PMID)
    yield from _spans(reading, "citation", _CITED_PAGES)
    yield from _links(reading)
    yield from _addresses(reading)
    yield from _guidelines(reading)
    if entries:
        yield from _spans(reading, "numbered", _MARK)


def _spans(reading: Reading, value: str, pattern: re.Pattern[str]) -> Iterator[Signal]:
    for found in pattern.finditer(reading.text):
        block = reading.block_at(found.start())
        if block.visibility in SEEN and "\n" not in found.group():
            yield _reference(reading, value, found.start(), found.end())


def _reference(reading: Reading, value: str, start: int, end: int) -> Signal:
    return reading.signal("reference", value, start, end, assertion=Assertion.AFFIRMED)


def _list_entries(reading: Reading) -> Iterator[Signal]:
    """The lines under a heading such as "References", one `list` signal each."""
    for cue in reading.signals("reference-cue", "heading"):
        block = reading.page.blocks[cue.block]
        if _opens_list(reading, block, cue):
            for entry in _following(reading, block):
                yield _reference(reading, "list", entry.start, entry.start + len(reading.block_text(entry)))


def _opens_list(reading: Reading, block: Block, cue: Signal) -> bool:
    if block.role not in BODY_ROLES | {Role.FOOTER} or not cue.seen:
        return False
    line = reading.block_text(block).split(":", 1)[0]
    return block.kind is BlockKind.HEADING or cue.start - block.start + len(line.split()) <= _LABEL_WORDS


def _following(reading: Reading, opener: Block) -> Iterator[Block]:
    """The blocks after `opener` that can be entries: up to the next heading."""
    blocks = reading.page.blocks
    rest = reading.block_text(opener)
    if ":" in rest and len(rest.split(":", 1)[1].split()) >= 2:
        yield opener
    for block in blocks[opener.index + 1 : opener.index + _LONGEST_LIST]:
        if block.kind is BlockKind.HEADING:
            return
        text = reading.block_text(block).strip()
        if _is_entry(reading, block, text):
            yield block


def _is_entry(reading: Reading, block: Block, text: str) -> bool:
    """Whether a line is an entry of a reference list: an item of a list, or a line with a year, number or address."""
    if len(text.split()) < _FEWEST_WORDS:
        return False
    linked = any(link.start < block.end and block.start < link.end for link in reading.page.links)
    marked = linked or "[link:" in text or block.kind is BlockKind.ITEM
    return marked or any(pattern.search(text) for pattern in (_YEAR, _NUMBERED_LINE, _ADDRESS))


def _links(reading: Reading) -> Iterator[Signal]:
    """Links of the body to an authority or a journal."""
    for link in reading.page.links:
        if link.role in BODY_ROLES and host_in(host_of(link.url), "authority_hosts", "authority_suffixes"):
            yield _reference(reading, "link", link.start, max(link.end, link.start))


def _addresses(reading: Reading) -> Iterator[Signal]:
    """Addresses of authorities written out in the text."""
    for found in _ADDRESS.finditer(reading.text):
        block = reading.block_at(found.start())
        if block.visibility in SEEN and host_in(
            found.group(1).lower().removeprefix("www."), "authority_hosts", "authority_suffixes"
        ):
            yield _reference(reading, "link", found.start(), found.end())


def _guidelines(reading: Reading) -> Iterator[Signal]:
    for cue in reading.signals("reference-cue", "guideline"):
        if reading.block_at(cue.start).role in BODY_ROLES:
            yield _reference(reading, "guideline", cue.start, cue.end)


class Sources:
    """Answers, for a statement, whether a source stands with it."""

    def __init__(self, reading: Reading) -> None:
        """Index the references and links of `reading`."""
        self._reading = reading
        found = reading.signals("reference")
        self._strong = sorted(signal.start for signal in found if signal.value in {"doi", "pmid", "citation", "link"})
        self._marks = sorted(signal.start for signal in found if signal.value == "numbered")
        self._links = sorted((link.start, link.end) for link in reading.page.links if _leads_out(reading, link))
        self._entries = [
            reading.folded[signal.start : signal.end] for signal in found if signal.value in {"list", "citation"}
        ]

    def beside(self, start: int, end: int) -> bool:
        """Whether a reference, a numbered mark or a link out stands in the sentence of [start, end)."""
        low, high = sentence_span(self._reading, start, end)
        high += 6  # a mark after the full stop
        return any(_any_in(starts, low, high) for starts in (self._strong, self._marks)) or self._linked(low, high)

    def _linked(self, low: int, high: int) -> bool:
        return any(start < high and low < end for start, end in self._links) or "[link:" in self._reading.text[low:high]

    def listed(self, name: str, year: str = "") -> bool:
        """Whether the reference list has an entry with this surname (and year)."""
        return any(f" {name.lower()} " in f" {entry} " and year in entry for entry in self._entries)


def _leads_out(reading: Reading, link: Link) -> bool:
    host = host_of(link.url)
    return bool(host) and host != host_of(reading.page.url) and link.role in BODY_ROLES


def _any_in(starts: list[int], low: int, high: int) -> bool:
    return bisect_right(starts, high - 1) > bisect_right(starts, low - 1)
