"""Addresses as a reader should see them: the host stands out, look-alikes are unmasked, only web links are links."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What browsers strip, turn or decode, so that a link would lead elsewhere than it reads.
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\"<>\\^`{|}]")
_WEB = re.compile(
    r"(?P<before>https?://(?:[^/?#]*@)?)(?P<host>\[[0-9a-f:.]+\]|[^/?#@:%\[\]]+)(?P<after>(?::[0-9]{1,5})?(?:[/?#].*)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL in parts that together spell it. `href` is "" when it must not be a link.

    `registered` is the ASCII form of a host written with other letters, "" for an ASCII host.
    """

    before: str
    host: str = ""
    after: str = ""
    href: str = ""
    registered: str = ""


def address(url: str) -> Address:
    """`url` taken apart for display. Anything but a well-formed http or https URL is plain text."""
    parts = None if _UNFIT.search(url) else _WEB.fullmatch(url)
    if not parts:
        return Address(before=url)
    host = parts["host"]
    return Address(parts["before"], host, parts["after"], href=url, registered=_registered(host))


def _registered(host: str) -> str:
    if host.isascii():
        return ""
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return "not a valid host name"
