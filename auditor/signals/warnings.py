"""Warnings: a hazard of a medicine linked with its consequence, or with what to do or leave undone.

A word alone warns of nothing: "drowsiness", "overdose" or "depression" stand on pages that warn of neither driving,
overdose nor slow breathing. A hazard counts when, in its sentence, in the next one that carries it on, or in the
heading or lead-in that rules its list, it is linked with a caution, a harm or a risk. The vocabulary says which links
complete which hazard, and whether the warning is then full or partial.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from auditor.model import Assertion, Block, BlockKind, Signal
from auditor.signals.assertion import lead_in
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, is_class_of, neighbours, opens_with, subjects_of

_CO_USE = {"full": ("caution", "harm"), "partial": ("tell", "interact", "risk")}
_REACH = 240  # characters between hazard and link: flattened pages have "sentences" without end
_NOT_SAID = frozenset({Assertion.DENIED, Assertion.ASKED})
_LISTED = frozenset({BlockKind.ITEM, BlockKind.CELL})
_HEADED_BLOCKS = 2  # a heading that names the hazard is completed by the first blocks below it
_RULING_HEADINGS = {
    "warnings": "caution",
    "contraindications": "caution",
    "interactions": "interact",
    "side-effects": "risk",
}


class _Link(NamedTuple):
    """A wording that completes a hazard: its kind, where it stands, and which words deny it."""

    kind: str
    start: int
    end: int
    denied_by: tuple[tuple[int, int], ...] = ()

    def holds_beside(self, hazard: Signal) -> bool:
        """Whether nothing denies it; the "not" of a hazard ("not fully awake") denies nothing."""
        return all(hazard.start <= start and end <= hazard.end for start, end in self.denied_by)


class _Warned(NamedTuple):
    """How a hazard is warned of: full or partial, and by which words (none where it stands alone)."""

    strength: str
    link: _Link | None


def detect(reading: Reading) -> Iterator[Signal]:
    """One `warning` signal for every hazard that is linked, its value the topic."""
    about = tuple(central(reading))
    links = _Links(reading)
    for hazard in _hazards(reading, about):
        warned = _warned(links, hazard)
        if warned:
            for topic in _topics(reading, hazard, about):
                yield _signal(reading, hazard, topic, warned, about)


def _hazards(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    for hazard in reading.signals("hazard"):
        if hazard.value != "not-a-hazard" and hazard.assertion not in _NOT_SAID and _concerns(reading, hazard, about):
            yield hazard
    yield from _drug_hazards(reading, about)


def _concerns(reading: Reading, hazard: Signal, about: tuple[str, ...]) -> bool:
    """Whether a hazard that is itself a class of medicines is one for the medicines of this page."""
    only, unless = hazard.attributes.get("only_about"), hazard.attributes.get("unless_about")
    if only:
        return any(is_class_of(reading, substance, only[0]) for substance in about)
    return not (unless and about and all(is_class_of(reading, substance, unless[0]) for substance in about))


def _drug_hazards(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    """A single opioid named on a page about a sedative, or the other way round, is a hazard by its name."""
    opioid_page = any(is_class_of(reading, substance, "opioid") for substance in about)
    other = "cns-depressant" if opioid_page else "opioid"
    for drug in reading.signals("drug"):
        same = opioid_page and is_class_of(reading, drug.value, "opioid")
        if drug.value not in about and is_class_of(reading, drug.value, other) and not same:
            yield replace(drug, kind="hazard", value="opioid-co-use", attributes=_CO_USE)


def _topics(reading: Reading, hazard: Signal, about: tuple[str, ...]) -> Iterator[str]:
    yield hazard.value
    condition = hazard.attributes.get("also_about")
    if not condition or any(is_class_of(reading, substance, condition[0]) for substance in about):
        yield from hazard.attributes.get("also", ())


def _link(signal: Signal) -> _Link:
    denied = signal.assertion is Assertion.DENIED
    return _Link(
        signal.value, signal.start, signal.end, tuple((cue.start, cue.end) for cue in signal.cues) if denied else ()
    )


class _Links:
    """The linking words of a page, ready to be asked about one stretch of it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._links = [_link(link) for link in reading.signals("link") if link.assertion is not Assertion.ASKED]
        self._starts = [link.start for link in self._links]
        self._headings = {heading.block: heading.value for heading in reading.signals("heading")}

    def between(self, start: int, end: int) -> list[_Link]:
        """Links that begin in [start, end)."""
        return self._links[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def near(self, hazard: Signal) -> list[_Link]:
        """Links in the sentence of `hazard`, and in the next where that one carries it on."""
        sentence = self.reading.sentence_at(hazard.start)
        low, high = max(sentence[0], hazard.start - _REACH), min(sentence[1], hazard.end + _REACH)
        found = [link for link in self.between(low, high) if link.end <= hazard.start or link.start >= hazard.end]
        following = self._next_sentence(sentence)
        return found + (self.between(*following) if following else []) + self._announced(sentence)

    def _announced(self, sentence: tuple[int, int]) -> list[_Link]:
        """Harms of the sentence before, where that one points ahead to medicines it does not name."""
        before = neighbours(self.reading, sentence)[0]
        if before is None or not inside(self.reading, "points-ahead", *before):
            return []
        return [link for link in self.between(*before) if link.kind == "harm"]

    def _next_sentence(self, sentence: tuple[int, int]) -> tuple[int, int] | None:
        following = neighbours(self.reading, sentence)[1]
        if following is None:
            return None
        opens = opens_with(self.reading, "carry-on", following[0])
        commands = any(link.kind == "caution" and link.start < following[0] + 3 for link in self.between(*following))
        return following if opens or commands else None

    def ruling(self, hazard: Signal) -> list[_Link]:
        """Links in what rules the list or table of `hazard`, or, where it is a heading, in what it rules."""
        block = self.reading.block_at(hazard.start)
        if block.level:
            ruled = self.reading.section_blocks(block)[1 : 1 + _HEADED_BLOCKS]
            return [link for each in ruled for link in self.between(each.start, each.end)]
        return list(self._above(block)) + self._in_row(block) if block.kind in _LISTED else []

    def _above(self, block: Block) -> Iterator[_Link]:
        lead = lead_in(self.reading, block)
        if lead:
            yield from self.between(*self.reading.sentences(lead)[-1])
        heading = self.reading.heading_of(block)
        if heading:
            yield from self.between(heading.start, heading.end)
            kind = _RULING_HEADINGS.get(self._headings.get(heading.index, ""))
            if kind:
                yield _Link(kind, heading.start, heading.end)

    def _in_row(self, block: Block) -> list[_Link]:
        if block.row < 0:
            return []
        cells = [cell for cell in self.reading.section_blocks(block) if cell.row == block.row]
        return [link for cell in cells if cell.index != block.index for link in self.between(cell.start, cell.end)]


def _warned(links: _Links, hazard: Signal) -> _Warned | None:
    alone = hazard.attributes.get("alone", ("",))[0]
    if alone == "full":
        return _Warned("full", None)
    full, partial = hazard.attributes.get("full", ()), hazard.attributes.get("partial", ())
    near = [link for link in links.near(hazard) if link.holds_beside(hazard)]
    ruling = [link for link in links.ruling(hazard) if link.holds_beside(hazard)]
    link = next((link for link in near + ruling if link.kind in full), None)
    # An entry in a list of interactions says "do not combine" by where it stands.
    link = link or next((link for link in ruling if link.kind in partial and link.kind == "interact"), None)
    if link:
        return _Warned("full", link)
    link = next((link for link in near + ruling if link.kind in partial), None)
    return _Warned("partial", link) if link or alone == "partial" else None


def _signal(reading: Reading, hazard: Signal, topic: str, warned: _Warned, about: tuple[str, ...]) -> Signal:
    named = subjects_of(reading, hazard.start, about)
    free = topic == "opioid-co-use" or not about or not named
    own = free or bool(named & set(about)) or _is_general(reading, hazard, about)
    link = warned.link
    same = link is not None and reading.sentence_at(link.start) == reading.sentence_at(hazard.start)
    start = min(hazard.start, link.start) if link and same else hazard.start
    end = max(hazard.end, link.end) if link and same else hazard.end
    return reading.signal(
        "warning", topic, start, end, assertion=Assertion.AFFIRMED,
        attributes={
            "strength": (warned.strength,),
            "about": ("main" if own else "other",),
            "inn": tuple(sorted(named)),
        },
        because=((link.start, link.end),) if link and not same else (),
    )  # fmt: skip


def _is_general(reading: Reading, hazard: Signal, about: tuple[str, ...]) -> bool:
    """Whether the sentence speaks of the class to which a medicine of the page belongs."""
    start, end = reading.sentence_at(hazard.start)
    classes = [known.value for known in inside(reading, "drug-class", start, end)]
    return any(is_class_of(reading, substance, name) for substance in about for name in classes)
