"""Offers without a prescription, by the fitted weights: what the words around a medicine add, and where they stop."""

from __future__ import annotations

import pytest

from auditor.model import Signal
from auditor.signals import read_signals
from auditor.signals.scene import medicines
from auditor.signals.surroundings import words_around
from tests.signals.reading import TODAY, page, signals, vocabulary

UNREAD = "The library opens at nine.\n\n"


def unprescribed(text: str, inn: str = "tramadol") -> Signal | None:
    return next((each for each in signals(text, "unprescribed-offer") if each.value == inn), None)


def around(text: str, inn: str = "tramadol") -> set[str]:
    reading = read_signals(page(text), vocabulary(), TODAY)
    return set(words_around(reading, [each for each in medicines(reading) if each.value == inn]))


# --------------------------------------------------------------------------------------------- the words around


def test_medicines_and_numbers_stand_for_all_of_their_kind() -> None:
    assert around("Tramadol 50 beside Xanax") == {
        "MEDICINE", "0", "beside", "MEDICINE 0", "0 beside", "beside MEDICINE",
    }  # fmt: skip


def test_words_of_another_paragraph_are_not_around() -> None:
    assert "garden" not in around("Garden chairs.\n\nTramadol tablets.\n\nMore garden chairs.")


def test_sentences_about_other_medicines_alone_are_not_around() -> None:
    found = around("Xanax comes in blisters. Tramadol comes in jars.")
    assert "jars" in found
    assert "blisters" not in found


def test_a_waiver_in_the_pages_own_voice_is_weighed_as_such_and_not_as_words() -> None:
    assert "prescription" not in around("Tramadol, no prescription required, from us.")
    assert "prescription" in around("Tramadol needs a valid prescription.")


def test_menus_say_nothing_of_a_medicine() -> None:
    menu = "<nav><a href=/a>Tramadol</a> <a href=/b>Xanax</a></nav><p>Welcome.</p>"
    reading = read_signals(page(menu), vocabulary(), TODAY)
    assert words_around(reading, medicines(reading)) == {}


# ------------------------------------------------------------------------------------------------- the confidence


@pytest.mark.parametrize(
    "text",
    [
        "Back in: Tramadol 50, box of 100 for 60, tell me how many and where it should go.",
        "Buy tramadol online, no prescription needed, overnight shipping, pay with bitcoin.",
        "Strips of tramadol, ten each, sealed. Cash, no questions, I post on Mondays.",
    ],
)
def test_offers_in_plain_and_in_sellers_words_are_found(text: str) -> None:
    found = unprescribed(text)
    assert found
    assert found.confidence >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Take one tramadol tablet with water. Tell your doctor about other medicines you take.",
        "Police seized 4,000 tramadol tablets hidden in a van, the court heard.",
        "Our clinic helps people who take tramadol to come off it slowly.",
        "Tramadol is a controlled medicine; the pharmacist asked to see my prescription before I could pay.",
    ],
)
def test_honest_words_make_no_offer(text: str) -> None:
    found = unprescribed(text)
    assert found is None


def test_every_offer_comes_with_the_confidence_that_it_is_unprescribed() -> None:
    text = "Tramadol 50mg, $99. Add to cart. A valid prescription is required; upload it at checkout."
    assert [each.value for each in signals(text, "offer")] == [
        each.value for each in signals(text, "unprescribed-offer")
    ]


def test_a_paragraph_elsewhere_changes_no_confidence() -> None:
    text = "Back in: Tramadol 50, box of 100 for $60, order now and tell me how many.\n"
    alone, amid = unprescribed(text), unprescribed(UNREAD + text + "\n" + UNREAD)
    assert alone
    assert amid
    assert alone.confidence == amid.confidence
