"""How much of the page there is: how complete its capture is, and whether it is a mere stub or a home page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model import Signal
from auditor.signals.prose import telling_blocks, word_count
from auditor.signals.reading import Reading

_STUB_WORDS = 120
_DOORS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/"})


def detect(reading: Reading) -> Iterator[Signal]:
    """One `capture` signal; `page` "stub" for a text too short for the standards of an article, and "home"."""
    yield reading.fact("capture", reading.page.completeness.value)
    if sum(word_count(reading.block_text(block)) for block in telling_blocks(reading)) < _STUB_WORDS:
        yield reading.fact("page", "stub")
    if is_home(reading.page.url):
        yield reading.fact("page", "home")


def is_home(url: str) -> bool:
    """Whether `url` is the front door of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.path.lower() in _DOORS and not parts.query
