"""Finding a prescribed wording: the share of its words that stand on the page, in order.

Only stretches around the rarest words of the wording are compared, so the cost does not grow with the page times the
wording.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")

Span = tuple[int, int]


def find_wording(text: str, seen: Sequence[Span], wording: str, share: float) -> tuple[int, int, float] | None:
    """The stretch of `text` that has most words of `wording` in order, with the share it has (0..1).

    Args:
        text: the canonical text.
        seen: spans of the text that a visitor sees, ascending; words elsewhere do not count.
        wording: the prescribed words.
        share: the share looked for. Stretches that cannot reach it may be passed over.

    Returns:
        (start, end, share), or None when no word that decides stands on the page.
    """
    wanted = [word.lower() for word in _WORD.findall(wording)]
    distinct = set(wanted)
    best: tuple[int, int, float] | None = None
    for start, end in _stretches(text, wanted, share, len(wording)):
        words = [word for word in _seen_words(text, start, end, seen) if word[2] in distinct]
        if len(distinct.intersection(word for _, _, word in words)) <= (best[2] if best else 0) * len(distinct):
            continue  # cannot beat the best
        found = _longest_in_order(wanted, words)
        part = len(found) / len(wanted)
        if best is None or part > best[2]:
            best = (found[0][0], found[-1][1], part)
    return best


def _stretches(text: str, wanted: Sequence[str], share: float, length: int) -> Iterator[Span]:
    """Stretches of `text` around the deciding words: any place with enough of the words has one of these."""
    missable = len(wanted) - int(share * len(wanted) + 0.999)
    deciding = sorted(set(wanted), key=len, reverse=True)[: missable + 1]
    covered = -1
    for hit in re.finditer(rf"\b(?:{'|'.join(map(re.escape, deciding))})\b", text, re.IGNORECASE):
        if hit.start() > covered:
            covered = hit.start() + length
            yield max(0, hit.start() - length - 40), min(len(text), covered + length + 40)


def _seen_words(text: str, start: int, end: int, seen: Sequence[Span]) -> list[tuple[int, int, str]]:
    starts = [span[0] for span in seen]
    words = []
    for hit in _WORD.finditer(text, start, end):
        number = bisect_right(starts, hit.start()) - 1
        if number >= 0 and hit.start() < seen[number][1]:
            words.append((hit.start(), hit.end(), hit.group().lower()))
    return words


def _longest_in_order(wanted: Sequence[str], words: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest common subsequence of `wanted` and `words`, as the words of the page."""
    lengths = [[0] * (len(words) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(words) - 1, -1, -1):
            same = wanted[i] == words[j][2]
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
    found = []
    i = j = 0
    while i < len(wanted) and j < len(words):
        if wanted[i] == words[j][2] and lengths[i][j] == lengths[i + 1][j + 1] + 1:
            found.append(words[j])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
