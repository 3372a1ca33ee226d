"""Readable quotes: fragments are widened to their clause, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.policy.clause import readable_span
from auditor.policy.facts import FactIndex
from tests.policy.factory import page


def quoted(line: str, words: str) -> str:
    facts = page("First line.", line, "Last line.").find(words, "claim")
    start, end = readable_span(FactIndex(facts), facts.signals[0])
    return facts.page.text[start:end]


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("About 60 of them slept. Others did not.", "60", "About 60 of them slept."),
        ("Delivered within 2 weeks", "within 2 weeks", "Delivered within 2 weeks"),
        ("Read on: it was much better (so they say); buy now.", "much better", "it was much better"),
        ("It cures colds.", "cures", "cures"),  # one word stands for itself
        ("It cures colds.", "It cures", "It cures"),  # begins where the sentence does
        ("We sell Sodium Oxybate here.", "Sodium Oxybate", "Sodium Oxybate"),  # a name
        ("60", "60", "60"),
    ],
)
def test_fragments_are_widened(line: str, words: str, expected: str) -> None:
    assert quoted(line, words) == expected


def test_a_clause_without_end_is_cut_between_words() -> None:
    found = quoted("word " * 200 + "it was much better " + "more " * 200, "was much better")
    assert len(found) < 2 * 160 + 20
    assert set(found.split()) == {"word", "it", "was", "much", "better", "more"}


@settings(deadline=None)
@given(st.text(alphabet="ab1 .;(\n", min_size=1, max_size=400), st.data())
def test_the_span_is_kept_inside_its_block(text: str, data: st.DataObject) -> None:
    lines = [line for line in text.split("\n") if line.strip()] or ["a b"]
    facts = page(*(f"x{line}" for line in lines))
    block = data.draw(st.sampled_from(facts.page.blocks))
    start = data.draw(st.integers(block.start, block.end - 2))
    end = data.draw(st.integers(start + 1, block.end - 1))
    facts = facts.find(facts.page.text[start:end], "claim")
    signal = facts.signals[0]
    first, last = readable_span(FactIndex(facts), signal)
    held = facts.page.blocks[signal.block]
    assert held.start <= first <= signal.start < signal.end <= last <= held.end
