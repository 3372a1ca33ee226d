"""Folding keeps every character where it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.vocabulary.fold import fold, fold_phrase

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
        ("\u24cd\u24d0\u24dd\u24d0\u24e7", "xanax"),  # letters in circles
        ("\u0142\u00f3d\u017a", "lodz"),
        ("\u0928\u0940\u0902\u0926", "\u0928\u0940\u0902\u0926"),  # vowel signs of Hindi are part of the word
        ("\u7761\u7720\u85ac", "\u7761\u7720\u85ac"),
    ],
)
def test_spellings_of_one_word_are_levelled(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_phrase_is_folded_to_single_spaces() -> None:
    assert fold_phrase("  No -- Prescription,\nNeeded! ") == "no prescription needed"
