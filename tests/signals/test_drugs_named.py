"""Which words name a medicine: certain names always, doubtful ones where their context speaks, none in between."""

from __future__ import annotations

import pytest

from auditor.model import Assertion, Match, Signal
from tests.signals.reading import facts, signals


def named(text: str) -> list[tuple[str, str]]:
    """(substance, words) of every mention."""
    found = facts(text)
    drugs = sorted((each for each in found.signals if each.kind == "drug"), key=lambda drug: (drug.start, drug.value))
    return [(drug.value, found.page.text[drug.start : drug.end]) for drug in drugs]


def only(text: str) -> Signal:
    (drug,) = signals(text, "drug")
    return drug


# ------------------------------------------------------------------------------------------------ certain names


@pytest.mark.parametrize(
    ("text", "substance", "words"),
    [
        ("About Xanax and sleep.", "alprazolam", "Xanax"),
        ("ABOUT XANAX AND SLEEP.", "alprazolam", "XANAX"),
        ("About xanax\u00ae and sleep.", "alprazolam", "xanax"),
        ("About generic tramadol hydrochloride.", "tramadol", "tramadol hydrochloride"),
        ("Adderall XR in the morning.", "amphetamine", "Adderall XR"),
    ],
)
def test_a_certain_name_needs_no_context(text: str, substance: str, words: str) -> None:
    assert named(text) == [(substance, words)]


def test_a_name_is_no_part_of_a_word() -> None:
    assert named("Xanaxology and pretramadolic") == []


def test_a_misspelling_is_known_as_one() -> None:
    assert only("About Xanaxx and sleep.").match is Match.MISSPELLING


def test_a_disguised_name_is_known_as_one() -> None:
    drug = only("About Tr4mad0l and sleep.")
    assert (drug.value, drug.match) == ("tramadol", Match.OBFUSCATED)


def test_a_mention_carries_what_the_lexicon_knows() -> None:
    known = only("About Xanax and sleep.").attributes
    assert known["schedule.us"] == ("IV",)
    assert known["rx.us"] == ("rx",)
    assert known["surface"] == ("Xanax",)
    assert known["name_kind"] == ("brand",)


# ------------------------------------------------------------------------------------------------- combinations


def test_a_combination_names_each_of_its_substances() -> None:
    assert named("About Percocet.") == [("oxycodone", "Percocet"), ("paracetamol", "Percocet")]


def test_each_substance_of_a_combination_has_its_own_status() -> None:
    opioid, other = signals("About Percocet.", "drug")
    assert opioid.attributes["schedule.us"] == ("II",)
    assert "schedule.us" not in other.attributes


@pytest.mark.parametrize("name", ["co-codamol", "co codamol", "Co-Codamol"])
def test_several_spellings_at_one_place_are_one_mention(name: str) -> None:
    assert [substance for substance, _ in named(f"About {name} tablets.")] == ["codeine", "paracetamol"]


def test_a_longer_name_covers_the_names_inside_it() -> None:
    assert [words for _, words in named("About hydrocodone and acetaminophen.")] == [
        "hydrocodone and acetaminophen"
    ] * 2


# ----------------------------------------------------------------------------------------------- doubtful names


@pytest.mark.parametrize(
    "text",
    [
        "Norco is a city in California.",
        "He came to Norco and never left.",
        "The word soma is Greek for body.",
        "Norco won 10 matches in 325 days.",
        "Norco, 10/12/2025: a fire.",
        "Buy a house in Norco.",
    ],
)
def test_a_doubtful_name_alone_is_no_medicine(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Norco 10/325 mg is taken by mouth.",
        "Norco, 10 mg, is taken by mouth.",
        "Norco 10/325 is taken by mouth.",
        "Norco tablets are white.",
        "Norco is a brand of hydrocodone.",
        "We ship Norco and Xanax.",
        "Order Norco. No prescription required.",
    ],
)
def test_a_doubtful_name_counts_where_its_context_speaks(text: str) -> None:
    assert "hydrocodone" in dict(named(text))


def test_a_doubtful_name_in_lower_case_needs_more_than_an_act_of_selling() -> None:
    assert "carisoprodol" not in dict(named("We ship soma and Xanax."))
    assert "carisoprodol" in dict(named("We ship Soma and Xanax."))


@pytest.mark.parametrize(
    "text",
    [
        "The speed limit is 50.",
        "Speed, MDMA and their effects.",
        "We ship at the speed of light.",
    ],
)
def test_a_street_name_is_nothing_without_trade_and_company(text: str) -> None:
    assert "amphetamine" not in dict(named(text))


def test_a_street_name_counts_where_it_is_sold_beside_a_certain_name() -> None:
    assert ("amphetamine", "speed") in named("We ship speed and MDMA.")


def test_everyday_words_that_are_brands_need_strength_and_trade() -> None:
    assert named("We ship remote control sets.") == []
    assert named("Control 2 mg is a dose.") == []
    assert named("We ship Control 2 mg.") == [("lorazepam", "Control")]


# --------------------------------------------------------------------------------------------------- exact case


def test_a_name_in_capitals_is_none_in_small_letters() -> None:
    assert named("About LSD and its history.") == [("lysergide", "LSD")]
    assert named("Prices in pounds, shillings and pence (lsd).") == []


# ------------------------------------------------------------------------------------------------------- voices


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("We sell Xanax.", Assertion.AFFIRMED),
        ("We do not sell Xanax.", Assertion.DENIED),
        ("Patients do not take Xanax with wine.", Assertion.AFFIRMED),
        ("The word \u201cXanax\u201d is a brand name.", Assertion.AFFIRMED),
        ("Beware of fake Xanax.", Assertion.WARNED),
        ("Police found Xanax in the car.", Assertion.REPORTED),
        ("Do you sell Xanax?", Assertion.ASKED),
    ],
)
def test_the_voice_in_which_a_medicine_is_named(text: str, voice: Assertion) -> None:
    assert only(text).assertion is voice


def test_a_denied_sale_leaves_the_next_medicine_alone() -> None:
    first, second = signals("We do not sell Xanax. We sell Ambien.", "drug")
    assert (first.assertion, second.assertion) == (Assertion.DENIED, Assertion.AFFIRMED)


# --------------------------------------------------------------------------------------------------- categories


def test_a_category_is_found_where_no_name_covers_it() -> None:
    (category,) = signals("Shop sleeping pills here.", "category")
    assert category.attributes["likely"] == ("controlled-likely",)


def test_a_doubtful_category_needs_another_beside_it() -> None:
    assert signals("Weight loss is hard.", "category") == []
    found = signals("Weight loss. Anti anxiety. Sleeping pills.", "category")
    assert [each.value for each in found] == ["weight-loss", "anxiety", "sleep"]


# ------------------------------------------------------------------------------------------ numbers behind a name


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("Lyrica 75, box of 56, cash on delivery", "pregabalin"),
        ("Tavor 2,5 in stock, I ship today", "lorazepam"),
        ("Menu: bars 8, addys 12, order by noon, shipped today", "alprazolam"),
    ],
)
def test_a_number_is_a_strength_where_something_is_sold(text: str, substance: str) -> None:
    assert substance in {name for name, _ in named(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Lyrica turned 75 and gave a concert.",
        "lyrica 75",
        "Two bars open at 8, and addys of 12 streets were checked.",
        "Bars 8% up, sticks 12% down at the close.",
    ],
)
def test_a_number_elsewhere_makes_no_medicine(text: str) -> None:
    assert named(text) == []
