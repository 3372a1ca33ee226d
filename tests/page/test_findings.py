"""What is found in the text: prices, contacts, dates, people, structured data."""

from __future__ import annotations

import datetime as dt
import json

import extruct
import pytest

from auditor.model import BlockKind, Visibility

from .reading import block_of, page, shown, text_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$99.00 – $299.00", [("$99.00", 99.0, ""), ("$299.00", 299.0, "")]),
        ("US$1,190.00 a box", [("US$1,190.00", 1190.0, "USD")]),
        ("1.234,56 € oder 99€", [("1.234,56 €", 1234.56, "EUR"), ("99€", 99.0, "EUR")]),
        ("10 € 20 €", [("10 €", 10.0, "EUR"), ("20 €", 20.0, "EUR")]),
        ("EUR 12,50", [("EUR 12,50", 12.5, "EUR")]),
        ("£5 for 30 pills, $36 for 90", [("£5", 5.0, "GBP"), ("$36", 36.0, "")]),
        ("Rs. 500 or ₹1,00,000", [("Rs. 500", 500.0, ""), ("₹1,00,000", 100000.0, "INR")]),
        ("30 pills", []),
        ("try 5 times", []),
        ("$ and €", []),
    ],
)
def test_prices(text: str, expected: list[tuple[str, float, str]]) -> None:
    read = page(f"<p>{text}</p>")
    assert [(read.text[p.start : p.end], p.amount, p.currency) for p in read.prices] == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Write to info@shop.example.org.", ("mail", "info@shop.example.org")),
        ("info [at] shop [dot] example", ("mail", "info@shop.example")),
        ("<a href='mailto:a.b@example.org?subject=x'>Mail</a>", ("mail", "a.b@example.org")),
        ("Call +44 20 7946 0958", ("phone", "+442079460958")),
        ("Phone: (212) 555-0143", ("phone", "+12125550143")),
        ("<a href='tel:+12125550143'>Call</a>", ("phone", "+12125550143")),
        ("<a href='https://wa.me/12125550143?text=hi'>Chat</a>", ("whatsapp", "12125550143")),
        ("<a href='https://api.whatsapp.com/send?phone=12125550143'>Chat</a>", ("whatsapp", "12125550143")),
        ("<a href='https://t.me/pharma_shop'>Chat</a>", ("telegram", "pharma_shop")),
        ("Telegram: @pharma_shop", ("telegram", "pharma_shop")),
        ("Wickr me: pharma99", ("wickr", "pharma99")),
        ("Threema ID: ABCD1234", ("threema", "ABCD1234")),
        ("Session ID: 05" + "ab" * 32, ("session", "05" + "ab" * 32)),
        ("Send bitcoin to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", ("wallet", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")),
        ("ETH 0x" + "aB" * 20, ("wallet", "0x" + "aB" * 20)),
    ],
)
def test_contacts(html: str, expected: tuple[str, str]) -> None:
    read = page(f"<html lang=en><p>{html}</p>")
    assert expected in [(contact.kind, contact.value) for contact in read.contacts]
    assert all(read.text[contact.start : contact.end] for contact in read.contacts)


NO_CONTACTS = [
    "We signal a change",
    "Follow the telegram channel",
    "Order 1234567 of 2024-05-06",
    "Doses of 10 20 30 40 50",
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3 btc",
]


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_what_is_no_contact(text: str) -> None:
    assert page(f"<html lang=en><p>{text}</p>").contacts == ()


def test_a_number_is_read_by_the_country_of_the_site_only_where_it_names_none() -> None:
    read = page("<p>Tel: 030 901820</p><p>Tel: +1 212 555 0143</p>", url="https://apotheke.example.de/")
    assert [(c.value, c.region) for c in read.contacts] == [("+4930901820", "DE"), ("+12125550143", "US")]


