from __future__ import annotations

import pytest

PADDING = " The tablets are for pain."


@pytest.mark.parametrize(
    "sentence",
    [
        "About 12./. to 20./. of patients have pain.",
        "Give 3./. of the tablets.",
        "It helps 40o/o of patients.",
        "The dose is 2..5 mg.",
        "Take 1O mg of it.",
        "The dose is {{dose}} mg.",
        "The dose is NaN mg.",
        "It is fit for an age of 3 months of infants.",
        "It helps 250% of patients.",
        "The dose is 5 � mg.",
    ],
)
def test_garbled_number_is_quoted_as_its_sentence(words, sentence):
    assert words("defect", sentence + PADDING, "garbled-number") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Take 2.5 mg or 2,5 mg.",
        "Give 1.5% to 2 % of it.",
        "Run ./configure and ../make now.",
        "Take 10 mg... then rest.",
        "It helps 100% of patients.",
        "Is it 5 mg? Yes.",
        "Ages of 3 months to 2 years.",
    ],
)
def test_well_formed_numbers(words, sentence):
    assert words("defect", sentence + PADDING, "garbled-number") == []


@pytest.mark.parametrize(
    ("sentence", "fused"),
    [
        ("It is not recommended for infants of two months to speak to your doctor if you have asthma.", True),
        ("Not suitable for pregnant women tell your doctor about ulcers.", True),
        ("It is not recommended for infants. Speak to your doctor if you have asthma.", False),
        ("It is not recommended for infants unless you speak to your doctor first.", False),
        ("Not suitable for everyone, so talk to your doctor.", False),
        ("Do not hesitate to speak to your doctor.", False),
    ],
)
def test_fused_warnings(found, sentence, fused):
    assert bool(found("defect", sentence, "fused-warning")) is fused


def test_list_item_that_ends_in_and_after_an_enumeration(words):
    text = "# Relaxants\n- Other medicines include tizanidine, dantrolene, and\n- Baclofen is an old one."
    assert words("defect", text, "cut-off") == ["Other medicines include tizanidine, dantrolene, and"]


def test_items_joined_by_or_are_a_style(words):
    assert (
        words(
            "defect",
            "See a doctor with:\n- fits that are new to you; or\n- a fever with a rash; or\n- a fall",
            "cut-off",
        )
        == []
    )


def test_clause_that_gives_way_to_another_sentence(words):
    text = "There are several natural ways to sleep, but When it comes to tablets, doctors wait."
    assert words("defect", text, "undelivered-promise") == ["There are several natural ways to sleep, but"]


def test_lead_in_with_its_list_delivers(words):
    assert (
        words(
            "defect", "<main><p>Here are some tips that help:</p><ul><li>Rest</li></ul></main>", "undelivered-promise"
        )
        == []
    )


def test_lead_in_without_its_list(words):
    html = "<main><h2>Tips</h2><p>Here are some tips that help:</p><h2>More</h2><p>Rest.</p></main>"
    assert words("defect", html, "undelivered-promise") == ["Here are some tips that help:"]


def test_heading_with_nothing_under_it(words):
    html = "<main><h1>Ibuprofen</h1><p>It is a painkiller.</p><h2>Overdose</h2><h2>Storage</h2><p>Keep dry.</p></main>"
    assert words("defect", html, "empty-section") == ["Overdose"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Common sites are feet, calves, thighs, calves, and hands.", ["calves, thighs, calves"]),
        ("Take the the tablet at night.", ["the the"]),
        ("Common sites are feet, calves and thighs.", []),
        ("It was very, very good and he had had enough.", []),
    ],
)
def test_repeated_words(words, text, quotes):
    assert words("defect", text, "repeated-word") == quotes


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("It has an extensive therapeutic index.", True),
        ("High blood strain and a heart assault.", True),
        ("It acts on the apprehensive system.", True),
        ("It has a wide therapeutic index, side effects and a high blood pressure.", False),
        ("The immune system and the nervous system.", False),
    ],
)
def test_fixed_terms_with_a_word_swapped(found, text, odd):
    assert bool(found("defect", text, "odd-collocation")) is odd


@pytest.mark.parametrize(
    "text", ["1" * 40_000, "a, " * 20_000, "10./" * 20_000, "{{" * 20_000, "In 1999 " * 8_000, "Aa " * 20_000]
)
def test_hostile_text_is_read(found, text):
    assert isinstance(found("defect", text), list)


@pytest.mark.parametrize(
    "line",
    [
        "In Smith's study 12./. of patients improved. ",
        "Not recommended for infants to speak to your doctor. ",
        "Certified pharmacy, trust us. ",
    ],
)
def test_a_thousand_repeats_are_read(found, line):
    assert found("page", line * 1_000) is not None
