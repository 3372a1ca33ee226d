"""Page to signals: facts found in the text, each with its span, its voice and how it was recognised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from auditor.model import Page, Signal
from auditor.signals import acts, audience, drugs, offers, prescription
from auditor.signals.reading import Facts, Reading
from auditor.signals.wording import wording_signals
from auditor.vocabulary import Vocabulary

Detector = Callable[[Reading], Iterable[Signal]]

# In order: a detector sees the signals of those before it.
DETECTORS: tuple[Detector, ...] = (
    wording_signals,
    acts.detect,
    audience.detect,
    drugs.detect,
    prescription.detect,
    offers.detect,
)


def detect(page: Page, vocabulary: Vocabulary, audit_date: dt.date) -> Facts:
    """Every signal of `page`, as policies are judged on them.

    `audit_date` decides which legal status of a drug is in force and how old a date is.
    """
    reading = Reading(page, vocabulary, audit_date)
    for detector in DETECTORS:
        reading.add(list(detector(reading)))
    return Facts(page, reading.all_signals(), audit_date, reading)


__all__ = ["DETECTORS", "Detector", "Facts", "Reading", "detect"]
