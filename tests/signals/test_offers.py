"""Offers: which act belongs to which medicine, what speaks against, and that every line of evidence can be found."""

from __future__ import annotations

import pytest

from auditor.model import Assertion, Signal
from tests.signals.reading import facts, signals, vocabulary


def offer(text: str, substance: str = "tramadol") -> Signal | None:
    found = signals(text, "offer", substance)
    assert len(found) <= 1
    return found[0] if found else None


def evidence(text: str, substance: str = "tramadol") -> set[str]:
    found = offer(text, substance)
    return {factor.name for factor in found.factors} if found else set()


def html(body: str, title: str = "Shop") -> str:
    return f"<!doctype html><html lang=en><title>{title}</title><body><main>{body}</main></body></html>"


# ------------------------------------------------------------------------------ each line of evidence can be found

REPORT = (
    "Police said the gang would offer overnight delivery. Prosecutors said they shipped worldwide and took Bitcoin. "
    "The court heard of next day delivery. Investigators said they accept Bitcoin and that buyers place an order."
)
EVIDENCE = {
    "buy_phrase": "You can buy tramadol from our store today.",
    "buy_prominent": "# Buy tramadol online",
    "buy_menu": "<html><nav><ul><li><a href=/t>Buy tramadol</a></li></ul></nav><main><p>Sleep well.</p></main></html>",
    "for_sale": "Tramadol for sale in our store.",
    "price": "Tramadol, $99 a box.",
    "cart": "Tramadol. Add to cart.",
    "order": "Tramadol: place your order.",
    "ship": "Tramadol, with overnight delivery.",
    "contact": "Tramadol: contact us on WhatsApp.",
    "selling": "Tramadol at cheap rates: look no further.",
    "pharmacy": "Tramadol from a licensed pharmacy.",
    "stealth": "Tramadol for sale in discreet packaging.",
    "waived": "Tramadol without a prescription.",
    "catalogue": "- Tramadol $9\n- Xanax $8\n- Ambien $7",
    "category": "Sleeping pills for sale. Add to cart.",
    "strength": "Tramadol 50 mg for sale.",
    "trade": "Buy cheap tramadol online: best price, fast delivery, we ship to you, in stock, pay by card.",
    "priced_pack": "Tramadol 50 mg, 60 tablets, $99.",
    "main": "# Tramadol\n\nAdd to cart.",
    "export": "Topdol 100 mg for sale.",
    "shop_page": "Tramadol: $99. Add to cart.",
    "crypto_page": "Tramadol for sale. Pay with Bitcoin.",
    "messenger_page": "Tramadol for sale. Contact us on WhatsApp.",
    "waived_page": "We sell Xanax without a prescription.\n\nWe also have tramadol for sale.",
    "reported_page": f"{REPORT}\n\nTramadol for sale.",
    "software": "Release notes. Sample data: tramadol for sale. See the API, the SDK and the changelog.",
    "supplement": "Dietary supplement facts. Tramadol for sale in veggie caps, a herbal supplement.",
    "price_information": "Tramadol: average retail price $99. Use a coupon or a discount card at your pharmacy.",
    "treatment": "Tramadol for sale was all he saw before rehab, a detox program and addiction treatment.",
    "regulator": "Tramadol for sale: a warning letter, an enforcement action and consumer protection followed.",
    "news": "Tramadol for sale, said our reporter. Breaking news from the newsroom.",
    "academic": "Abstract. Tramadol for sale online. Methods. Results. Conclusion. Dataset, et al.",
    "forum": "Board index. New topic. Post reply. Tramadol for sale.",
    "monograph": "Indications and usage. Tramadol for sale. Dosage and administration. Contraindications.",
    "veterinary": "Tramadol for sale, for dogs and for cats. Ask your vet.",
}  # fmt: skip


def test_the_table_names_every_line_of_evidence() -> None:
    assert EVIDENCE.keys() == vocabulary().offer_model.features.keys()


@pytest.mark.parametrize(("name", "text"), EVIDENCE.items())
def test_every_line_of_evidence_can_be_found(name: str, text: str) -> None:
    found = signals(text, "offer")
    assert name in {factor.name for each in found for factor in each.factors}


