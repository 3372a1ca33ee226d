"""Wording hits to signals: the longest of a kind wins, excluded contexts are dropped, the voice is resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter

from auditor.model import Signal
from auditor.signals.reading import Reading
from auditor.vocabulary.matcher import Hit
from auditor.vocabulary.wordings import Context, Phrase

_START = itemgetter(1)
UNVOICED = "cue"  # cues decide voices and are no signals themselves


def wording_signals(reading: Reading) -> Iterator[Signal]:
    """One signal for every wording that stands, in text order within its kind."""
    by_kind: dict[str, list[Hit]] = defaultdict(list)
    for hit in reading.hits:
        if isinstance(hit.target, Phrase):
            by_kind[hit.target.entry.signal].append(hit)
    by_kind.pop(UNVOICED, None)
    for kind, hits in by_kind.items():
        for hit in longest(hits, _is_waiver):
            entry = hit.target.entry  # type: ignore[attr-defined]  # only phrases are filed by kind
            if entry.contexts and any(excluded(reading, hit.start, hit.end, context) for context in entry.contexts):
                continue
            if entry.voice == "any":
                yield reading.unvoiced(hit, entry)
            else:
                yield reading.signal(
                    kind, entry.value, hit.start, hit.end, match=hit.match, attributes=entry.attributes
                )


def longest(hits: list[Hit], opens: Callable[[Hit], bool] = lambda _: False) -> list[Hit]:
    """Of overlapping hits the longest, of equal ones the first; in text order.

    `opens`: hits that prevail over those which begin inside them, however long these are.
    """
    kept: list[Hit] = []
    start = end = -1
    for hit in sorted(hits, key=_START):
        if hit[1] >= end:
            kept.append(hit)
        elif hit[2] - hit[1] > end - start and not (hit[1] > start and opens(kept[-1])):
            kept[-1] = hit
        else:
            continue
        start, end = hit[1], hit[2]
    return kept


def _is_waiver(hit: Hit) -> bool:
    """Whether a wording waives the prescription: "sans ordonnance" does in "sans ordonnance en ligne"."""
    return isinstance(hit.target, Phrase) and hit.target.entry.value == "waived"


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
