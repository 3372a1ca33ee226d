"""Folding keeps every character where it was; disguised words are undone, innocent ones are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Match
from auditor.vocabulary.fold import Rewritten, fold, fold_phrase, rewrite, rewrites

KNOWN = frozenset(
    {"tramadol", "ambien", "xanax", "soma", "viagra", "order", "without", "prescription", "pills", "no", "rx", "stop",
     "email", "sleep", "code", "so", "is", "buy"}
)  # fmt: skip
DISGUISES = {
    "tr4mad0l": "tramadol",
    "t r a m a d o l": "tramadol",
    "t.r.a.m.a.d.o.l": "tramadol",
    "T-R-A-M-A-D-O-L": "tramadol",
    "tra*ma*dol": "tramadol",
    "tra_madol": "tramadol",
    "tram\u00adadol": "tramadol",
    "trama\u200bdol": "tramadol",
    "tr\u0430m\u0430d\u043el": "tramadol",  # Cyrillic a and o
    "\u0391mbien": "ambien",  # Greek capital alpha
    "@mbien": "ambien",
    "amb!en": "ambien",
    "amb1en": "ambien",
    "\u20acmail": "email",
    "vi@gra": "viagra",
    "p1ll$": "pills",
    "x4n4x": "xanax",
    "with0ut": "without",
}
NEUTRAL = ["the", "a", "caf\u00e9", "42", "(", "--", "Stra\u00dfe", "\u0130stanbul", "\ufb01rst", "\U0001f48a", "."]


def found(text: str) -> list[tuple[str, str]]:
    """The words made plain, with what stands in the text."""
    result = rewrite(text, KNOWN)
    return [(edit.word, text[edit.start : edit.end]) for _, _, edit in result.edits] if result else []


# ------------------------------------------------------------------------------------------------------ fold


@given(st.text())
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_line_breaks_stay_where_they_are(text: str) -> None:
    assert [at for at, each in enumerate(fold(text)) if each == "\n"] == [
        at for at, each in enumerate(text) if each == "\n"
    ]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("NO Prescription", "no prescription"),
        ("no\u00a0prescription", "no prescription"),
        ("no-prescription", "no prescription"),
        ("don\u2019t", "don t"),
        ("50 % off", "50 % off"),
        ("caf\u00e9 \u00dcber \u00f1", "cafe uber n"),
        ("\uff21\uff4d\uff42\uff49\uff45\uff4e", "ambien"),  # full width
        ("\U0001d4d0mbien", "ambien"),  # mathematical script
        ("x\u00b2", "x2"),
        ("\u0142\u00f3d\u017a", "lodz"),
        ("\u0928\u0940\u0902\u0926", "\u0928\u0940\u0902\u0926"),  # vowel signs of Hindi are part of the word
        ("\u7761\u7720\u85ac", "\u7761\u7720\u85ac"),
    ],
)
def test_spellings_of_one_word_are_levelled(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_phrase_is_folded_to_single_spaces() -> None:
    assert fold_phrase("  No -- Prescription,\nNeeded! ") == "no prescription needed"


# -------------------------------------------------------------------------------------------------- disguises


@pytest.mark.parametrize(("disguised", "word"), DISGUISES.items())
def test_a_disguised_word_is_undone(disguised: str, word: str) -> None:
    assert found(f"Get {disguised} here") == [(word, disguised)]


@pytest.mark.parametrize("word", ["tram\u00adadol", "tra\u200bmadol", "tramadol\ufeff"])
def test_invisible_characters_are_no_disguise_but_folded(word: str) -> None:
    result = rewrite(word, KNOWN)
    assert result
    assert {edit.match for _, _, edit in result.edits} == {Match.FOLDED}


def test_a_hyphen_inside_a_word_is_a_spelling_and_no_disguise() -> None:
    assert [each.match for each in rewrites("by e-mail", KNOWN)] == [Match.FOLDED]


def test_short_words_are_read_as_leet_only_beside_a_longer_one() -> None:
    assert found("n0 rx") == []
    assert found("amb1en, n0 rx") == [("ambien", "amb1en"), ("no", "n0")]


def test_exclamation_marks_at_the_end_are_punctuation() -> None:
    assert found("Please stop! Buy ambien!!") == []
    assert found("amb!en!") == [("ambien", "amb!en")]


def test_words_that_nobody_looks_for_stay_disguised() -> None:
    assert found("b4n4n4 b.a.n.a.n.a b a n a n a") == []


def test_words_of_spaced_letters_must_be_apart_from_other_words() -> None:
    assert found("plan x a n a x") == [("xanax", "x a n a x")]
    assert found("x a n a xylitol") == []


# --------------------------------------------------------------------------------------------- innocent text


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/0rder/tr4mad0l?ref=x4n4x",
        "See www.shop.example/amb1en for more",
        "Mail to so.is@sleep.example or x.a.n.a.x@sleep.example",
        "An i5-1234 or an x4-9000 processor",
        "Version v1.2, then v1.10 and 10.0.1",
        "row = cells[0]; n0 = x4; total_sum += so.is",
        "for i in range(10): p1 = s0 + is_on",
        "B12, D3, H2O2, COVID-19, T4 and HbA1c",
        "U.S., U.K., e.g. and Ph.D.",
        "Call 1-800-555-0134 at 10:30 a.m.",
        "10mg, 20 mg, $5, 5\u20ac, US$50",
        "order.buy and order|buy",
        "so-so, buy/order",
    ],
)
def test_innocent_text_is_left_alone(text: str) -> None:
    assert found(text) == []


# ---------------------------------------------------------------------------------------------------- offsets


@given(st.lists(st.sampled_from([*DISGUISES, *NEUTRAL]), max_size=8))
def test_a_word_of_the_rewritten_text_points_at_its_words_in_the_page(pieces: list[str]) -> None:
    text = "  ".join(pieces)  # two spaces, so that single letters do not join across pieces
    result = rewrite(text, KNOWN) or Rewritten(fold(text), ())
    at = 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        word = DISGUISES.get(piece)
        if word:
            spans = [
                result.original(found, found + len(word))[:2]
                for found in range(len(result.text))
                if result.text.startswith(word, found)
            ]
            assert (start, at) in spans


@given(st.text(alphabet="tramadol40@.- \u200b\u0430\n!", max_size=60), st.data())
def test_every_span_of_a_rewritten_text_lies_in_the_page(text: str, data: st.DataObject) -> None:
    result = rewrite(text, KNOWN)
    if not result:
        return
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    low, high, _ = result.original(start, end)
    assert 0 <= low <= high <= len(text)


def test_what_stands_between_rewrites_keeps_its_offsets() -> None:
    text = "Buy tr4mad0l or x\u200banax without a script"
    result = rewrite(text, KNOWN)
    assert result
    assert result.text == "buy tramadol or xanax without a script"
    for words in ("buy", "or", "without a script"):
        start = result.text.index(words)
        low, high, disguise = result.original(start, start + len(words))
        assert text[low:high].lower() == words
        assert disguise is None


def test_a_span_over_a_rewrite_says_how_it_was_disguised() -> None:
    text = "buy tr4mad0l now"
    result = rewrite(text, KNOWN)
    assert result
    assert result.original(0, len(result.text)) == (0, len(text), Match.OBFUSCATED)
    assert result.original(4, 7)[2] is Match.OBFUSCATED


def test_text_without_disguise_is_not_copied() -> None:
    assert rewrite("Buy tramadol without prescription", KNOWN) is None


# ----------------------------------------------------------------------------------------------- hostile text


@pytest.mark.parametrize("unit", ["a", "\u0430", "a.", "a ", "a0", "@", "!", "\u200b", "a\u0301", "://"])
def test_a_word_that_never_ends_is_read_in_one_pass(unit: str) -> None:
    length = 400_000  # a pattern that tried every letter anew would not come back
    assert found(unit * (length // len(unit)) + " trama\u200bdol")[-1] == ("tramadol", "trama\u200bdol")
