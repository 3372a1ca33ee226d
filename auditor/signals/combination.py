"""Combinations: an opioid named on a page about another medicine that slows the brain, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.model import Assertion, Signal
from auditor.signals.prose import trimmed
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, is_class_of, mentions

_LINKED, _SECTION, _PAGE = "sentence", "section", "page"
_PAIR = 2


def detect(reading: Reading) -> Iterator[Signal]:
    """One `combination` for each sentence that joins the two, else the nearest one; its value is the other medicine.

    `praised` says that the sentence speaks well of it, `named` whether a medicine or only its class is named.
    """
    about = tuple(central(reading))
    depressants = [substance for substance in about if is_class_of(reading, substance, "cns-depressant")]
    if not depressants:
        return
    partners = list(_partners(reading, about))
    joined = [signal for signal in partners if signal.attributes["linked"] == (_LINKED,)]
    if joined:
        yield from joined
    elif partners:
        order = (_SECTION, _PAGE)
        yield min(partners, key=lambda signal: (order.index(signal.attributes["linked"][0]), signal.start))
    else:
        yield from _named_class(reading, about)


def _partners(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    """Every mention of an opioid beside a sedative of the page, or of a benzodiazepine beside its opioid."""
    opioids = {substance for substance in about if is_class_of(reading, substance, "opioid")}
    sedatives = {substance for substance in about if is_class_of(reading, substance, "cns-depressant")} - opioids
    places = {name: _sections(reading, name) for name in (*sedatives, *opioids)}
    for drug in mentions(reading):
        opioid = is_class_of(reading, drug.value, "opioid") and is_class_of(reading, drug.value, "cns-depressant")
        if opioid and sedatives:
            yield _combination(reading, drug, sedatives, frozenset() if drug.value in about else _of(places, sedatives))
        elif opioids and not opioid and not sedatives and is_class_of(reading, drug.value, "benzodiazepine"):
            yield _combination(reading, drug, opioids, _of(places, opioids))


def _sections(reading: Reading, substance: str) -> frozenset[int]:
    return frozenset(reading.block_at(drug.start).section for drug in reading.signals("drug", substance))


def _of(places: Mapping[str, frozenset[int]], substances: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*(places[substance] for substance in substances))


def _combination(reading: Reading, drug: Signal, others: set[str], sections: frozenset[int]) -> Signal:
    """`sections`: where the others stand; none where both are goods of the page, which a list does not join."""
    sentence = reading.sentence_at(drug.start)
    named = inside(reading, "drug", *sentence)
    joined = any(each.value in others for each in named) and _joins(reading, sentence, named)
    near = reading.block_at(drug.start).section in sections
    linked = _LINKED if joined else _SECTION if near else _PAGE
    start, end = sentence if joined else (drug.start, drug.end)
    return reading.signal(
        "combination", drug.value, *trimmed(reading.text, start, end), assertion=Assertion.AFFIRMED,
        attributes={
            "inn": (drug.value, *sorted(others)),
            "linked": (linked,),
            "named": ("medicine",),
            "praised": ("yes" if joined and _within(reading, "praise", sentence) else "no",),
        },
    )  # fmt: skip


def _joins(reading: Reading, sentence: tuple[int, int], named: Iterable[Signal]) -> bool:
    """Whether the sentence puts the two together; "and" and "with" do so only where no more than two are named."""
    pair = len({drug.value for drug in named}) == _PAIR
    return _within(reading, "together", sentence) or (pair and _within(reading, "beside", sentence))


def _within(reading: Reading, value: str, sentence: tuple[int, int]) -> bool:
    cues = inside(reading, "combination-cue", *sentence)
    return any(cue.value == value and cue.assertion is not Assertion.DENIED for cue in cues)


def _named_class(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    opioids = any(is_class_of(reading, substance, "opioid") for substance in about)
    other = "benzodiazepine" if opioids else "opioid"
    named = next((signal for signal in reading.signals("drug-class", other) if signal.seen), None)
    if named:
        yield reading.signal(
            "combination", other, named.start, named.end, assertion=Assertion.AFFIRMED,
            attributes={"inn": about, "linked": (_PAGE,), "named": ("class",), "praised": ("no",)},
        )  # fmt: skip
