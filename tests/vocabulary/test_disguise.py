"""Disguised words are undone, innocent ones are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Match
from auditor.vocabulary.disguise import Rewritten, rewrite, rewrites
from auditor.vocabulary.fold import fold
from auditor.vocabulary.words import Words

NAMES = {"tramadol": "tramadol", "ambien": "zolpidem", "xanax": "alprazolam", "viagra": "sildenafil",
         "valium": "diazepam",
         "vicodin": "hydrocodone", "percocet": "oxycodone", "percodan": "oxycodone", "lorazepam": "lorazepam",
         "clorazepam": "clorazepate"}  # fmt: skip
KNOWN = Words(
    {"tramadol", "ambien", "xanax", "soma", "viagra", "order", "without", "prescription", "pills", "no", "rx", "stop",
     "email", "sleep", "code", "so", "is", "buy", *NAMES},
    NAMES,
    verbs=("buy", "order"),
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


@pytest.mark.parametrize(
    ("disguised", "word"),
    [("v*agra", "viagra"), ("Tr#m#dol", "tramadol"), ("VIC*DIN", "vicodin"), ("perco_et", "percocet")],
)
def test_a_sign_stands_for_a_letter_of_a_name(disguised: str, word: str) -> None:
    assert found(f"Cheap {disguised} today") == [(word, disguised)]


@pytest.mark.parametrize("text", ["perco*** on top", "a *l*p* of faith", "sl*ep well", "perco**n", "v*****", "x*a*a*"])
def test_a_mask_that_fits_no_name_or_several_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("glued", "plain"),
    [("tramadol100mg", "tramadol 100mg"), ("Xanax2", "xanax 2"), ("VIAGRA50MG", "viagra 50mg")],
)
def test_a_strength_glued_to_a_name_is_taken_off(glued: str, plain: str) -> None:
    assert found(f"get {glued}!") == [(plain, glued)]


@pytest.mark.parametrize("text", ["order66", "pills2go", "stop4", "sleep8h"])
def test_a_number_glued_to_any_other_word_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_capital_i_is_read_as_the_letter_it_is_drawn_like() -> None:
    assert found("VaIium and TramadoI") == [("valium", "VaIium")]
    assert found("an iPhone, WiFi or LinkedIn") == []


@pytest.mark.parametrize(
    ("tag", "plain"),
    [
        ("#buyxanaxonline", "buy xanax online"),
        ("BuyTramadol", "buy tramadol"),
        ("ordervalium.example", "order valium"),
    ],
)
def test_a_call_to_buy_run_into_one_word_is_parted(tag: str, plain: str) -> None:
    assert [word for word, _ in found(f"see {tag}")] == [plain]


@pytest.mark.parametrize("text", ["a buyer", "orderly", "buyback", "rebuyxanax", "bordervalium", "orderings"])
def test_words_that_only_begin_like_a_call_to_buy_stay_whole(text: str) -> None:
    assert found(text) == []


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
