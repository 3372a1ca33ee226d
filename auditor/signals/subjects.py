"""What a page is about, and which medicine one of its statements is about.

A statement belongs to the medicines its sentence names; else to the one its paragraph spoke of last; else to the one in
the heading above; else to the medicines the whole page is about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.model import Assertion, Block, BlockKind, Role, Signal
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading, kept

OFFERED = 0.35  # confidence from which an offer makes a page promotional
_OUTSIDE = frozenset({Role.NAVIGATION, Role.HEADER, Role.FOOTER, Role.COMMENT, Role.ASIDE})
_TITLE, _FIRST_HEADING, _HEADING, _MENTION = 3.0, 3.0, 1.0, 0.2
_MOST_HEADINGS, _MOST_MENTIONS = 3.0, 2.0
_ENOUGH = 3.0  # a page is about a medicine of its title, of its first heading, or of its text throughout
_MENTIONS_BACK = 12  # medicines named earlier in a paragraph that a statement can still be about
_COMPARER = 20  # characters before a medicine in which "unlike" stands
_SHARE = 0.6  # of the score of the medicine the page is most about


def mentions(reading: Reading) -> list[Signal]:
    """Medicines named in the body, title and headings of the page, in text order."""
    return [drug for drug in reading.signals("drug") if drug.seen and not _is_outside(reading, drug)]


def _is_outside(reading: Reading, drug: Signal) -> bool:
    return reading.block_at(drug.start).role in _OUTSIDE


def offers(reading: Reading) -> list[Signal]:
    """Offers that make the page promotional."""
    own = (offer for offer in reading.signals("offer") if offer.assertion is Assertion.AFFIRMED)
    return [offer for offer in own if offer.confidence >= OFFERED and "inn" in offer.attributes]


@kept
def central(reading: Reading) -> dict[str, Signal]:
    """The substances the page is about, the most central first, each with the mention that shows it best.

    To be asked once the medicines and the offers of the page are found.
    """
    found: dict[str, list[Signal]] = defaultdict(list)
    for drug in mentions(reading):
        found[drug.value].append(drug)
    scores = {substance: _score(reading, drugs) for substance, drugs in found.items()}
    top = max(scores.values(), default=0.0)
    offered = {offer.value for offer in offers(reading)}
    chosen = [
        substance
        for substance, score in sorted(scores.items(), key=lambda item: -item[1])
        if substance in offered or (score >= _ENOUGH and score >= top * _SHARE)
    ]
    if not chosen and len(found) == 1:
        chosen = list(found)
    return {substance: _best_mention(reading, found[substance]) for substance in chosen}


def _score(reading: Reading, drugs: list[Signal]) -> float:
    blocks = [reading.block_at(drug.start) for drug in drugs]
    headings = {block.index for block in blocks if block.level}
    score = _TITLE if any(block.kind is BlockKind.TITLE for block in blocks) else 0.0
    score += _FIRST_HEADING if reading.first_heading in headings else 0.0
    score += min(len(headings) * _HEADING, _MOST_HEADINGS)
    return score + min(len(drugs) * _MENTION, _MOST_MENTIONS)


def _best_mention(reading: Reading, drugs: list[Signal]) -> Signal:
    return next((drug for drug in drugs if reading.block_at(drug.start).level), drugs[0])


def subjects_of(reading: Reading, start: int, central_ones: Iterable[str], *, own: bool = True) -> frozenset[str]:
    """The substances that the statement at `start` is about; empty when the page gives no hint.

    `own`: whether the medicines its sentence names count.
    """
    sentence = reading.sentence_at(start)
    block = reading.block_at(start)
    named = frozenset(drug.value for drug in inside(reading, "drug", *sentence))
    if named and own:
        return named
    before = _last_spoken_of(reading, inside(reading, "drug", block.start, sentence[0])[-_MENTIONS_BACK:])
    if before:
        return frozenset({before})
    return _of_heading(reading, block) or frozenset(central_ones)


def _last_spoken_of(reading: Reading, drugs: Sequence[Signal]) -> str:
    """The first medicine of the last sentence that names one, but for those it only compares with ("unlike X")."""
    own = [drug for drug in drugs if not _is_compared_with(reading, drug)] or drugs
    if not own:
        return ""
    last = reading.sentence_at(own[-1].start)
    return next(drug.value for drug in own if last[0] <= drug.start < last[1])


def _is_compared_with(reading: Reading, drug: Signal) -> bool:
    near = inside(reading, "comparer", drug.start - _COMPARER, drug.start)
    return any(comparer.end in (drug.start, drug.start - 1) for comparer in near)


def _of_heading(reading: Reading, block: Block) -> frozenset[str]:
    heading = reading.heading_of(block)
    while heading is not None:
        named = {drug.value for drug in inside(reading, "drug", heading.start, heading.end)}
        if named:
            return frozenset(named)
        heading = reading.heading_of(heading)
    return frozenset()


def is_class_of(reading: Reading, substance: str, wanted: str) -> bool:
    """Whether `substance` is of the class `wanted` ("opioid", "benzodiazepine", "cns-depressant")."""
    known = reading.lexicon.substances.get(substance)
    return known is not None and (wanted in known.groups or known.drug_class.lower().startswith(wanted))


def inside(reading: Reading, kind: str, start: int, end: int) -> Sequence[Signal]:
    """Signals of `kind` that begin in [start, end)."""
    return signals_within(reading.signals(kind), start, end)


def neighbours(reading: Reading, sentence: tuple[int, int]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The sentences before and after one, within its block."""
    spans = reading.sentences(reading.block_at(sentence[0]))
    at = bisect_left(spans, sentence)
    return (spans[at - 1] if at > 0 else None), (spans[at + 1] if at + 1 < len(spans) else None)


def opens_with(reading: Reading, kind: str, start: int) -> bool:
    """Whether a wording of `kind` stands at the head of what begins at `start`."""
    return bool(inside(reading, kind, start, start + 3))
