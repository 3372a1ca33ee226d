"""The language of a text."""

from __future__ import annotations

import re

_SAMPLE = 6000
_ENOUGH = 60  # characters below which a guess is worth nothing
_LIKELY = 1000  # rank (distance from the profile) up to which resiliparse is mostly right
_SURE = 700
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

    Args:
        text: prose works best; a long one is sampled from its middle.
    """
    if len(text) < _ENOUGH:
        return "", False
    from resiliparse.parse.lang import detect_fast

    middle = max(0, (len(text) - _SAMPLE) // 2)
    language, rank = detect_fast(text[middle : middle + _SAMPLE], cutoff=_LIKELY)
    if language == "unknown":
        return "", False
    return str(language), rank <= _SURE or len(text) > 400


def foreign_script(text: str, language: str) -> str:
    """The language of a block in another script than the page's, "" when it is the page's."""
    if text.isascii():
        return ""
    for name, letters in _SCRIPTS:
        if letters.search(text):
            return "" if name == language else (detect(text)[0] or name)
    return ""