@pytest.mark.parametrize("text", EVIDENCE.values())
def test_evidence_stands_on_words_of_the_page_and_adds_up_to_the_confidence(text: str) -> None:
    model = vocabulary().offer_model
    for each in signals(text, "offer"):
        assert each.confidence <= round(model.confidence(each.factors), 3)
        assert len({factor.name for factor in each.factors}) == len(each.factors)
        assert all(factor.says == model.features[factor.name].says for factor in each.factors)
        assert all(factor.start <= factor.end for factor in each.factors)


# ------------------------------------------------------------------------------------------------- no offer at all


@pytest.mark.parametrize(
    "text",
    [
        "Tramadol is an opioid.",
        "Ask your doctor about tramadol.",
        "Tramadol may cause sleepiness. Patients are told to rest.",
        "We sell garden chairs. Add to cart: $99.",
        "",
    ],
)
def test_a_name_alone_is_no_offer_nor_is_a_sale_of_something_else(text: str) -> None:
    assert offer(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell tramadol.",
        "Beware of sites that sell tramadol. Never order tramadol online.",
        "Police say the gang sold tramadol. Prosecutors said they shipped tramadol overnight.",
        "Signs of a rogue pharmacy:\n\n- Buy tramadol without a prescription\n- Order tramadol now",
    ],
)
def test_a_sale_that_is_not_the_pages_own_is_no_clear_offer(text: str) -> None:
    found = offer(text)
    assert found is None or found.confidence < 0.4


# ---------------------------------------------------------------------------------------------------- structure

CARD = "<div class=product><h3>{name}</h3><img src=x.jpg alt=''><p>{line}</p><button>{button}</button></div>"


def cards(*rows: tuple[str, str, str]) -> str:
    inner = "".join(CARD.format(name=name, line=line, button=button) for name, line, button in rows)
    return html(f"<h1>Our goods</h1><div class=products>{inner}</div>")


def test_an_act_belongs_to_the_medicine_of_its_card() -> None:
    page = cards(("Tramadol 50 mg", "$99", "Add to cart"), ("Xanax 2 mg", "$79", "Read more"))
    assert {"price", "cart"} <= evidence(page)
    assert {"price", "cart"} & evidence(page, "alprazolam") == {"price"}


def test_a_card_lends_its_words_to_no_rival() -> None:
    page = cards(("Xanax 2 mg", "Details", "More"), ("Tramadol 50 mg", "$99", "Add to cart"), ("Zinc", "$5", "More"))
    assert not {"price", "cart"} & evidence(page, "alprazolam")


def test_an_act_belongs_to_the_medicine_of_its_row() -> None:
    page = html(
        "<h1>Our goods</h1><table><tr><th>Name</th><th>Price</th></tr><tr><td>Tramadol</td><td>$99</td></tr>"
        "<tr><td>Xanax</td><td>ask</td></tr></table>"
    )
    assert "price" in evidence(page)
    assert "price" not in evidence(page, "alprazolam")


def test_a_menu_is_a_weak_sign() -> None:
    menu = "".join(f"<li><a href=/{name}>Buy {name}</a></li>" for name in ("tramadol", "xanax", "ambien"))
    page = f"<html><body><nav><ul>{menu}</ul></nav><main><h1>Sleep</h1><p>Sleep is good for you.</p></main></html>"
    found = offer(page)
    assert found
    assert {factor.name for factor in found.factors} == {"buy_menu"}
    assert found.confidence < 0.4


def test_an_act_of_another_section_belongs_to_something_else() -> None:
    text = "# Notes\n\n## Tramadol\n\nIt is an opioid.\n\n## Garden chairs\n\nOnly $99. Add to cart."
    assert not {"price", "cart"} & evidence(text)


def test_an_act_far_away_in_the_section_belongs_to_something_else() -> None:
    filler = "Many words follow here that say nothing of any sale. " * 8
    assert "cart" not in evidence(f"About tramadol.\n\n{filler}\n\nAdd to cart.")


