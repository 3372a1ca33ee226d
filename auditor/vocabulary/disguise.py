"""Disguised words made plain: invisible characters, leet, letters spaced apart or masked, look-alikes.

`rewrites` proposes replacements for whole words and never guesses beyond words that are known.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Match
from auditor.vocabulary.fold import fold, fold_phrase
from auditor.vocabulary.words import Words


class Rewrite(NamedTuple):
    """A stretch of the page that stands for `word`, and how it was disguised."""

    start: int
    end: int
    word: str
    match: Match


_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\u0300-\u036f"
)
# A word is tried from its first letter alone: trying every letter of a long one would take forever.
_WITH_INVISIBLE = re.compile(rf"(?<!\w)\w*[{_INVISIBLE}][\w{_INVISIBLE}]*")
_INVISIBLE_ONLY = re.compile(rf"[{_INVISIBLE}]")
_FOREIGN_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]*[\u0370-\u058f\u2c80-\u2cff\ua4d0-\ua4ff][^\W\d_]*")
# A digit or sign inside or at the edge of a word, and the word around it.
# The three patterns that read every page begin with the sign itself, for which the regex engine can skip ahead.
_LEET_SIGN = re.compile(r"[0-9@$!|€](?:(?<=[A-Za-z].)|(?=[A-Za-z])(?<!!))")
_LEET_WORD = re.compile(r"[A-Za-z0-9@$!|€]{5,40}(?![\w@$])")
_SHORT_LEET_WORD = re.compile(r"[A-Za-z0-9@$!|€]{2,4}(?![\w@$])")
_LEET_BEFORE = re.compile(r"[A-Za-z0-9@$!|€]{0,40}\Z")
_SPACED_SIGN = re.compile(r"([ .\-_*·•/~|+,])(?=\w\1\w\1)")
_SPACED_WORD = re.compile(r"(?<![\w'’])\w(?:([ .\-_*·•/~|+,])\w(?:\1\w){2,30})(?![\w'’@])")
_SPLIT_SIGN = re.compile(r"[.*_·•~^|`#\-](?<=[^\W\d_].)(?=[^\W\d_])")
_SPLIT_WORD = re.compile(r"(?<![\w@./])[^\W\d_]{1,15}(?:[.*_·•~^|`#\-][^\W\d_]{1,15}){1,8}(?![\w@/])")
_SPLIT_REACH = 16  # characters before a sign in which its word begins
_LEAST_JOINED = 5
_LONGEST_ADDRESS = 200
_INNER_CAPITAL_I = re.compile(r"(?<!\w)[A-Z]?[a-z]+(?:I[a-z]+)+(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]{4,40}(?![^\W_])")
_MASKS = re.compile(r"[*_•#~]")
_FEWEST_LETTERS, _MOST_MASKS = 3, 2
_GLUED_STRENGTH = re.compile(r"(?<!\w)([^\W\d_]{4,20})(\d{1,4}(?:\.\d)?(?:mg|mcg|ml|g|iu)?)(?!\w)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[ .\-_*·•/~|+,^`#]")

_LEET: dict[str, str] = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "li", "€": "e",
}  # fmt: skip
# Letters of other scripts that are drawn like Latin ones.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁһӏԛԝкмнтв", "aeopcyxijsdhlqwkmhtb", strict=True)),
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
        **dict(zip("αεικνορτυχγβ", "aeiknoptuxyb", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    }
)


def rewrites(text: str, known: Words) -> Iterator[Rewrite]:
    """Disguised words of `text` whose plain form is in `known` (folded single words).

    Yields non-overlapping rewrites of one kind; different kinds may overlap and the caller takes the first.
    """
    if not text.isascii():
        yield from _without_invisible(text)
        yield from _without_lookalikes(text, known)
    leet = list(_without_leet(text, _LEET_WORD, known))
    yield from leet
    if leet:  # one disguised word makes short ones credible: "n0 rx"
        yield from _without_leet(text, _SHORT_LEET_WORD, known)
    yield from _joined(text, _spaced_words(text), known)
    yield from _joined(text, _split_words(text), known)
    yield from _without_strength(text, known)
    yield from _without_capital_i(text, known)
    yield from _unfused(text, known)


def _without_invisible(text: str) -> Iterator[Rewrite]:
    if not _INVISIBLE_ONLY.search(text):
        return
    for found in _WITH_INVISIBLE.finditer(text):
        word = fold_phrase(_INVISIBLE_ONLY.sub("", unicodedata.normalize("NFC", found.group())))
        if word:
            yield Rewrite(found.start(), found.end(), word, Match.FOLDED)


def _without_lookalikes(text: str, known: Words) -> Iterator[Rewrite]:
    for found in _FOREIGN_WORD.finditer(text):
        word = found.group()
        for plain in (fold_phrase(word.translate(_LOOKALIKES)), fold_phrase(word.translate(_CYRILLIC))):
            if plain != fold_phrase(word) and plain in known:
                yield Rewrite(found.start(), found.end(), plain, Match.OBFUSCATED)
                break


def _without_leet(text: str, pattern: re.Pattern[str], known: Words) -> Iterator[Rewrite]:
    done = -1
    for sign in _LEET_SIGN.finditer(text):
        if sign.start() < done:
            continue
        before = _LEET_BEFORE.search(text, max(sign.start() - 40, 0), sign.start())
        start = before.start() if before else sign.start()
        found = None if _in_word(text, start) else pattern.match(text, start)
        done = found.end() if found else sign.end()
        edit = _leet_edit(found, known) if found else None
        if edit and not _in_address(text, start):
            yield edit


def _in_word(text: str, start: int) -> bool:
    """Whether the character before `start` belongs to the word that begins there."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_@$")


