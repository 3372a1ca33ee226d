"""Addresses: absolute ones from what a page writes, however odd."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


class Resolver:
    """Makes the addresses of one page absolute; the general rules are slow, and most addresses are plain."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._plain = base.partition("#")[0]
        start = base.partition("?")[0].partition("#")[0]
        host_end = start.find("/", start.find("//") + 2) if "//" in start else -1
        self._origin = start[:host_end] if host_end > 0 else ""
        self._folder = start[: start.rfind("/") + 1] if host_end > 0 else ""

    def absolute(self, href: str) -> str:
        """The absolute address; what cannot be made one stays as written."""
        if href.startswith(("https://", "http://", "mailto:", "tel:")):
            return href
        if not self._origin or "/." in href or "//" in href or href.startswith((".", "?", ";")):
            return joined(self._base, href)
        if href.startswith("/"):
            return self._origin + href
        if href.startswith("#"):
            return self._plain + href if len(href) > 1 else self._plain
        return self._folder + href if href and ":" not in href else joined(self._base, href)


def joined(base: str, href: str) -> str:
    """An absolute address by the general rules; what cannot be joined stays as written, nothing stays nothing."""
    try:
        return urljoin(base, href) if href else ""
    except ValueError:
        return href


def host_of(url: str) -> str:
    """The host of an address, "" for none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
