"""Whether a visitor sees the text of an element, from what it and its ancestors declare."""

from __future__ import annotations

import re
from typing import NamedTuple

from auditor.model import Visibility
from auditor.page.colours import Colour, alike, colour
from auditor.page.stylesheet import Declarations, declarations, hides

_NUMBER = re.compile(r"-?\d{0,6}(?:\.\d{0,6})?")


class Look(NamedTuple):
    """What hides text at a point of the tree. `gone` is for good; the rest can be undone further down."""

    gone: Visibility | None = None
    invisible: bool = False
    tiny: bool = False
    aria: bool = False
    colour: Colour | None = None
    background: Colour | None = None
    transparent: bool = False

    @property
    def visibility(self) -> Visibility:
        """The visibility of text that stands right here."""
        if self.gone is not None:
            return self.gone
        if self.invisible:
            return Visibility.HIDDEN
        if self.tiny:
            return Visibility.TINY
        if self.transparent or alike(self.colour, self.background):
            return Visibility.TRANSPARENT
        return Visibility.ARIA_HIDDEN if self.aria else Visibility.VISIBLE


PLAIN = Look()
ON_WHITE = Look(background=(255, 255, 255))
UNTOUCHED = Look()  # a page of which nobody has asked yet whether it sets a background


def merged(sheet: Declarations | None, style: str | None) -> Declarations:
    """The declarations of an element: those of the style sheet overruled by its own `style` attribute."""
    result = dict(sheet or {})
    for name, (value, important) in (declarations(style) if style else {}).items():
        if important or name not in result or not result[name][1]:
            result[name] = (value, important)
    return result


def styled(look: Look, found: Declarations) -> Look:
    """The look inside an element that declares this."""
    if not found or look.gone is not None:
        return look
    values = {name: value for name, (value, _) in found.items()}
    gone = _gone(values)
    if gone is not None:
        return look._replace(gone=gone)
    return _coloured(_sized(look, values), values)


def _gone(values: dict[str, str]) -> Visibility | None:
    """What an element's own box does to everything in it."""
    if hides("display", values.get("display", "")):
        return Visibility.HIDDEN
    animated = "animation" in values or "animation-name" in values
    if "opacity" in values and not animated and _number(values["opacity"]) <= 0.01:
        return Visibility.TRANSPARENT
    if _off_screen(values):
        return Visibility.OFFSCREEN
    if _no_room(values):
        return Visibility.TINY
    return None


def _off_screen(values: dict[str, str]) -> bool:
    placed = values.get("position") in ("absolute", "fixed")
    if any(hides(name, values[name]) for name in ("text-indent", "transform", "clip-path") if name in values):
        return True
    return placed and any(hides(name, values[name]) for name in ("left", "top", "right", "clip") if name in values)


def _no_room(values: dict[str, str]) -> bool:
    """A box without width or height that shows nothing beyond its edge."""
    overflow = " ".join(values.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if "hidden" not in overflow and "clip" not in overflow:
        return False
    boxes = ("width", "height", "max-width", "max-height")
    return any(values.get(name) not in (None, "") and hides(name, values[name]) for name in boxes)


def _sized(look: Look, values: dict[str, str]) -> Look:
    if "visibility" in values:
        look = look._replace(invisible=hides("visibility", values["visibility"]))
    if "font-size" in values:
        look = look._replace(tiny=_unreadable(values["font-size"]))
    return look


def _unreadable(size: str) -> bool:
    if not size or not (size[0].isdigit() or size[0] == "."):
        return False
    number = _number(size)
    return number == 0 or (number <= 1 and size.endswith(("px", "pt", "%")))


def _coloured(look: Look, values: dict[str, str]) -> Look:
    clipped = "text" in values.get("background-clip", "") + values.get("-webkit-background-clip", "")
    if clipped:  # letters cut out of a picture or a gradient
        return look._replace(colour=None, background=None, transparent=False)
    background = values.get("background-color") or values.get("background")
    if background:
        look = look._replace(background=colour(background))
    if "color" in values:
        look = look._replace(colour=colour(values["color"]), transparent=hides("color", values["color"]))
    return look


def _number(value: str) -> float:
    found = _NUMBER.match(value)
    try:
        number = float(found[0]) if found else 1.0
    except ValueError:
        return 1.0
    return number / 100 if value.endswith("%") else number