def _leet_edit(found: re.Match[str], known: Words) -> Rewrite | None:
    """The plain form of a word with signs in it; signs at its ends are punctuation more often than letters."""
    word = found.group()
    core = word.strip("!|")
    if core.isalpha() and core.lower() in known:
        return None
    start = found.start() + word.index(core)
    for disguised, at in ((core, start), (word, found.start())):
        plain = next((plain for plain in _leet_readings(disguised.lower()) if plain in known), "")
        if plain:
            return Rewrite(at, at + len(disguised), plain, Match.OBFUSCATED)
    return None


def _leet_readings(word: str) -> Iterator[str]:
    choices = [_LEET.get(character, character) for character in word]
    for reading in itertools.islice(itertools.product(*choices), 16):
        yield "".join(reading)


def _in_address(text: str, start: int) -> bool:
    """Whether the word at `start` is part of a web address."""
    before = text[max(start - _LONGEST_ADDRESS, 0) : start]
    token = before.split()[-1] if before.strip() and not before[-1].isspace() else ""
    return "://" in token or token.lower().startswith("www.")


def _spaced_words(text: str) -> Iterator[re.Match[str]]:
    """Words written with a sign or space after every letter."""
    done = 0
    for sign in _SPACED_SIGN.finditer(text):
        found = _SPACED_WORD.match(text, sign.start() - 1) if sign.start() > done else None
        if found:
            done = found.end()
            yield found


def _split_words(text: str) -> Iterator[re.Match[str]]:
    """Words with signs between their letters; looked for around the signs, which are few."""
    done = 0
    for sign in _SPLIT_SIGN.finditer(text):
        if sign.start() >= done:
            start, end = max(sign.start() - _SPLIT_REACH, done), sign.start() + 2 * _SPLIT_REACH * 8
            found = _SPLIT_WORD.search(text, start, end)
            if found and found.start() < sign.start():
                done = found.end()
                yield found


def _joined(text: str, candidates: Iterator[re.Match[str]], known: Words) -> Iterator[Rewrite]:
    for found in candidates:
        word = fold_phrase(_SEPARATORS.sub("", found.group()))
        if len(word) < _LEAST_JOINED or word not in known:
            word = _unmasked(found.group(), known)
        if word and not _in_address(text, found.start()):
            hyphenated = found.group().replace("-", "", 1).isalpha()  # "e-mail": a spelling, no disguise
            yield Rewrite(found.start(), found.end(), word, Match.FOLDED if hyphenated else Match.OBFUSCATED)


