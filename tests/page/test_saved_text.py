"""Pages whose markup was lost: light marks are understood, without them structure is inferred."""

from __future__ import annotations

from auditor.model import BlockKind, Completeness, Kind, Role

from .reading import block_of, lines, page, shown, text_page

PLAIN = """3 March 2021
Medically reviewed by
Ana Ruiz
PharmD

Back pain is a dull ache in the lower part of the body, and it is felt by many people at some time of their lives.

What is Alphadrug?

Alphadrug belongs to a group of substances that have been in use for a long time. It can be harmful.

Uses Of Alphadrug

  1. It is used for pain.
  2. It is used for cramps.

  • one more use
  • and another

Tired Of Waiting? Choose Us

Alphadrug (Alphine)



Fast Delivery within 5 days


Trusted Pharmacy

How Does Alphadrug Work?

It acts on the nerves, which then are less easily excited, so that the muscle can come to rest for some time.

OTHER WAYS TO FIND REST

Warm baths are a good way to rest, and so is a walk in the fresh air before the evening meal is served.
"""


def test_headings_are_inferred_from_lines_that_stand_alone() -> None:
    read = text_page(PLAIN)
    headings = [shown(read, block) for block in read.blocks if block.kind is BlockKind.HEADING]
    assert headings == [
        "What is Alphadrug?",
        "Uses Of Alphadrug",
        "Tired Of Waiting? Choose Us",
        "Alphadrug (Alphine)",
        "How Does Alphadrug Work?",
        "OTHER WAYS TO FIND REST",
    ]


def test_items_are_told_apart_by_list() -> None:
    read = text_page(PLAIN)
    items = [block for block in read.blocks if block.kind is BlockKind.ITEM]
    assert [shown(read, item) for item in items][:2] == ["It is used for pain.", "It is used for cramps."]
    assert [item.group for item in items] == [items[0].group] * 2 + [items[2].group] * 2 or len(items) == 4
    assert items[0].section == block_of(read, "Uses Of Alphadrug").index


def test_a_box_of_short_selling_lines_is_a_card() -> None:
    read = text_page(PLAIN)
    card = [shown(read, block) for block in read.blocks if block.card >= 0]
    assert card == ["Alphadrug (Alphine)", "Fast Delivery within 5 days", "Trusted Pharmacy"]
    after = block_of(read, "How Does Alphadrug Work?")
    assert (after.card, after.section) == (-1, -1)


def test_boxes_with_prices_are_split_at_names() -> None:
    read = text_page(
        "Popular products\n\nAlpha 5mg\n\n$20.00\n\nAdd to cart\n\nBeta 2mg\n\n$30.00\n\nAdd to cart\n\n"
        "Our products are made in many places of the world, and they are kept in a cool and dry room."
    )
    assert block_of(read, "Alpha 5mg").card == block_of(read, "$20.00").card == 0
    assert block_of(read, "Beta 2mg").card == block_of(read, "$30.00").card == 1
    assert block_of(read, "Popular products").card == -1


MARKED = """[title: Alpha shop]
[description: All about Alpha]

[field: Search] [button: Go]
- [link: Home]
- [link: Shop]
- [link: Contact]

[image: A white box]

# Alpha
5mg
$20.00 – $30.00
[link: Order now]

## About it

Alpha is made by the [link: Great Company] , which is [link: far away] from here.

| Size | Price |
|------|-------|
| 10 pills | $20 |

[link: One] [link: Two] [link: Three]

## 2 comments

Great stuff, came in a week.

## Last words

> Said by someone else

(c) 2024 Alpha shop, all rights reserved
"""


def test_light_marks_are_understood() -> None:
    read = text_page(MARKED)
    kinds = {shown(read, block): block.kind for block in read.blocks}
    assert read.title == "Alpha shop"
    assert kinds["All about Alpha"] is BlockKind.DESCRIPTION
    assert kinds["Search"] is BlockKind.FIELD
    assert kinds["Go"] is BlockKind.BUTTON
    assert kinds["A white box"] is BlockKind.IMAGE
    assert kinds["10 pills"] is BlockKind.CELL
    assert block_of(read, "About it").level == 2
    assert block_of(read, "About it").section == block_of(read, "Alpha").section


def test_links_within_a_sentence_leave_it_whole() -> None:
    read = text_page(MARKED)
    assert "Alpha is made by the Great Company , which is far away from here." in lines(read)
    assert [read.text[link.start : link.end] for link in read.links] == [
        "Home",
        "Shop",
        "Contact",
        "Order now",
        "Great Company",
        "far away",
        "One",
        "Two",
        "Three",
    ]


def test_regions_of_marked_text() -> None:
    read = text_page(MARKED)
    assert block_of(read, "Home").role is block_of(read, "Two").role is Role.NAVIGATION
    assert block_of(read, "Size").role is Role.TABLE
    assert block_of(read, "Size").row == block_of(read, "Price").row != block_of(read, "$20").row
    assert block_of(read, "Great stuff, came in a week.").role is Role.COMMENT
    assert block_of(read, "Said by someone else").role is Role.QUOTATION
    assert read.blocks[-1].role is Role.FOOTER


def test_the_product_at_the_head_of_a_page_is_a_card() -> None:
    read = text_page(MARKED)
    card = [shown(read, block) for block in read.blocks if block.card >= 0]
    assert card == ["Alpha", "5mg", "$20.00 – $30.00", "Order now"]


def test_wrapped_lines_form_one_paragraph_and_short_ones_do_not() -> None:
    read = text_page(
        "This is a line of a letter that was wrapped at its seventieth column\nFriday and goes on here.\nName\nStreet"
    )
    assert lines(read)[0].endswith("column Friday and goes on here.")
    assert lines(read)[1:] == ["Name", "Street"]


def test_tabs_make_cells() -> None:
    read = text_page("Alpha\t10 mg\t$5\nBeta\t20 mg\t$6")
    assert {block.kind for block in read.blocks} == {BlockKind.CELL}
    assert len({block.row for block in read.blocks}) == 2
    assert len({block.group for block in read.blocks}) == 1


def test_a_flattened_page_is_one_block() -> None:
    read = text_page("Home Shop Contact Alpha 5mg $20 Add to cart " * 300)
    assert len(read.blocks) == 1
    assert len(read.prices) == 300


def test_text_says_that_its_markup_was_lost() -> None:
    assert text_page(PLAIN).completeness is Completeness.MARKUP_LOST


MARKDOWN = """---
title: "Alpha page"
author: Ana Ruiz
lastmod: 2024-05-06
---
# Alpha

Text with [a link](https://example.org/l) and **bold**, and [link: a mark].

| a | b |
|---|---|
| 1 | $20 |

<div hidden>Unseen</div>

> quoted

[button: Buy now]
"""


def test_markdown_is_read_with_its_tables_links_html_and_marks() -> None:
    read = page(MARKDOWN, Kind.MARKDOWN)
    assert (read.title, read.completeness) == ("Alpha page", Completeness.MARKUP_LOST)
    assert "Text with a link and bold, and a mark." in lines(read)
    assert [link.url for link in read.links] == ["https://example.org/l", ""]
    assert block_of(read, "$20").role is Role.TABLE
    assert block_of(read, "Unseen").visibility.value == "hidden"
    assert block_of(read, "quoted").role is Role.QUOTATION
    assert block_of(read, "Buy now").kind is BlockKind.BUTTON
    assert [(date.label, date.value.isoformat()) for date in read.dates] == [("updated", "2024-05-06")]
    assert [person.name for person in read.people] == ["Ana Ruiz"]
