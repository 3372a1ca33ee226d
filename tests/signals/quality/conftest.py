"""What the detectors of information quality find in a text or an HTML page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import pytest

from auditor.assets import asset_folder
from auditor.model import Capture, Kind, Page, Signal
from auditor.page import read_page
from auditor.signals import detect
from auditor.vocabulary import Vocabulary, load_vocabulary

URL = "https://example.org/page"
AUDIT_DATE = dt.date(2026, 11, 22)
Found = Callable[..., list[Signal]]


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(asset_folder("policies"))


def _page(text: str, url: str) -> Page:
    kind = Kind.HTML if text.lstrip().startswith("<") else Kind.TEXT
    when = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    return read_page(Capture(requested=url, url=url, kind=kind, body=text.encode(), captured_at=when))


@pytest.fixture
def found() -> Found:
    """Signals of one kind (and value) in a text, or in HTML when the text starts with "<"."""

    def find(kind: str, text: str, value: str | None = None, url: str = URL) -> list[Signal]:
        facts = detect(_page(text, url), _vocabulary(), AUDIT_DATE)
        return [each for each in facts.signals if each.kind == kind and value in (None, each.value)]

    return find


@pytest.fixture
def words(found: Found) -> Callable[..., list[str]]:
    """The words of those signals, as the page has them."""

    def quote(kind: str, text: str, value: str | None = None) -> list[str]:
        canonical = _page(text, URL).text
        return [canonical[each.start : each.end] for each in found(kind, text, value)]

    return quote
