"""Roles, sections, tables, cards, links and forms of HTML pages."""

from __future__ import annotations

import pytest

from auditor.model import BlockKind, FormInput, Role
from auditor.page import read_page

from .reading import block_of, capture, lines, page, shown


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ("<main>text</main>", Role.MAIN),
        ("<nav>text</nav>", Role.NAVIGATION),
        ("<header>text</header>", Role.HEADER),
        ("<article><header>text</header></article>", Role.MAIN),
        ("<footer>text</footer>", Role.FOOTER),
        ("<article><footer>text</footer></article>", Role.MAIN),
        ("<aside>text</aside>", Role.ASIDE),
        ("<blockquote>text</blockquote>", Role.QUOTATION),
        ("<form action=x><p>text</p></form>", Role.FORM),
        ("<form action=x><nav>menu</nav><p>text</p></form>", Role.MAIN),  # wraps the whole page
        ("<div role=navigation>text</div>", Role.NAVIGATION),
        ("<div role=contentinfo>text</div>", Role.FOOTER),
        ("<div role=banner>text</div>", Role.HEADER),
        ("<div role=complementary>text</div>", Role.ASIDE),
        ("<div class='wrap site-footer'>text</div>", Role.FOOTER),
        ("<div id=sidebar>text</div>", Role.ASIDE),
        ("<ol class=commentlist><li>text</ol>", Role.COMMENT),
        ("<div itemscope itemtype='https://schema.org/Review'>text</div>", Role.COMMENT),
        ("<footer><ul class=comments><li><blockquote>text</blockquote></ul></footer>", Role.QUOTATION),
        ("<div class=comments><main>text</main></div>", Role.COMMENT),
        ("<p class=reviewed-by>text</p>", Role.MAIN),
    ],
)
def test_roles(html: str, role: Role) -> None:
    assert block_of(page(html), "text").role is role


def test_a_heading_rules_what_follows_in_its_own_part_of_the_page() -> None:
    read = page(
        "<main><h1>One</h1><p>a<h2>Two</h2><p>b<aside><h2>Side</h2><p>c</aside><p>d<h2>Three</h2><p>e</main><footer><p>f"
    )
    ruling = {shown(read, block): block.section for block in read.blocks}
    heading = {name: block_of(read, name).index for name in ("One", "Two", "Side", "Three")}
    assert ruling["a"] == heading["One"]
    assert ruling["b"] == ruling["d"] == heading["Two"]
    assert ruling["c"] == heading["Side"]
    assert ruling["e"] == heading["Three"]
    assert ruling["Two"] == ruling["Three"] == heading["One"]
    assert ruling["f"] == ruling["One"] == -1


def test_cells_of_a_data_table_share_row_and_group() -> None:
    read = page("<table><tr><th>Name<th>Price<tr><td>Alpha<td><p>9 euros</p></table>")
    name, price, alpha, nine = read.blocks
    assert {block.role for block in read.blocks} == {Role.TABLE}
    assert {block.kind for block in read.blocks} == {BlockKind.CELL}
    assert name.row == price.row != alpha.row == nine.row
    assert len({block.group for block in read.blocks}) == 1


def test_a_table_that_arranges_the_page_is_none() -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    read = page(f"<table><tr><td><h2>Head</h2><p>text</p>{inner}</td></tr></table>")
    assert block_of(read, "text").role is Role.MAIN
    assert block_of(read, "text").kind is BlockKind.PARAGRAPH
    assert block_of(read, "text").row == -1
    assert block_of(read, "d").role is Role.TABLE


def test_list_items_share_their_group() -> None:
    read = page("<ul><li>a<li>b<ul><li>c</ul></ul><ul><li>d</ul>")
    groups = {shown(read, block): block.group for block in read.blocks}
    assert groups["a"] == groups["b"]
    assert len({groups["a"], groups["c"], groups["d"]}) == 3


def test_paths_count_siblings_of_one_tag() -> None:
    read = page("<body><main><p>a</p><div>x</div><p>b</p></main>")
    assert block_of(read, "a").path == "html>body>main>p"
    assert block_of(read, "b").path == "html>body>main>p[2]"


CARD = "<div class='{name}'><h3>Alpha {n}</h3><span>${n}0.00</span><button>Add to cart</button></div>"


@pytest.mark.parametrize("name", ["product-card", "item", "productTile", "wc-product", "plain"])
def test_cards_by_name_or_repetition(name: str) -> None:
    cards = "".join(CARD.format(name=name, n=n) for n in (1, 2, 3))
    read = page(f"<main><h2>Shop</h2><p>Choose one of these.</p><div class=grid>{cards}</div><p>After</p></main>")
    alphas = [block_of(read, f"Alpha {n}") for n in (1, 2, 3)]
    assert len({block.card for block in alphas}) == 3
    assert all(block.card >= 0 and block.role is Role.CARD for block in alphas)
    assert block_of(read, "$20.00").card == alphas[1].card
    assert block_of(read, "After").card == block_of(read, "Choose one of these.").card == -1
    assert block_of(read, "After").section == block_of(read, "Shop").index


