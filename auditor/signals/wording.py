"""Wording hits to signals: the longest of a kind wins, excluded contexts are dropped, the voice is resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from auditor.model import Signal
from auditor.signals.reading import Reading
from auditor.vocabulary.matcher import Hit
from auditor.vocabulary.wordings import Context, Phrase

_START = itemgetter(1)
# Where a denial opens the wording: "sans ordonnance en ligne" is "sans ordonnance", though the rest is longer.
_FIRST_COUNTS = frozenset({"prescription-wording"})
UNVOICED = "cue"  # cues decide voices and are no signals themselves


def wording_signals(reading: Reading) -> Iterator[Signal]:
    """One signal for every wording that stands, in text order within its kind."""
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in reading.hits:
        if isinstance(hit.target, Phrase):
            by_kind[hit.target.entry.signal].append(hit)
    by_kind.pop(UNVOICED, None)
    for kind, hits in by_kind.items():
        for hit in first(hits) if kind in _FIRST_COUNTS else longest(hits):
            entry = hit.target.entry  # type: ignore[attr-defined]  # only phrases are filed by kind
            if entry.contexts and any(excluded(reading, hit.start, hit.end, context) for context in entry.contexts):
                continue
            if entry.voice == "any":
                yield reading.unvoiced(hit, entry)
            else:
                yield reading.signal(
                    kind, entry.value, hit.start, hit.end, match=hit.match, attributes=entry.attributes
                )


def longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, of equal ones the first; in text order."""
    kept: list[Hit] = []
    start = end = -1
    for hit in sorted(hits, key=_START):
        if hit[1] >= end:
            kept.append(hit)
        elif hit[2] - hit[1] > end - start:
            kept[-1] = hit
        else:
            continue
        start, end = hit[1], hit[2]
    return kept


def first(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the one that begins first, of those the longest; in text order."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_first_and_longest):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _first_and_longest(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def excluded(reading: Reading, start: int, end: int, context: Context) -> bool:
    """Whether the words at [start, end) stand in a context in which they do not count."""
    low, high = _scope(reading, start, context.within)
    around = f" {reading.folded[low:high]} ".replace("\n", " ")
    return any(f" {phrase} " in around for phrase in context.phrases)


def _scope(reading: Reading, start: int, within: str) -> tuple[int, int]:
    if within == "page":
        return 0, len(reading.text)
    if within == "sentence":
        return reading.sentence_at(start)
    block = reading.block_at(start)
    if within == "block":
        return block.start, block.end
    blocks = reading.section_blocks(block)
    return blocks[0].start, blocks[-1].end
