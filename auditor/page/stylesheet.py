"""The part of a page's own CSS that hides text: a linear scanner and a small cascade.

Only rules that hide something, and rules that could undo that, are matched; most pages have a few. Style sheets in
other files are not read, so what they hide counts as visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

Declarations = dict[str, tuple[str, bool]]  # property -> value, whether it is !important

_VIEWPORT = 1280  # a desktop window, in CSS pixels
_NOISE = re.compile(r"/\*(?:.*?\*/|.*)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_WIDTH = re.compile(r"\b(min|max)-(?:device-)?width\s*:\s*([\d.]{1,8})(px|r?em)")
_DEAD_MEDIA = re.compile(r"\bprint\b|\bspeech\b|\bnot\b|prefers-|portrait|hover\s*:\s*none|pointer\s*:\s*coarse")
_NEVER = ("@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@-o-keyframes", "@font-face", "@page", "@container")
_PSEUDO_CALL = re.compile(r":[\w-]+\([^)]*\)")
_TOKEN = re.compile(r"([.#])([\w-]+)")
_CLASSES = re.compile(r"\b(?:class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)

# What text can be hidden with. A value that hides is found by its spelling; any other value of it un-hides.
_HIDES: dict[str, re.Pattern[str]] = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(r"0(?:\.0*1?)?%?$|\.0+1?$"),
    "font-size": re.compile(r"[01]?(?:\.\d+)?(?:px|pt|%)?$|0r?em"),
    "text-indent": re.compile(r"-\d{3}|-\d{2}r?em"),
    "left": re.compile(r"-\d{3}|-\d{2}r?em"),
    "top": re.compile(r"-\d{3}|-\d{2}r?em"),
    "right": re.compile(r"-\d{4}"),
    "clip": re.compile(r"rect"),
    "clip-path": re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0"),
    "transform": re.compile(r"scale\(\s*0\s*\)|translate[xy]?\(\s*-\d{4}"),
    "width": re.compile(r"[01]?(?:px)?$"),
    "height": re.compile(r"[01]?(?:px)?$"),
    "max-height": re.compile(r"0(?:px)?$"),
    "max-width": re.compile(r"0(?:px)?$"),
    "color": re.compile(r"transparent|rgba\([^)]*,\s*0?\.?0*\s*\)"),
}
# Hiding by these needs company from the same rule: a position, a clipped overflow.
_COMPANIONS = ("position", "overflow", "overflow-x", "overflow-y", "background", "background-color")
_CLIPPERS = ("background-clip", "-webkit-background-clip", "animation", "animation-name")  # these bring into sight
PROPERTIES = frozenset((*_HIDES, *_COMPANIONS, *_CLIPPERS))


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of a style rule with the declarations that matter here."""

    selector: str
    declarations: Declarations
    order: int
    hides: frozenset[str]  # the properties it hides with


def hidden_elements(parser: LexborHTMLParser, source: str) -> dict[int, Declarations]:
    """The declarations that matter for elements that some style rule hides.

    Args:
        parser: the page's tree; it is only read.
        source: the page's HTML, from which class names and ids are known cheaply.

    Returns:
        For each such element (by `mem_id`), its cascaded declarations, without those of its own `style` attribute.
    """
    rules = list(_rules(node.text(deep=True) for node in parser.css("style") if _applies(node.attributes)))
    hiding = [rule for rule in rules if rule.hides]
    if not hiding:
        return {}
    tokens = _tokens(source)
    touched: dict[int, list[Rule]] = {}
    for rule in hiding:
        for element in _matches(parser, rule.selector, tokens):
            touched.setdefault(element, []).append(rule)
    if not touched:
        return {}
    properties = {name for found in touched.values() for rule in found for name in rule.hides}
    for rule in rules:
        if not rule.hides and not properties.isdisjoint(rule.declarations):
            for element in _matches(parser, rule.selector, tokens):
                if element in touched:
                    touched[element].append(rule)
    return {element: _cascade(found) for element, found in touched.items()}


def hides(name: str, value: str) -> bool:
    """Whether this value of this property takes text out of sight (perhaps together with a companion)."""
    pattern = _HIDES.get(name)
    return pattern is not None and pattern.match(value) is not None