def _unmasked(written: str, known: Words) -> str:
    """The name written with signs in the place of letters ("tr*m*dol"), or ""."""
    masked = _MASKS.sub("?", written.lower())
    letters = masked.replace("?", "")
    if not letters.isalpha() or not _FEWEST_LETTERS <= len(letters) < len(masked) <= len(letters) + _MOST_MASKS:
        return ""
    return known.fitting(masked)


def _without_strength(text: str, known: Words) -> Iterator[Rewrite]:
    """Names with their strength glued on: "tramadol100mg"."""
    for found in _GLUED_STRENGTH.finditer(text):
        name = fold_phrase(found[1])
        if known.is_name(name) and not _in_address(text, found.start()):
            yield Rewrite(found.start(), found.end(), f"{name} {fold_phrase(found[2])}", Match.FOLDED)


def _without_capital_i(text: str, known: Words) -> Iterator[Rewrite]:
    """Names with a capital I drawn like their small l: "VaIium"."""
    for found in _INNER_CAPITAL_I.finditer(text):
        word = fold_phrase(found.group().replace("I", "l"))
        if known.is_name(word):
            yield Rewrite(found.start(), found.end(), word, Match.OBFUSCATED)


def _unfused(text: str, known: Words) -> Iterator[Rewrite]:
    """Tags and hosts that run a call to buy into one word: "#buyxanaxonline"."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a rare letter whose small form is longer: offsets would not hold
        return
    for verb in known.verbs:  # finding each takes a hundredth of the time of one pattern for all of them
        at = lowered.find(verb)
        while at >= 0:
            after = at + len(verb)
            found = None if _in_word(text, at) else _LETTERS.match(text, after)
            rest = fold_phrase(found.group()) if found else ""
            name = next((rest[:length] for length in range(len(rest), 3, -1) if known.is_name(rest[:length])), "")
            if found and name and not _in_address(text, at):
                yield Rewrite(at, found.end(), f"{verb} {name} {rest[len(name) :]}".strip(), Match.FOLDED)
            at = lowered.find(verb, after)


_CYRILLIC = str.maketrans("aeopcyxikmtbABEKMHOPCTX", "аеорсухікмтвАВЕКМНОРСТХ")


class Rewritten(NamedTuple):
    """A text with rewrites applied, and the way back to the offsets of the original."""

    text: str
    edits: tuple[tuple[int, int, Rewrite], ...]  # start and end in the new text

    def original(self, start: int, end: int) -> tuple[int, int, Match | None]:
        """Offsets in the original of a span of the new text, and the disguise it goes through (None: no rewrite)."""
        shift_start, shift_end, match = 0, 0, None
        for new_start, new_end, rewrite in self.edits:
            if new_start >= end:
                break
            delta = (rewrite.end - rewrite.start) - (new_end - new_start)
            if new_end <= start:
                shift_start += delta
                shift_end += delta
                continue
            match = rewrite.match
            if new_start < start:
                shift_start = rewrite.start - start
            if new_end <= end:
                shift_end += delta
            else:
                shift_end = rewrite.end - end
        return start + shift_start, end + shift_end, match


def rewrite(text: str, known: Words) -> Rewritten | None:
    """`text` folded with its disguised words made plain, or None where there are none."""
    chosen: list[Rewrite] = []
    for edit in sorted(rewrites(text, known), key=lambda edit: (edit.start, -edit.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    if not chosen:
        return None
    pieces: list[str] = []
    edits: list[tuple[int, int, Rewrite]] = []
    at = length = 0
    for edit in chosen:
        before = fold(text[at : edit.start])
        pieces += (before, edit.word)
        length += len(before)
        edits.append((length, length + len(edit.word), edit))
        length += len(edit.word)
        at = edit.end
    pieces.append(fold(text[at:]))
    return Rewritten("".join(pieces), tuple(edits))
