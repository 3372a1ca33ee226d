"""Offers: does this page, in its own voice, sell this medicine, and what does it say of a prescription?

One `offer` signal a substance or category, with the evidence weighed by an expert's model (`offer.yaml` of
`policies/models`), and one `unprescribed-offer`, weighed by a fitted one (`unprescribed.yaml`). Every line of evidence
can be shown. A drug name alone is none, nor is an act that belongs to something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Assertion, Factor, Match, Role, Signal
from auditor.signals.offer_evidence import DECISIVE, STRENGTH, medicine_factors, page_factors
from auditor.signals.prose import any_within, signals_within
from auditor.signals.reading import Reading
from auditor.signals.scene import Scene, is_foreign, is_own_voice, medicines
from auditor.signals.stance import Stance, Stances
from auditor.signals.surroundings import Spans, words_around

_MAX_MENTIONS = 60
_SHORT_LINE = 80  # characters of a line that is shown as a whole
_PACK_REACH = 25  # characters between a medicine and its strength
_GOODS_PAGE = 2  # so many different words for other goods make a page that sells them
_LONGEST_COMPARATOR = 60
_LONGEST_LIST = 200  # characters back from a medicine in which its list began
_NEXT = 12  # characters between a comparator and its medicine
# Evidence without any of which it stays open whether something is sold here.
_TELLING = DECISIVE - {"trade", "selling", "pharmacy", "waived"} | {
    "wording", "shop_page", "crypto_page", "messenger_page"
}  # fmt: skip
# What visitors or hidden words offer, or a seller of herbs for an illness, stays under what policies call plain.
_REVIEW_CAP = {"offer": 0.75, "unprescribed-offer": 0.45}
_SALES = frozenset({"buy_phrase", "for_sale", "cart", "order", "contact"})
_AGAINST = -1.6  # log-odds from which a line of evidence takes back what is said outright
_POSSIBLE = 0.6  # confidence from which the words around a medicine make an offer without any act of selling
UNASKED = frozenset({"silent", "waived"})  # stances of pages that ask for no prescription
# Beside these a single word of a prescription is little.
_ROGUE = frozenset({"export", "crypto_page", "contact", "messenger_page"})


class Candidate(NamedTuple):
    """A medicine that may be offered: its mentions, and all that speaks for or against an offer of it."""

    mentions: list[Signal]
    foreign: bool
    stance: Stance
    factors: list[Factor]
    words: Spans


class _Weighed(NamedTuple):
    """The lines of evidence as a model weighs them, and what they add up to."""

    factors: list[Factor]
    confidence: float


def detect(reading: Reading) -> Iterator[Signal]:
    """An `offer` for every substance or category that some act of selling, or the words around it, make one of.

    With each comes an `unprescribed-offer`: the same, with the confidence that no prescription is asked for it.
    """
    found: set[tuple[str, str]] = set()
    for candidate in candidates(reading):
        medicine = candidate.mentions[0]
        if (medicine.kind, medicine.value) in found:  # what the page itself offers comes before what visitors do
            continue
        unprescribed = _by_fit(reading, candidate)
        if unprescribed.confidence >= _POSSIBLE or any(factor.name in DECISIVE for factor in candidate.factors):
            found.add((medicine.kind, medicine.value))
            yield _signal(reading, "offer", candidate, _by_expert(reading, candidate, "offer"))
            yield _signal(reading, "unprescribed-offer", candidate, unprescribed)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Every medicine that the page names without disowning it; twice where visitors or hidden words name it as well."""
    mentions: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for mention in medicines(reading):
        mentions[mention.kind, mention.value].append(mention)
    if not mentions:
        return
    scenes = Scene(reading), Scene(reading, foreign=True)
    stances = Stances(reading)
    around = list(page_factors(scenes[0]))
    for found in mentions.values():
        voiced = [each for each in found if is_own_voice(reading, each.assertion, each.start)]
        meant = [each for each in voiced if not (_is_compared(reading, each) or _is_goods(reading, each))]
        for scene in scenes:
            own = [each for each in meant if is_foreign(reading, each) == scene.foreign][:_MAX_MENTIONS]
            if own:
                stance = stances.of(own)
                factors = [*medicine_factors(scene, own, stance), *around]
                yield Candidate(own, scene.foreign, stance, factors, words_around(reading, own))


