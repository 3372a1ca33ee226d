"""Who stands behind a page: authors, reviewers, publisher."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from auditor.model import SEEN, Block, Link, Person, StructuredItem
from auditor.page.shown import Shown
from auditor.page.spots import Spots
from auditor.page.wording import wording, words

_WORD = re.compile(r"[^\s,;|()\[\]•·–—/:]+")
_GAP = re.compile(r"[\s,;(•·–—]{0,4}")
_NAME_WORDS = 5
_LINES_BELOW = 3  # a name and its credentials can stand in the lines under their label
_SHORT = 70
_REACH = 160


class _Name(NamedTuple):
    """A name read from the text."""

    name: str
    start: int
    end: int


def find_people(shown: Shown) -> tuple[Person, ...]:
    """Authors, reviewers and publisher, text before markup; each name once in a role."""
    found: dict[tuple[str, str], Person] = {}
    for person in [
        *_in_text(shown),
        *_by_rel(shown.text, shown.links),
        *_in_markup(shown.structured),
        *_in_head(shown),
    ]:
        key = (person.role, person.name.lower())
        known = found.get(key)
        found[key] = person if known is None else _joined(known, person)
    return tuple(found.values())


def _joined(known: Person, more: Person) -> Person:
    return Person(
        known.name,
        known.role,
        known.credentials or more.credentials,
        known.profile or more.profile,
        known.start,
        known.end,
        known.source,
    )


def _in_text(shown: Shown) -> Iterator[Person]:
    text, low, blocks, links = shown.text, shown.low, shown.blocks, shown.links
    starts = shown.starts
    link_starts = [link.start for link in links]
    for start, end, role in _labels(shown.spots):
        index = bisect.bisect_right(starts, start) - 1
        block = blocks[index]
        if block.visibility not in SEEN or (low[start:end] in words("people", "bare") and start != block.start):
            continue
        name = _name_after(text, end, block, blocks[index + 1 : index + 2])
        if name is None:
            continue
        home = bisect.bisect_right(starts, name.start) - 1
        credentials = _credentials(text, name.end, blocks[home : home + _LINES_BELOW])
        yield Person(name.name, role, credentials, _profile(name, links, link_starts), name.start, name.end)


def _labels(spots: Spots) -> list[tuple[int, int, str]]:
    """Where label words stand; of those that overlap the longest."""
    found = [(spot.start, spot.end, role) for role, spot in spots.like("person")]
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _name_after(text: str, end: int, block: Block, below: Sequence[Block]) -> _Name | None:
    """The name behind a label: in its line, or alone in the next."""
    rest = text[end : block.end]
    joint = re.match(r"[\s:–—-]{0,4}", rest)
    start = end + (joint.end() if joint else 0)
    if start < block.end:
        return _name_at(text, start, block.end)
    for other in below:
        if other.end - other.start <= _SHORT and other.visibility in SEEN:
            return _name_at(text, other.start, other.end)
    return None


def _name_at(text: str, start: int, limit: int) -> _Name | None:
    """A person's name beginning here: two to five capitalised words, titles and particles included."""
    titles, particles = words("people", "titles"), words("people", "particles")
    place, end, parts, capitals = start, start, 0, 0
    while parts < _NAME_WORDS:
        word = _WORD.match(text, place, min(limit, start + _REACH))
        if word is None:
            break
        token = word[0]
        if token.lower() in titles and parts == capitals == 0:
            start = end = place = _after_space(text, word.end())
            continue
        if parts and _credential_at(text, place, limit):
            break
        if not (_is_name_word(token) or (parts and token in particles)):
            break
        parts += 1
        capitals += token[0].isupper()
        end, place = word.end(), _after_space(text, word.end())
        if place == word.end():
            break
    name = text[start:end].rstrip(".,")
    return (
        _Name(name, start, start + len(name))
        if capitals >= 2 or (capitals == 1 and start > 0 and name != text[start:end])
        else None
    )


def _after_space(text: str, place: int) -> int:
    return place + 1 if text[place : place + 1] == " " else place


def _is_name_word(token: str) -> bool:
    bare = token.strip(".'’\"“”")
    return bool(bare) and bare[0].isupper() and not any(char.isdigit() or char in "@$€£#%*_" for char in bare)


