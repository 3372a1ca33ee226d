"""The voice of a statement: does the page say it, deny it, warn against it, ask it, report it or make it conditional?

Cues are data (`cue` entries of the vocabulary) with a direction; their reach ends at the clause. A heading or the
line that leads into a list can rule what follows it. One denial never excuses a second statement: each span is judged
by the cues of its own clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from auditor.model import Assertion, Block, BlockKind, Cue
from auditor.vocabulary.wordings import Phrase

if TYPE_CHECKING:
    from auditor.signals.reading import Reading

# Which effect wins where several cues reach one span.
_RANK = (Assertion.WARNED, Assertion.DENIED, Assertion.REPORTED, Assertion.CONDITIONAL, Assertion.ASKED)
_LONGEST_REACH = 160  # characters; a flattened page has "sentences" of thousands
_INHERITED = frozenset({Assertion.WARNED, Assertion.DENIED, Assertion.REPORTED})
# Not a single quote mark: it is an apostrophe more often.
_QUOTATION = re.compile(r"[\"“„][^\"“”„\n]{2,600}[\"”“]|«[^«»\n]{2,600}»|`[^`\n]{2,600}`")
_SENTENCE_HEAD = re.compile(r".*[.!?]\s", re.DOTALL)  # up to the sentence in which the quotation begins
_SENTENCE_TAIL = re.compile(r"[.!?\n](\s.*|$)", re.DOTALL)
_FRAME_WORDS = 2  # so many words around it in its sentence make it a quotation and not a line of its own
_CLAUSE_MARKS = (";", " — ", " – ", ": ", " | ")


class CueHit(NamedTuple):
    """A cue in the text."""

    start: int
    end: int
    effect: str  # an Assertion value; "stop" ends the reach of others; "own" is the page of itself; "none" is no cue
    direction: str  # forward, backward, both or sentence
    rules: bool  # in a heading or a lead-in, rules what follows
    entry: object


def find_cues(reading: Reading) -> list[CueHit]:
    """All cues of the page in text order, the longest where they overlap."""
    found = []
    for hit in reading.hits:
        if isinstance(hit.target, Phrase) and hit.target.entry.signal == "cue":
            entry = hit.target.entry
            direction = entry.attributes.get("direction", ("forward",))[0]
            rules = "yes" in entry.attributes.get("rules", ())
            found.append(CueHit(hit.start, hit.end, entry.value, direction, rules, entry))
    found.sort(key=lambda cue: (cue.start, -cue.end))
    longest: list[CueHit] = []
    for cue in found:
        if not longest or cue.start >= longest[-1].end:
            longest.append(cue)
    return longest


def assert_span(reading: Reading, start: int, end: int) -> tuple[Assertion, tuple[Cue, ...]]:
    """The voice in which the words at [start, end) are said, and the cues that decided it."""
    sentence = reading.sentence_at(start)
    own = _decide(reading, _reaching(reading, sentence, start, end)) or _quoted(reading, start, end)
    if own:
        return own
    if _is_question(reading.text, sentence, end):
        return Assertion.ASKED, ()
    if reading.states_own_business(start):  # no heading above takes the words out of the page's mouth
        return Assertion.AFFIRMED, ()
    return _inherited(reading, reading.block_at(start)) or (Assertion.AFFIRMED, ())


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Spans of words in quotation marks, marks included, in text order."""
    return [found.span() for found in _QUOTATION.finditer(text)]


def _quoted(reading: Reading, start: int, end: int) -> tuple[Assertion, tuple[Cue, ...]] | None:
    """Words that a sentence of the page quotes, or that stand as code, are not the page's own."""
    block = reading.block_at(start)
    if block.kind is BlockKind.CODE:
        return Assertion.REPORTED, ()
    quotations = reading.quotations
    at = bisect_left(quotations, (start, len(reading.text))) - 1
    if at < 0 or quotations[at][1] < end:
        return None
    low, high = quotations[at]
    before = reading.text[max(block.start, low - 200) : low]
    after = reading.text[high : min(block.end, high + 200)]
    frame = len(_SENTENCE_HEAD.sub("", before).split()) + len(_SENTENCE_TAIL.sub("", after).split())
    if frame < _FRAME_WORDS and not _is_example(reading, block):
        return None
    return Assertion.REPORTED, (Cue(reading.text[low : low + 1], low, low + 1, Assertion.REPORTED),)


