"""Whom a page addresses, by country: its domain, currencies and telephone numbers (its words are vocabulary)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.assets import asset_folder
from auditor.model import Assertion, Match, Signal
from auditor.signals.reading import Reading
from auditor.yamlfile import load_yaml


def detect(reading: Reading) -> Iterator[Signal]:
    """At most one `audience` signal a country for each of domain, currency and telephone number."""
    domains, currencies, regions = _facts()
    country = domains.get(_top_level_domain(reading.page.url))
    if country:
        yield reading.fact("audience", country, match=Match.STRUCTURE, attributes={"by": ("domain",)})
    seen: set[tuple[str, str]] = set()
    found = [("currency", currencies.get(price.currency), price.start, price.end) for price in reading.page.prices]
    found += [
        ("telephone", regions.get(contact.region), contact.start, contact.end)
        for contact in reading.page.contacts
        if contact.kind == "phone"
    ]
    for by, country, start, end in found:
        if country and (by, country) not in seen:
            seen.add((by, country))
            yield reading.signal(
                "audience", country, max(start, 0), max(end, 0), match=Match.STRUCTURE,
                assertion=Assertion.AFFIRMED, attributes={"by": (by,)},
            )  # fmt: skip


def _top_level_domain(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _facts() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """Top-level domain, currency and telephone region to country."""
    data = load_yaml((asset_folder("policies") / "vocabulary" / "audience.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)  # noqa: S101  (shipped data)
    tables = [
        {key: country for country, keys in data[name].items() for key in keys}
        for name in ("top_level_domains", "currencies", "telephone_regions")
    ]
    return tables[0], tables[1], tables[2]
