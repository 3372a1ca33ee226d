"""A site that was read as a whole: what became of its addresses, and what its pages come to together."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from auditor.model.base import Model, Share
from auditor.model.result import Outcome, Severity


class Fate(StrEnum):
    """What became of an address that a crawl met."""

    READ = "read"
    SAME = "same"  # says what another page says, and is judged there
    REDIRECT = "redirect"
    MISSING = "missing"  # a link that leads nowhere
    NOT_A_PAGE = "not-a-page"  # an image, a PDF, ...
    LISTING = "listing"  # a sitemap, a feed, robots.txt
    ROBOTS = "robots"  # the site asks robots to stay away
    EXCLUDED = "excluded"  # out of the scope that was asked for
    TRAP = "trap"  # one of a kind without end
    LEFT = "left"  # the crawl ended before


class Subject(Model):
    """Words that are judged, and how many pages have them."""

    words: str
    pages: int


class Cause(Model):
    """One fault of a site, told once: the findings of one policy that came out alike, on all their pages.

    `pages` are indices into `Report.pages`. `subjects` are those on most pages; `subjects_in_all` counts them all.
    """

    fingerprint: str
    policy: str
    title: str
    severity: Severity
    outcome: Literal[Outcome.VIOLATION, Outcome.REVIEW]
    because: str = ""
    statement: str  # on the first of the pages
    pages: tuple[int, ...]
    occurrences: int
    subjects: tuple[Subject, ...] = ()
    subjects_in_all: int = 0


class Tally(Model):
    """How many addresses came to one fate."""

    fate: Fate
    pages: int


class Stratum(Model):
    """A part of a site, how many addresses it has, and how many pages of it were read for the sample."""

    name: str
    addresses: int
    read: int


class Sample(Model):
    """What a random sample of a site's pages says of all of them.

    `share` of the pages judged is in violation; `low` and `high` are the 95 % Wilson score interval.
    """

    strata: tuple[Stratum, ...]
    judged: int
    in_violation: int
    share: Share | None
    low: Share
    high: Share


class Site(Model):
    """A site that was read as a whole: how much of it, and what its pages come to together.

    `coverage` counts every address of a page that was met. `stopped`: why not all was read, "" when it was.
    """

    starts: tuple[str, ...]
    robots: str
    coverage: tuple[Tally, ...]
    judged: int
    not_judged: int
    stopped: str = ""
    sample: Sample | None = None
    causes: tuple[Cause, ...] = ()
