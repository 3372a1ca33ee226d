"""Hostile text: escaped, unseen characters labelled, long texts cut in the middle."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from auditor.report.text import Clip, clip, lead_in, lead_out, plain, run_in, shown


def bare(html: Markup) -> str:
    """What remains of `html` without the labels of unseen characters."""
    return Markup(re.sub(r'<span class="unseen"[^>]*>[^<]*</span>', "", html)).unescape()


@pytest.mark.parametrize("plain", ["", "take 5 mg", "naïve — “quoted”", "جرعة", "दवा", "👩‍⚕️", "نمی‌خواهم", "a\nb\tc"])
def test_ordinary_text_stays_as_it_is(plain: str) -> None:
    assert shown(plain) == plain


def test_markup_is_escaped() -> None:
    assert shown("<b onclick='x'>&\"") == "&lt;b onclick=&#39;x&#39;&gt;&amp;&#34;"


@pytest.mark.parametrize(
    ("hidden", "label"),
    [
        ("Val\u200bium", "U+200B"),
        ("Val\u200dium", "U+200D"),
        ("\u202egnp", "U+202E"),
        ("a\x00b", "U+0000"),
        ("soft\u00adhyphen", "U+00AD"),
        ("\ufeffbom", "U+FEFF"),
        ("\ud800", "U+D800"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_unseen_characters_are_labelled(hidden: str, label: str) -> None:
    assert f">{label}</span>" in shown(hidden)


def test_a_label_names_its_character() -> None:
    assert shown("\u202e") == '<span class="unseen" title="right-to-left override">U+202E</span>'


def test_repeated_characters_share_a_label() -> None:
    assert shown("\x00" * 5_000).count("<span") == 1
    assert "U+0000 ×5,000" in shown("\x00" * 5_000)


def test_a_run_of_many_different_characters_is_cut() -> None:
    html = shown("\x00\x01" * 500)
    assert html.count("<span") == 25
    assert "976 more" in html


def test_stacked_marks_are_cut() -> None:
    html = shown("Z" + "\u0351" * 800)
    assert html.startswith("Z" + "\u0351" * 6 + "<span")
    assert "794 stacked marks" in html


@given(st.text())
def test_nothing_is_lost_but_what_is_labelled(text: str) -> None:
    html = shown(text)
    kept = bare(html)
    assert kept == text if "<span" not in html else len(kept) < len(text)
    assert not set(kept) & set("\x00\u202e\u200b\ufeff")
    html.encode()


def test_plain_text_has_labels_without_markup() -> None:
    assert plain("a\u202e<b>") == "aU+202E<b>"


def test_line_turns_are_marked_when_run_in() -> None:
    assert run_in("one\ntwo") == 'one<span class="turn"> </span>two'


def test_context_is_cut_at_words() -> None:
    assert lead_in("while you take it. ", cut=True) == "… you take it. "
    assert lead_in("From the start ", cut=False) == "From the start "
    assert lead_out(" and then the e", cut=True) == " and then the …"
    assert lead_out(" to the end.", cut=False) == " to the end."


def test_context_without_spaces_is_kept() -> None:
    assert lead_in("処方箋なし", cut=True) == "… 処方箋なし"
    assert lead_out("処方箋なし", cut=True) == "処方箋なし …"


def test_endless_context_is_cut() -> None:
    assert len(lead_in("x " * 9_000, cut=False)) < 310
    assert len(lead_out("x " * 9_000, cut=False)) < 310


def test_a_long_text_is_cut_in_its_middle() -> None:
    cut = clip("a" * 700 + "b" * 5_000 + "c" * 200)
    assert cut == Clip("a" * 700, 5_000, "c" * 200)


def test_a_text_not_much_too_long_stays_whole() -> None:
    assert clip("a" * 1_500) == Clip("a" * 1_500)
