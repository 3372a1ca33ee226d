"""Where sentences end, and where only abbreviations, decimals and initials do."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.signals.sentences import split_sentences

ABBREVIATIONS = frozenset({"dr", "e.g", "i.e", "vs", "approx", "no", "u.s", "etc"})


def sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in split_sentences(text, 0, len(text), ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ship today. Pay later.", ["We ship today.", "Pay later."]),
        ("Need a script? No! Order now\u2026 Today.", ["Need a script?", "No!", "Order now\u2026", "Today."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("He said \u201cBuy.\u201d Then he left.", ["He said \u201cBuy.\u201d", "Then he left."]),
        ("It works (mostly.) Not always.", ["It works (mostly.)", "Not always."]),
        ("One. 2 tablets follow.", ["One.", "2 tablets follow."]),
        ("Stop. \u201cGo on,\u201d she said.", ["Stop.", "\u201cGo on,\u201d she said."]),
        ("no script? no problem! order now", ["no script?", "no problem!", "order now"]),
        ("we never sell opium. tramadol is here", ["we never sell opium.", "tramadol is here"]),
        ("Ends without a stop", ["Ends without a stop"]),
        ("", [""]),
    ],
)
def test_sentences_end_at_stops(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ask Dr. Adams about it.",
        "Some painkillers, e.g. Tramadol, are controlled.",
        "It takes approx. 3 days.",
        "Take 0.5 mg or 1.25 mg a day.",
        "It was written by J. R. Adams in May.",
        "Made in the U.S. Food is extra.",
        "Pills, creams etc. and more.",
        "Version 1.2 of shop.example is out.",
        "It costs $1.50 a pill",
        "Wait... there is more",
        "\u201cReally?\u201d he asked.",
        "Add tax incl. shipping.",
    ],
)
def test_stops_inside_sentences_end_none(text: str) -> None:
    assert sentences(text) == [text]


def test_scripts_without_spaces_have_stops_of_their_own() -> None:
    text = (
        "\u51e6\u65b9\u7b8b\u306f\u4e0d\u8981\u3002\u4eca\u3059\u3050\u6ce8\u6587\uff01\u672c\u5f53\uff1f\u306f\u3044"
    )
    assert sentences(text) == [text[:7], text[7:13], text[13:16], text[16:]]


def test_hindi_ends_sentences_with_a_bar() -> None:
    text = "\u0926\u0935\u093e \u0932\u0947\u0902\u0964 \u0930\u0941\u0915\u0947\u0902\u0964"
    assert len(sentences(text)) == 2


@given(st.text(alphabet="Ab.?! \u3002\u201d)\n1", max_size=80), st.data())
def test_sentences_cover_their_block_without_gaps(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = split_sentences(text, start, end, ABBREVIATIONS)
    assert spans[0][0] == start
    assert spans[-1][1] == end
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


def test_a_text_of_stops_is_read_in_one_pass() -> None:
    assert len(sentences("." * 300_000 + " " + "\u3002" * 100_000)) == 2
