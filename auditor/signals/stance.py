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

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from auditor.model import Assertion, BlockKind, Match, Signal
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading
from auditor.signals.scene import is_foreign, medicines

_BOUND_REACH = 200  # characters behind a statement in which it finds its medicine
_LISTED_TOGETHER = 120  # characters over which medicines named one after another are one list
_AT_SALE = frozenset({"cart", "order", "price"})
_PRESCRIBED = frozenset({"rx", "not-approved"})  # a medicine not approved at home is on prescription where it is


class Stance(NamedTuple):
    """A stance and the words it rests on. `bound`: said of this medicine, not only of the page."""

    value: str
    spans: tuple[tuple[int, int], ...] = ()
    bound: bool = False


class Stances:
    """What a page says of prescriptions, worked out once and asked for each of its medicines."""

    def __init__(self, reading: Reading) -> None:
        """Sort the page's own statements, and find what its waivers are about."""
        self._reading = reading
        self._medicines = sorted(medicines(reading), key=lambda medicine: medicine.start)
        self._starts = [medicine.start for medicine in self._medicines]
        own = [signal for signal in reading.signals("prescription") if _is_own(reading, signal)]
        waivers = [(signal, self.subjects(signal)) for signal in own if signal.value == "waived"]
        self._waivers = [
            (signal, frozenset(each.start for each in found)) for signal, found in waivers if not _are_otc_goods(found)
        ]
        self._asked = [(signal, self._reserved(signal)) for signal in own if signal.value != "waived"]
        self.page = self._decide([signal for signal, _ in self._asked])

    def of(self, mentions: Sequence[Signal]) -> Stance:
        """The stance for one medicine: the words about it first, then the page's."""
        near = [signal for signal, subjects in self._waivers if any(mention.start in subjects for mention in mentions)]
        page = self._without_others(mentions[0].value)
        if near:
            contradicted = page.value in {"required", "nominal", "mixed"} and not self._prevail(near)
            value = "mixed" if contradicted else "waived"
            return Stance(value, _spans(near), bound=True)
        if page.value == "waived" and mentions[0].kind == "category":  # of some medicine, not of these
            return Stance("silent")
        return page

    def _prevail(self, waivers: Sequence[Signal]) -> bool:
        """Whether the page waives the prescription in more wordings than it asks for one in."""
        asked = [signal for signal, _ in self._asked if "process" in signal.attributes.get("strength", ())]
        return len(self._wordings(waivers)) > len(self._wordings(asked))

    def _wordings(self, signals: Sequence[Signal]) -> set[str]:
        return {self._reading.folded[signal.start : signal.end] for signal in signals}

    def _without_others(self, medicine: str) -> Stance:
        """The page's stance without what it asks for other medicines."""
        about = [signal for signal, reserved in self._asked if not reserved or medicine in reserved]
        return self.page if len(about) == len(self._asked) else self._decide(about)

    def _reserved(self, signal: Signal) -> frozenset[str]:
        """The medicines for which alone a statement asks for a prescription ("we never ship X without one")."""
        named = self._between(*self._reading.sentence_at(signal.start)) if signal.value == "required" else []
        if any(medicine.kind == "category" for medicine in named):  # "opioids such as X": of more than it names
            return frozenset()
        return frozenset(medicine.value for medicine in named)

    def subjects(self, signal: Signal) -> list[Signal]:
        """The medicines that a statement is about: those of its sentence, else its block's nearest before or after it.

        A statement in a block that names none is about what the page is about, if its title or first heading names it.
        """
        start, end = signal.start, signal.end
        if signal.match is Match.DERIVED and signal.because:  # the answer to a question is about what was asked
            start, end = signal.because[0]
        block = self._reading.block_at(start)
        inside = self._between(*self._reading.sentence_at(start))
        if inside:
            return inside
        before = [each for each in self._between(block.start, start) if each.assertion is not Assertion.DENIED]
        if before:
            return [medicine for medicine in before if before[-1].start - medicine.start <= _LISTED_TOGETHER]
        after = self._between(end, min(block.end, end + _BOUND_REACH))
        return after[:1] or self._headlines

    def _between(self, low: int, high: int) -> list[Signal]:
        return self._medicines[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    @cached_property
    def _headlines(self) -> list[Signal]:
        return [medicine for medicine in self._medicines if is_headline(self._reading, medicine)]

    def _decide(self, signals: list[Signal]) -> Stance:
        """The page's stance from its statements other than waivers, and from its waivers."""
        reading = self._reading
        waived = [signal for signal, _ in self._waivers]
        required = [signal for signal in signals if signal.value == "required"]
        process = [signal for signal in required if "process" in signal.attributes.get("strength", ())]
        if process and waived:
            return Stance("mixed", _spans(waived) + _spans(process))
        if process and len(self._wordings(process)) == 1:
            return Stance("nominal", _spans(process))
        for value, found in (
            ("waived", waived),
            ("required", process),
            ("telemedicine", [signal for signal in signals if signal.value == "telemedicine"]),
            ("questionnaire", [signal for signal in signals if signal.value == "questionnaire"]),
            ("stated", [signal for signal in required if signal not in process and _is_told(reading, signal)]),
        ):
            if found:
                return Stance(value, _spans(found))
        return Stance("silent")


def is_headline(reading: Reading, signal: Signal) -> bool:
    """Whether a signal stands in the page's title or its first heading."""
    block = reading.page.blocks[signal.block]
    return block.kind is BlockKind.TITLE or block.level == 1 or block.index == reading.first_heading


def _is_told(reading: Reading, signal: Signal) -> bool:
    """Whether a statement is made to the buyer: it addresses them, speaks for the seller, or stands by a sale."""
    if reading.addresses_reader(signal.start) or reading.speaks_of_itself(signal.start):
        return True
    near = signals_within(reading.signals("act"), signal.start - _BOUND_REACH, signal.start + _BOUND_REACH + 1)
    return any(act.value in _AT_SALE for act in near)


def _is_own(reading: Reading, signal: Signal) -> bool:
    voiced = signal.assertion is Assertion.AFFIRMED or (
        signal.assertion is Assertion.CONDITIONAL and reading.states_own_business(signal.start)
    )
    return voiced and not is_foreign(reading, signal)


def _are_otc_goods(found: list[Signal]) -> bool:
    """Whether the medicines a statement is about may be sold without a prescription anyway."""
    drugs = [each for each in found if each.kind == "drug"] or found
    return bool(drugs) and all(_PRESCRIBED.isdisjoint(drug.attributes.get("rx.us", ("rx",))) for drug in drugs)


def _spans(signals: Sequence[Signal]) -> tuple[tuple[int, int], ...]:
    return tuple((signal.start, signal.end) for signal in signals[:4])
