"""Combinations: an opioid named on a page about another medicine that slows the brain, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, is_class_of, mentions

_LINKED, _SECTION, _PAGE = "sentence", "section", "page"


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
    opioids = any(is_class_of(reading, substance, "opioid") for substance in about)
    for drug in mentions(reading):
        if drug.value not in about and _pairs(reading, drug.value, opioids):
            yield _combination(reading, drug, about)


def _pairs(reading: Reading, substance: str, opioid_page: bool) -> bool:
    is_opioid = is_class_of(reading, substance, "opioid") and is_class_of(reading, substance, "cns-depressant")
    if opioid_page:
        return not is_opioid and is_class_of(reading, substance, "benzodiazepine")
    return is_opioid


def _combination(reading: Reading, drug: Signal, about: tuple[str, ...]) -> Signal:
    sentence = reading.sentence_at(drug.start)
    own = [each for each in reading.signals("drug") if each.value in about]
    beside = any(sentence[0] <= each.start < sentence[1] for each in own)
    joined = beside and _within(reading, "together", sentence)
    heading = reading.block_at(drug.start).section
    section = any(reading.block_at(each.start).section == heading for each in own)
    linked = _LINKED if joined else _SECTION if section else _PAGE
    start, end = sentence if joined else (drug.start, drug.end)
    words = reading.text[start:end]
    return reading.signal(
        "combination", drug.value, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()),
        assertion=Assertion.AFFIRMED,
        attributes={
            "inn": (drug.value, *about),
            "linked": (linked,),
            "named": ("medicine",),
            "praised": ("yes" if joined and _within(reading, "praise", sentence) else "no",),
        },
    )  # fmt: skip


def _within(reading: Reading, value: str, sentence: tuple[int, int]) -> bool:
    return any(
        sentence[0] <= cue.start < sentence[1] and cue.assertion is not Assertion.DENIED
        for cue in reading.signals("combination-cue", value)
    )


def _named_class(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    opioids = any(is_class_of(reading, substance, "opioid") for substance in about)
    other = "benzodiazepine" if opioids else "opioid"
    named = next((signal for signal in reading.signals("drug-class", other) if signal.seen), None)
    if named:
        yield reading.signal(
            "combination", other, named.start, named.end, assertion=Assertion.AFFIRMED,
            attributes={"inn": about, "linked": (_PAGE,), "named": ("class",), "praised": ("no",)},
        )  # fmt: skip
