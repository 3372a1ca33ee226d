"""A site that was read as a whole: what became of its addresses, and what its pages come to together."""

from __future__ import annotations

from enum import StrEnum


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
