from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("certified", "# Zolpidem\nCertified Pharmacy"),
        ("certified", "We are a fully licensed online pharmacy with a wide range of medicines for you."),
        ("genuine", "# Zolpidem\n100% genuine"),
        ("seal", "# Health\nThis site complies with the HONcode."),
        ("superlative", "# Zolpidem\nTrusted by thousands"),
    ],
)
def test_claim_about_oneself(found, value, text):
    assert [each.value for each in found("trust-claim", text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Only buy from a licensed pharmacy that asks for a prescription.",
        "Look for a verified online pharmacy.",
        "How to tell a legitimate pharmacy from a fake",
        "Ask whether the tablets are genuine medicines before you pay.",
        "Never trust a seller who says: certified pharmacy.",
    ],
)
def test_advice_on_sellers_is_no_claim(found, text):
    assert found("trust-claim", text) == []


def test_contacts_and_address_are_identity(found):
    text = "# Shop\nWrite to info@example.org or visit 12 Long Street, London SW1A 1AA."
    assert {"mail", "address"} <= {each.value for each in found("identity", text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Last chance: the sale ends tonight.", "urgency"),
        ("Only 3 left in stock.", "scarcity"),
        ("Why suffer any longer?", "fear"),
        ("Cheated by other sellers? Rely on us.", "disparagement"),
    ],
)
def test_pressure(found, text, value):
    assert value in {each.value for each in found("pressure", text)}


@pytest.mark.parametrize(
    "text",
    [
        "Don't wait to call 999 if you have symptoms of a stroke.",
        "It must be started within 72 hours after exposure, so hurry.",
        "The comment period ends in May.",
    ],
)
def test_real_urgency_is_no_pressure(found, text):
    assert found("pressure", text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In case of overdose call the poison line or 999.", True),
        ("If you have taken too much, get medical help right away.", True),
        ("Get medical help right away if you have:\n- chest pain\n- a rash", True),
        ("It is used to treat antidepressant overdose. Pain is common, so seek medical attention immediately.", False),
        ("Muscle pain is common, so seek medical attention immediately.", False),
    ],
)
def test_emergency_information(found, text, told):
    assert bool(found("emergency", text)) is told


def test_comment_form_of_html_and_not_a_search_box(found):
    html = (
        '<main><form action="/post"><textarea name="t"></textarea></form><form action="/search"><input '
        'name="q"></form></main>'
    )
    assert [each.value for each in found("comment-form", html)] == ["comments"]


def test_markup_and_page_disagree_on_the_review(found):
    html = """<html><head><script type="application/ld+json">
        {"@type": "MedicalWebPage", "lastReviewed": "2026-05-01",
         "reviewedBy": {"@type": "Person", "name": "Dr Elena Foss"}}
        </script></head><body><h1>Asthma</h1><p>Last reviewed: 12 October 2022</p></body></html>"""
    assert {each.value for each in found("review-markup", html)} == {"date-differs", "reviewer-unseen"}


def test_an_address_below_a_number_is_found(words):
    html = "<main><p>Reply within 5</p><p>Main Road 12</p></main>"
    assert words("identity", html, "address") == ["Main Road 12"]


def test_the_partner_of_a_link_with_many_fields_is_read(found):
    fields = "&".join(f"f{number}=1" for number in range(80))
    html = f'<main><p><a href="https://shop.example/x?aff=7&{fields}">the shop</a></p></main>'
    assert [each.value for each in found("act", html)] == ["affiliate"]
