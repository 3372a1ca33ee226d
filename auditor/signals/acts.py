"""Acts of selling that layout shows rather than words: prices, messenger handles, wallets, structured offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from auditor.model import BlockKind, Match, Role, Signal
from auditor.signals.reading import Reading

MESSENGERS = frozenset({"whatsapp", "telegram", "signal", "wickr", "session", "threema", "kik", "viber", "wechat"})
_AFFILIATE_KEYS = frozenset({"aff", "affid", "aff_id", "affiliate", "ref", "refid", "a_aid", "partner", "pid", "subid"})

_MAYBE_AFFILIATE = re.compile("|".join([*sorted(_AFFILIATE_KEYS), "%"]), re.IGNORECASE)  # a key, or letters in code
_MOST_FIELDS = 50


def detect(reading: Reading) -> Iterator[Signal]:
    """`act` signals: price, order (a button that says no more than "Buy"), messenger, crypto, affiliate, structured."""
    for price in reading.page.prices:
        yield _act(reading, "price", price.start, price.end)
    yield from _order_buttons(reading)
    yield from _contacts(reading)
    for link in reading.page.links:
        if link.role is not Role.NAVIGATION and _is_affiliate(link.url):
            yield _act(reading, "affiliate", link.start, link.end)
    for item in reading.page.structured:
        names = {name.rsplit(".", 1)[-1] for name, _ in item.properties}
        if "price" in names or "lowPrice" in names:
            yield reading.fact("act", "structured-offer", match=Match.STRUCTURE)


def _order_buttons(reading: Reading) -> Iterator[Signal]:
    for verb in reading.signals("act", "buy-verb"):
        if reading.page.blocks[verb.block].kind in {BlockKind.BUTTON, BlockKind.OPTION}:
            yield replace(verb, value="order")


def _contacts(reading: Reading) -> Iterator[Signal]:
    for contact in reading.page.contacts:
        if contact.kind in MESSENGERS:
            yield _act(reading, "messenger", contact.start, contact.end)
        elif contact.kind == "wallet":
            yield _act(reading, "crypto", contact.start, contact.end)


def _act(reading: Reading, value: str, start: int, end: int) -> Signal:
    """An act at a span; one known from a link's target alone has no words of its own."""
    if start < 0:
        return reading.fact("act", value, match=Match.STRUCTURE)
    return reading.signal("act", value, start, end, match=Match.STRUCTURE)


def _is_affiliate(url: str) -> bool:
    _, _, asked = url.partition("?")
    if not _MAYBE_AFFILIATE.search(asked):
        return False
    try:
        query = urlsplit(url).query
    except ValueError:
        return False
    fields = "&".join(query.split("&", _MOST_FIELDS)[:_MOST_FIELDS])
    return any(key.lower() in _AFFILIATE_KEYS for key, _ in parse_qsl(fields))
