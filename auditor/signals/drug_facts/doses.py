"""Doses against the labelled maximum, and against the form of the product the page names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.model import Signal
from auditor.signals.amounts import find_amounts
from auditor.signals.drug_facts.compared import Statement, Verdict, compared, fact_of, read_as
from auditor.signals.reading import Reading
from auditor.signals.subjects import inside
from auditor.vocabulary.drugs import Fact

_WORST_FIRST = (Verdict.WRONG, Verdict.LOOSE, Verdict.RIGHT)
_ABSURD = 10  # times the maximum: an amount of something else that the sentence does not name as a medicine
_SEVERAL = 2  # routes in one sentence that make it a list of routes

Finding = tuple[Verdict, str, Fact]


def facts(reading: Reading) -> Iterator[Signal]:
    """One statement a sentence that doses, the gravest fault first; then lists of routes."""
    medicines = {medicine.value: medicine for medicine in reading.signals("medicine")}
    judged: dict[tuple[int, int], tuple[Signal, Finding]] = {}
    for dosing in reading.signals("dosing"):
        finding = _judge(reading, dosing, medicines)
        sentence = reading.sentence_at(dosing.start)
        if finding and (sentence not in judged or _rank(finding) < _rank(judged[sentence][1])):
            judged[sentence] = (dosing, finding)
    for sentence, (dosing, (verdict, why, known)) in judged.items():
        says = reading.text[dosing.start : dosing.end]
        yield compared(reading, Statement("dose", verdict, sentence, dosing.value, known, says, why))
    yield from _lists_of_routes(reading, set(judged))


def _rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding[0])


def _judge(reading: Reading, dosing: Signal, medicines: Mapping[str, Signal]) -> Finding | None:
    medicine = medicines.get(dosing.value)
    return (
        _above_maximum(reading, dosing)
        or (_other_route(reading, dosing, medicine) if medicine else None)
        or (_incomplete(reading, dosing) if medicine else None)
        or _within_maximum(reading, dosing)
    )


# --------------------------------------------------------------------------------------------------- maximum


def _above_maximum(reading: Reading, dosing: Signal) -> Finding | None:
    known = fact_of(reading, dosing.value, "max_daily_dose")
    if known is None or set(dosing.attributes["route"]) - {"oral"}:
        return None
    most, daily = _maximum(known), _daily(dosing)
    if not most or daily <= most or (daily > most * _ABSURD and not _is_named(reading, dosing)):
        return None
    return Verdict.WRONG, f"{daily:g} mg a day is above the labelled maximum of {most:g} mg", known


def _is_named(reading: Reading, dosing: Signal) -> bool:
    sentence = reading.sentence_at(dosing.start)
    return any(drug.value == dosing.value for drug in inside(reading, "drug", *sentence))


def _within_maximum(reading: Reading, dosing: Signal) -> Finding | None:
    known = fact_of(reading, dosing.value, "max_daily_dose")
    return (Verdict.RIGHT, "within the labelled maximum", known) if known and _maximum(known) else None


def _maximum(known: Fact) -> float:
    """The highest labelled daily dose in milligrams; 0 where it is not given in them."""
    return max((amount.high for value in known.values for amount in find_amounts(value, 0, len(value))), default=0.0)


def _daily(dosing: Signal) -> float:
    times = float(dosing.attributes["times"][0]) if dosing.attributes["times"] else 1.0
    return float(dosing.attributes["high"][0]) * times


# ----------------------------------------------------------------------------------------------------- route


def _other_route(reading: Reading, dosing: Signal, medicine: Signal) -> Finding | None:
    """A dose for injection where the product is swallowed, and no dose for swallowing it on the page."""
    sold_as = _routes_of(reading, medicine)
    told = set(dosing.attributes["route"])
    if not sold_as or not told or told & sold_as or _gives_dose_by(reading, dosing.value, sold_as):
        return None
    offered = medicine.attributes.get("basis") == ("offered",)
    product = _name(reading, _product(reading, medicine))
    why = f"a dose by {' or '.join(sorted(told))}, while {product} is taken by another route"
    return Verdict.WRONG if offered else Verdict.LOOSE, why, _forms(reading, medicine)


def _routes_of(reading: Reading, medicine: Signal) -> set[str]:
    return read_as(reading, " | ".join(_sold_as(reading, medicine)), "form")


def _sold_as(reading: Reading, medicine: Signal) -> tuple[str, ...]:
    return _product(reading, medicine).attributes.get("forms", ())


def _product(reading: Reading, medicine: Signal) -> Signal:
    """The name whose forms are known: the medicine's own, else that of the brand beside it or in a heading."""
    if "forms" in medicine.attributes:
        return medicine
    brands = (drug for drug in reading.signals("drug", medicine.value) if "forms" in drug.attributes)
    named = (drug for drug in brands if drug.block == medicine.block or reading.block_at(drug.start).level)
    return next(named, medicine)


def _gives_dose_by(reading: Reading, substance: str, routes: set[str]) -> bool:
    return any(
        set(dosing.attributes["route"]) & routes or (dosing.attributes["frequency"] and not dosing.attributes["route"])
        for dosing in reading.signals("dosing", substance)
    )


def _forms(reading: Reading, medicine: Signal) -> Fact:
    return Fact(_sold_as(reading, medicine), reading.lexicon.substances[medicine.value].evidence[""])


def _name(reading: Reading, drug: Signal) -> str:
    return reading.text[drug.start : drug.end]


def _lists_of_routes(reading: Reading, judged: set[tuple[int, int]]) -> Iterator[Signal]:
    """Routes by which a brand is said to be given, where it is not sold in such forms."""
    for drug in reading.signals("drug"):
        sentence = reading.sentence_at(drug.start)
        sold_as = _routes_of(reading, drug) if "forms" in drug.attributes and sentence not in judged else set()
        told = {route.value for route in inside(reading, "route", *sentence)} if sold_as else set()
        if len(told) >= _SEVERAL and told - sold_as and inside(reading, "given-by", *sentence):
            judged.add(sentence)
            why = f"{_name(reading, drug)} is sold as {', '.join(_sold_as(reading, drug))}"
            says = ", ".join(sorted(told))
            known = _forms(reading, drug)
            yield compared(reading, Statement("dose", Verdict.LOOSE, sentence, drug.value, known, says, why))


# -------------------------------------------------------------------------------------------------- complete


def _incomplete(reading: Reading, dosing: Signal) -> Finding | None:
    """A dose without how often or at most how much, in its whole section."""
    if dosing.attributes["told"] == ("no",) or dosing.attributes["frequency"] or dosing.attributes["limit"] == ("yes",):
        return None
    blocks = reading.section_blocks(reading.block_at(dosing.start))
    start, end = blocks[0].start, blocks[-1].end
    if inside(reading, "frequency", start, end) or inside(reading, "dose-limit", start, end):
        return None
    known = fact_of(reading, dosing.value, "max_daily_dose")
    otherwise = Fact((), reading.lexicon.substances[dosing.value].evidence[""])
    return Verdict.LOOSE, "how often, and how much at most, is not said in this section", known or otherwise
