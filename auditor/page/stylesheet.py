"""The part of a page's own CSS that hides text: a linear scanner and a small cascade.

Only rules that hide something, and rules that could undo that, are matched; most pages have a few. Style sheets in
other files are not read, so what they hide counts as visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from auditor.page.colours import alike, colour

Declarations = dict[str, tuple[str, bool]]  # property -> value, whether it is !important

_VIEWPORT = 1280  # a desktop window, in CSS pixels
_NOISE = re.compile(r"/\*(?:.*?\*/|.*)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_WIDTH = re.compile(r"\b(min|max)-(?:device-)?width\s*:\s*([\d.]{1,8})(px|r?em)")
_DEAD_MEDIA = re.compile(r"\bprint\b|\bspeech\b|\bnot\b|prefers-|portrait|hover\s*:\s*none|pointer\s*:\s*coarse")
_NEVER = ("@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@-o-keyframes", "@font-face", "@page", "@container")
_PSEUDO_CALL = re.compile(r":[\w-]+\([^)]*\)")
_TOKEN = re.compile(r"[.#]([\w-]+)")
_ELEMENT = re.compile(r"(?:^|[\s>+~])[a-zA-Z]")
_TAG = re.compile(r"[a-zA-Z][\w-]*")
_COMBINATOR = re.compile(r"[\s>+~]+")

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


# A cheap sign that a rule may hide: most rules have none of these words.
_HINT = re.compile(
    r"none|hidden|collapse|opacity|clip|indent|font-size|absolute|fixed|transform|transparent|rgba|background"
)


class Rule(NamedTuple):
    """A style rule that applies on a desktop screen."""

    order: int
    selectors: str
    body: str


class _Declared(NamedTuple):
    """What one selector of a rule declares for an element."""

    specificity: tuple[int, int, int]
    order: int
    declarations: Declarations


def hidden_elements(parser: LexborHTMLParser, source: str) -> dict[int, Declarations]:
    """The declarations that matter for elements that some style rule hides.

    Args:
        parser: the page's tree; it is only read.
        source: the page's HTML, from which class names and ids are known cheaply.

    Returns:
        For each such element (by `mem_id`), its cascaded declarations, without those of its own `style` attribute.
    """
    if "<style" not in source and "<STYLE" not in source:
        return {}
    sheets = dict.fromkeys(node.text(deep=True) for node in parser.css("style") if _applies(node))
    if not any(_HINT.search(sheet.lower()) for sheet in sheets):
        return {}
    rules = list(_rules(sheets))
    suspects = [rule for rule in rules if _HINT.search(rule.body.lower())]
    if not suspects:
        return {}
    tokens = _tokens_of(parser.css("[class],[id]"))
    found: dict[int, list[_Declared]] = {}
    touched: list[LexborNode] = []
    properties: set[str] = set()
    hiders: set[int] = set()
    matcher = _Matcher(parser)
    for rule in suspects:
        hiding = _hiding(declarations(rule.body))
        if not hiding:
            continue
        hiders.add(rule.order)
        for node, entry in matcher.matches(rule, tokens):
            touched.append(node)
            properties |= hiding
            found.setdefault(node.mem_id, []).append(entry)
    if found:
        others = [rule for rule in rules if rule.order not in hiders]
        _undo(matcher, others, found, properties, _tokens_of(touched))
    return {element: _cascade(entries) for element, entries in found.items()}


def _undo(
    matcher: _Matcher,
    rules: list[Rule],
    found: dict[int, list[_Declared]],
    properties: set[str],
    tokens: frozenset[str],
) -> None:
    """Add what rules that hide nothing declare for elements that others hide."""
    for rule in rules:
        if not any(name in rule.body for name in properties):
            continue
        for node, entry in matcher.matches(rule, tokens, last_only=True):
            if node.mem_id in found:
                found[node.mem_id].append(entry)


def _tokens_of(nodes: list[LexborNode]) -> frozenset[str]:
    """Class names, ids and tags of some elements."""
    found: set[str] = set()
    for node in nodes:
        attributes = node.attributes
        found.update((attributes.get("class") or "").split(), (attributes.get("id") or "").split(), [node.tag or ""])
    return frozenset(found)


def _hiding(found: Declarations) -> frozenset[str]:
    """The properties by which these declarations hide; text in the colour of its background is one."""
    hiding = frozenset(name for name, (value, _) in found.items() if hides(name, value))
    background = found.get("background-color") or found.get("background")
    text = found.get("color")
    blends = text and background and alike(colour(text[0]), colour(background[0]))
    return hiding | {"color"} if blends else hiding


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


def _applies(style: LexborNode) -> bool:
    return _alive(style.attributes.get("media") or "")


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
    order = 0
    for sheet in sheets:
        for prelude, body in _bodies(_without_noise(sheet)):
            order += 1
            yield Rule(order, prelude, body)


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


@dataclass(slots=True)
class _Matcher:
    """Finds the elements that rules name, up to a limit that no honest page comes near."""

    parser: LexborHTMLParser
    selectors: int = 4000
    elements: int = 400_000

    def matches(
        self, rule: Rule, tokens: frozenset[str], *, last_only: bool = False
    ) -> Iterator[tuple[LexborNode, _Declared]]:
        """The elements a rule names, with what it declares for them.

        Args:
            rule: the rule.
            tokens: class names and ids (and tags, with `last_only`) that the elements can have.
            last_only: whether `tokens` are those of the elements themselves, not also of their ancestors.
        """
        found: Declarations = {}
        for selector in rule.selectors.split(",") if "(" not in rule.selectors else [rule.selectors]:
            nodes = self._nodes(selector.strip(), tokens, last_only=last_only)
            if nodes:
                found = found or declarations(rule.body)
                entry = _Declared(_specificity(selector), rule.order, found)
                for node in nodes:
                    yield node, entry

    def _nodes(self, selector: str, tokens: frozenset[str], *, last_only: bool) -> list[LexborNode]:
        if not selector or "::" in selector or not _can_match(selector, tokens, last_only=last_only):
            return []
        if self.selectors <= 0 or self.elements <= 0:
            return []
        self.selectors -= 1
        try:
            nodes = self.parser.css(selector)
        except (SelectolaxError, ValueError):
            return []
        self.elements -= len(nodes)
        return nodes


def _can_match(selector: str, tokens: frozenset[str], *, last_only: bool) -> bool:
    """Whether the names in a selector occur at all; matching is much dearer than looking them up."""
    bare = _PSEUDO_CALL.sub("", selector) if "(" in selector else selector
    if last_only:
        bare = bare.rpartition(" ")[2]
        if ">" in bare or "+" in bare or "~" in bare:
            bare = _COMBINATOR.split(bare)[-1]
        tag = _TAG.match(bare)
        if tag and tag[0].lower() not in tokens:
            return False
    return all(token in tokens for token in _TOKEN.findall(bare))


def _cascade(entries: list[_Declared]) -> Declarations:
    """The declarations that win: by specificity, then by order; `!important` before the rest."""
    result: Declarations = {}
    for entry in sorted(entries, key=lambda entry: entry[:2]):
        for name, (value, important) in entry.declarations.items():
            if important or name not in result or not result[name][1]:
                result[name] = (value, important)
    return result


def _specificity(selector: str) -> tuple[int, int, int]:
    """Ids, classes (with attributes and pseudo-classes), elements."""
    ids = selector.count("#")
    classes = selector.count(".") + selector.count("[") + selector.count(":")
    return ids, classes, len(_ELEMENT.findall(selector))