def test_a_list_of_cards_is_no_card_and_nested_names_are_one() -> None:
    inner = "<div class=item><div class=card><h3>{0}</h3><p>$5</p></div></div>"
    read = page(f"<div class=products>{inner.format('One')}{inner.format('Two')}</div>")
    assert [block.card for block in read.blocks] == [0, 0, 1, 1]


def test_a_typed_product_without_a_price_is_a_card() -> None:
    read = page("<div itemscope itemtype='http://schema.org/Product'><h3>Alpha</h3><p>Strong</p></div>")
    assert {block.card for block in read.blocks} == {0}


@pytest.mark.parametrize(
    "html",
    [
        "<div class=card><h3>News</h3><p>Read on</p></div>",  # nothing is sold
        "<nav><div class=item><p>Basket</p><p>$5.00</p></div></nav>",
        "<div class=product><p>" + "Long words about one product. " * 100 + "</p><p>$5.00</p></div>",
    ],
)
def test_what_is_no_card(html: str) -> None:
    assert {block.card for block in page(html).blocks} == {-1}


def test_links_are_resolved_and_keep_their_role() -> None:
    read = page(
        "<base href='/shop/'><nav><a href='x' rel='nofollow sponsored'>X</a></nav><a href='//h.org/y'>Y</a>"
        "<a href='/z?q=1#f'>Z</a><a href='http://[bad'>B</a><a name=n>N</a>"
    )
    assert [link.url for link in read.links] == [
        "https://example.org/shop/x", "https://h.org/y", "https://example.org/z?q=1#f", "http://[bad"
    ]  # fmt: skip
    assert (read.links[0].rel, read.links[0].role) == ("nofollow sponsored", Role.NAVIGATION)


def test_forms_know_their_inputs_by_label() -> None:
    read = page(
        "<form action='/order' method=POST><label for=q>Quantity</label><input id=q name=qty type=number>"
        "<label>Name <input name=who></label><textarea name=note placeholder='Your note'></textarea>"
        "<input type=hidden name=token value=1><input type=submit value='Order now'></form><input name=outside>"
    )
    form = read.forms[0]
    assert (form.action, form.method) == ("/order", "post")
    assert form.inputs == (
        FormInput("number", "qty", "Quantity"),
        FormInput("text", "who", "Name"),
        FormInput("textarea", "note", "Your note"),
        FormInput("hidden", "token", ""),
        FormInput("submit", "", "Order now"),
    )
    assert read.text[form.start : form.end].split("\n") == ["Quantity", "Name", "Your note", "Order now"]


def test_a_picture_link_spans_the_words_of_the_picture() -> None:
    read = page("<p>See</p><a href=/x><img alt='Buy Alpha'></a>")
    assert read.text[read.links[0].start : read.links[0].end] == "Buy Alpha"


def test_a_line_break_ends_a_block_unless_the_sentence_goes_on() -> None:
    assert lines(page("<p>Medically reviewed by<br>Ana Ruiz<br>PharmD</p>")) == [
        "Medically reviewed by",
        "Ana Ruiz",
        "PharmD",
    ]
    assert lines(page("<p>No prescription<br>required here</p>")) == ["No prescription required here"]
    assert lines(page("<h1>Big<br>Words</h1>")) == ["Big Words"]
    assert lines(page("<p>one<br><br>two</p>")) == ["one", "two"]


def test_watched_elements_are_found() -> None:
    html = "<p>a</p><form action='/cart/add'><p>b</p></form>"
    read = read_page(capture(html), ["form[action*=cart]", "p", "p[", "::x"])
    found = [(match.selector, read.text[match.start : match.end]) for match in read.elements]
    assert found == [("p", "a"), ("form[action*=cart]", "b"), ("p", "b")]


def test_title_canonical_and_languages() -> None:
    read = page(
        "<html lang=de-AT><title>Der Titel</title><link rel=canonical href='/c'>"
        "<p>Die Tabletten sind nicht für Kinder und werden mit Wasser auf einmal genommen.</p>"
        "<p lang=en>Some words.</p>"
    )
    assert (read.title, read.canonical_url) == ("Der Titel", "https://example.org/c")
    assert (read.language, read.declared_language) == ("de", "de")
    assert block_of(read, "Some words.").language == "en"


def test_a_block_in_another_script_has_its_language() -> None:
    russian = (
        "Таблетки продаются без рецепта врача и доставляются по всей стране почтой "
        "в течение двух недель, оплата при получении заказа."
    )
    english = "These tablets are not for children and you must keep them away from the reach of animals."
    read = page(f"<p>{english}</p><p>{russian}</p>")
    assert read.language == "en"
    assert block_of(read, russian).language == "ru"
