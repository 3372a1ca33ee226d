"""Traps: addresses that a program makes without end. They are told by their look, and by saying nothing new."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from auditor.sources.crawl.addresses import LONGEST

_PATIENCE = 10  # pages in a row of one form that say only what others of it said
_MOST_COMBINATIONS = 100  # addresses of one path with several parameters: filters of a shop, combined
_SEVERAL = 3
_REPEATED = re.compile(r"(/[^/]+(?:/[^/]+)?)\1\1")  # the same one or two folders three times in a row


class Traps:
    """What the pages of each form of address have said so far."""

    def __init__(self) -> None:
        self._said: dict[str, set[int]] = {}
        self._in_a_row: Counter[str] = Counter()
        self._combinations: Counter[str] = Counter()

    def why_not(self, key: str, form: str) -> str:
        """Why an address is not worth asking for, "" when it may be."""
        if self._in_a_row[form] >= _PATIENCE:
            return f"{_PATIENCE} pages in a row of the form {form} said nothing new"
        if len(key) > LONGEST:
            return f"an address of more than {LONGEST:,} characters"
        parts = urlsplit(key)
        if _REPEATED.search(parts.path):
            return "its path repeats itself"
        if len(parse_qsl(parts.query, keep_blank_values=True)) >= _SEVERAL:
            path = f"{parts.netloc}{parts.path}"
            self._combinations[path] += 1
            if self._combinations[path] > _MOST_COMBINATIONS:
                return f"more than {_MOST_COMBINATIONS} combinations of parameters on {path}"
        return ""

    def heard(self, form: str, words: int) -> bool:
        """Notes what a page said (a hash of its words). True when its form has just been given up."""
        said = self._said.setdefault(form, set())
        self._in_a_row[form] = self._in_a_row[form] + 1 if words in said else 0
        said.add(words)
        return self._in_a_row[form] == _PATIENCE


def hash_of(words: Iterable[str]) -> int:
    """A number for a set of words, the same in every run."""
    digest = hashlib.blake2b(" ".join(sorted(words)).encode("utf-8", "replace"), digest_size=7)
    return int.from_bytes(digest.digest())
