"""Claims that ask for trust ("certified pharmacy", "100% genuine"), told apart from advice on whom to trust."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Block, BlockKind, Signal, Visibility
from auditor.signals.prose import signals_within, word_count
from auditor.signals.reading import Reading

_BADGE_LENGTH = 120  # characters
_BADGE_WORDS = 8  # a short line of its own is said of the page's own publisher
_OWN_WORDS = frozenset({"we", "our", "ours", "us", "i", "my"})
_SAID_BY_PAGE = frozenset({Assertion.AFFIRMED, Assertion.ASKED})


def detect(reading: Reading) -> Iterator[Signal]:
    """`trust-claim` signals: what the page claims of itself."""
    for cue in reading.signals("trust-cue"):
        block = reading.page.blocks[cue.block]
        if block.visibility is Visibility.META or reading.is_visitors(cue.start):
            continue
        if _speaks_of_itself(reading, block, cue):
            yield from _own(reading, cue)


def _own(reading: Reading, cue: Signal) -> Iterator[Signal]:
    claim = reading.signal("trust-claim", cue.value, cue.start, cue.end, match=cue.match)
    if claim.assertion in _SAID_BY_PAGE:
        yield claim


def _speaks_of_itself(reading: Reading, block: Block, cue: Signal) -> bool:
    """Whether the words are about the publisher: a badge, or a sentence in the first person or naming the site."""
    start, end = reading.sentence_at(cue.start)
    advising = signals_within(reading.signals("third-party-cue"), start, end)
    if any(not _overlaps(advice, cue) for advice in advising):
        return False
    if block.kind in {BlockKind.IMAGE, BlockKind.BUTTON} or _is_badge(reading, block):
        return True
    words = set(reading.folded[start:end].split())
    return bool(words & _OWN_WORDS) or _names_site(reading, words)


def _is_badge(reading: Reading, block: Block) -> bool:
    return block.end - block.start <= _BADGE_LENGTH and word_count(reading.block_text(block)) <= _BADGE_WORDS


def _overlaps(first: Signal, second: Signal) -> bool:
    return first.start < second.end and second.start < first.end


def _names_site(reading: Reading, words: set[str]) -> bool:
    host = reading.page.url.split("//")[-1].split("/")[0].removeprefix("www.").split(".")[0].lower()
    return len(host) > 3 and host in words
