"""Colours as CSS writes them."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

_NAMED = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "blue": (0, 0, 255),
    "green": (0, 128, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
}
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_NEAR = 12  # colours that differ by less in every channel look the same


def colour(value: str) -> Colour | None:
    """A CSS colour as red, green, blue; None when it is no plain colour."""
    value = value.strip().lower()
    found = _HEX.search(value)
    if found:
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    found = _RGB.search(value)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    return _NAMED.get(value.partition(" ")[0])


def alike(one: Colour | None, other: Colour | None) -> bool:
    """Whether two colours look the same; an unknown one is like none."""
    if one is None or other is None:
        return False
    return all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))
