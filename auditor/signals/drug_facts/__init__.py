"""Statements about a medicine, compared with what the drug lexicon knows of it: right, wrong or loose."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Signal
from auditor.signals.drug_facts import ages, classes, doses, indications, metabolites
from auditor.signals.reading import Reading


def detect(reading: Reading) -> Iterator[Signal]:
    """One `drug-fact` signal for each statement that can be compared; what the lexicon does not know is not judged."""
    for aspect in (metabolites, classes, doses, ages, indications):
        yield from aspect.facts(reading)
