"""Folding: make spellings of one word equal, and keep every character where it was.

`fold` is length-preserving, so an offset in the folded text is an offset in the page: case, accents and compatibility
forms are levelled, and everything that is no letter, digit, percent sign, underscore or line break becomes a space.
What cannot be levelled one character at a time is the business of `disguise`.
"""

from __future__ import annotations

import unicodedata


class _FoldTable(dict[int, str]):
    """Code point to one folded character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_STROKED = str.maketrans("łøđı", "lodi")  # letters whose stroke or missing dot is no accent to Unicode
_INDIC = ("\u0900", "\u0dff")  # scripts that write vowels as marks on their consonants


def _fold_character(character: str) -> str:
    if character in "%_\n" or _is_vowel_sign(character):
        return character
    levelled = unicodedata.normalize("NFKD", character).lower().translate(_STROKED)
    base = "".join(mark for mark in levelled if not unicodedata.combining(mark))
    if not character.isalnum():
        return base if len(base) == 1 and base.isalpha() else " "  # letters in circles
    if len(base) == 1:
        return base
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _is_vowel_sign(character: str) -> bool:
    return _INDIC[0] <= character <= _INDIC[1] and unicodedata.category(character).startswith("M")


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The folded form of `text`: same length, lower case, accents off, punctuation as spaces."""
    return text.translate(_TABLE)


def fold_phrase(phrase: str) -> str:
    """A wording as it is looked for: folded, single spaces, none at the ends."""
    return " ".join(fold(phrase).split())