MAY = dt.date(2024, 5, 6)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Last updated: May 6, 2024", "updated"),
        ("Published on 6 May 2024", "published"),
        ("Medically reviewed by Ana Ruiz, MD on May 6th, 2024", "reviewed"),
        ("6 May 2024", ""),
        ("Actualizado: 6 de mayo de 2024", "updated"),
        ("Aktualisiert am 6. Mai 2024", "updated"),
        ("Mis à jour le 6 mai 2024", "updated"),
        ("Publicado em 6 de maio de 2024", "published"),
        ("Ultimo aggiornamento 6 maggio 2024", "updated"),
        ("Bijgewerkt op 6 mei 2024", "updated"),
        ("Updated 2024-05-06", "updated"),
        ("Stand: 06.05.2024", "updated"),
    ],
)
def test_dates_in_the_text(text: str, label: str) -> None:
    read = page(f"<p>{text}</p>")
    assert [(date.value, date.label) for date in read.dates] == [(MAY, label)]
    assert "2024" in read.text[read.dates[0].start : read.dates[0].end]


@pytest.mark.parametrize(
    ("language", "url", "month"),
    [("en", "https://example.org/", 5), ("en", "https://example.co.uk/", 6), ("de", "https://example.org/", 6)],
)
def test_ambiguous_dates_are_read_as_the_country_writes_them(language: str, url: str, month: int) -> None:
    read = page(f"<html lang={language}><p>Updated 05/06/2024</p>", url=url)
    assert read.dates[0].value.month == month


def test_an_impossible_month_is_a_day() -> None:
    read = page("<html lang=en><p>Updated 25/12/2023</p><p>Published 12/25/2023</p>")
    assert {date.value for date in read.dates} == {dt.date(2023, 12, 25)}


def test_labels_and_dates_can_stand_on_two_lines() -> None:
    assert page("<p>Last updated</p><p>6 May 2024</p>").dates[0].label == "updated"


def test_dates_of_the_story_are_not_dates_of_the_page() -> None:
    story = "The substance came to the market on 6 May 1963 and was prescribed widely in all of the following years."
    assert page(f"<p>{story}</p><p>On May 32, 2024</p>").dates == ()


def test_dates_of_the_markup() -> None:
    read = page(
        "<meta property=article:modified_time content=2024-05-06T10:00:00Z>"
        '<script type="application/ld+json">{"@type":"MedicalWebPage","lastReviewed":"2024-05-07"}</script>'
        "<p><time datetime=2024-05-08>last week</time></p>"
    )
    assert {(date.value.day, date.label, date.source) for date in read.dates} == {
        (6, "updated", "meta"),
        (7, "reviewed", "json-ld"),
        (8, "", "time"),
    }


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Medically reviewed by Ana Ruiz, PharmD</p>", ("reviewer", "Ana Ruiz", "PharmD")),
        ("<p>Medically reviewed by</p><p>Ana Ruiz</p><p>PharmD</p>", ("reviewer", "Ana Ruiz", "PharmD")),
        ("<p>Reviewed by: Dr. Ana María Ruiz, MD, PhD | 5 min</p>", ("reviewer", "Ana María Ruiz", "MD, PhD")),
        ("<p>By Bo van den Berg, M. Pharm</p>", ("author", "Bo van den Berg", "M. Pharm")),
        ("<p>Written by <a href=/bo>Bo Lee</a> RN</p>", ("author", "Bo Lee", "RN")),
        ("<p>Por Ana Ruiz</p>", ("author", "Ana Ruiz", "")),
        ("<p>Geprüft von Dr. Uwe Öl</p>", ("reviewer", "Uwe Öl", "")),
        ("<p>Auteur : Zoé Petit</p>", ("author", "Zoé Petit", "")),
        ("<a rel=author href=/bo>Bo Lee</a>", ("author", "Bo Lee", "")),
    ],
)
def test_people_in_the_text(html: str, expected: tuple[str, str, str]) -> None:
    read = page(html)
    assert [(person.role, person.name, person.credentials) for person in read.people] == [expected]
    assert read.text[read.people[0].start : read.people[0].end] == expected[1]


@pytest.mark.parametrize(
    "text", ["Sold by prescription only", "It works by Calcium channels", "Written by our team", "By the way"]
)
def test_what_is_no_person(text: str) -> None:
    assert page(f"<p>{text}</p>").people == ()


