"""The language of a text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from auditor.page.wording import wording

_SAMPLE = 6000
_ENOUGH = 60  # characters below which a guess is worth nothing
_LIKELY = 1000  # rank (distance from the profile) up to which resiliparse is mostly right
_SURE = 700
_CLEAR = 0.06  # share of small words that settles a language
_SOME = 0.01  # share that does when other languages have next to none
_OTHER = re.compile("[\u0370-\u1dff\u3041-\ud7a3]{2}")
_SCRIPTS = (
    ("ru", re.compile("[а-яё]{3}", re.IGNORECASE)),
    ("el", re.compile("[α-ω]{3}", re.IGNORECASE)),
    ("ar", re.compile("[\u0620-\u064a]{3}")),
    ("he", re.compile("[\u05d0-\u05ea]{3}")),
    ("hi", re.compile("[\u0904-\u0939]{2}")),
    ("ja", re.compile("[\u3041-\u30fa]{2}")),
    ("ko", re.compile("[\uac00-\ud7a3]{2}")),
    ("zh", re.compile("[\u4e00-\u9fff]{3}")),
    ("th", re.compile("[\u0e01-\u0e3a]{3}")),
)


def detect(text: str) -> tuple[str, bool]:
    """The language a text is written in, and whether that is sure. ("", False) where it cannot be told.

    Small words decide where there are enough of them: the statistics of letters take lists of product names for
    any language.

    Args:
        text: prose works best; a long one is sampled from its middle.
    """
    if len(text) < _ENOUGH:
        return "", False
    middle = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[middle : middle + _SAMPLE]
    by_words = _by_small_words(sample)
    if by_words:
        return by_words, True
    from resiliparse.parse.lang import detect_fast

    language, rank = detect_fast(sample, cutoff=_LIKELY)
    return ("", False) if language == "unknown" else (str(language), rank <= _SURE)


def _by_small_words(text: str) -> str:
    """The language of most small words, "" when these are few or point to several languages."""
    found = text.lower().split()
    shares = dict.fromkeys(wording()["small_words"], 0)
    languages = _small_words()
    for word, count in Counter(found).items():
        for language in languages.get(word, ()):
            shares[language] += count
    (second, _), (best, language) = sorted((share, name) for name, share in shares.items())[-2:]
    clear = best >= _CLEAR * len(found) and best >= 2 * second
    return language if clear or best >= max(_SOME * len(found), 4 * second, 4) else ""


@cache
def _small_words() -> dict[str, list[str]]:
    """The small words, each with the languages it belongs to."""
    found: dict[str, list[str]] = {}
    for language, listed in wording()["small_words"].items():
        for word in dict.fromkeys(listed):
            found.setdefault(word, []).append(language)
    return found


def has_other_script(text: str) -> bool:
    """Whether any of a text is written in other letters than Latin ones."""
    return not text.isascii() and _OTHER.search(text) is not None


def foreign_script(text: str, language: str) -> str:
    """The language of a block in another script than the page's, "" when it is the page's."""
    if not has_other_script(text):
        return ""
    for name, letters in _SCRIPTS:
        if letters.search(text):
            return "" if name == language else (detect(text)[0] or name)
    return ""
