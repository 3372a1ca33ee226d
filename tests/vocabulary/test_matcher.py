"""What is found where: words as wholes, every overlap, never over a line break, disguised words too."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Match
from auditor.signals.wording import longest
from auditor.vocabulary.fold import fold
from auditor.vocabulary.matcher import Hit, Matcher
from tests.vocabulary.wording import entry, hits, scan, value_of, wordings


def test_every_overlapping_wording_is_found(tmp_path: Path) -> None:
    assert hits(tmp_path, "no prescription needed", "no prescription", "no prescription needed", "prescription") == [
        "no prescription needed",
        "no prescription",
        "prescription",
    ]


def test_the_longest_of_overlapping_hits_wins(tmp_path: Path) -> None:
    matcher = Matcher(wordings(tmp_path, en_x=entry("no script", "no script needed", "needed here")).phrases)
    text = "no script needed here, no script"
    assert [text[hit.start : hit.end] for hit in longest(scan(matcher, text))] == ["no script needed", "no script"]


def test_of_equal_hits_the_first_wins() -> None:
    hits = [Hit("a", 0, 5, Match.EXACT), Hit("b", 0, 5, Match.EXACT), Hit("c", 6, 9, Match.EXACT)]
    assert [hit.target for hit in longest(hits)] == ["a", "c"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8))))
def test_the_longest_hits_never_overlap_and_leave_nothing_free_out(spans: list[tuple[int, int]]) -> None:
    hits = [Hit(number, start, start + length, Match.EXACT) for number, (start, length) in enumerate(spans)]
    kept = longest(hits)
    assert all(first.end <= second.start for first, second in itertools.pairwise(kept))
    assert bool(kept) == bool(hits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A script.", ["script"]),
        ("scripts", []),
        ("prescript", []),
        ("(SCRIPT)", ["SCRIPT"]),
        ("script-free", ["script"]),
        ("script's", ["script"]),
        ("scr\u00edpt", ["scr\u00edpt"]),
        ("javascript", []),
        ("script", ["script"]),
        ("script script", ["script", "script"]),
        ("", []),
    ],
)
def test_words_are_found_as_wholes(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert hits(tmp_path, text, "script") == expected


def test_an_entry_may_look_inside_words(tmp_path: Path) -> None:
    text = "Ohne Rezeptpflicht und rezeptfrei"
    assert hits(tmp_path, text, "rezept", more="    inside_words: true\n") == ["Rezept", "rezept"]


def test_scripts_without_spaces_are_read_inside_words(tmp_path: Path) -> None:
    text = "\u51e6\u65b9\u7b8b\u306a\u3057\u3067"
    assert hits(tmp_path, text, "\u51e6\u65b9\u7b8b\u306a\u3057", more="    inside_words: true\n") == [text[:5]]


def test_words_apart_by_one_sign_are_together(tmp_path: Path) -> None:
    text = "no-script no/script no\u00a0script no script"
    assert hits(tmp_path, text, "no script") == ["no-script", "no/script", "no\u00a0script", "no script"]


@pytest.mark.parametrize("text", ["no\nscript", "no \nscript", "no.\nscript"])
def test_a_wording_never_runs_over_a_line_break(tmp_path: Path, text: str) -> None:
    assert hits(tmp_path, text, "no script", "no ... script") == []


def test_a_word_at_a_line_break_is_whole(tmp_path: Path) -> None:
    assert hits(tmp_path, "no\nscript\nno", "script") == ["script"]


def test_names_are_found_with_what_they_stand_for() -> None:
    target = object()
    (hit,) = scan(Matcher((), [("tramadol", target)]), "Buy Tramadol here")
    assert hit == Hit(target, 4, 12, Match.EXACT)


def test_one_wording_may_stand_for_several_targets() -> None:
    found = scan(Matcher((), [("speed", "a"), ("speed", "b")]), "speed")
    assert sorted(str(hit.target) for hit in found) == ["a", "b"]


# -------------------------------------------------------------------------------------------------- disguises


def test_disguised_words_are_found_where_they_stand(tmp_path: Path) -> None:
    matcher = Matcher(wordings(tmp_path, en_x=entry("without prescription")).phrases)
    text = "Get it with0ut prescr1ption!"
    (hit,) = scan(matcher, text)
    assert text[hit.start : hit.end] == "with0ut prescr1ption"
    assert hit.match is Match.OBFUSCATED


def test_plain_words_beside_disguised_ones_stay_exact(tmp_path: Path) -> None:
    matcher = Matcher(wordings(tmp_path, en_x=entry("prescription", "without")).phrases)
    found = scan(matcher, "with0ut prescription")
    assert [(hit.start, hit.match) for hit in found] == [(0, Match.OBFUSCATED), (8, Match.EXACT)]


def test_a_gap_may_stand_between_disguised_words(tmp_path: Path) -> None:
    text = "0rder some pills 0nline"
    assert hits(tmp_path, text, "order ... online") == [text]


def test_a_disguised_wording_never_runs_over_a_line_break(tmp_path: Path) -> None:
    assert hits(tmp_path, "with0ut\nprescr1ption", "without prescription") == []


@given(st.text(alphabet="no scriptNO.-\n\u200b01", max_size=60))
def test_what_is_found_is_there(text: str) -> None:
    matcher = Matcher((), [("no script", "x"), ("script", "y")])
    for hit in matcher.scan(text, fold(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        if hit.match is Match.EXACT:
            assert fold(text[hit.start : hit.end]).replace("\n", " ") in {"no script", "script"}


# ----------------------------------------------------------------------------------------------------- voices


def test_hits_carry_the_entry_they_stand_for(tmp_path: Path) -> None:
    found = wordings(tmp_path, en_a=entry("buy now", value="order"), en_b=entry("buy", value="verb"))
    assert [value_of(hit) for hit in scan(Matcher(found.phrases), "buy now")] == ["order", "verb"]
