"""How much of the page there is and whose: the completeness of its capture; stub, forum or home page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model import SEEN, Role, Signal
from auditor.signals.prose import BODY_ROLES, has_words, telling_blocks, word_count
from auditor.signals.reading import Reading

_STUB_WORDS = 120
_DOORS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/"})


def detect(reading: Reading) -> Iterator[Signal]:
    """One `capture` signal; `page` "stub" for a text too short for the standards of an article, and "home"."""
    yield reading.fact("capture", reading.page.completeness.value)
    if not has_words(reading, telling_blocks(reading), _STUB_WORDS):
        yield reading.fact("page", "stub")
    if _is_visitors(reading):
        yield reading.fact("page", "forum")
    if is_home(reading.page.url):
        yield reading.fact("page", "home")


def _is_visitors(reading: Reading) -> bool:
    """Whether visitors wrote most of what the page shows."""
    seen = [block for block in reading.page.blocks if block.visibility in SEEN]
    theirs = sum(word_count(reading.block_text(block)) for block in seen if block.role is Role.COMMENT)
    return theirs > 0 and not has_words(reading, (block for block in seen if block.role in BODY_ROLES), theirs)


def is_home(url: str) -> bool:
    """Whether `url` is the front door of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.path.lower() in _DOORS and not parts.query
