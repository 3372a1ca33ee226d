"""The nouns every stage speaks.

Data flows one way: source -> Capture -> Page -> Signals -> policy results -> findings -> Report. Everything here is
immutable and JSON-serialisable. Offsets are always character offsets into `Page.text`, half open. The hot nouns of
a page (Block, Signal, ...) are slotted dataclasses, for speed; the nouns of a result are pydantic models, whose JSON
Schema is the published format.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

RESULT_FORMAT = "1.0"


class Model(BaseModel):
    """Base of the serialised nouns: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --------------------------------------------------------------------------------------------------- capture


class Kind(StrEnum):
    """What a capture's bytes are written in."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    UNSUPPORTED = "unsupported"


class Completeness(StrEnum):
    """How much of the page the capture holds, and so what its silence is worth."""

    COMPLETE = "complete"
    MARKUP_LOST = "markup-lost"  # text or Markdown: links, badges, footers may have been stripped
    TRUNCATED = "truncated"
    BLOCKED = "blocked"  # bot challenge or login wall
    SCRIPT_ONLY = "script-only"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"  # not a web page: an image, a PDF, an archive
    ERROR = "error"


JUDGEABLE = frozenset({Completeness.COMPLETE, Completeness.MARKUP_LOST, Completeness.TRUNCATED})


class Redirect(Model):
    """One hop of a redirect chain."""

    url: str
    status: int


class Capture(Model):
    """What came over the wire or from disk, before anything was read into it.

    `url` is the final URL (for a file, its `file:` URI); `requested` is what the user named.
    `completeness` is what the source could tell (complete, truncated, error, unsupported); the page stage refines it.
    """

    requested: str
    url: str
    kind: Kind
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = Field(default=b"", exclude=True, repr=False)
    size: int = 0
    sha256: str = ""
    captured_at: dt.datetime
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""
    encoding_hint: str = ""


# ------------------------------------------------------------------------------------------------------ page


class Role(StrEnum):
    """The region of the page a block stands in."""

    MAIN = "main"
    NAVIGATION = "navigation"
    HEADER = "header"
    FOOTER = "footer"
    ASIDE = "aside"
    FORM = "form"
    TABLE = "table"
    CARD = "card"
    COMMENT = "comment"  # written by visitors: comments, reviews, forum posts
    QUOTATION = "quotation"
    META = "meta"  # title, description, structured data: said by the page, not shown in its body


class BlockKind(StrEnum):
    """The form a block has."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    BUTTON = "button"
    OPTION = "option"
    FIELD = "field"
    IMAGE = "image"  # alternative text
    CODE = "code"
    TITLE = "title"
    DESCRIPTION = "description"
    STRUCTURED = "structured"  # strings of JSON-LD, microdata or RDFa


class Visibility(StrEnum):
    """Whether a visitor sees a block, and if not, what hides it."""

    VISIBLE = "visible"
    ARIA_HIDDEN = "aria-hidden"  # seen by eyes, not by screen readers
    META = "meta"  # not part of the rendered body
    HIDDEN = "hidden"  # hidden attribute, display:none, visibility:hidden, <dialog>, ...
    TRANSPARENT = "transparent"  # opacity 0, or text in the colour of its background
    TINY = "tiny"  # zero or unreadable size
    OFFSCREEN = "offscreen"
    NOSCRIPT = "noscript"


SEEN = frozenset({Visibility.VISIBLE, Visibility.ARIA_HIDDEN})


@dataclass(slots=True, unsafe_hash=True)  # never changed; the frozen form takes five times as long to make
class Block:
    """A stretch of `Page.text` that one element shows. Blocks partition the text: none overlap, none are missing.

    `section`: index of the heading block that rules this one, -1 for none (a heading's own is its parent heading).
    `card`, `row`, `group`: identifiers shared by blocks of one product card, one table row, one list or table; -1 none.
    """

    index: int
    start: int
    end: int
    kind: BlockKind
    role: Role
    visibility: Visibility
    path: str = ""
    level: int = 0  # heading level 1-6, else 0
    section: int = -1
    card: int = -1
    row: int = -1
    group: int = -1
    language: str = ""


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


# --------------------------------------------------------------------------------------------------- signals


class Match(StrEnum):
    """How a wording was recognised."""

    EXACT = "exact"
    FOLDED = "folded"  # case, accents, compatibility forms, invisible characters
    MISSPELLING = "misspelling"
    OBFUSCATED = "obfuscated"  # leet, spaced or dotted letters, confusable letters
    STRUCTURE = "structure"  # read from layout or structured data
    DERIVED = "derived"  # concluded from other signals, named in `because`


class Assertion(StrEnum):
    """The voice in which the page says something."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    WARNED = "warned-against"
    ASKED = "asked"
    REPORTED = "reported"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that decided an assertion."""

    text: str
    start: int
    end: int
    effect: Assertion


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of a weighing: a named piece of evidence, its weight in log-odds, where it stands (-1 none)."""

    name: str
    weight: float
    says: str
    start: int = -1
    end: int = -1


@dataclass(slots=True)  # never changed; the frozen form takes five times as long to make
class Signal:
    """A fact found in the text.

    `kind` names the detector's signal (drug, offer, prescription, claim, ...), `value` its normalised value.
    `attributes` carry what policies filter on, each a tuple of strings. `factors` and `confidence` are set where
    evidence was weighed.
    """

    kind: str
    value: str
    start: int
    end: int
    block: int
    match: Match = Match.EXACT
    assertion: Assertion = Assertion.AFFIRMED
    cues: tuple[Cue, ...] = ()
    seen: bool = True
    confidence: float = 1.0
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    because: tuple[tuple[int, int], ...] = ()  # further spans that carry this signal


# --------------------------------------------------------------------------------------------------- results


class Outcome(StrEnum):
    """What a policy says of a page."""

    VIOLATION = "violation"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105  (not a password)
    NOT_APPLICABLE = "not-applicable"
    NOT_ASSESSED = "not-assessed"


class Severity(StrEnum):
    """How much harm the fault can do; `advice` is a hint and never a violation."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ADVICE = "advice"


