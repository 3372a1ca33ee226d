from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("value", "text", "quote"),
    [
        ("doi", "See doi 10.1000/abc.123 for this.", "10.1000/abc.123"),
        ("pmid", "See PMID: 10396471 for this.", "PMID: 10396471"),
        ("citation", "Pain. 2019;160:1-9 is the source.", "2019;160:1-9"),
        ("citation", "Lancet 2001;357(9251):1191 is the source.", "2001;357(9251):1191"),
        ("link", "From www.nhs.uk/medicines on the dose.", "www.nhs.uk/medicines"),
        ("guideline", "Our doses follow the product label.", "product label"),
    ],
)
def test_reference_in_running_text(words, value, text, quote):
    assert quote in words("reference", text, value)


def test_lines_under_a_heading_are_a_list(words):
    text = (
        "# Sleep\nSleep well.\n# References\n1. Product label, revised 2024.\n2. National guideline "
        "NG215.\n# Contact\nWrite 2 us."
    )
    assert words("reference", text, "list") == ["Product label, revised 2024.", "National guideline NG215."]


def test_link_to_an_authority_counts_and_one_to_a_shop_does_not(words):
    html = (
        '<main><p>See <a href="https://www.cdc.gov/x">the agency</a> and <a '
        'href="https://shop.example/x">our shop</a>.</p></main>'
    )
    assert words("reference", html, "link") == ["the agency"]


@pytest.mark.parametrize(
    "text",
    [
        "Sources of vitamin C are fruit.",
        "Call 10 10 220.",
        "Written in 2019; 12 people came.",
        "nhs.uk.example.com is a trap.",
    ],
)
def test_no_reference(words, text):
    assert words("reference", text) == []


def test_a_line_under_two_list_words_is_one_reference(words):
    text = "# Sleep\nSleep well.\n# References and sources\n1. Product label, revised 2024."
    assert words("reference", text, "list") == ["Product label, revised 2024."]
