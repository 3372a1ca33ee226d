"""Sources a reader can look up: DOI, PubMed number, citation, link to an authority, reference list, numbered notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from auditor.model import SEEN, Assertion, Block, BlockKind, Role, Signal
from auditor.signals.lists import host_in, host_of
from auditor.signals.prose import BODY_ROLES, sentence_span
from auditor.signals.reading import Reading, kept
from auditor.signals.spans import Spans, link_spans

# These begin with a character rather than with \b, which comes after it as a look back: so they are found much faster.
_DOI = re.compile(r"10\.(?<!\w10\.)\d{4,9}/[^\s\"<>)\]]+")
_PMID = re.compile(r"PM(?<!\wPM)(?:ID|CID)?\s?:?\s?\d{5,9}\b")
# year;volume(issue):pages, or volume(issue):pages (year)
_CITED_PAGES = re.compile(
    r"\d(?<!\w\d)(?:(?:(?<=1)9|(?<=2)0)\d{2}[a-z]?\s?[;,.]\s?(?:vol\.?\s?)?\d{1,4}\s?(?:\(\d{1,4}(?:[-–]\d{1,4})?\))?\s?[:,]\s?(?:pp?\.?\s?)?[a-zA-Z]?\d+(?:[-–]\d+)?"
    r"|\d{0,3}\s?\(\d{1,4}\)\s?[:,]\s?\d+[-–]\d+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?://)?((?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,10})(?:/[^\s\])]*)?", re.IGNORECASE)
_DOT = re.compile(r"\.[a-z0-9-]", re.IGNORECASE)  # what every address holds
_BEFORE_DOT = 48  # characters of an address before its first dot: a scheme and a label
_WHITE = re.compile(r"\s")
_MARK = re.compile(
    r"(?:\[(\d{1,3})(?:\s?[,–-]\s?\d{1,3}){0,6}\]|[¹²³⁴-⁹]+|\((?:refs?\.?|references?|sources?|note)\s?\d{1,3}\))",
    re.IGNORECASE,
)
_NUMBERED_LINE = re.compile(r"\A(?:\[?\d{1,3}[\].)]\s|[¹²³⁴-⁹]\s?)")
_LINK_MARK = re.compile(r"\[link:")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_LABEL_WORDS = 5  # a line that opens a list without being marked as a heading is no longer
_FEWEST_WORDS = 2
_LIST_ROLES = BODY_ROLES | {Role.FOOTER}
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
    entries: dict[int, Block] = {}
    looked_at = 0
    for cue in reading.signals("reference-cue", "heading"):
        opener = reading.page.blocks[cue.block]
        if _opens_list(reading, opener, cue):
            if _holds_entry(reading, opener):
                entries[opener.index] = opener
            for block in _following(reading, opener, looked_at):
                looked_at = block.index + 1
                if _is_entry(reading, block):
                    entries[block.index] = block
    for entry in entries.values():
        yield _reference(reading, "list", entry.start, entry.start + len(reading.block_text(entry)))


def _opens_list(reading: Reading, block: Block, cue: Signal) -> bool:
    if block.role not in _LIST_ROLES or not cue.seen:
        return False
    if block.kind is BlockKind.HEADING:
        return True
    before = cue.start - block.start
    return before < _LABEL_WORDS and before + len(_label(reading, block).split()) <= _LABEL_WORDS


def _label(reading: Reading, block: Block) -> str:
    return reading.block_text(block).partition(":")[0]


def _holds_entry(reading: Reading, opener: Block) -> bool:
    """Whether what opens a list goes on with its first entry: "Sources: ..."."""
    return len(reading.block_text(opener).partition(":")[2].split()) >= _FEWEST_WORDS


def _following(reading: Reading, opener: Block, looked_at: int) -> Iterator[Block]:
    """The blocks after `opener` that can be entries: up to the next heading, without those of the list before it."""
    last = opener.index + _LONGEST_LIST
    for block in reading.page.blocks[max(opener.index + 1, looked_at) : last]:
        if block.kind is BlockKind.HEADING:
            return
        yield block


def _is_entry(reading: Reading, block: Block) -> bool:
    """Whether a line is an entry of a reference list: an item of a list, or a line with a year, number or address."""
    text = reading.block_text(block).strip()
    if len(text.split()) < _FEWEST_WORDS:
        return False
    marked = block.kind is BlockKind.ITEM or "[link:" in text or link_spans(reading).touch(block.start, block.end)
    return marked or any(pattern.search(text) for pattern in (_YEAR, _NUMBERED_LINE, _ADDRESS))


def _links(reading: Reading) -> Iterator[Signal]:
    """Links of the body to an authority or a journal."""
    for link in reading.page.links:
        if link.role in BODY_ROLES and host_in(host_of(link.url), "authority_hosts", "authority_suffixes"):
            yield _reference(reading, "link", link.start, max(link.end, link.start))


def _addresses(reading: Reading) -> Iterator[Signal]:
    """Addresses of authorities written out in the text."""
    for found in _written_addresses(reading.text):
        block = reading.block_at(found.start())
        if block.visibility in SEEN and host_in(
            found.group(1).lower().removeprefix("www."), "authority_hosts", "authority_suffixes"
        ):
            yield _reference(reading, "link", found.start(), found.end())


def _written_addresses(text: str) -> Iterator[re.Match[str]]:
    """Every match of an address: looked for only in words with a dot inside, since it holds no white space."""
    done = 0
    for dot in _DOT.finditer(text):
        if dot.start() >= done:
            end = _end_of_word(text, dot.end())
            yield from _ADDRESS.finditer(text, max(done, dot.start() - _BEFORE_DOT), end)
            done = end


def _end_of_word(text: str, start: int) -> int:
    found = _WHITE.search(text, start)
    return found.start() if found else len(text)


def _guidelines(reading: Reading) -> Iterator[Signal]:
    for cue in reading.signals("reference-cue", "guideline"):
        if reading.block_at(cue.start).role in BODY_ROLES:
            yield _reference(reading, "guideline", cue.start, cue.end)


class Sources:
    """Answers, for a statement, whether a source stands with it. A question takes no longer where there are many."""

    def __init__(self, reading: Reading) -> None:
        """Index the references and links of `reading`."""
        self._reading = reading
        found = reading.signals("reference")
        self._beside = sorted(
            signal.start for signal in found if signal.value in {"doi", "pmid", "citation", "link", "numbered"}
        )
        self._marked = [mark.start() for mark in _LINK_MARK.finditer(reading.text)]
        own = host_of(reading.page.url)
        self._links = Spans(
            (link.start, link.end)
            for link in reading.page.links
            if link.role in BODY_ROLES and host_of(link.url) not in {"", own}
        )
        self._entries: dict[str, list[str]] = defaultdict(list)
        for signal in found:
            if signal.value in {"list", "citation"}:
                self._add_entry(reading.folded[signal.start : signal.end])
        self._listed: dict[tuple[str, str], bool] = {}

    def _add_entry(self, entry: str) -> None:
        for word in set(entry.split(" ")):
            self._entries[word].append(f" {entry} ")

    def beside(self, start: int, end: int) -> bool:
        """Whether a reference, a numbered mark or a link out stands in the sentence of [start, end)."""
        low, high = sentence_span(self._reading, start, end)
        after = high + 6  # a mark after the full stop
        return (
            _any_in(self._beside, low, after) or self._links.touch(low, after) or _any_in(self._marked, low, high + 1)
        )

    def listed(self, name: str, year: str = "") -> bool:
        """Whether the reference list has an entry with this surname (and year)."""
        words = name.lower()
        key = words, year
        if key not in self._listed:
            entries = self._entries.get(words.rpartition(" ")[2], ())
            self._listed[key] = any(f" {words} " in entry and year in entry for entry in entries)
        return self._listed[key]


@kept
def sources(reading: Reading) -> Sources:
    """The sources of the page, to be asked once its references are found."""
    return Sources(reading)


def _any_in(starts: list[int], low: int, high: int) -> bool:
    return bisect_right(starts, high - 1) > bisect_right(starts, low - 1)
