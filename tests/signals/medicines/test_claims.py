"""A promise, what it is about, and with how much reserve it is made."""

from __future__ import annotations

import pytest

from auditor.model import Assertion

SHOP = "# Xanax 1 mg\n\nXanax is a medicine for panic. {}\n"


def claims(found, text, value=None):
    return [each for each in found(text, "claim") if value in (None, each.value)]


@pytest.mark.parametrize(
    ("words", "value", "absolute"),
    [
        ("It is extremely effective.", "efficacy", "yes"),
        ("Xanax works every time.", "efficacy", "yes"),
        ("Clinically proven tablets.", "efficacy", "yes"),
        ("It is effective for panic attacks.", "efficacy", "no"),
        ("This medicine has no side effects.", "safety", "yes"),
        ("Xanax is completely safe.", "safety", "yes"),
        ("They are generally safe medicines.", "safety", "no"),
        ("Xanax is not addictive.", "safety", "yes"),
        ("It is superior to other sedatives.", "comparative", "no"),
        ("Xanax is the best medicine for panic.", "comparative", "no"),
        ("Xanax cures anxiety.", "cure", "no"),
        ("Say goodbye to anxiety with these pills.", "cure", "no"),
        ("Our pills bring instant relief.", "guarantee", "no"),
    ],
)
def test_a_promise_is_found(found, words, value, absolute):
    [claim] = claims(found, SHOP.format(words), value)
    assert claim.attributes["absolute"] == (absolute,)
    assert claim.attributes["inn"] == ("alprazolam",)


@pytest.mark.parametrize(
    "words",
    [
        "Our customer service is very effective.",
        "Delivery is guaranteed and payment is 100% safe.",
        "Use the lowest effective dose.",
        "There is no cure for anxiety.",
        "Not intended to diagnose, treat, cure, or prevent any disease.",
        "Beware of miracle cures.",
        "We offer the best prices.",
        "No medicine is completely safe.",
        "Exercise is very effective.",
        "Take 1 tablet.",
    ],
)
def test_other_uses_of_the_words_are_no_promise(found, words):
    assert not [each for each in claims(found, SHOP.format(words)) if each.assertion is Assertion.AFFIRMED]


def test_a_hedge_before_the_promise_counts_and_one_far_behind_does_not(found):
    [soft] = claims(found, SHOP.format("It is perhaps superior to other sedatives."), "comparative")
    [hard] = claims(found, SHOP.format("It is superior to other sedatives, which may help some people."), "comparative")
    assert (soft.attributes["hedged"], hard.attributes["hedged"]) == (("yes",), ("no",))


def test_a_limit_counts_in_the_sentence_or_at_the_head_of_the_next(found):
    [limited] = claims(found, SHOP.format("It is generally safe. However, it can be habit-forming."), "safety")
    [bare] = claims(found, SHOP.format("It is generally safe. Shops sell it."), "safety")
    assert (limited.attributes["qualified"], bare.attributes["qualified"]) == (("yes",), ("no",))


def test_two_words_for_one_promise_are_one_claim(found):
    assert len(claims(found, SHOP.format("It is completely safe and has no side effects."), "safety")) == 1


def test_not_addictive_is_no_claim_of_what_nobody_depends_on(found):
    assert not claims(found, "# Amoxicillin\n\nAmoxicillin is not addictive.\n", "safety")


def test_an_infection_may_be_cured(found):
    assert not claims(found, "# Amoxicillin\n\nAmoxicillin cures pneumonia.\n", "cure")


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("# Turmeric\n\nTurmeric capsules treats arthritis.\n", "supplement"),
        ("# Pellets\n\nHomeopathic pellets 30C heal arthritis.\n", "homeopathic"),
    ],
)
def test_a_disease_claim_is_one_of_what_is_no_medicine(found, text, product):
    [claim] = claims(found, text, "disease")
    assert product in claim.attributes["product"]
    assert claim.attributes["condition"] == ("arthritis",)


def test_a_medicine_makes_no_disease_claim_but_of_covid(found):
    assert not claims(found, "# Metformin\n\nMetformin treats diabetes.\n", "disease")
    assert claims(found, "# Ivermectin\n\nIvermectin treats COVID-19.\n", "disease")


def test_approval_is_checked_with_the_lexicon(found):
    [approved] = claims(found, "# Zolpidem\n\nZolpidem is FDA-approved.\n", "approval")
    [other] = claims(found, "# Phenibut\n\nPhenibut is FDA-approved.\n", "approval")
    assert (approved.attributes["approved"], other.attributes["approved"]) == (("yes",), ("no",))
