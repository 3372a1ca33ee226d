"""From what age a medicine may be taken: stated rightly, wrongly, so that the limit is lost, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Signal
from auditor.signals.drug_facts.compared import SAID, Statement, Verdict, compared, fact_of
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, opens_with, subjects_of
from auditor.vocabulary.drugs import Fact

_AGE = re.compile(
    r"\b(\d{1,3})[\s-]?(months?|years?|yrs?)?\b(?!\s?(?:mg|mcg|g|ml|%|days?|hours?|minutes?|weeks?|times))",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    r"\bag(?:e|es|ed)\b|\bold\b|\bolder\b|\byounger\b"
    r"|\b(?:people|persons|anyone|those|patients|users) (?:under|below|over|above)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\bfor\s+(?:more than|over|at least|less than|up to)\s*\Z", re.IGNORECASE)
_LABEL_AGE = re.compile(r"(\d+) (months|years)")
_BOUND_REACH = 22  # characters between "under" and the number
_OLDEST = 21  # years: a higher number speaks of older people, not of a lower limit
_MONTHS = 12
_EXCLUDED = "who must not take it is said"
_NOT_GIVEN = "neither an age limit nor who must not take it is given"


class _Age(NamedTuple):
    """An age in a sentence: how many months, and whether it is an upper or lower bound ("" for neither)."""

    start: int
    months: int
    bound: str


def facts(reading: Reading) -> Iterator[Signal]:
    """Statements of age limits in text order, then the medicines whose page owes one."""
    about = tuple(central(reading))
    if not about:
        return
    said = list(_statements(reading, about))
    yield from said
    yield from _absences(reading, {substance for signal in said for substance in signal.attributes["inn"]})


def _statements(reading: Reading, about: tuple[str, ...]) -> Iterator[Signal]:
    spans = {
        reading.sentence_at(signal.start) for kind in ("age-stance", "age-any") for signal in reading.signals(kind)
    }
    for sentence in sorted(spans):
        substance = _substance(reading, sentence, about)
        known = fact_of(reading, substance, "min_age") if substance else None
        if substance and known and reading.is_seen(reading.block_index_at(sentence[0])):
            judged = _judge(reading, sentence, _months(known), substance)
            if judged:
                yield compared(reading, Statement("age", judged[0], sentence, substance, known, judged[1], judged[2]))


def _substance(reading: Reading, sentence: tuple[int, int], about: tuple[str, ...]) -> str:
    named = subjects_of(reading, sentence[0], about)
    return next((substance for substance in about if substance in named), "")


def _months(known: Fact) -> int:
    """The lowest labelled age in months."""
    found = [match for value in known.values if (match := _LABEL_AGE.search(value))]
    return min((int(match[1]) * (_MONTHS if match[2] == "years" else 1) for match in found), default=0)


def _judge(reading: Reading, sentence: tuple[int, int], limit: int, substance: str) -> tuple[Verdict, str, str] | None:
    for phrase in inside(reading, "age-any", *sentence):
        if phrase.assertion in SAID and _speaks_of_medicine(reading, sentence):
            return Verdict.WRONG, reading.text[phrase.start : phrase.end], f"{substance} has a lower age limit"
    ages = _ages(reading, sentence)
    stances = inside(reading, "age-stance", *sentence)
    if not ages or not stances:
        return None
    age = ages[0]
    stance = min(stances, key=lambda signal: abs(signal.start - age.start)).value
    verdict = _excluded(age, limit) if stance == "excluded" else _included(age, limit)
    if verdict is None or (len(ages) > 1 and not age.bound):
        return None
    return verdict[0], reading.text[age.start : age.start + 12].strip(), verdict[1]


def _speaks_of_medicine(reading: Reading, sentence: tuple[int, int]) -> bool:
    """Whether the sentence names a medicine or takes up the one before it, rather than other goods of the page."""
    named = inside(reading, "drug", *sentence) or inside(reading, "product-word", *sentence)
    return bool(named) or opens_with(reading, "carry-on", sentence[0])


def _excluded(age: _Age, limit: int) -> tuple[Verdict, str] | None:
    if age.bound == "above":
        return None
    if not age.bound:
        return Verdict.WRONG, "excludes an age without saying whether under or over it"
    if age.months < limit:
        return Verdict.LOOSE, "the labelled age limit is higher"
    return Verdict.RIGHT, "at or above the labelled age limit"


def _included(age: _Age, limit: int) -> tuple[Verdict, str] | None:
    if age.bound == "below":
        return (Verdict.WRONG, "allows ages under the labelled limit") if age.months <= limit else None
    if age.months < limit:
        return Verdict.WRONG, "allows an age under the labelled limit"
    return Verdict.RIGHT, "at or above the labelled age limit"


def _ages(reading: Reading, sentence: tuple[int, int]) -> list[_Age]:
    text = reading.text
    young = any(signal.value == "child" for signal in inside(reading, "dose-population", *sentence))
    if not young and not _OF_AGE.search(text, *sentence):
        return []
    found = []
    for match in _AGE.finditer(text, *sentence):
        number, unit = int(match[1]), (match[2] or "").lower()
        bound = _bound(reading, match.start(), match.end(), sentence)
        lasting = _LASTING.search(text, max(sentence[0], match.start() - 20), match.start())
        if (unit or bound) and not lasting and 0 < number <= (99 if unit.startswith("m") else _OLDEST):
            found.append(_Age(match.start(), number * (1 if unit.startswith("m") else _MONTHS), bound))
    return found


def _bound(reading: Reading, start: int, end: int, sentence: tuple[int, int]) -> str:
    """The bound written just before or just behind a number."""
    near = [
        (min(abs(start - bound.end), abs(bound.start - end)), bound.value)
        for bound in inside(reading, "age-bound", *sentence)
        if (bound.end <= start and start - bound.end <= _BOUND_REACH) or 0 <= bound.start - end <= _BOUND_REACH
    ]
    return min(near)[1] if near else ""


def _absences(reading: Reading, stated: set[str]) -> Iterator[Signal]:
    """Medicines with a labelled limit and no age beside them: who must not take them is said, or nothing is."""
    other = next(_said_otherwise(reading), None)
    for medicine in reading.signals("medicine"):
        known = fact_of(reading, medicine.value, "min_age") or fact_of(reading, medicine.value, "contraindications_us")
        if known is None or medicine.value in stated:
            continue
        if other:
            span = other.start, other.end
            yield compared(reading, Statement("age", Verdict.RIGHT, span, medicine.value, known, "", _EXCLUDED))
        else:
            span = medicine.start, medicine.end
            yield compared(reading, Statement("age", Verdict.ABSENT, span, medicine.value, known, "", _NOT_GIVEN))


def _said_otherwise(reading: Reading) -> Iterator[Signal]:
    """Words that say who must not take the medicine, without an age."""
    yield from (warning for warning in reading.signals("warning") if warning.value == "contraindication")
    yield from reading.signals("adults-only")
    yield from (stance for stance in reading.signals("age-stance", "excluded") if _excludes_children(reading, stance))


def _excludes_children(reading: Reading, stance: Signal) -> bool:
    sentence = reading.sentence_at(stance.start)
    return any(signal.value == "child" for signal in inside(reading, "dose-population", *sentence))
