"""The proof a finding carries: the page's own words, what was weighed, what was not found."""

from __future__ import annotations

from typing import Literal

from auditor.model.base import Model
from auditor.model.block import Role, Visibility
from auditor.model.signal import Assertion, Match


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
    line: int = 0  # of the file, or of the source it was built from, where it is known
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
