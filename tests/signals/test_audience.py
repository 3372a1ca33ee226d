"""Which countries a page addresses, by its domain, currencies and telephone numbers."""

from __future__ import annotations

import pytest

from tests.signals.reading import facts


def shown(text: str, url: str = "https://example.org/") -> dict[str, str]:
    """Country to what shows it, for what layout and address show."""
    found = [each for each in facts(text, url).signals if each.kind == "audience" and "by" in each.attributes]
    return {each.value: each.attributes["by"][0] for each in found}


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://shop.example.co.uk/x", "uk"),
        ("https://shop.example.in/", "in"),
        ("https://shop.example.de/", "eu"),
        ("https://shop.example.com.au/", "au"),
        ("https://shop.example.ca/", "ca"),
    ],
)
def test_the_domain_shows_a_country(url: str, country: str) -> None:
    assert shown("About sleep.", url) == {country: "domain"}


@pytest.mark.parametrize("url", ["https://shop.example.com/", "urn:corpus:x", "https://[bad/", "file:///x.uk/y.html"])
def test_an_address_may_show_none(url: str) -> None:
    assert shown("About sleep.", url) == {}


@pytest.mark.parametrize(("price", "country"), [("\u00a312.50", "uk"), ("\u20b9499", "in"), ("\u20ac30", "eu")])
def test_a_currency_shows_a_country(price: str, country: str) -> None:
    assert shown(f"Sleep mask: {price}") == {country: "currency"}


def test_a_telephone_number_shows_a_country() -> None:
    assert shown("Call us on +44 20 7946 0958 today.") == {"uk": "telephone"}


def test_each_country_is_told_once_for_each_sign() -> None:
    text = "Mask: \u00a312.50\n\nPillow: \u00a320.00\n\nCall +44 20 7946 0958 or +44 20 7946 0959."
    found = [each for each in facts(text).signals if each.kind == "audience" and "by" in each.attributes]
    assert sorted((each.value, each.attributes["by"][0]) for each in found) == [("uk", "currency"), ("uk", "telephone")]


def test_the_sign_is_quoted() -> None:
    found = facts("Sleep mask: \u00a312.50")
    (sign,) = (each for each in found.signals if each.kind == "audience" and "by" in each.attributes)
    assert found.page.text[sign.start : sign.end] == "\u00a312.50"