SEVERITY_ORDER: dict[Severity, int] = {severity: rank for rank, severity in enumerate(Severity)}

Share = Annotated[float, Field(ge=0, le=1)]


class Authority(Model):
    """A law, code or standard a policy rests on, with how its text was verified."""

    cite: str
    title: str = ""
    url: str = ""
    says: str = ""
    binds: str = ""
    kind: str = ""
    status: Literal["verified", "verified-secondary", "knowledge"]
    verification: str = ""
    last_checked: dt.date | None = None


class TextPositionSelector(Model):
    """W3C Web Annotation: character offsets into the canonical text."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class TextQuoteSelector(Model):
    """W3C Web Annotation: the exact words with their surroundings."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class Voice(Model):
    """In whose voice the words are said, and the cue words that decided it."""

    assertion: Assertion
    cues: tuple[str, ...] = ()


class Evidence(Model):
    """The page's own words, and where they stand."""

    quote: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    signal: str  # signal name in the policy, for example "offer"
    value: str = ""
    match: Match = Match.EXACT
    voice: Voice | None = None
    role: Role = Role.MAIN
    visibility: Visibility = Visibility.VISIBLE
    headings: tuple[str, ...] = ()
    path: str = ""
    link: str = ""  # URL with a text fragment, when the page has an http(s) URL
    selectors: tuple[TextQuoteSelector | TextPositionSelector, ...] = ()
    subject: bool = False  # whether these words are the thing judged, rather than support for the judgement


class Weighed(Model):
    """One line of why a finding was judged so: positive for, negative against."""

    name: str
    weight: float
    says: str
    quote: str = ""


class Absence(Model):
    """What was looked for and not found."""

    looked_for: str
    where: str
    nearest: str = ""
    nearest_why_not: str = ""


class Condition(Model):
    """The trace of one condition of a policy: what it asked, whether it held, on which evidence."""

    asks: str
    met: bool
    evidence: tuple[Evidence, ...] = ()
    nearest_miss: str = ""
    denied_by: str = ""
    children: tuple[Condition, ...] = ()


class Finding(Model):
    """A result that a person should see. One cause, once, with all its evidence."""

    id: str  # F1, F2, ... in report order
    fingerprint: str
    policy: str
    policy_version: str
    title: str
    outcome: Literal[Outcome.VIOLATION, Outcome.REVIEW]
    severity: Severity
    confidence: Share
    statement: str
    because: str = ""  # why it is for review rather than a violation
    subject: str = ""
    evidence: tuple[Evidence, ...]
    occurrences: int = 1
    occurrence_fingerprints: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    authority: tuple[Authority, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    duty: str = ""  # whom the rule binds, and what is not known about this publisher
    why: str = ""
    fix: str = ""


class PolicyResult(Model):
    """What one policy says of one page, with the trace of every condition."""

    policy: str
    version: str
    title: str
    severity: Severity
    outcome: Outcome
    statement: str
    reason: str = ""
    confidence: Share = 0.0
    trace: tuple[Condition, ...] = ()


class Audience(Model):
    """Why a country's rules were or were not applied to a page."""

    jurisdiction: str
    assessed: bool
    reason: str
    quotes: tuple[str, ...] = ()


class BlockView(Model):
    """A block as the report shows it. `card` and `row` as in `Block`: what stands together is shown together."""

    start: int
    end: int
    kind: BlockKind
    role: Role
    visibility: Visibility
    level: int = 0
    card: int = -1
    row: int = -1


class PageAudit(Model):
    """The audit of one page: everything the report shows of it."""

    requested: str
    url: str
    title: str
    language: str
    language_supported: bool = True
    capture: Capture
    completeness: Completeness
    reason: str = ""
    text: str
    blocks: tuple[BlockView, ...]
    audience: tuple[Audience, ...] = ()
    results: tuple[PolicyResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    verdict: str  # one plain sentence, worst first

    @property
    def judged(self) -> bool:
        """Whether the capture could be judged at all."""
        return self.completeness in JUDGEABLE


class PolicySummary(Model):
    """A policy as it was in force for this audit."""

    id: str
    version: str
    title: str
    severity: Severity
    jurisdictions: tuple[str, ...]
    status: str
    sha256: str
    pack: str


class Skipped(Model):
    """An input that was not audited, and why."""

    requested: str
    reason: str


class Report(Model):
    """The result of one run: everything the HTML report shows, and enough to make it again."""

    format: str = RESULT_FORMAT
    auditor: str
    created_at: dt.datetime
    audit_date: dt.date
    command: str = ""
    jurisdictions_requested: tuple[str, ...] = ()
    pages: tuple[PageAudit, ...]
    skipped: tuple[Skipped, ...] = ()
    policies: tuple[PolicySummary, ...] = ()
    policies_sha256: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all pages, in page order."""
        return tuple(finding for page in self.pages for finding in page.findings)