def _by_expert(reading: Reading, candidate: Candidate, kind: str) -> _Weighed:
    """An offer of a kind by the expert's weights."""
    confidence = reading.vocabulary.offer_model.confidence(candidate.factors)
    return _weighed(kind, candidate, candidate.factors, confidence)


def _by_fit(reading: Reading, candidate: Candidate) -> _Weighed:
    """An offer without a prescription by the fitted weights and the words around the medicine.

    Pages that ask for a prescription, and mere categories, the weights were not fitted on: there the expert's hold.
    """
    kind = "unprescribed-offer"
    if candidate.stance.value not in UNASKED or candidate.mentions[0].kind == "category":
        return _by_expert(reading, candidate, kind)
    model = reading.vocabulary.unprescribed_model
    evidence = model.reweighed(candidate.factors, reading.vocabulary.offer_model)
    factors = [*evidence, *model.wording(candidate.words)]
    weights = {factor.name: factor.weight for factor in factors}
    outright = "waived" in weights and weights.keys() & _SALES
    if outright and min(weights.values()) > _AGAINST:
        return _by_expert(reading, candidate, kind)  # said outright, and nothing around it speaks against
    confidence = model.confidence(factors)
    if not {name for name, weight in weights.items() if weight > 0} & _TELLING:
        confidence = min(confidence, _REVIEW_CAP[kind])
    return _weighed(kind, candidate, factors, confidence)


def _weighed(kind: str, candidate: Candidate, factors: list[Factor], confidence: float) -> _Weighed:
    """The lines in order of their weight, and the confidence, held down where it is open who offers, or what."""
    medicine = candidate.mentions[0]
    if candidate.foreign or _is_doubtful(medicine, {factor.name for factor in factors}):
        confidence = min(confidence, _REVIEW_CAP["offer" if medicine.kind == "category" else kind])
    return _Weighed(sorted(factors, key=lambda factor: -abs(factor.weight)), round(confidence, 3))


def _signal(reading: Reading, kind: str, candidate: Candidate, weighed: _Weighed) -> Signal:
    factors, confidence = weighed
    stance = candidate.stance
    if stance.value == "nominal" and not {factor.name for factor in factors} & _ROGUE:
        stance = stance._replace(value="required")
    best = min(candidate.mentions, key=lambda mention: _distance(reading, mention, factors))
    return Signal(
        kind, best.value, best.start, best.end, best.block, Match.DERIVED,
        Assertion.REPORTED if candidate.foreign else Assertion.AFFIRMED,
        confidence=confidence,
        attributes=_attributes(reading, best, stance, factors),
        factors=tuple(factors),
        because=(*_telling_spans(reading, factors), *stance.spans),
    )  # fmt: skip


def _is_doubtful(medicine: Signal, evidence: set[str]) -> bool:
    """Whether it is open who offers, or what: in a discussion, or a mere illness that food supplements are sold for."""
    return "forum" in evidence or (medicine.kind == "category" and "supplement" in evidence)


def _attributes(reading: Reading, best: Signal, stance: Stance, factors: list[Factor]) -> dict[str, tuple[str, ...]]:
    """What policies filter on: the medicine's own attributes, its legal status summed up, and the stance."""
    model = reading.vocabulary.offer_model
    return dict(best.attributes) | {
        "of": (best.kind,),
        "inn": (best.value,),
        "stance": (stance.value,),
        "stance_words": (model.stances[stance.value],),
        "acts": tuple(factor.name for factor in factors if factor.weight > 0),
        "status_words": (_status_words(best),),
        **legal_status(best),
    }


