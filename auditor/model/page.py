"""A page as read: its text, its blocks, and what else it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from auditor.model.block import Block, Role
from auditor.model.capture import Completeness, Kind


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: `start`/`end` span its text, `href` is as written, `url` resolved against the page."""

    start: int
    end: int
    href: str
    url: str
    rel: str = ""
    role: Role = Role.MAIN


@dataclass(frozen=True, slots=True)
class FormInput:
    """A field, choice or button of a form."""

    type: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it sends what, and what it asks for."""

    action: str
    method: str
    inputs: tuple[FormInput, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Price:
    """An amount of money in the text. `currency` is an ISO 4217 code, or "" when the symbol does not decide."""

    start: int
    end: int
    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the publisher. `kind`: phone, mail, whatsapp, telegram, signal, wickr, wallet, ..."""

    kind: str
    value: str
    start: int
    end: int
    region: str = ""  # ISO 3166 alpha-2 of a phone number


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date the page states. `label`: published, updated, reviewed, or "" for a bare date.

    `start`/`end` are -1 when the date stands only in markup (`source` says where).
    """

    value: dt.date
    label: str
    start: int
    end: int
    source: str = "text"


@dataclass(frozen=True, slots=True)
class Person:
    """A person or body said to stand behind the page. `role`: author, reviewer or publisher."""

    name: str
    role: str
    credentials: str = ""
    profile: str = ""  # URL of a biography or register entry
    start: int = -1
    end: int = -1
    source: str = "text"


@dataclass(frozen=True, slots=True)
class StructuredItem:
    """One item of structured data. `properties`: flattened dotted names to strings, in document order."""

    syntax: str  # json-ld, microdata, rdfa, opengraph
    type: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ElementMatch:
    """Where an element that a policy named by CSS selector stands."""

    selector: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. `text` is canonical: every other offset in an audit points into it."""

    url: str
    kind: Kind
    title: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    prices: tuple[Price, ...] = ()
    contacts: tuple[Contact, ...] = ()
    dates: tuple[PageDate, ...] = ()
    people: tuple[Person, ...] = ()
    structured: tuple[StructuredItem, ...] = ()
    elements: tuple[ElementMatch, ...] = ()
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""
    encoding: str = "utf-8"
    canonical_url: str = ""
    declared_language: str = ""
