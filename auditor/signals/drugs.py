"""Drugs named in the text, each with what the lexicon knows of it, doubtful names only where their context speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from auditor.model import Assertion, Cue, Match, Signal
from auditor.signals.assertion import assert_span
from auditor.signals.prose import any_within, signals_within
from auditor.signals.reading import Reading
from auditor.signals.wording import longest
from auditor.vocabulary.lexicon import Ambiguity, Name, NameKind
from auditor.vocabulary.matcher import Hit

_STRENGTH_NEXT = re.compile(
    r"\W{0,3}(?:[^\W\d]{1,12}\W{1,2})?(?:\d[\d.,/]{0,9}\s?(?:mg|mcg|µg|ml|iu|milligrams?|мг)\b|\d{1,2}(?:[.,]\d)?/\d{3}\b)",
    re.IGNORECASE,
)
# A number behind a name that is sold: "75", "2,5", "300s". Not a year, a share, a rank or a time.
_NUMBER_NEXT = re.compile(
    r"[ \t]{0,2}[\(x]?\d{1,3}(?:[.,]\d{1,2})?s?\b(?![.,:]?\d|\s?(?:%|°|am\b|pm\b|years?\b|km\b))", re.IGNORECASE
)
_MARKS = frozenset('"“„«`')
_LEAST_STREET = 3  # characters a street name has when it counts without a strength
_MENU = 2  # so many different medicines under doubtful names, each with a number, are a menu
_NEXT = 3  # characters between a doubtful name and the dosage form that speaks for it
_NEAR = 60  # characters on either side in which, among medicines, an act of selling speaks for it


def detect(reading: Reading) -> Iterator[Signal]:
    """One `drug` signal a mention (one a substance, where a name stands for several)."""
    free, doubtful = _mentions(reading)
    certain = [signal for hits in free for signal in _signals(reading, hits)]
    substances = {signal.value for signal in certain}
    yield from certain
    menus = _menus(reading, [hits[0] for hits in doubtful])
    for hits in doubtful:
        if hits[0].start in menus or _context_speaks(reading, hits[0], certain, substances):
            yield from _signals(reading, hits)


def _mentions(reading: Reading) -> tuple[list[list[Hit]], list[list[Hit]]]:
    """Hits by span, those that need no context apart from those that do."""
    hits = [hit for hit in reading.hits if isinstance(hit.target, Name)]
    spans: dict[tuple[int, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        if _case_fits(reading, hit):
            spans[hit.start, hit.end].append(hit)
    free: list[list[Hit]] = []
    doubtful: list[list[Hit]] = []
    sure = [hit for group in spans.values() for hit in group if _name(hit).ambiguity is Ambiguity.FREE]
    sure.sort(key=attrgetter("start"))
    starts = [hit.start for hit in sure]
    for first in longest([group[0] for group in spans.values()]):
        group = spans[first.start, first.end]
        # A doubtful name that holds a certain one ("Xanax bars") is certain too.
        within = sure[bisect_left(starts, first.start) : bisect_left(starts, first.end)]
        certain = any(hit.end <= first.end for hit in within)
        (free if certain else doubtful).append(group)
    return free, doubtful


def _name(hit: Hit) -> Name:
    assert isinstance(hit.target, Name)  # noqa: S101  (only hits on names come here)
    return hit.target


def _case_fits(reading: Reading, hit: Hit) -> bool:
    name = _name(hit)
    return not name.exact_case or reading.text[hit.start : hit.end] == name.surface


def _context_speaks(reading: Reading, hit: Hit, certain: list[Signal], substances: set[str]) -> bool:
    name = _name(hit)
    low, high = max(hit.start - _NEAR, 0), hit.end + _NEAR
    acts = any_within(reading.signals("act"), low, high)
    strength = bool(_STRENGTH_NEXT.match(reading.text, hit.end))
    numbered = bool(_NUMBER_NEXT.match(reading.text, hit.end)) and not reading.text[hit.start].islower()
    if name.ambiguity is Ambiguity.NEVER_ALONE:
        return acts and (strength or (name.kind is NameKind.STREET and _listed_beside(reading, hit, certain)))
    if strength or name.substance in substances or (numbered and _is_traded(reading, low, high)):
        return True
    form = any_within(reading.signals("dosage-form"), hit.end, hit.end + _NEXT + 1)
    medical = bool(certain) or bool(reading.signals("prescription-wording"))
    return not reading.text[hit.start].islower() and (form or (acts and medical))


def _is_traded(reading: Reading, low: int, high: int) -> bool:
    """Whether words of trade, or of selling, stand within a stretch of the page."""
    return any_within(reading.signals("act"), low, high) or any_within(reading.signals("trade"), low, high)


def _menus(reading: Reading, doubtful: list[Hit]) -> set[int]:
    """Where doubtful names stand of which several, each with a number, make the menu of a seller in one block."""
    listed: dict[int, list[Hit]] = defaultdict(list)
    for hit in doubtful:
        if hit.end - hit.start >= _LEAST_STREET and _NUMBER_NEXT.match(reading.text, hit.end):
            listed[reading.block_index_at(hit.start)].append(hit)
    return {
        hit.start
        for index, hits in listed.items()
        for hit in hits
        if len({_name(each).substance for each in hits}) >= _MENU
        and _is_traded(reading, reading.page.blocks[index].start, reading.page.blocks[index].end)
    }


def _listed_beside(reading: Reading, hit: Hit, certain: list[Signal]) -> bool:
    """Whether a street name stands in one sentence with a medicine, and not as a part of its name ("X Speed Pack")."""
    if hit.end - hit.start < _LEAST_STREET:
        return False
    low, high = reading.sentence_at(hit.start)
    beside = signals_within(certain, low, high)
    return bool(beside) and not any(0 <= hit.start - drug.end <= 1 for drug in beside)


def _signals(reading: Reading, hits: list[Hit]) -> Iterator[Signal]:
    """The signals of one span: one a substance, though several spellings of a name may be found there."""
    told: set[str] = set()
    for hit in hits:
        name = _name(hit)
        match = Match.MISSPELLING if name.kind is NameKind.MISSPELLING and hit.match is Match.EXACT else hit.match
        attributes = reading.attributes_of(name)
        assertion, cues = _voice(reading, hit)
        for substance in (name.substance, *name.also):
            if substance in told:
                continue
            told.add(substance)
            yield reading.signal(
                "drug", substance, hit.start, hit.end, match=match, assertion=assertion, cues=cues,
                attributes=attributes if substance == name.substance else reading.attributes_of(name, substance),
            )  # fmt: skip


def _voice(reading: Reading, hit: Hit) -> tuple[Assertion, tuple[Cue, ...]]:
    """The voice in which a medicine is named.

    A name is no statement: it is denied only where an act of selling it is ("we do not sell X"), and a name in
    quotation marks is still the page's choice of subject.
    """
    assertion, cues = assert_span(reading, hit.start, hit.end)
    if assertion is Assertion.DENIED:
        low, high = reading.sentence_at(hit.start)
        verbs = signals_within(reading.signals("sell-verb"), low, high)
        return (assertion, cues) if any(verb.assertion is assertion for verb in verbs) else (Assertion.AFFIRMED, ())
    if assertion is Assertion.REPORTED and all(cue.text in _MARKS for cue in cues):
        return Assertion.AFFIRMED, ()
    return assertion, cues