def declarations(source: str) -> Declarations:
    """The declarations of a rule or `style` attribute that matter here; of several for one property the last."""
    found: Declarations = {}
    for part in source.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in PROPERTIES:
            value, bang, _ = value.strip().lower().partition("!")
            found[name] = (value.rstrip(), bool(bang))
    return found


def _applies(attributes: dict[str, str | None]) -> bool:
    return _alive(attributes.get("media") or "")


def _alive(media: str) -> bool:
    """Whether one of the comma-separated media queries holds on a desktop screen."""
    return any(_query_holds(query) for query in media.lower().split(","))


def _query_holds(query: str) -> bool:
    if _DEAD_MEDIA.search(query):
        return False
    for bound, number, unit in _WIDTH.findall(query):
        try:
            width = float(number) * (1 if unit == "px" else 16)
        except ValueError:
            continue
        if (bound == "max" and width < _VIEWPORT) or (bound == "min" and width > _VIEWPORT):
            return False
    return True


def _without_noise(css: str) -> str:
    """The sheet without comments, and with emptied strings where they hold characters of the syntax."""

    def replaced(found: re.Match[str]) -> str:
        text = found[0]
        if text.startswith("/*"):
            return " "
        return '""' if any(mark in text for mark in "{};") else text

    return _NOISE.sub(replaced, css)


def _rules(sheets: Iterable[str]) -> Iterator[Rule]:
    """The rules that declare a property that matters, in order."""
    order = 0
    for sheet in sheets:
        for prelude, body in _bodies(_without_noise(sheet)):
            found = declarations(body) if ":" in body else None
            if not found:
                continue
            hiding = frozenset(name for name, (value, _) in found.items() if hides(name, value)) | _blends(found)
            for selector in prelude.split(",") if "(" not in prelude else [prelude]:
                order += 1
                yield Rule(selector.strip(), found, order, hiding)


def _blends(found: Declarations) -> frozenset[str]:
    """A rule that sets text and background to one colour hides with its colour."""
    background = found.get("background-color") or found.get("background")
    text = found.get("color")
    return frozenset({"color"}) if text and background and text[0] == background[0] else frozenset()


def _bodies(css: str) -> Iterator[tuple[str, str]]:
    """Selector list and declarations of every rule that applies on a desktop screen. Linear: one pass over `}`."""
    alive = [True]
    for chunk in css.split("}"):
        *opened, body = chunk.split("{")
        if not opened:
            if len(alive) > 1:
                alive.pop()
            continue
        *outer, prelude = opened
        for group in outer:
            alive.append(alive[-1] and _group_applies(group))
        prelude = prelude.rpartition(";")[2].strip()
        if prelude.startswith("@"):
            continue  # an empty group, a font or a page
        if alive[-1]:
            yield prelude, body


def _group_applies(prelude: str) -> bool:
    prelude = prelude.rpartition(";")[2].strip().lower()
    if prelude.startswith("@media"):
        return _alive(prelude[6:])
    return prelude.startswith("@") and not prelude.startswith(_NEVER)


def _tokens(source: str) -> frozenset[str]:
    """All class names and ids of the page (and perhaps some words more)."""
    return frozenset(" ".join(a or b or c for a, b, c in _CLASSES.findall(source)).split())


def _matches(parser: LexborHTMLParser, selector: str, tokens: frozenset[str]) -> list[int]:
    """The `mem_id`s of the elements a selector names; none where it cannot match or be read."""
    if not selector or "::" in selector:
        return []
    if any(token not in tokens for _, token in _TOKEN.findall(_PSEUDO_CALL.sub("", selector))):
        return []
    try:
        return [node.mem_id for node in parser.css(selector)]
    except (SelectolaxError, ValueError):
        return []


def _cascade(rules: Sequence[Rule]) -> Declarations:
    """The declarations that win: by specificity, then by order; `!important` before the rest."""
    result: Declarations = {}
    for rule in sorted(rules, key=lambda rule: (_specificity(rule.selector), rule.order)):
        for name, (value, important) in rule.declarations.items():
            if important or name not in result or not result[name][1]:
                result[name] = (value, important)
    return result


def _specificity(selector: str) -> tuple[int, int, int]:
    """Ids, classes (with attributes and pseudo-classes), elements."""
    ids = selector.count("#")
    classes = selector.count(".") + selector.count("[") + selector.count(":")
    elements = len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", selector))
    return ids, classes, elements
