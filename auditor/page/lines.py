"""Where lines end because the text does, and where only because the column did."""

from __future__ import annotations

_CLOSED = (".", "!", "?", ":", ";", "…", "。", "|")
_COLUMN = range(50, 100)  # lengths at which writers and mail programs wrap lines


def continues(line: str, following: str, length: int | None = None) -> bool:
    """Whether the next line goes on with the sentence of this one.

    Args:
        line: the line so far, or its end.
        following: the next line.
        length: of the line, when `line` is only its end.
    """
    end = line.rstrip()
    if not end or not following or end.endswith(_CLOSED):
        return False
    return following[0].islower() or (length or len(end)) in _COLUMN


_SHORT = 90  # characters a heading may have
_WORDS = 14
_SMALL = 4  # words shorter than this need no capital in a title


def looks_like_heading(line: str, *, rules: bool) -> bool:
    """Whether a line that stands alone reads as a heading.

    Args:
        line: the line.
        rules: whether running text or a list follows, for it to rule.
    """
    words = line.split()
    if not words or len(line) > _SHORT or len(words) > _WORDS or not any(char.isalpha() for char in line):
        return False
    if line[-1] in ".,;:…" or not (line[0].isupper() or line[0].isdigit() or line[0] in "¿¡"):
        return False
    if line[-1] == "?" or rules:
        return True
    return line.isupper() or (is_title(words) and len(words) > 1)


def is_title(words: list[str]) -> bool:
    """Whether all but the small words begin with a capital letter or a figure."""
    big = [word.lstrip("(“\"'¿¡") for word in words if len(word) >= _SMALL]
    return all(not word or not word[0].islower() for word in big)


def is_long(line: str) -> bool:
    """Whether a line is too long for a heading or a label."""
    return len(line) > _SHORT


def is_prose(line: str) -> bool:
    """Whether a line is running text rather than a label."""
    return is_long(line) or (len(line.split()) > _SMALL and line.rstrip().endswith((".", "!", ":")))
