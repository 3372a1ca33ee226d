"""A short way to read a page with the shipped vocabulary and to ask what was found in it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from auditor.assets import asset_folder
from auditor.model import Assertion, Capture, Kind, Page, Signal
from auditor.page import read_page
from auditor.signals import Facts, Reading, detect
from auditor.signals.assertion import assert_span
from auditor.vocabulary import Vocabulary, load_vocabulary

TODAY = dt.date(2026, 11, 22)
URL = "https://example.org/page"


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary and lexicon."""
    return load_vocabulary(asset_folder("policies"))


def page(text: str, url: str = URL) -> Page:
    """`text` as a page: HTML when it begins with "<", else saved text."""
    kind = Kind.HTML if text.lstrip().startswith("<") else Kind.TEXT
    when = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    return read_page(Capture(requested=url, url=url, kind=kind, body=text.encode(), captured_at=when))


def reading(text: str) -> Reading:
    """`text` being read, before any detector."""
    return Reading(page(text), vocabulary(), TODAY)


def facts(text: str, url: str = URL) -> Facts:
    """Everything found in `text`."""
    return detect(page(text, url), vocabulary(), TODAY)


def signals(text: str, kind: str, value: str | None = None) -> list[Signal]:
    """The signals of a kind (and value) in `text`, in text order."""
    found = [each for each in facts(text).signals if each.kind == kind and value in (None, each.value)]
    return sorted(found, key=lambda signal: (signal.start, signal.end))


def voice(text: str, words: str, nth: int = 0) -> Assertion:
    """The voice in which the nth occurrence of `words` is said."""
    read = reading(text)
    start = -1
    for _ in range(nth + 1):
        start = read.text.index(words, start + 1)
    return assert_span(read, start, start + len(words))[0]