def _is_example(reading: Reading, block: Block) -> bool:
    """Whether a quotation that is a line of its own is one of several, or announced by the line before it."""
    blocks = reading.page.blocks
    if block.kind is BlockKind.ITEM:
        return True
    return block.index > 0 and reading.block_text(blocks[block.index - 1]).rstrip().endswith(":")


def _decide(reading: Reading, cues: list[CueHit]) -> tuple[Assertion, tuple[Cue, ...]] | None:
    for effect in _RANK:
        deciding = [cue for cue in cues if cue.effect == effect]
        if deciding:
            return effect, tuple(Cue(reading.text[cue.start : cue.end], cue.start, cue.end, effect) for cue in deciding)
    return None


def _reaching(reading: Reading, sentence: tuple[int, int], start: int, end: int) -> list[CueHit]:
    cues = cues_between(reading, *sentence)
    if reading.starts_with_itself(start, end):  # "never had one, we will still send": a clause of its own
        cues = [cue for cue in cues if cue.end > start]
    return [cue for cue in cues if not _is_part(cue, start, end) and _reaches(reading, cues, cue, start, end)]


def _is_part(cue: CueHit, start: int, end: int) -> bool:
    """Whether a cue is part of the statement at [start, end), which says already what it says with it."""
    return start <= cue.start < end or cue.start < start < cue.end < end


def _reaches(reading: Reading, cues: list[CueHit], cue: CueHit, start: int, end: int) -> bool:
    if cue.effect in {"stop", "own", "none"}:
        return False
    if cue.direction == "sentence":
        return abs(start - cue.start) < _LONGEST_REACH * 2
    gap = (cue.end, start) if cue.end <= start else (end, cue.start)
    if cue.direction != "both" and (cue.direction == "forward") != (cue.end <= start):
        return False
    if gap[1] - gap[0] > _LONGEST_REACH:
        return False
    between = reading.text[gap[0] : gap[1]]
    if any(mark in between for mark in _CLAUSE_MARKS):
        return False
    return not any(other.effect in {"stop", "own"} and gap[0] <= other.start < gap[1] for other in cues)


def cues_between(reading: Reading, start: int, end: int) -> list[CueHit]:
    """The cues inside [start, end)."""
    cues = reading.cues
    at = bisect_left(cues, start, key=lambda cue: cue.start)
    found = []
    while at < len(cues) and cues[at].end <= end:
        found.append(cues[at])
        at += 1
    return found


def _is_question(text: str, sentence: tuple[int, int], end: int) -> bool:
    return text[end : sentence[1]].rstrip().rstrip("\"'”’)").endswith("?")


def _inherited(reading: Reading, block: Block) -> tuple[Assertion, tuple[Cue, ...]] | None:
    """The voice laid down by the lead-in of a list, then by the headings above, nearest first."""
    lead = lead_in(reading, block)
    if lead:
        start, end = reading.sentences(lead)[-1]
        ruled = _decide(reading, [cue for cue in cues_between(reading, start, end) if cue.effect in _INHERITED])
        if ruled:
            return ruled
    heading = reading.heading_of(block)
    for _ in range(6):
        if heading is None:
            return None
        cues = [cue for cue in cues_between(reading, heading.start, heading.end) if cue.rules]
        ruled = _decide(reading, [cue for cue in cues if cue.effect in _INHERITED])
        if ruled:
            return ruled
        heading = reading.heading_of(heading)
    return None


def lead_in(reading: Reading, block: Block) -> Block | None:
    """The paragraph that leads into the list of `block` ("Avoid sites that:"), if there is one."""
    if block.kind is not BlockKind.ITEM:
        return None
    blocks = reading.page.blocks
    at = block.index - 1
    while at >= 0 and block.index - at <= 40 and blocks[at].kind is BlockKind.ITEM:
        at -= 1
    if at < 0 or blocks[at].kind is not BlockKind.PARAGRAPH:
        return None
    return blocks[at] if reading.block_text(blocks[at]).endswith((":", "…", "-", "–")) else None
