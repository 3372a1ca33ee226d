"""The stance on prescriptions, of the page and of each medicine it offers."""

from __future__ import annotations

import pytest

from tests.signals.reading import facts, signals

SALE = "# Tramadol\n\nTramadol 50 mg, 60 tablets: $99. Add to cart.\n\n"
ROGUE = "Pay with Bitcoin."
FILLER = "It was first made in a laboratory, and much has been written about it since then. " * 5


def stance(text: str, substance: str = "tramadol") -> str:
    (offer,) = signals(text, "offer", substance)
    return offer.attributes["stance"][0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We ship overnight.", "silent"),
        ("No prescription needed.", "waived"),
        ("Prescription needed? No, just order.", "waived"),
        ("Please upload your prescription. We check that your doctor has signed it.", "required"),
        ("Please upload your prescription. A valid prescription is required.", "required"),
        ("We never ship without a prescription. Please upload yours: a valid prescription is required.", "required"),
        ("Our licensed doctors decide whether to prescribe it.", "telemedicine"),
        ("Just fill in our online questionnaire.", "questionnaire"),
        ("No prescription needed. Please upload your prescription.", "mixed"),
    ],
)
def test_the_stance_of_a_page_about_one_medicine(words: str, expected: str) -> None:
    assert stance(SALE + words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Beware of sites that need no prescription.",
        "The advert said \u201cno prescription needed\u201d in bold.",
        "Do I need a prescription? Ask your doctor.",
    ],
)
def test_what_is_not_the_pages_own_is_no_stance(words: str) -> None:
    assert stance(SALE + words) == "silent"


def test_a_visitors_words_are_no_stance() -> None:
    html = (
        "<html><body><main><h1>Tramadol</h1><p>Tramadol 50 mg: $99. Add to cart.</p></main><section class=comments>"
        "<h2>Comments</h2><div class=comment><p>No prescription needed!</p></div></section></body>"
    )
    assert stance(html) == "silent"


def test_hidden_words_are_no_stance() -> None:
    html = (
        "<html><body><h1>Tramadol</h1><p>Tramadol 50 mg: $99. Add to cart.</p>"
        "<p hidden>A valid prescription is required.</p></body></html>"
    )
    assert stance(html) == "silent"


# ------------------------------------------------------------------------------------------------------ nominal


def test_one_wording_is_enough_for_an_ordinary_pharmacy() -> None:
    assert stance(SALE + "A valid prescription is required.") == "required"


def test_one_wording_is_nominal_beside_the_signs_of_a_rogue_one() -> None:
    assert stance(SALE + f"A valid prescription is required. {ROGUE}") == "nominal"


def test_one_wording_said_over_and_over_is_one() -> None:
    assert stance(SALE + f"A valid prescription is required. {ROGUE} A valid prescription is required.") == "nominal"


def test_two_wordings_are_not_nominal() -> None:
    text = SALE + f"A valid prescription is required. Please upload your prescription. {ROGUE}"
    assert stance(text) == "required"


# ------------------------------------------------------------------------------------ told to the buyer, or not


def test_a_status_told_beside_the_sale_is_stated() -> None:
    assert stance(SALE + "Tramadol is a prescription-only medicine.") == "stated"


def test_a_leaflets_status_far_from_the_sale_tells_the_buyer_nothing() -> None:
    assert stance(SALE + FILLER + "\n\nTramadol is a prescription-only medicine.") == "silent"


def test_a_status_far_from_the_sale_that_addresses_the_buyer_is_stated() -> None:
    assert stance(SALE + FILLER + "\n\nTramadol is prescription-only, as you may know.") == "stated"


# ------------------------------------------------------------------------------------------- what it is said of


def test_goods_without_prescription_anyway_waive_nothing() -> None:
    text = "We sell vitamin C and ibuprofen without a prescription.\n\n" + SALE
    assert stance(text) == "silent"


def test_a_waiver_of_prescription_goods_beside_free_ones_is_one() -> None:
    assert stance("We sell ibuprofen and tramadol without a prescription.\n\n" + SALE) == "waived"


def test_a_waiver_is_of_the_medicine_of_its_sentence() -> None:
    text = "We sell Xanax without a prescription. We sell tramadol at $99."
    (xanax,) = signals(text, "offer", "alprazolam")
    assert "waived" in {factor.name for factor in xanax.factors}
    (tramadol,) = signals(text, "offer", "tramadol")
    assert "waived" not in {factor.name for factor in tramadol.factors}


def test_a_waiver_without_a_name_is_of_the_medicine_before_it() -> None:
    text = "Tramadol 50 mg, $99. No prescription needed."
    (offer,) = signals(text, "offer", "tramadol")
    assert "waived" in {factor.name for factor in offer.factors}


def test_a_waiver_without_a_name_reaches_a_whole_list() -> None:
    text = "Xanax, Ambien and tramadol for sale. No prescription needed."
    for substance in ("alprazolam", "zolpidem", "tramadol"):
        assert stance(text, substance) == "waived"


def test_a_waiver_in_a_block_of_its_own_is_of_the_medicine_in_the_headline() -> None:
    text = "# Buy tramadol\n\nTramadol 50 mg: $99.\n\nNo prescription needed."
    (offer,) = signals(text, "offer", "tramadol")
    assert "waived" in {factor.name for factor in offer.factors}


def test_a_waiver_for_the_page_leaves_its_categories_silent() -> None:
    text = "# Our shop\n\nWe sell Xanax without a prescription.\n\n# More\n\nShop sleeping pills and add to cart."
    (category,) = (each for each in signals(text, "offer") if each.attributes["of"] == ("category",))
    assert category.attributes["stance"] == ("silent",)


def test_a_denial_that_names_other_medicines_asks_nothing_for_this_one() -> None:
    assert stance("We never sell Xanax without a prescription.\n\n" + SALE) == "silent"
    assert stance("We do not sell Xanax without a prescription. We sell tramadol without a prescription.") == "waived"


def test_a_requirement_that_names_other_medicines_asks_nothing_for_this_one() -> None:
    assert stance("A valid prescription is required for Xanax.\n\n" + SALE) == "silent"
    assert stance("A valid prescription is required for opioids such as morphine.\n\n" + SALE) == "required"


def test_a_waiver_is_not_of_a_medicine_whose_sale_was_just_denied() -> None:
    (offer,) = signals("We do not sell morphine. No prescription? No problem! Order tramadol now.", "offer")
    assert offer.value == "tramadol"
    assert "waived" in {factor.name for factor in offer.factors}


def test_a_denial_that_names_this_medicine_or_none_asks_for_it() -> None:
    assert stance("We never sell Xanax or tramadol without a prescription.\n\n" + SALE) == "required"
    assert stance("We never sell without a prescription.\n\n" + SALE) == "required"


def test_the_words_of_the_stance_are_shown() -> None:
    found = facts(SALE + "No prescription needed.")
    (offer,) = (each for each in found.signals if each.kind == "offer")
    assert any("No prescription needed" in found.page.text[start:end] for start, end in offer.because)
