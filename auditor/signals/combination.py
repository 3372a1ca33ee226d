"""Combinations: an opioid named on a page about another medicine that slows the brain, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, is_class_of, mentions

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
    for drug in mentions(reading):
        opioid = is_class_of(reading, drug.value, "opioid") and is_class_of(reading, drug.value, "cns-depressant")
        if opioid and sedatives:
            yield _combination(reading, drug, sedatives, listed=drug.value in about)
        elif opioids and not opioid and not sedatives and is_class_of(reading, drug.value, "benzodiazepine"):
            yield _combination(reading, drug, opioids, listed=False)


def _combination(reading: Reading, drug: Signal, others: set[str], *, listed: bool) -> Signal:
    """`listed`: both are medicines of the page, as on a list of goods, and not joined by standing near each other."""
    sentence = reading.sentence_at(drug.start)
    named = [each for each in reading.signals("drug") if sentence[0] <= each.start < sentence[1]]
    joined = any(each.value in others for each in named) and _joins(reading, sentence, named)
    section = reading.block_at(drug.start).section
    near = not listed and any(
        reading.block_at(each.start).section == section for each in reading.signals("drug") if each.value in others
    )
    linked = _LINKED if joined else _SECTION if near else _PAGE
    start, end = sentence if joined else (drug.start, drug.end)
    words = reading.text[start:end]
    return reading.signal(
        "combination", drug.value, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()),
        assertion=Assertion.AFFIRMED,
        attributes={
            "inn": (drug.value, *sorted(others)),
            "linked": (linked,),
            "named": ("medicine",),
            "praised": ("yes" if joined and _within(reading, "praise", sentence) else "no",),
        },
    )  # fmt: skip


def _joins(reading: Reading, sentence: tuple[int, int], named: list[Signal]) -> bool:
    """Whether the sentence puts the two together; "and" and "with" do so only where no more than two are named."""
    pair = len({drug.value for drug in named}) == _PAIR
    return _within(reading, "together", sentence) or (pair and _within(reading, "beside", sentence))


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
