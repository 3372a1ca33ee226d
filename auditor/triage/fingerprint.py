"""Fingerprints: the same fault keeps its own while the rest of the page is edited.

An occurrence is known by its policy, its words and the heading it stands under, never by where in the text it stands.
A finding is known by its occurrences: a new one, or one repaired, makes it another finding.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_LENGTH = 16  # hexadecimal digits


class Occurrences:
    """Fingerprints for the occurrences of one policy on one page; equal ones are told apart by an ordinal."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._met: Counter[tuple[str, str]] = Counter()

    def fingerprint(self, words: str, heading: str) -> str:
        """The fingerprint of the next occurrence: its own words, and the heading they stand under."""
        key = (normalised(words), normalised(heading))
        self._met[key] += 1
        return _digest(self._policy, *key, str(self._met[key]))


def wording_fingerprint(policy: str, words: str) -> str:
    """What an occurrence is known by wherever on the page it stands: its words alone. Repetitions share one."""
    return _digest(policy, normalised(words))


def finding_fingerprint(policy: str, occurrences: Iterable[str]) -> str:
    """The fingerprint of a finding of `policy` that has these occurrences."""
    return _digest(policy, *sorted(occurrences))


def normalised(words: str) -> str:
    """The words alone: no case, no punctuation, no spacing."""
    return " ".join(_WORD.findall(words.casefold()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