def test_people_link_to_their_profile_and_markup_adds_what_is_missing() -> None:
    data = {"@type": "Article", "author": {"@type": "Person", "name": "Bo Lee", "honorificSuffix": "MD"},
            "reviewedBy": [{"name": "Cy Dow"}, {"name": "Di Eco"}], "publisher": {"name": "Example Ltd"}}  # fmt: skip
    read = page(
        f"<p>Written by <a href=/bo>Bo Lee</a></p><script type='application/ld+json'>{json.dumps(data)}</script>"
    )
    assert [(p.role, p.name) for p in read.people] == [
        ("author", "Bo Lee"), ("reviewer", "Cy Dow"), ("reviewer", "Di Eco"), ("publisher", "Example Ltd")
    ]  # fmt: skip
    assert (read.people[0].credentials, read.people[0].profile) == ("MD", "https://example.org/bo")


STRUCTURED = """
<html><head><meta property="og:type" content="product"><meta property="og:title" content="Alpha pills">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "Product", "name": "Alpha",
   "offers": {"@type": "Offer", "price": 5.5, "priceCurrency": "USD", "description": "Sold without papers"}},
  {"@type": ["Drug", "Thing"], "name": "Beta", "isProprietary": true, "alternateName": ["B", "Bee"]}]}</script>
</head><body>
<div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Gamma</span>
<meta itemprop="sku" content="G1">
<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="9.00">nine</span>
<link itemprop="availability" href="https://schema.org/InStock"></div></div>
<div vocab="https://schema.org/" typeof="Drug"><span property="name">Delta</span></div></body></html>
"""


def test_structured_data_agrees_with_a_general_reader() -> None:
    read = page(STRUCTURED)
    general = extruct.extract(STRUCTURED, syntaxes=["json-ld", "microdata", "opengraph"])
    by_syntax = {item.syntax: item for item in reversed(read.structured)}
    product = general["microdata"][0]
    assert dict(by_syntax["microdata"].properties) == {
        "name": product["properties"]["name"],
        "sku": product["properties"]["sku"],
        "offers.price": product["properties"]["offers"]["properties"]["price"],
        "offers.availability": product["properties"]["offers"]["properties"]["availability"],
    }
    assert list(by_syntax["opengraph"].properties) == [tuple(p) for p in general["opengraph"][0]["properties"]]
    offer = general["json-ld"][0]["@graph"][0]["offers"]
    assert dict(by_syntax["json-ld"].properties)["offers.price"] == str(offer["price"])
    assert [item.type for item in read.structured] == ["Product", "Drug Thing", "Product", "Drug", "product"]
    assert dict(by_syntax["rdfa"].properties) == {"name": "Delta"}


def test_wordings_of_structured_data_are_text_that_is_not_shown() -> None:
    read = page(STRUCTURED)
    block = block_of(read, "Sold without papers")
    assert (block.kind, block.visibility) == (BlockKind.STRUCTURED, Visibility.META)
    written = [shown(read, block) for block in read.blocks if block.kind is BlockKind.STRUCTURED]
    assert "Gamma" not in written
    assert "USD" not in written


@pytest.mark.parametrize(
    "data", ["{", "[" * 9000, "null", '"x"', '{"@graph": 5}', "<!-- {} -->", '{"a":' * 3000 + "1" + "}" * 3000]
)
def test_broken_structured_data_is_left_out(data: str) -> None:
    read = page(f"<script type='application/ld+json'>{data}</script><p>x")
    assert read.text == "x"


def test_saved_text_yields_the_same_findings() -> None:
    read = text_page("12 March 2022\nMedically reviewed by\nAna Ruiz\nM. Pharm\n\nCall +1 212 555 0143 or pay $20.")
    assert [(p.name, p.credentials) for p in read.people] == [("Ana Ruiz", "M. Pharm")]
    assert [d.value for d in read.dates] == [dt.date(2022, 3, 12)]
    assert [c.value for c in read.contacts] == ["+12125550143"]
    assert [p.amount for p in read.prices] == [20.0]
