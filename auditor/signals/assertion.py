"""The voice of a statement: does the page say it, deny it, warn against it, ask it, report it or make it conditional?

Cues are data (`cue` entries of the vocabulary) with a direction; their reach ends at the clause. A heading or the
line that leads into a list can rule what follows it. One denial never excuses a second statement: each span is judged
by the cues of its own clause.
"""

from __future__ import annotations

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
_CLAUSE_MARKS = (";", " — ", " – ", ": ", " | ")


class CueHit(NamedTuple):
    """A cue in the text. `effect` is an Assertion value, "stop" (ends the reach of others) or "none"."""

    start: int
    end: int
    effect: str
    direction: str  # forward, backward or sentence
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
    own = _decide(reading, _reaching(reading, sentence, start, end))
    if own:
        return own
    if _is_question(reading.text, sentence, end):
        return Assertion.ASKED, ()
    return _inherited(reading, reading.block_at(start)) or (Assertion.AFFIRMED, ())


def _decide(reading: Reading, cues: list[CueHit]) -> tuple[Assertion, tuple[Cue, ...]] | None:
    for effect in _RANK:
        deciding = [cue for cue in cues if cue.effect == effect]
        if deciding:
            return effect, tuple(
                Cue(reading.text[cue.start : cue.end], cue.start, cue.end, effect) for cue in deciding
            )
    return None


def _reaching(reading: Reading, sentence: tuple[int, int], start: int, end: int) -> list[CueHit]:
    cues = cues_between(reading, *sentence)
    return [cue for cue in cues if not (cue.start < end and start < cue.end) and _reaches(reading, cues, cue, start, end)]


def _reaches(reading: Reading, cues: list[CueHit], cue: CueHit, start: int, end: int) -> bool:
    if cue.effect in {"stop", "none"}:
        return False
    if cue.direction == "sentence":
        return abs(start - cue.start) < _LONGEST_REACH * 2
    gap = (cue.end, start) if cue.end <= start else (end, cue.start)
    if (cue.direction == "forward") != (cue.end <= start) or gap[1] - gap[0] > _LONGEST_REACH:
        return False
    between = reading.text[gap[0] : gap[1]]
    if any(mark in between for mark in _CLAUSE_MARKS):
        return False
    return not any(other.effect == "stop" and gap[0] <= other.start and other.end <= gap[1] for other in cues)


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
