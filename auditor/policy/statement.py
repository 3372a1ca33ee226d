"""Outcome sentences: the placeholders that a policy may use, and what stands in for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditor.model import Signal
from auditor.policy.plain import readable

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MOST_NAMED = 3
_LONGEST_QUOTE = 90


def fill(sentence: str, text: str, subjects: Sequence[Signal], count: int, missing: Sequence[str]) -> str:
    """`sentence` with its placeholders replaced, in one pass: the page's own words are never read as placeholders.

    Args:
        sentence: from the policy.
        text: the page's canonical text.
        subjects: the signals judged alike.
        count: how many they are (or, for a page, how many pieces of evidence there are).
        missing: what was looked for and not found, in words.
    """

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name == "count":
            return str(count)
        if name == "missing":
            return listing(missing)
        if name == "subject":
            return listing(f"“{shortened(text[signal.start : signal.end])}”" for signal in subjects)
        return listing(readable(each) for signal in subjects for each in _values(signal, name))

    return PLACEHOLDER.sub(value, sentence)


def _values(signal: Signal, name: str) -> tuple[str, ...]:
    attribute = name.removeprefix("subject.")
    return (signal.value,) if attribute == "value" else signal.attributes.get(attribute, ())


def shortened(words: str) -> str:
    """The words of a quote on one line, cut after 90 characters, without the punctuation that ends them."""
    words = " ".join(words.split()).rstrip(".,;:")
    if len(words) <= _LONGEST_QUOTE:
        return words
    return words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def listing(items: Iterable[str]) -> str:
    """`a, b and c`, each once; after three, how many more there are. Items with commas are divided by semicolons."""
    named = list(dict.fromkeys(items))
    if len(named) > _MOST_NAMED + 1:
        named = [*named[:_MOST_NAMED], f"{len(named) - _MOST_NAMED} more"]
    if any("," in item or " and " in item for item in named[:-1]):
        return "; ".join(named)
    return " and ".join(part for part in (", ".join(named[:-1]), *named[-1:]) if part)
