"""What kind of medicine it is said to be ("X is an NSAID"), and how freely it is said to be had."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.drug_facts.compared import SAID, Statement, Verdict, compared
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, is_class_of, opens_with, subjects_of
from auditor.vocabulary.drugs import Fact, Substance

_TURN = re.compile(r"\b(?:to|for|with|than|like|from|unlike|not|and|or|without|non|over|as well)\b|[;:]", re.IGNORECASE)
_CLASS_WORDS = 4  # between "is a" and the class
_REACH = 70  # characters between the medicine and "is a"


def facts(reading: Reading) -> Iterator[Signal]:
    """Statements of class, then of status."""
    yield from _classes(reading)
    yield from _statuses(reading)


def _classes(reading: Reading) -> Iterator[Signal]:
    for named in reading.signals("drug-class"):
        if named.value == "not-a-class" or not _is_said(reading, named):
            continue
        sentence = reading.sentence_at(named.start)
        drug = _classified(reading, named, sentence)
        known = reading.lexicon.substances.get(drug.value) if drug else None
        if drug and known:
            verdict = _verdict(reading, named, known)
            says = reading.text[named.start : named.end]
            why = f"{drug.value} is classed as {known.drug_class}"
            yield compared(reading, Statement("class", verdict, sentence, drug.value, _class_fact(known), says, why))


def _is_said(reading: Reading, named: Signal) -> bool:
    from auditor.signals.assertion import assert_span

    return assert_span(reading, named.start, named.end)[0] is Assertion.AFFIRMED


def _classified(reading: Reading, named: Signal, sentence: tuple[int, int]) -> Signal | None:
    """The medicine that the sentence says is of the class: "X ... is a [few words] class"."""
    links = [link for link in inside(reading, "class-link", sentence[0], named.start) if link.end <= named.start]
    if not links or not _is_close(reading.text[links[-1].end : named.start]):
        return None
    first = next((link for link in links if links[-1].start - link.end < _REACH), links[-1])
    drugs = [drug for drug in inside(reading, "drug", sentence[0], first.start) if first.start - drug.end < _REACH]
    if len({drug.value for drug in drugs}) != 1 or _TURN.search(reading.text[drugs[-1].end : first.start]):
        return None
    return drugs[-1]


def _is_close(between: str) -> bool:
    return len(between.split()) <= _CLASS_WORDS and not _TURN.search(between)


def _verdict(reading: Reading, named: Signal, known: Substance) -> Verdict:
    if is_class_of(reading, known.inn, named.value):
        return Verdict.RIGHT
    own = {known.drug_class.lower(), *known.groups}
    return Verdict.WRONG if own & set(named.attributes.get("excludes", ())) else Verdict.LOOSE


def _class_fact(known: Substance) -> Fact:
    return Fact((known.drug_class,), known.evidence.get("class", known.evidence[""]))


# ------------------------------------------------------------------------------------------------------ status


def _statuses(reading: Reading) -> Iterator[Signal]:
    about = tuple(central(reading))
    for cue in reading.signals("status"):
        sentence = reading.sentence_at(cue.start)
        substance = _spoken_of(reading, cue, sentence, about) if cue.assertion in SAID else None
        known = reading.lexicon.substances.get(substance) if substance else None
        law = known.attributes(reading.audit_date) if known else {}
        schedule = law.get("schedule.us", ())
        restricted = schedule or (cue.value == "free" and law.get("rx.us") == ("rx",))
        if known and restricted:
            yield _status(reading, cue, known, schedule)


def _status(reading: Reading, cue: Signal, known: Substance, schedule: tuple[str, ...]) -> Signal:
    status = f"US schedule {schedule[0]}" if schedule else "prescription only (US)"
    fact = Fact((status,), known.evidence.get("schedule.us", known.evidence[""]))
    verdict = Verdict.WRONG if cue.value == "free" and schedule else Verdict.LOOSE
    says = reading.text[cue.start : cue.end]
    why = f"{known.inn} is {status}"
    return compared(reading, Statement("status", verdict, reading.sentence_at(cue.start), known.inn, fact, says, why))


def _spoken_of(reading: Reading, cue: Signal, sentence: tuple[int, int], about: tuple[str, ...]) -> str | None:
    """The medicine nearest to the words; without one in the sentence, the one in context."""
    drugs = inside(reading, "drug", *sentence)
    if drugs:
        return min(drugs, key=lambda drug: abs(drug.start - cue.start)).value
    if not opens_with(reading, "carry-on", sentence[0]):
        return None
    named = subjects_of(reading, cue.start, about)
    return next(iter(named)) if len(named) == 1 else None