@cache
def _credential_table() -> tuple[tuple[str, ...], ...]:
    """The credentials as tuples of words, longest first."""
    listed = {tuple(str(item).lower().split()) for item in wording()["people"]["credentials"]}
    return tuple(sorted(listed, key=lambda item: (-len(item), item)))


@cache
def _credentials_by_head() -> dict[str, tuple[tuple[str, ...], ...]]:
    heads: dict[str, list[tuple[str, ...]]] = {}
    for item in _credential_table():
        heads.setdefault(item[0], []).append(item)
    return {head: tuple(items) for head, items in heads.items()}


def _credential_at(text: str, place: int, limit: int) -> int:
    """Where the credential that begins here ends, 0 when none does."""
    first = _WORD.match(text, place, limit)
    if first is None:
        return 0
    for item in _credentials_by_head().get(first[0].lower(), ()) or _credentials_by_head().get(
        first[0].lower().rstrip("."), ()
    ):
        end = _match_words(text, place, limit, item)
        if end and (first[0][0].isupper() or len(first[0]) > 3):
            return end
    return 0


def _match_words(text: str, place: int, limit: int, item: tuple[str, ...]) -> int:
    end = place
    for number, part in enumerate(item):
        word = _WORD.match(text, place, limit)
        if word is None or word[0].lower().rstrip(".") != part.rstrip("."):
            return 0
        end = word.end()
        place = _after_space(text, end)
        if place == end and number + 1 < len(item):
            return 0
    return end


def _credentials(text: str, place: int, blocks: Sequence[Block]) -> str:
    """The credentials behind a name, in its line or the next ones."""
    found: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            if found or block.end - block.start > _SHORT:
                break
            place = block.start
        while True:
            gap = _GAP.match(text, place, block.end)
            place = gap.end() if gap else place
            end = _credential_at(text, place, block.end)
            if not end:
                break
            found.append(text[place:end].rstrip(","))
            place = end
    return ", ".join(found)


def _profile(name: _Name, links: Sequence[Link], starts: list[int]) -> str:
    """The address a name links to."""
    place = bisect.bisect_right(starts, name.start) - 1
    while place >= 0 and name.start - links[place].start < _REACH:
        if links[place].end > name.start:
            return links[place].url
        place -= 1
    after = bisect.bisect_right(starts, name.start)
    return links[after].url if after < len(links) and links[after].start < name.end else ""


def _by_rel(text: str, links: Sequence[Link]) -> Iterator[Person]:
    for link in links:
        if link.rel and "author" in link.rel.lower().split():
            name = text[link.start : link.end].strip()
            if name and len(name) <= _SHORT:
                yield Person(name, "author", "", link.url, link.start, link.end)


def _in_head(shown: Shown) -> Iterator[Person]:
    for name, content in shown.metas:
        if name in ("author", "dc.creator", "citation_author") and content.strip() and not content.startswith("http"):
            yield Person(content.strip(), "author", source="meta")


_ROLES = {
    "author": "author",
    "creator": "author",
    "reviewedby": "reviewer",
    "publisher": "publisher",
    "editor": "author",
}


def _in_markup(structured: Sequence[StructuredItem]) -> Iterator[Person]:
    for item in structured:
        open_role, fields = "", dict[str, str]()
        for name, value in [*item.properties, ("", "")]:
            head, _, tail = name.partition(".")
            role = _ROLES.get(head.lower(), "")
            field = tail.lower() or "name"
            if open_role and (role != open_role or (field == "name" and "name" in fields)):
                yield from _person(fields, open_role, item.syntax)
                fields = {}
            open_role = role
            if role:
                fields.setdefault(field, value)
        if item.syntax == "opengraph":
            yield from _site(item)


def _person(fields: dict[str, str], role: str, source: str) -> Iterator[Person]:
    name = fields.get("name", "").strip()
    if not name or name.startswith(("http:", "https:", "#", "/")):
        return
    credentials = fields.get("honorificsuffix") or fields.get("jobtitle") or ""
    profile = fields.get("url") or fields.get("sameas") or fields.get("@id", "")
    yield Person(name, role, credentials, profile if profile.startswith("http") else "", -1, -1, source)


def _site(item: StructuredItem) -> Iterator[Person]:
    for name, value in item.properties:
        if name == "og:site_name" and value.strip():
            yield Person(value.strip(), "publisher", source=item.syntax)
        elif name == "article:author" and value.strip() and not value.startswith("http"):
            yield Person(value.strip(), "author", source=item.syntax)
