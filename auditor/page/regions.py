"""Which part of the page an element opens: from its tag, its ARIA role, its class names, its schema.org type."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from auditor.model import Role
from auditor.page.wording import words

_TAGS = {
    "main": Role.MAIN,
    "nav": Role.NAVIGATION,
    "aside": Role.ASIDE,
    "blockquote": Role.QUOTATION,
    "table": Role.TABLE,
    "form": Role.FORM,
}
_BANNERS = {"header": Role.HEADER, "footer": Role.FOOTER}
_ARIA = {
    "main": Role.MAIN,
    "navigation": Role.NAVIGATION,
    "banner": Role.HEADER,
    "contentinfo": Role.FOOTER,
    "complementary": Role.ASIDE,
    "form": Role.FORM,
    "search": Role.FORM,
    "table": Role.TABLE,
    "grid": Role.TABLE,
    "comment": Role.COMMENT,
    "menu": Role.NAVIGATION,
    "menubar": Role.NAVIGATION,
}
_WRITTEN = frozenset({Role.COMMENT, Role.QUOTATION})
_LOCAL = frozenset({Role.TABLE, Role.FORM})
_NAMED = (Role.COMMENT, Role.NAVIGATION, Role.FOOTER, Role.HEADER, Role.ASIDE)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+")
_ALWAYS_WHOLE = frozenset({"html", "body", "main", "article", "a", "span", "h1", "h2", "h3"})

# Regions, from the outside in: a new part of the page replaces the old one, but what visitors wrote stays theirs.
REGIONS = frozenset({Role.MAIN, Role.NAVIGATION, Role.HEADER, Role.FOOTER, Role.ASIDE})


class Naming(NamedTuple):
    """What an element's class names, id and schema.org type say of it."""

    role: Role | None
    card: bool
    typed: bool  # a schema.org type, rather than a class name, says card
    off_screen: bool
    button: bool


def has_region(tag: str) -> bool:
    """Whether elements of this tag are parts of the page by themselves."""
    return tag in _TAGS or tag in _BANNERS


def naming(classes: str, ident: str, itemtype: str) -> Naming:
    """Read the names an element bears."""
    names = f"{classes} {ident}".lower().split()
    types = [kind.rpartition("/")[2].lower() for kind in itemtype.split()]
    typed = any(kind in words("cards", "types") for kind in types)
    return Naming(
        role=_role_named(names, types),
        card=typed or any(_names_card(name) for name in classes.split()),
        typed=typed,
        off_screen=not words("hidden_classes").isdisjoint(names),
        button=any("btn" in name or "button" in name for name in names),
    )


def _role_named(names: list[str], types: list[str]) -> Role | None:
    table = _name_table()
    found = [table[name] for name in names if name in table]
    found += [table["type:" + kind] for kind in types if "type:" + kind in table]
    return found[0] if found else None


@cache
def _name_table() -> dict[str, Role]:
    table = {name: role for role in reversed(_NAMED) for name in words("regions", role.value)}
    return table | {f"type:{name}": Role.COMMENT for name in words("region_types", "comment")}


@lru_cache(maxsize=8192)
def _names_card(name: str) -> bool:
    """Whether the last word of a class name ("product-card", "gridItem") means card."""
    parts = _WORD.findall(name[-40:])
    return bool(parts) and parts[-1].lower() in words("cards", "words")


def role_of(tag: str, aria: str, named: Role | None, outer: Role, *, in_article: bool) -> Role:
    """The role of the text in an element.

    Args:
        tag: its name.
        aria: its `role` attribute.
        named: what its names say.
        outer: the role around it, which is returned when the element says nothing.
        in_article: inside an article, section or main element, `<header>` and `<footer>` are not those of the page.
    """
    role = _own_role(tag, aria, named, in_article=in_article)
    if role is None or (role is Role.MAIN and outer in _WRITTEN):
        return outer
    if outer is Role.COMMENT and role is not Role.QUOTATION:
        return outer
    return outer if role in _LOCAL and outer in (Role.NAVIGATION, Role.FOOTER) else role


def _own_role(tag: str, aria: str, named: Role | None, *, in_article: bool) -> Role | None:
    if aria:
        role = _ARIA.get(aria.strip().lower())
        if role is not None or tag == "table":  # role="presentation": a table for looks
            return role
    if tag in _TAGS:
        return _TAGS[tag]
    if tag in _BANNERS:
        return None if in_article else _BANNERS[tag]
    if named is None or tag in _ALWAYS_WHOLE or (in_article and named in (Role.HEADER, Role.FOOTER)):
        return None
    return named
