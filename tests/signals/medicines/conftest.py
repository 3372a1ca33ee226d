"""A short way to read a text with the shipped vocabulary and to look at what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import pytest

from auditor.assets import asset_folder
from auditor.model import Capture, Kind, Signal
from auditor.page import read_page
from auditor.signals import detect
from auditor.vocabulary import Vocabulary, load_vocabulary

TODAY = dt.date(2026, 11, 22)
Found = Callable[[str, str], list[Signal]]


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(asset_folder("policies"))


@pytest.fixture
def vocabulary() -> Vocabulary:
    """The shipped vocabulary and lexicon."""
    return _vocabulary()


@pytest.fixture
def found() -> Found:
    """Signals of one kind in a saved text, hidden and denied ones too."""

    def find(text: str, kind: str) -> list[Signal]:
        body = text.encode()
        capture = Capture(
            requested="x", url="https://example.org/x", kind=Kind.TEXT, body=body, size=len(body),
            captured_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        )  # fmt: skip
        signals = detect(read_page(capture), _vocabulary(), TODAY).signals
        return sorted((signal for signal in signals if signal.kind == kind), key=lambda signal: signal.start)

    return find
