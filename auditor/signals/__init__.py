"""Page to signals: facts found in the text, each with its span, its voice and how it was recognised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from auditor.model import Page, Signal
from auditor.signals import (
    acts,
    audience,
    authorship,
    broken,
    categories,
    claims,
    combination,
    comment_form,
    contradiction,
    dates,
    dosing,
    drug_facts,
    drugs,
    emergency,
    fused,
    headings,
    identity,
    medicines,
    numbers,
    offers,
    page_character,
    page_extent,
    prescription,
    references,
    repeats,
    review_markup,
    statistics,
    studies,
    trust,
    warnings,
)
from auditor.signals.reading import Facts, Reading
from auditor.signals.wording import wording_signals
from auditor.vocabulary import Vocabulary

Detector = Callable[[Reading], Iterable[Signal]]

# In order: a detector sees the signals of those before it.
DETECTORS: tuple[Detector, ...] = (
    wording_signals,
    headings.detect,
    acts.detect,
    audience.detect,
    drugs.detect,
    categories.detect,
    prescription.detect,
    page_extent.detect,
    page_character.detect,
    offers.detect,
    authorship.detect,
    dates.detect,
    references.detect,
    studies.detect,
    statistics.detect,
    identity.detect,
    trust.detect,
    emergency.detect,
    dosing.detect,
    medicines.detect,
    warnings.detect,
    claims.detect,
    drug_facts.detect,
    combination.detect,
    comment_form.detect,
    numbers.detect,
    fused.detect,
    broken.detect,
    repeats.detect,
    contradiction.detect,
    review_markup.detect,
)


def detect(page: Page, vocabulary: Vocabulary, audit_date: dt.date) -> Facts:
    """Every signal of `page`, as policies are judged on them.

    `audit_date` decides which legal status of a drug is in force and how old a date is.
    """
    reading = read_signals(page, vocabulary, audit_date)
    return Facts(page, reading.all_signals(), audit_date, reading)


def read_signals(page: Page, vocabulary: Vocabulary, audit_date: dt.date) -> Reading:
    """`page` with every signal found, as detectors see it."""
    reading = Reading(page, vocabulary, audit_date)
    for detector in DETECTORS:
        reading.add(list(detector(reading)))
    return reading


__all__ = ["DETECTORS", "Detector", "Facts", "Reading", "detect", "read_signals"]
