"""The stance of a page on prescriptions, for the page as a whole and for one medicine.

waived        the page says, in its own voice, that none is needed
required      it asks for one as a step of the sale (upload, sent by the prescriber, valid prescription)
telemedicine  a licensed prescriber decides
questionnaire a form stands in for the prescription
stated        it only says that the medicine is on prescription
mixed         it waives and requires
silent        not a word
"""

from __future__ import annotations

from typing import NamedTuple

from auditor.model import Assertion, Signal
from auditor.signals.reading import Reading

_SPEAKS = frozenset({Assertion.AFFIRMED, Assertion.CONDITIONAL})
_BOUND_REACH = 200


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
    return page


def _decide(signals: list[Signal], reading: Reading) -> Stance:
    waived = [signal for signal in signals if signal.value == "waived" and not _for_otc_goods(reading, signal)]
    required = [signal for signal in signals if signal.value == "required"]
    process = [signal for signal in required if "process" in signal.attributes.get("strength", ())]
    telemedicine = [signal for signal in signals if signal.value == "telemedicine"]
    questionnaire = [signal for signal in signals if signal.value == "questionnaire"]
    if waived and process:
        return Stance("mixed", _spans(waived) + _spans(process))
    for value, found in (
        ("waived", waived),
        ("required", process),
        ("telemedicine", telemedicine),
        ("questionnaire", questionnaire),
        ("stated", required),
    ):
        if found:
            return Stance(value, _spans(found))
    return Stance("silent")


def _is_own(reading: Reading, signal: Signal) -> bool:
    return signal.assertion in _SPEAKS and signal.seen and not reading.is_visitors(signal.start)


def _is_near(reading: Reading, signal: Signal, mention: Signal) -> bool:
    if mention.block == signal.block:
        low, high = reading.sentence_at(signal.start)
        return low <= mention.start < high or abs(mention.start - signal.start) <= _BOUND_REACH
    return False


def _for_otc_goods(reading: Reading, signal: Signal) -> bool:
    """Whether the medicines in the same sentence, or else block, may be sold without a prescription anyway."""
    block = reading.block_at(signal.start)
    for low, high in (reading.sentence_at(signal.start), (block.start, block.end)):
        drugs = [drug for drug in reading.signals("drug") if low <= drug.start < high]
        if drugs:
            return all("rx" not in drug.attributes.get("rx.us", ("rx",)) for drug in drugs)
    return False


def _spans(signals: list[Signal]) -> tuple[tuple[int, int], ...]:
    return tuple((signal.start, signal.end) for signal in signals[:4])
