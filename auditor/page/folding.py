"""Lower case that keeps offsets."""

from __future__ import annotations


def lowered(text: str) -> str:
    """The text in lower case, of the same length: letters whose lower case is longer stay."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def is_word(low: str, start: int, end: int) -> bool:
    """Whether the stretch neither begins nor ends inside a word."""
    before = start == 0 or not (low[start - 1].isalnum() and low[start].isalnum())
    return before and (end >= len(low) or not (low[end].isalnum() and low[end - 1].isalnum()))
