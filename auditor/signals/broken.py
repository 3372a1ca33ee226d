"""Text that stops: sentences cut off, lists that are announced and do not come, headings with nothing under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Block, BlockKind, Role, Signal
from auditor.signals.lists import names
from auditor.signals.prose import any_within, telling_blocks, telling_sentences, trimmed, word_count
from auditor.signals.reading import Reading
from auditor.signals.spans import link_spans

_LAST_WORDS = re.compile(r"(?:(\w+)\s)?(\w+)\Z")
_TAIL = 60  # characters in which the last two words stand, if they are words that cannot end a sentence
_ENUMERATES = re.compile(
    r"\b(?:includ(?:es?|ing)|such as|like|are|namely|e\.g\.|for example)\s[^.\n]{2,120},\s(?:and|or)\Z", re.IGNORECASE
)
_LIST_STYLE = re.compile(r"[,;]?\s(?:and|or)\Z", re.IGNORECASE)
# ", but  When it comes to": a clause that begins, and then another sentence.
_BROKEN_OFF = re.compile(
    r",\s(?:but|and|or|because|so|while)(?=\s+(?:When|The|It|This|These|Those|There|They|However|Also|If|We|You|After|For|Some|Many|Most|Such|Although|Let|Here)\s[a-z])"
)
_STOPS = frozenset(".?!:;,)")  # the quick answer for most blocks: no word stands at the end
_CLINICAL_PARTS = (
    "side-effects",
    "dosing",
    "overdose",
    "warnings",
    "contraindications",
    "interactions",
    "references",
    "pregnancy",
    "symptoms",
    "treatment",
)
_FEWEST_WORDS = 5


def detect(reading: Reading) -> Iterator[Signal]:
    """`defect` signals: cut-off, undelivered-promise and empty-section."""
    for block in telling_blocks(reading):
        if block.kind is not BlockKind.CELL and _is_dangling(reading, block) and _is_cut_off(reading, block):
            yield _last_sentence(reading, block)
    breaks = (found.start() for found in _BROKEN_OFF.finditer(reading.text))
    for start, end in telling_sentences(reading, breaks):
        if _is_sentence_case(reading.text[start:end]):
            yield from _broken_off(reading, start, end)
    yield from _promises(reading)
    yield from _empty_sections(reading)


def _is_cut_off(reading: Reading, block: Block) -> bool:
    text = reading.block_text(block).rstrip()
    if "[" in text or word_count(text) < _FEWEST_WORDS:
        return False
    following = _next(reading, block)
    if following is None or block.kind is not BlockKind.ITEM:
        return following is None or not _continues(reading, text, following)
    if following.kind is BlockKind.ITEM and _LIST_STYLE.search(text):
        return _ENUMERATES.search(text) is not None
    return not _continues(reading, text, following)


def _is_dangling(reading: Reading, block: Block) -> bool:
    """Whether a block ends in a word that cannot end a sentence."""
    tail = reading.text[max(block.start, block.end - _TAIL) : block.end].rstrip()
    if tail[-1:] in _STOPS:
        return False
    last = _LAST_WORDS.search(tail.lower())
    return last is not None and (last.group(2) in names("dangling_words") or last.group() in names("dangling_words"))


def _next(reading: Reading, block: Block) -> Block | None:
    blocks = reading.page.blocks
    return blocks[block.index + 1] if block.index + 1 < len(blocks) else None


def _continues(reading: Reading, text: str, following: Block) -> bool:
    """Whether the next block goes on with the sentence: a list it leads into, or a line that was only wrapped."""
    words = reading.block_text(following).lstrip(" \"'“‘(•-")
    if following.kind in {
        BlockKind.ITEM,
        BlockKind.CELL,
        BlockKind.CODE,
        BlockKind.IMAGE,
        BlockKind.FIELD,
        BlockKind.BUTTON,
        BlockKind.OPTION,
    }:
        return True
    return (
        words[:1].islower()
        or words[:1].isdigit()
        or (following.kind is BlockKind.PARAGRAPH and len(words.split()) <= 6)
    )


def _last_sentence(reading: Reading, block: Block) -> Signal:
    start, end = trimmed(reading.text, *reading.sentences(block)[-1])
    return _defect(reading, "cut-off", start, end)


def _is_sentence_case(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha()]
    return len(words) >= _FEWEST_WORDS and sum(word[0].isupper() for word in words) * 2 < len(words)


def _broken_off(reading: Reading, start: int, end: int) -> Iterator[Signal]:
    for found in _BROKEN_OFF.finditer(reading.text, start, end):
        promise = any_within(reading.signals("promise"), start, found.end())
        yield _defect(reading, "undelivered-promise" if promise else "cut-off", start, found.end())


def _promises(reading: Reading) -> Iterator[Signal]:
    """Announcements of a list that end their block, with a heading or nothing where the list should be."""
    for cue in reading.signals("promise"):
        block = reading.block_at(cue.start)
        text = reading.block_text(block).rstrip()
        if not cue.seen or block.kind is BlockKind.HEADING or not text.endswith(":"):
            continue
        following = _next(reading, block)
        if following is None or (
            following.kind is BlockKind.HEADING and following.level <= max(_ruling_level(reading, block), 1)
        ):
            yield _defect(reading, "undelivered-promise", *trimmed(reading.text, *reading.sentences(block)[-1]))


def _ruling_level(reading: Reading, block: Block) -> int:
    heading = reading.heading_of(block)
    return heading.level if heading else 0


def _empty_sections(reading: Reading) -> Iterator[Signal]:
    for heading in reading.signals("heading"):
        block = reading.page.blocks[heading.block]
        if heading.value in _CLINICAL_PARTS and block.role is Role.MAIN and _is_empty(reading, block):
            yield _defect(reading, "empty-section", heading.start, heading.end)


def _is_empty(reading: Reading, block: Block) -> bool:
    following = _next(reading, block)
    if following is None or link_spans(reading).touch(block.start, block.end):
        return False
    return following.kind is BlockKind.HEADING and following.role is Role.MAIN and following.level <= block.level


def _defect(reading: Reading, value: str, start: int, end: int) -> Signal:
    clinical = any_within(reading.signals("health-term"), start, end)
    return reading.signal(
        "defect",
        value,
        start,
        end,
        assertion=Assertion.AFFIRMED,
        attributes={"clinical": ("yes" if clinical else "no",)},
    )
