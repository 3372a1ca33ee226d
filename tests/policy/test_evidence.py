"""Evidence: the page's own words, where they stand, and how to find them again."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import BlockKind, Visibility
from auditor.policy.evidence import brief_evidence, carried, distinct_spans, evidence, surroundings, text_directive
from auditor.policy.facts import FactIndex
from tests.policy.factory import denied_by, page


def test_evidence_is_the_exact_words_with_their_surroundings() -> None:
    facts = page("# Pain", "## Studies", "In Nowak's study it worked.").find("Nowak's study", "study", "named-author")
    index = FactIndex(facts)
    found = evidence(index, facts.signals[0], "study", subject=True)
    assert (found.quote, found.signal, found.value, found.subject) == ("Nowak's study", "study", "named-author", True)
    assert facts.page.text[found.start : found.end] == found.quote
    assert (found.prefix, found.suffix) == ("Pain\nStudies\nIn ", " it worked.\n")
    assert found.headings == ("Pain", "Studies")
    assert found.path == "body>p:nth(2)"
    assert [selector.type for selector in found.selectors] == ["TextQuoteSelector", "TextPositionSelector"]
    assert found.link == "https://example.org/a#:~:text=In-,Nowak%27s%20study,-it%20worked."


def test_the_voice_names_its_cues() -> None:
    facts = page("It is no cure.").find("cure", "claim", **denied_by("no"))
    voice = evidence(FactIndex(facts), facts.signals[0], "claim").voice
    assert voice is not None
    assert (voice.assertion, voice.cues) == ("denied", ("no",))


def test_brief_evidence_is_quote_and_place() -> None:
    facts = page("It cures.").find("cures", "claim")
    found = brief_evidence(FactIndex(facts), facts.signals[0], "claim")
    assert (found.quote, found.start, found.prefix, found.selectors, found.link) == ("cures", 3, "", (), "")


@settings(deadline=None)
@given(st.text(alphabet="ab \n", max_size=400), st.data())
def test_surroundings_are_the_text_around_cut_between_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    prefix, suffix = surroundings(text, start, end)
    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert len(prefix) <= 80
    assert len(suffix) <= 80
    cut = start - len(prefix)
    assert not prefix or cut == 0 or text[cut].isspace() or text[cut - 1].isspace()


def directive(text: str, words: str) -> str:
    facts = page(*text.split("\n"))
    start = facts.page.text.index(words)
    return text_directive(facts.page.text, facts.block_at(start), start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Buy Valium now", "Valium", "Buy-,Valium,-now"),
        ("Valium", "Valium", "Valium"),
        ("Valium, 10-mg & more", "Valium, 10-mg & more", "Valium%2C%2010%2Dmg%20%26%20more"),
        ("One two three four five Six", "Six", "two%20three%20four%20five-,Six"),
        ("Other block\nValium here", "Valium", "Valium,-here"),
        ("Schmerz und Qualität", "Qualität", "Schmerz%20und-,Qualit%C3%A4t"),
    ],
)
def test_text_directives(text: str, words: str, expected: str) -> None:
    assert directive(text, words) == expected


def test_long_quotes_are_linked_by_their_ends() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    found = directive(words, words)
    assert [unquote(part) for part in found.split(",")] == ["word0 word1 word2 word3", "word36 word37 word38 word39"]


@pytest.mark.parametrize("url", ["file:///a.html", "about:blank", "", "javascript:alert(1)"])
def test_only_web_pages_are_linked(url: str) -> None:
    facts = page("It cures.", url=url).find("cures", "claim")
    assert evidence(FactIndex(facts), facts.signals[0], "claim").link == ""


def test_words_a_browser_cannot_find_link_to_the_page_alone() -> None:
    hidden = page("~ It cures.").find("cures", "claim")
    assert evidence(FactIndex(hidden), hidden.signals[0], "claim").link == "https://example.org/a"
    assert evidence(FactIndex(hidden), hidden.signals[0], "claim").visibility is Visibility.HIDDEN
    facts = page("It cures.").find("cures", "claim")
    button = type(facts.page.blocks[0])(0, 0, 10, BlockKind.BUTTON, facts.page.blocks[0].role, Visibility.VISIBLE)
    facts = facts.with_page(blocks=(button,))
    assert evidence(FactIndex(facts), facts.signals[0], "claim").link == "https://example.org/a"


def test_a_fragment_of_the_page_is_replaced() -> None:
    facts = page("It cures.", url="https://example.org/a?b=c#top").find("cures", "claim")
    assert evidence(FactIndex(facts), facts.signals[0], "claim").link.startswith("https://example.org/a?b=c#:~:text=")


def test_the_spans_that_carry_a_signal_are_evidence_too() -> None:
    facts = page("Valium. $5. Fast delivery.").find("$5", "act", "price")
    span = facts.page.text.index("Fast delivery")
    facts = facts.find("Valium", "offer", "drug", because=((8, 10), (span, span + 13)))
    found = [
        (signal.kind, signal.value, name) for signal, name in carried(FactIndex(facts), facts.signals[-1], "offer")
    ]
    assert found == [("act", "price", "act"), ("offer", "drug", "offer")]


def test_one_span_is_shown_once_and_empty_ones_never() -> None:
    facts = page("It cures.").find("cures", "claim").find("cures", "drug").fact("page", "shop")
    assert [name for _, name in distinct_spans((signal, signal.kind) for signal in facts.signals)] == ["claim"]