def legal_status(medicine: Signal) -> dict[str, tuple[str, ...]]:
    """By country, whether what is offered is controlled or prescription-only: yes, or likely for a mere category."""
    if medicine.kind == "category":
        likely = medicine.attributes.get("likely", ("",))[0]
        fields = {"controlled-likely": ("controlled.us", "prescription.us"), "rx-likely": ("prescription.us",)}
        return dict.fromkeys(fields.get(likely, ()), ("likely",))
    status: dict[str, tuple[str, ...]] = {}
    for key, values in medicine.attributes.items():
        field, _, country = key.partition(".")
        if field == "schedule":
            status[f"controlled.{country}"] = ("yes",)
        elif field == "rx" and {"rx", "not-approved"} & set(values):
            status[f"prescription.{country}"] = ("yes",)
    return status


def _status_words(medicine: Signal) -> str:
    """The legal status in the United States as an outcome sentence says it."""
    if medicine.kind == "category":
        return "a category of medicines"
    schedule = medicine.attributes.get("schedule.us")
    return f"US Schedule {schedule[0]}" if schedule else "a prescription medicine"


def _telling_spans(reading: Reading, factors: list[Factor]) -> list[tuple[int, int]]:
    """The words to show for the evidence in favour: short lines of a box or button as a whole, else the words alone."""
    shown = [factor for factor in factors if factor.weight > 0 and factor.end > factor.start]
    return sorted({_telling(reading, factor.start, factor.end) for factor in shown})


def _telling(reading: Reading, start: int, end: int) -> tuple[int, int]:
    block = reading.block_at(start)
    text = reading.block_text(block)
    if len(text) > _SHORT_LINE or end > block.end:
        return start, end
    return block.start, block.start + len(text)


def _is_goods(reading: Reading, drug: Signal) -> bool:
    """Whether books, records or shirts are named after the medicine: it has no strength, and such goods are sold."""
    goods = reading.signals("other-goods")
    if not goods or STRENGTH.search(reading.text, drug.end, drug.end + _PACK_REACH):
        return False
    block = reading.page.blocks[drug.block]
    beside = any_within(goods, block.start, block.end)
    return beside or len({reading.folded[each.start : each.end] for each in goods}) >= _GOODS_PAGE


def _is_compared(reading: Reading, drug: Signal) -> bool:
    """Whether other goods are compared with the medicine, or its use is left behind: "alternative to", "addiction"."""
    first = _first_of_list(reading, drug)
    comparators = [
        (signal.end, start)
        for start in {first.start, drug.start}
        for signal in signals_within(reading.signals("comparator"), start - _LONGEST_COMPARATOR, start)
    ]
    afterwords = signals_within(reading.signals("afterword"), drug.end, drug.end + _NEXT + 1)
    gaps = comparators + [(drug.end, signal.start) for signal in afterwords]
    return any(0 <= high - low <= _NEXT and "\n" not in reading.text[low:high] for low, high in gaps)


def _first_of_list(reading: Reading, drug: Signal) -> Signal:
    """The first of the medicines named one after another up to this one: "X, Y and Z" are compared together."""
    first = drug
    for before in reversed(signals_within(reading.signals("drug"), drug.start - _LONGEST_LIST, drug.start)):
        gap = reading.folded[before.end : first.start]
        if before.end > first.start or "\n" in gap or len(gap) > _NEXT or len(gap.split()) > 1:
            break
        first = before
    return first


def _distance(reading: Reading, mention: Signal, factors: list[Factor]) -> tuple[bool, int]:
    """How far a mention stands from the evidence: the nearest is shown, so that the evidence stands together."""
    distances = [abs(mention.start - factor.start) for factor in factors if factor.end > 0 and factor.name in DECISIVE]
    return reading.block_at(mention.start).role is Role.NAVIGATION, min(distances, default=0)
