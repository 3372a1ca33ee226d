"""The voice of a statement: said, denied, warned against, reported, conditional or asked, and how far that reaches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Assertion
from tests.signals.reading import reading, signals, voice

AFFIRMED, DENIED, WARNED = Assertion.AFFIRMED, Assertion.DENIED, Assertion.WARNED
REPORTED, CONDITIONAL, ASKED = Assertion.REPORTED, Assertion.CONDITIONAL, Assertion.ASKED
OFFER = "ship Xanax overnight"


# --------------------------------------------------------------------------------------------------- each voice


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ship Xanax overnight.", AFFIRMED),
        ("We do not ship Xanax overnight.", DENIED),
        ("We don\u2019t ship Xanax overnight.", DENIED),
        ("Our pharmacy never agreed to ship Xanax overnight.", DENIED),
        ("We are unable to ship Xanax overnight.", DENIED),
        ("Beware of sites that ship Xanax overnight.", WARNED),
        ("Avoid any seller who will ship Xanax overnight.", WARNED),
        ("Rogue pharmacies ship Xanax overnight.", WARNED),
        ("To ship Xanax overnight is illegal.", WARNED),
        ("Offers to ship Xanax overnight are a red flag.", WARNED),
        ("Police say a network helped to ship Xanax overnight.", REPORTED),
        ("Prosecutors described how he used to ship Xanax overnight.", REPORTED),
        ("Prosecutors said they ship Xanax overnight.", REPORTED),
        ("They ship Xanax overnight, police said.", REPORTED),
        ("Allegedly the firm would ship Xanax overnight.", REPORTED),
        ("If a seller will ship Xanax overnight, think again.", CONDITIONAL),
        ("Do you ship Xanax overnight?", ASKED),
        ("Do you (or your friends) ship Xanax overnight?)", ASKED),
    ],
)
def test_the_voice_of_one_sentence(text: str, expected: Assertion) -> None:
    assert voice(text, OFFER) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Not only do we ship Xanax overnight, we wrap it well.",
        "No doubt we ship Xanax overnight.",
        "Do not wait, we ship Xanax overnight.",
        "Don't hesitate: we ship Xanax overnight.",
        "Avoid the queue: we ship Xanax overnight.",
        "If you want to sleep, we ship Xanax overnight.",
        "You will not need a doctor, we ship Xanax overnight.",
        "You won't need a script for us to ship Xanax overnight.",
    ],
)
def test_what_looks_like_a_cue_and_is_none(text: str) -> None:
    assert voice(text, OFFER) is AFFIRMED


# -------------------------------------------------------------------------------------------------------- reach


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell opium; {offer}.",
        "We do not sell opium \u2014 we {offer}.",
        "We do not sell opium but {offer}.",
        "Others do not care, we {offer}.",
        "We do not sell opium. We {offer}.",
        "We do not sell opium, however you can trust us to {offer}.",
        "Beware of fakes. We {offer}.",
        "Police closed other shops. We {offer}.",
        "Why wait? We {offer}.",
    ],
)
def test_a_cue_ends_with_its_clause(text: str) -> None:
    assert voice(text.format(offer=OFFER), OFFER) is AFFIRMED


def test_a_cue_that_rules_forward_leaves_what_came_before_alone() -> None:
    text = "We ship Xanax overnight and never ask for a script."
    assert voice(text, OFFER) is AFFIRMED


def test_a_cue_does_not_reach_to_the_end_of_a_flattened_page() -> None:
    filler = "and so on with many more words of no weight " * 5
    assert voice(f"They do not sell tea {filler} ship Xanax overnight", OFFER) is AFFIRMED


def test_a_denial_excuses_no_second_statement() -> None:
    text = "We do not ship Xanax overnight. We ship Xanax overnight."
    assert voice(text, OFFER, 0) is DENIED
    assert voice(text, OFFER, 1) is AFFIRMED


def test_a_warning_outranks_a_denial() -> None:
    assert voice("Do not buy from sites that ship Xanax overnight.", OFFER) is WARNED


def test_the_cues_that_decided_are_named() -> None:
    text = "We never agreed to ship Xanax overnight."
    (drug,) = signals("We never sell Xanax.", "drug")
    assert [(cue.text, cue.effect) for cue in drug.cues] == [("never", DENIED)]
    assert voice(text, OFFER) is DENIED


# --------------------------------------------------------------------------------------- headings and lead-ins


def test_a_heading_rules_what_stands_below() -> None:
    text = (
        "# How to spot a rogue pharmacy\n\nIt will ship Xanax overnight.\n\n# Our service\n\nTo ship Xanax overnight."
    )
    assert voice(text, OFFER, 0) is WARNED
    assert voice(text, OFFER, 1) is AFFIRMED


def test_a_heading_rules_through_the_headings_below_it() -> None:
    text = "# Warning signs of fake pharmacies\n\n## Delivery\n\nPromises to ship Xanax overnight."
    assert voice(text, OFFER) is WARNED


def test_a_lead_in_rules_its_list() -> None:
    text = "Avoid any website that promises to:\n\n- take cash\n- ship Xanax overnight\n\nNow to ship Xanax overnight."
    assert voice(text, OFFER, 0) is WARNED
    assert voice(text, OFFER, 1) is AFFIRMED


def test_a_denying_lead_in_rules_its_list() -> None:
    assert voice("We never do any of these:\n\n- ship Xanax overnight\n- take cash", OFFER) is DENIED


def test_a_paragraph_that_leads_into_nothing_rules_nothing() -> None:
    assert voice("Beware of fakes.\n\n- ship Xanax overnight", OFFER) is AFFIRMED


def test_a_sentence_about_the_own_business_is_the_pages_own_under_any_heading() -> None:
    text = "# Beware of rogue pharmacies\n\nWe ship Xanax overnight.\n\nThey ship Xanax overnight."
    assert voice(text, OFFER, 0) is AFFIRMED
    assert voice(text, OFFER, 1) is WARNED


# ------------------------------------------------------------------------------------------ quotations and code


def test_words_that_a_sentence_quotes_are_reported() -> None:
    assert voice("The advert said \u201cwe ship Xanax overnight\u201d in bold.", OFFER) is REPORTED
    assert voice('The advert said "we ship Xanax overnight" in bold.', OFFER) is REPORTED
    assert voice("Die Anzeige sagte \u201ewe ship Xanax overnight\u201c ganz fett.", OFFER) is REPORTED


def test_a_quotation_without_a_frame_is_a_line_of_the_page() -> None:
    assert voice("\u201cWe ship Xanax overnight\u201d", OFFER) is AFFIRMED


def test_an_apostrophe_opens_no_quotation() -> None:
    assert voice("It's what 'we' do: ship Xanax overnight, that's it.", OFFER) is AFFIRMED


def test_code_is_not_the_pages_own() -> None:
    html = "<html><body><p>A sample row.</p><pre><code>ship Xanax overnight</code></pre></body></html>"
    assert voice(html, OFFER) is REPORTED


# ------------------------------------------------------------------------------------------------------ any text


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["We", "never", "ship", "Xanax", ".", "?", "\u201c", "\u201d", ":", ";", "\n\n- ", "\n\n# ", "beware", "if"]
        ),
        max_size=25,
    )
)
def test_every_word_of_any_text_has_a_voice(words: list[str]) -> None:
    read = reading(" ".join(words) or "x")
    for hit in read.hits:
        signal = read.signal("x", "y", hit.start, hit.end)
        assert signal.assertion in Assertion
        assert all(read.text[cue.start : cue.end] == cue.text for cue in signal.cues)
