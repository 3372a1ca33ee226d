"""Who runs the site and how to reach them: contacts, addresses and links, beside the wordings of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.lists import host_in, host_of
from auditor.signals.prose import blocks_with
from auditor.signals.reading import Reading

_REACHABLE = {"phone": "phone", "mail": "mail", "address": "address"}
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]{2}\s\d{5}(?:-\d{4})?|[1-9]\d{5}|\d{5}\s[A-Z][a-z]+)\b"
)
_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,?\s(?:[A-Z][\w'.-]*\s){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square|Sq|Boulevard|Blvd|Way|Place|Court|Marg|Nagar|Park|Close|Row|Terrace)\b"
    r"|\b[A-Z][\w'.-]*(?:\s[A-Z][\w'.-]*)?\s(?:St|Street|Road|Strasse|Straße|str\.)\s\d{1,4}\b"
)

# What an address holds, found fast: the word for a street, the digits of a postcode.
_STREET_WORD = re.compile(
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square|Sq|Boulevard|Blvd|Way|Place|Court|Marg|Nagar|Park|Close|Row"
    r"|Terrace|Strasse|Straße|str\.)(?!\w)"
)
_POSTCODE_DIGITS = re.compile(r"\d(?:\d{4}|[A-Z]{2})")


def detect(reading: Reading) -> Iterator[Signal]:
    """`identity` signals that no wording shows."""
    for contact in reading.page.contacts:
        if contact.kind in _REACHABLE:
            yield _identity(reading, _REACHABLE[contact.kind], contact.start, contact.end)
    yield from _first_address(reading, _STREET_WORD, _STREET)
    yield from _first_address(reading, _POSTCODE_DIGITS, _POSTCODE)
    for link in reading.page.links:
        if host_in(host_of(link.url), "register_hosts"):
            yield _identity(reading, "register-link", link.start, max(link.end, link.start))


def _first_address(reading: Reading, hint: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[Signal]:
    for block in blocks_with(reading, hint):
        found = pattern.search(reading.text, block.start, block.end)
        if found:
            yield _identity(reading, "address", found.start(), found.end())
            return


def _identity(reading: Reading, value: str, start: int, end: int) -> Signal:
    return reading.signal("identity", value, start, end, assertion=Assertion.AFFIRMED)
