"""The stance of a page on prescriptions, for the page as a whole and for one medicine.

waived        the page says, in its own voice, that none is needed
required      it asks for one as a step of the sale (upload, sent by the prescriber, valid prescription)
nominal       it asks for one in a single wording: enough for an ordinary pharmacy, not beside signs of a rogue one
telemedicine  a licensed prescriber decides
questionnaire a form stands in for the prescription
stated        it only tells the buyer that the medicine is on prescription
mixed         it waives and requires
silent        not a word of it to the buyer; a leaflet's "prescription-only" is none
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from auditor.model import Assertion, BlockKind, Match, Signal
from auditor.signals.reading import Reading

_BOUND_REACH = 200
_LISTED_TOGETHER = 120  # characters over which medicines named one after another are one list
_AT_SALE = frozenset({"cart", "order", "price"})


class Stance(NamedTuple):
    """A stance and the words it rests on. `bound`: said of this medicine, not only of the page."""

    value: str
    spans: tuple[tuple[int, int], ...] = ()
    bound: bool = False


def page_stance(reading: Reading) -> Stance:
    """What the page says of prescriptions at all."""
    return _decide([signal for signal in reading.signals("prescription") if _is_own(reading, signal)], reading)


def stance_for(reading: Reading, mentions: list[Signal], page: Stance) -> Stance:
    """What the page says of prescriptions for one medicine: the words next to it first, then the page's."""
    waivers = [
        signal
        for signal in reading.signals("prescription", "waived")
        if _is_own(reading, signal) and not _for_otc_goods(reading, signal)
    ]
    near = [signal for signal in waivers if any(_is_near(reading, signal, mention) for mention in mentions)]
    if near and page.value in {"waived", "silent", "stated"}:
        return Stance("waived", _spans(near), bound=True)
    if near:
        return Stance("mixed" if page.value in {"required", "mixed"} else "waived", _spans(near), bound=True)
    if page.value == "waived" and mentions[0].kind == "category":  # of some medicine, not of these
        return Stance("silent")
    return page


def _decide(signals: list[Signal], reading: Reading) -> Stance:
    waived = [signal for signal in signals if signal.value == "waived" and not _for_otc_goods(reading, signal)]
    required = [signal for signal in signals if signal.value == "required"]
    process = [signal for signal in required if "process" in signal.attributes.get("strength", ())]
    stated = [signal for signal in required if signal not in process and _told(reading, signal)]
    telemedicine = [signal for signal in signals if signal.value == "telemedicine"]
    questionnaire = [signal for signal in signals if signal.value == "questionnaire"]
    if waived and process:
        return Stance("mixed", _spans(waived) + _spans(process))
    if process and len({reading.folded[signal.start : signal.end] for signal in process}) == 1:
        return Stance("nominal", _spans(process))
    for value, found in (
        ("waived", waived),
        ("required", process),
        ("telemedicine", telemedicine),
        ("questionnaire", questionnaire),
        ("stated", stated),
    ):
        if found:
            return Stance(value, _spans(found))
    return Stance("silent")


def _told(reading: Reading, signal: Signal) -> bool:
    """Whether a statement is made to the buyer: addresses them, speaks for the seller, or stands by an act of selling."""
    if reading.addresses_reader(signal.start) or reading.speaks_of_itself(signal.start):
        return True
    return any(abs(act.start - signal.start) <= _BOUND_REACH for act in reading.signals("act") if act.value in _AT_SALE)


def _is_own(reading: Reading, signal: Signal) -> bool:
    voiced = signal.assertion is Assertion.AFFIRMED or (
        signal.assertion is Assertion.CONDITIONAL and reading.states_own_business(signal.start)
    )
    return voiced and signal.seen and not reading.is_visitors(signal.start)


def _is_near(reading: Reading, signal: Signal, mention: Signal) -> bool:
    return any(drug.start == mention.start for drug in subjects(reading, signal))


def subjects(reading: Reading, signal: Signal) -> list[Signal]:
    """The medicines that a statement is about: those of its sentence, else the nearest before or after in its block.

    A statement in a block that names none is about what the page is about, if its title or first heading names it.
    """
    if signal.match is Match.DERIVED and signal.because:  # the answer to a question is about what was asked
        signal = replace(signal, start=signal.because[0][0], end=signal.because[0][1])
    block = reading.block_at(signal.start)
    drugs = sorted([*reading.signals("drug"), *reading.signals("category")], key=lambda drug: drug.start)
    low, high = reading.sentence_at(signal.start)
    inside = [drug for drug in drugs if low <= drug.start < high]
    if inside:
        return inside
    before = [drug for drug in drugs if block.start <= drug.start < signal.start]
    if before:
        return [drug for drug in before if before[-1].start - drug.start <= _LISTED_TOGETHER]
    after = [drug for drug in drugs if signal.end <= drug.start < min(block.end, signal.end + _BOUND_REACH)]
    return after[:1] or [drug for drug in drugs if is_headline(reading, drug)]


def is_headline(reading: Reading, signal: Signal) -> bool:
    """Whether a signal stands in the page's title or its first heading."""
    block = reading.block_at(signal.start)
    if block.kind is BlockKind.TITLE or block.level == 1:
        return True
    return block.level > 0 and not any(other.level for other in reading.page.blocks[: block.index])


def _for_otc_goods(reading: Reading, signal: Signal) -> bool:
    """Whether the medicines a statement is about may be sold without a prescription anyway."""
    found = subjects(reading, signal)
    drugs = [each for each in found if each.kind == "drug"] or found
    return bool(drugs) and all("rx" not in drug.attributes.get("rx.us", ("rx",)) for drug in drugs)


def _spans(signals: list[Signal]) -> tuple[tuple[int, int], ...]:
    return tuple((signal.start, signal.end) for signal in signals[:4])
