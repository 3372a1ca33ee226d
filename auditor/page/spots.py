"""Where the reader's own vocabulary stands in a text: one pass for all of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from auditor.page.folding import is_word
from auditor.page.wording import wording

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Spot(NamedTuple):
    """A wording and its place."""

    start: int
    end: int
    wording: str


@dataclass(frozen=True, slots=True)
class Spots:
    """The places of the vocabulary by theme ("act", "line", "date:updated", "person:author", ...), in text order."""

    themes: dict[str, list[Spot]] = field(default_factory=dict)

    def of(self, theme: str) -> list[Spot]:
        """The places of one theme."""
        return self.themes.get(theme, [])

    def like(self, prefix: str) -> Iterator[tuple[str, Spot]]:
        """The places of all themes of a family, with the part of the theme behind the colon."""
        for theme, spots in self.themes.items():
            if theme.startswith(prefix + ":"):
                name = theme.partition(":")[2]
                for spot in spots:
                    yield name, spot


def find_spots(low: str) -> Spots:
    """Find every wording of the vocabulary that stands in lower-cased text as whole words."""
    matcher, themes = _matcher()
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for number, start, end in matcher.find_matches_as_indexes(low, overlapping=True):
        if is_word(low, start, end):
            spot = Spot(start, end, low[start:end])
            for theme in themes[number]:
                found[theme].append(spot)
    return Spots(dict(found))


@cache
def _matcher() -> tuple[AhoCorasick, list[list[str]]]:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    table: dict[str, list[str]] = {}
    for theme, listed in _themes():
        for phrase in listed:
            table.setdefault(phrase.lower(), []).append(theme)
    matcher = AhoCorasick(list(table), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
    return matcher, list(table.values())


def _themes() -> Iterator[tuple[str, list[str]]]:
    data = wording()
    yield "act", data["cards"]["acts"]
    yield "line", data["cards"]["lines"]
    money = data["currencies"]
    yield "currency", [*money["symbols"], *money["codes"], *money["words"]]
    yield "crypto", data["crypto"]
    yield "comments", data["comment_headings"]
    yield "foot", data["footer_marks"]
    for label, listed in data["dates"].items():
        yield f"date:{label}", listed
    for role in ("reviewer", "author"):
        yield f"person:{role}", data["people"][role]
    for kind, messenger in data["messengers"].items():
        yield f"messenger:{kind}", messenger["words"]
