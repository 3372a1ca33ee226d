"""Dosing statements: an amount that readers are told to take, with its route, frequency, ceiling and people.

An amount is a dose when its sentence speaks of taking or giving it; the strengths a product comes in, amounts given in
a trial and amounts of an overdose are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Role, Signal
from auditor.signals.amounts import Amount, find_amounts, maybe_amounts
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, subjects_of

_OUTSIDE = frozenset({Role.NAVIGATION, Role.FOOTER, Role.HEADER, Role.COMMENT})
_TOLD = frozenset({"dose", "instruction"})
_BEHIND = 30  # characters behind an amount in which "twice daily" multiplies it
_NEAR = 120  # characters around an amount in which route, frequency and ceiling belong to it


def detect(reading: Reading) -> Iterator[Signal]:
    """One `dosing` signal for each amount that is a dose; its value is the substance."""
    about = tuple(central(reading))
    done = 0
    for offset in maybe_amounts(reading.text):
        block = reading.block_at(offset)
        if offset < done or block.role in _OUTSIDE or block.level:
            continue
        start, done = reading.sentence_at(offset)
        for amount in find_amounts(reading.text, start, done):
            yield from _dosing(reading, amount, (start, done), about)


def _dosing(reading: Reading, amount: Amount, sentence: tuple[int, int], about: tuple[str, ...]) -> Iterator[Signal]:
    low, high = max(sentence[0], amount.start - _NEAR), min(sentence[1], amount.end + _NEAR)
    if not reading.is_seen(reading.block_index_at(amount.start)) or not _is_dose(reading, amount, sentence, low, high):
        return
    substance = _substance(reading, amount, sentence, about)
    if not substance:
        return
    yield reading.signal(
        "dosing", substance, amount.start, amount.end, assertion=Assertion.AFFIRMED,
        attributes={
            "inn": (substance,),
            "low": (f"{amount.low:g}",),
            "high": (f"{amount.high:g}",),
            "route": tuple(dict.fromkeys(_values(reading, "route", *sentence))),
            "frequency": _frequency(reading, amount, low, high),
            "times": _times(reading, amount, sentence),
            "told": ("yes" if "instruction" in _values(reading, "dose-cue", *sentence) else "no",),
            "limit": ("yes" if _values(reading, "dose-limit", low, high) else "no",),
            "population": tuple(dict.fromkeys(_values(reading, "dose-population", *sentence))),
        },
    )  # fmt: skip


def _is_dose(reading: Reading, amount: Amount, sentence: tuple[int, int], low: int, high: int) -> bool:
    cues = set(_values(reading, "dose-cue", *sentence))
    if "report" in cues:
        return False
    if _values(reading, "frequency", low, high) or amount.per_day:
        return bool(cues & _TOLD) or "strength" not in cues
    return bool(cues & _TOLD) and "strength" not in cues and not _is_name(reading, amount, sentence)


def _is_name(reading: Reading, amount: Amount, sentence: tuple[int, int]) -> bool:
    """Whether the amount is part of the product's name: "Ibuprofen 200mg is for adults"."""
    drugs = inside(reading, "drug", sentence[0], amount.start)
    return any(len(reading.text[drug.end : amount.start].strip()) == 0 for drug in drugs)


def _values(reading: Reading, kind: str, low: int, high: int) -> list[str]:
    return [signal.value for signal in inside(reading, kind, low, high)]


def _frequency(reading: Reading, amount: Amount, low: int, high: int) -> tuple[str, ...]:
    """How often: times a day, "day" for a daily total, "0" for less often or as needed."""
    found = sorted(inside(reading, "frequency", low, high), key=lambda signal: abs(signal.start - amount.end))
    values = dict.fromkeys(signal.value for signal in found)
    return ("day", *values) if amount.per_day and "day" not in values else tuple(values)


def _times(reading: Reading, amount: Amount, sentence: tuple[int, int]) -> tuple[str, ...]:
    """How many times a day, where that is said right behind the amount."""
    end = min(sentence[1], amount.end + _BEHIND)
    following = next(find_amounts(reading.text, amount.end, end), None)
    end = following.start if following else end
    counts = [signal.value for signal in inside(reading, "frequency", amount.end, end)]
    return tuple(value for value in counts[:1] if value.isdigit() and value != "0")


def _substance(reading: Reading, amount: Amount, sentence: tuple[int, int], about: tuple[str, ...]) -> str:
    """The medicine named nearest before the amount in its sentence, else nearest after it, else the one in context."""
    own = inside(reading, "drug", *sentence)
    if own:
        return min(own, key=lambda drug: (drug.start > amount.start, abs(drug.start - amount.start))).value
    named = subjects_of(reading, amount.start, about)
    return next((substance for substance in about if substance in named), next(iter(sorted(named)), ""))
