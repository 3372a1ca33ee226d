"""Whose rules apply: a country's are assessed when the page addresses that country, or when the call asks for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from auditor.errors import UsageError
from auditor.model import Assertion, Audience, Signal

ALWAYS = ("global", "platform")
ALL = "all"
JURISDICTIONS = {
    "us": "the United States",
    "uk": "the United Kingdom",
    "eu": "the European Union",
    "in": "India",
    "ca": "Canada",
    "au": "Australia",
}
_QUOTES_SHOWN = 3


def asked_jurisdictions(asked: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """The jurisdictions that the call asks for, `all` being every known one.

    Raises:
        UsageError: one has no policies.
    """
    names = {name.strip().lower() for name in asked}
    unknown = names - {*known, *ALWAYS, ALL}
    if unknown:
        listed = ", ".join([*sorted(set(known) - set(ALWAYS)), ALL])
        raise UsageError(f"--jurisdiction: no policies for {sorted(unknown)[0]!r} (known: {listed})")
    return frozenset(known) if ALL in names else frozenset(names)


def find_audiences(
    signals: Iterable[Signal], text: str, asked: Collection[str], known: Collection[str]
) -> tuple[Audience, ...]:
    """For each known jurisdiction, whether its rules are assessed, and why; `signals` and `text` are the page's."""
    quotes: dict[str, list[str]] = {}
    for signal in signals:
        if signal.kind == "audience" and signal.assertion is Assertion.AFFIRMED and signal.seen:
            found = quotes.setdefault(signal.value, [])
            quote = text[signal.start : signal.end].strip()
            if quote and quote not in found:
                found.append(quote)
    order = [*(name for name in ALWAYS if name in known), *sorted(set(known) - set(ALWAYS))]
    return tuple(_audience(name, name in asked, quotes.get(name)) for name in order)


def _audience(name: str, asked: bool, quotes: Sequence[str] | None) -> Audience:
    shown = tuple((quotes or ())[:_QUOTES_SHOWN])
    if name in ALWAYS:
        return Audience(jurisdiction=name, assessed=True, reason="always assessed")
    country = JURISDICTIONS.get(name, name.upper())
    if quotes is not None:
        return Audience(jurisdiction=name, assessed=True, reason=f"the page addresses {country}", quotes=shown)
    if asked:
        return Audience(jurisdiction=name, assessed=True, reason=f"asked for with --jurisdiction {name}")
    reason = f"nothing on the page shows that it addresses {country}"
    return Audience(jurisdiction=name, assessed=False, reason=reason)
