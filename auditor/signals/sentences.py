"""Sentences of a block: where one thought of the page ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Container

# A stop, its closing quotes, white space; or a full stop of a script that writes without spaces.
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？।]+")
_LAST_WORD = re.compile(r"([^\s(\[\"“'‘]+)\Z")
_WHOLE_WORD = 5  # letters of a word that is hardly an abbreviation
_OPENERS = "\"'“‘«([-–—•"


def split_sentences(text: str, start: int, end: int, abbreviations: Container[str]) -> list[tuple[int, int]]:
    """Half-open spans that cover text[start:end] without gaps, one a sentence."""
    spans: list[tuple[int, int]] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, at, stop, abbreviations):
            spans.append((at, stop.end()))
            at = stop.end()
    if at < end:
        spans.append((at, end))
    return spans or [(start, end)]


def _ends_sentence(text: str, start: int, stop: re.Match[str], abbreviations: Container[str]) -> bool:
    following = text[stop.end() : stop.end() + 2].lstrip(_OPENERS)[:1]
    signs = stop.group().rstrip()
    if signs != ".":  # "no script? no problem", but not "wait... there is more" nor '"why?" he asked'
        return not following.islower() or signs in {"!", "?"}
    word = _LAST_WORD.search(text, max(start, stop.start() - 20), stop.start())
    if not word:
        return not following.islower()
    plain = word.group(1).lower()
    if following.islower():  # careless writing, where the word is no abbreviation that nobody listed
        return plain.isalpha() and len(plain) >= _WHOLE_WORD and plain not in abbreviations
    initial = len(plain) == 1 and plain.isalpha() and word.group(1).isupper()
    return not (initial or plain in abbreviations)
