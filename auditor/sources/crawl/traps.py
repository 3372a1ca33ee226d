"""Traps: addresses that a program makes without end. They are told by their look, and by saying nothing new.

A calendar, a filter to combine, a visit's number in the address: pages of one form lead to ever more pages of that
form, whose words have all been said. Pages that are listed elsewhere are never given up for it: a shop's pages may
differ in little but a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from auditor.sources.crawl.addresses import LONGEST

_PATIENCE = 20  # pages in a row of one form without a new word
_REPEATED = re.compile(r"(/[^/]+(?:/[^/]+)?)\1\1")  # the same one or two folders three times in a row


class Traps:
    """What the pages of each form of address have said so far, words as numbers."""

    def __init__(self) -> None:
        self._said: dict[str, set[int]] = {}
        self._in_a_row: Counter[str] = Counter()

    def recall(self, form: str, words: AbstractSet[int]) -> None:
        """What pages of a form said before an interruption."""
        self._said.setdefault(form, set()).update(words)

    def recount(self, form: str, news: int) -> None:
        """How many new words one page brought before an interruption; told in the order of the pages."""
        self._in_a_row[form] = 0 if news else self._in_a_row[form] + 1

    def heard(self, form: str, words: AbstractSet[int]) -> frozenset[int]:
        """The words of a page that are new for its form."""
        said = self._said.setdefault(form, set())
        news = frozenset(words - said)
        said |= news
        self.recount(form, len(news))
        return news

    def is_worn(self, form: str) -> str:
        """Why addresses that pages of this form lead to, and that are of it too, are not worth asking for."""
        if self._in_a_row[form] < _PATIENCE:
            return ""
        return f"{_PATIENCE} pages in a row of the form {form} brought no new word, and lead to more of them"


def looks_endless(key: str) -> str:
    """Why an address is one of those that a program makes without end, "" when it does not look so."""
    if len(key) > LONGEST:
        return f"an address of more than {LONGEST:,} characters"
    return "its path repeats itself" if _REPEATED.search(urlsplit(key).path) else ""
