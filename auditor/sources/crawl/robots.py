"""What a site asks of robots, by RFC 9309."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from auditor.model import Capture
from auditor.sources.hop import PRODUCT

LONGEST = 512_000  # bytes that are read; RFC 9309 asks for 500 KiB at least


class Robots:
    """The rules of one host. A file that is not there allows everything, one that cannot be had nothing.

    Attributes:
        closed: why the whole host is closed, "" when it is not.
        delay: the seconds between requests that are asked for, 0 for none.
        sitemaps: the sitemaps that are named.
    """

    def __init__(self, capture: Capture) -> None:
        self.closed = ""
        text = ""
        if capture.status is None or capture.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.closed = f"robots.txt could not be had ({capture.reason}), and so nothing may be fetched"
        elif capture.status < HTTPStatus.BAD_REQUEST:
            text = capture.body.decode("utf-8", "replace").removeprefix("\ufeff")
        self._rules = Protego.parse(text)
        self.delay = max(0.0, float(self._rules.crawl_delay(PRODUCT) or 0))
        self.sitemaps = tuple(self._rules.sitemaps)

    def why_not(self, url: str) -> str:
        """Why `url` may not be fetched, "" when it may."""
        if self.closed:
            return self.closed
        return "" if self._rules.can_fetch(url, PRODUCT) else "robots.txt does not allow it"


def address_of_robots(key: str) -> str:
    """Where the rules for an address stand."""
    parts = urlsplit(key)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
