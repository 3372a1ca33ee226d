"""Statements of one page that cannot both be true of one thing. Whether they clash, a person decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.prose import BODY_ROLES, sentence_span, signals_within, word_count
from auditor.signals.reading import Reading

_WORD = re.compile(r"[a-z]{4,}")
_MOST_COMPARED = 20  # statements of a side
_FEWEST_WORDS = 3  # labels and links such as "non-drowsy" state nothing
_BEFORE = 60  # characters before the statement in which its subject stands
_PRONOUN = re.compile(r"\b(?:it|this|they|these|the|exact)\s*(?:is|are|has|have)?\s*\Z")
_PLURAL = re.compile(r"(?:es|s)\Z")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `contradiction` signal a topic on which the page takes both sides, spanning one and naming the other."""
    sides: dict[str, dict[str, list[Signal]]] = defaultdict(lambda: defaultdict(list))
    for position in reading.signals("position"):
        if _is_flat(reading, position):
            sides[position.attributes["topic"][0]][position.value].append(position)
    for topic, taken in sides.items():
        pair = _clash(reading, list(taken.values()))
        if pair:
            first, second = sorted(pair, key=lambda position: position.start)
            start, end = _statement(reading, first)
            yield reading.signal(
                "contradiction", topic, start, end, assertion=Assertion.AFFIRMED, because=(_statement(reading, second),)
            )


def _is_flat(reading: Reading, position: Signal) -> bool:
    """Whether the page says it outright: in its own voice, of everyone, without a hedge."""
    if position.assertion is not Assertion.AFFIRMED or not position.seen or reading.is_visitors(position.start):
        return False
    start, end = sentence_span(reading, position.start, position.end)
    if word_count(reading.text[start:end]) < _FEWEST_WORDS or reading.block_at(start).role not in BODY_ROLES:
        return False
    return not signals_within(reading.signals("population"), start, end)


def _clash(reading: Reading, sides: list[list[Signal]]) -> tuple[Signal, Signal] | None:
    if len(sides) < 2:
        return None
    for first in sides[0][:_MOST_COMPARED]:
        for second in sides[1][:_MOST_COMPARED]:
            if _same_subject(reading, first, second):
                return first, second
    return None


def _same_subject(reading: Reading, first: Signal, second: Signal) -> bool:
    """Whether two statements are about one thing: the same medicine, a shared noun, or a pronoun within reach."""
    drugs = [_drugs(reading, position) for position in (first, second)]
    if drugs[0] and drugs[1]:
        return bool(drugs[0] & drugs[1])
    subjects = [_subject(reading, position) for position in (first, second)]
    if subjects[0] & subjects[1]:
        return True
    return any(_refers_back(reading, position) for position in (first, second))


def _drugs(reading: Reading, position: Signal) -> set[str]:
    start, end = sentence_span(reading, position.start, position.end)
    return {drug.value for drug in signals_within(reading.signals("drug"), start, end)}


def _subject(reading: Reading, position: Signal) -> set[str]:
    start = max(reading.sentence_at(position.start)[0], position.start - _BEFORE)
    return {_PLURAL.sub("", word) for word in _WORD.findall(reading.folded[start : position.start])}


def _refers_back(reading: Reading, position: Signal) -> bool:
    before = reading.folded[reading.sentence_at(position.start)[0] : position.start]
    return not before.strip() or bool(_PRONOUN.search(before))


def _statement(reading: Reading, position: Signal) -> tuple[int, int]:
    """The words of a statement with its subject, without what follows it."""
    start = sentence_span(reading, position.start, position.end)[0]
    return (start, position.end) if position.end - start <= 2 * _BEFORE else (position.start, position.end)