def test_what_stands_on_a_page_about_one_medicine_belongs_to_it() -> None:
    filler = "Many words follow here that say nothing of any sale. " * 8
    assert "cart" in evidence(f"# Tramadol\n\n{filler}\n\n## Your basket\n\nAdd to cart.")


# -------------------------------------------------------------------------------------------------- comparison


@pytest.mark.parametrize(
    "text",
    [
        "# Herbal Calm\n\nThe natural alternative to Xanax. Add to cart: $20.",
        "# Herbal Calm\n\nWorks instead of Xanax. Add to cart: $20.",
    ],
)
def test_a_medicine_that_goods_are_compared_with_is_not_on_offer(text: str) -> None:
    assert offer(text, "alprazolam") is None


def test_a_medicine_compared_and_offered_is_on_offer() -> None:
    text = "# Herbal Calm\n\nThe natural alternative to Xanax. Add to cart: $20.\n\nBuy Xanax here: $30."
    assert "buy_phrase" in evidence(text, "alprazolam")


# ------------------------------------------------------------------------------------- whose words, and how sure


SPAM = "Buy tramadol without a prescription: $99 a box, overnight delivery. Contact us on WhatsApp."


def test_what_a_discussions_visitors_offer_is_for_review() -> None:
    found = offer(f"Board index. New topic. Post reply.\n\n{SPAM}")
    assert found
    assert found.confidence == 0.75
    plain = offer(SPAM)
    assert plain
    assert plain.confidence > 0.95


@pytest.mark.parametrize(
    "foreign", [f"<div class=comments><div class=comment>{SPAM}</div></div>", f"<p style='display:none'>{SPAM}</p>"]
)
def test_what_visitors_or_hidden_words_offer_is_not_the_pages_own_and_for_review(foreign: str) -> None:
    found = offer(html(f"<h1>Sleep</h1><p>On rest.</p>{foreign}", "Sleep"))
    assert found
    assert found.assertion is Assertion.REPORTED
    assert found.confidence == 0.75


def test_the_pages_own_offer_comes_before_a_visitors() -> None:
    comment = "<div class=comments><div class=comment>Buy tramadol here!</div></div>"
    found = offer(html(f"<h1>Sleep</h1><p>{SPAM}</p>{comment}"))
    assert found
    assert found.assertion is Assertion.AFFIRMED


def test_a_denial_excuses_no_second_offer() -> None:
    text = "We do not sell Xanax without a prescription. We sell tramadol without a prescription: $99. Add to cart."
    found = offer(text)
    assert found
    assert found.confidence > 0.95
    assert found.attributes["stance"] == ("waived",)
    assert offer(text, "alprazolam") is None


def test_one_offer_a_substance_whatever_it_is_called() -> None:
    text = "Buy tramadol here.\n\nBuy Ultram here.\n\nBuy tr4mad0l here."
    assert [each.value for each in signals(text, "offer")] == ["tramadol"]


# --------------------------------------------------------------------------------------------------- attributes


@pytest.mark.parametrize(
    ("name", "controlled", "prescription"),
    [("tramadol", True, True), ("sildenafil", False, True), ("ibuprofen", False, False)],
)
def test_an_offer_says_what_the_law_makes_of_its_medicine(name: str, controlled: bool, prescription: bool) -> None:
    found = offer(f"Buy {name} here: $99.", name)
    assert found
    assert ("controlled.us" in found.attributes) is controlled
    assert ("prescription.us" in found.attributes) is prescription


def test_a_category_is_only_likely_to_be_controlled() -> None:
    (found,) = signals("Sleeping pills for sale. Add to cart.", "offer")
    assert found.attributes["of"] == ("category",)
    assert found.attributes["controlled.us"] == ("likely",)


def test_an_offer_names_its_medicine_where_the_evidence_stands() -> None:
    text = "Tramadol was first made in 1962 and is an opioid.\n\nMuch later: buy tramadol here, $99."
    found = facts(text)
    (told,) = (each for each in found.signals if each.kind == "offer")
    assert told.start == found.page.text.index("tramadol here")
