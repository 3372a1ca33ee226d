"""Promises that hold for every input: blocks partition the text, nothing shown is lost or doubled, nothing raises."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import SEEN, BlockKind, Kind, Page
from auditor.page import read_page

from .reading import capture, lines, page

WORDS = st.text(alphabet="abcdeéß日 \n&;.,$1", min_size=1, max_size=12)
INLINE = st.sampled_from(["b", "i", "a", "span", "em", "custom-tag"])
BLOCK = st.sampled_from(["p", "div", "section", "li", "h2", "td", "blockquote", "ul", "article", "footer"])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


TREES = st.recursive(
    WORDS.map(_escaped),
    lambda inner: st.builds(
        lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>", INLINE | BLOCK, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


def assert_partitioned(read: Page) -> None:
    place = 0
    for index, block in enumerate(read.blocks):
        assert block.index == index
        assert block.start == place
        assert block.end > block.start or block.end == len(read.text)
        place = block.end
        assert "\n" not in read.text[block.start : block.end - 1]
    assert place == len(read.text)
    assert all(-1 <= block.section < len(read.blocks) for block in read.blocks)


def assert_spans_fit(read: Page) -> None:
    for found in (*read.links, *read.forms, *read.prices, *read.contacts, *read.elements):
        assert 0 <= found.start <= found.end <= len(read.text)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5).map("".join))
def test_every_shown_character_stands_in_one_block(html: str) -> None:
    read = page(f"<html><body>{html}</body></html>")
    assert_partitioned(read)
    expected = "".join(BeautifulSoup(f"<html><body>{html}</body></html>", "html.parser").get_text().split())
    assert sorted("".join(read.text.split())) == sorted(expected)
    assert "".join(read.text.split()) == expected or "<td" in html or "<li" in html or "<a" in html


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(list(Kind)), st.sampled_from(["", "utf-8", "latin1", "utf-16", "nonsense"])
)
def test_any_bytes_can_be_read(body: bytes, kind: Kind, hint: str) -> None:
    read = read_page(capture(body, kind, encoding_hint=hint))
    assert_partitioned(read)
    assert_spans_fit(read)
    assert read.text.encode("utf-8").decode("utf-8") == read.text


TAGS = [
    "\n<p>",
    "</p>",
    "<div\tclass=product>",
    "</div>",
    "<span\thidden>",
    "</span>",
    "<a\thref='/x'>",
    "</a>",
    "<br>",
    "<table>",
    "<tr><td>",
    "</table>",
    "<img\talt='pic'>\n<form\taction=x>",
    "</form>",
    "<input\tvalue=v>",
    "<h1>",
    "</h1>",
    "<script>var\ta='<p>'</script>",
    "<style>.x{display:none}</style>",
    "<p\tclass=x>\n<!--",
    "<?php\tx?>",
    "<svg><title>t</title></svg>",
    "<time\tdatetime='2024-01-02'>",
    "</time>",
    "<ul><li>",
    "<select><option>",
    "<textarea>",
    "<template>\n<noscript>",
    "<title>",
    "$5",
    "word",
    "&amp;nbsp;",
    "By\tAna\tRuiz,\tMD",
    "2024-01-02",
    "a@b.org",
    "+1\t202\t555\t0143",
    "Telegram:\t@abc_d\n<a\thref='https://wa.me/123'>",
    "\x00",
    "\xa0",
    "<pre>a\tb",
    "<q>\n",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_broken_markup_keeps_the_promises(html: str) -> None:
    read = read_page(capture(html), ["p", "a[href]", "p::", ":nope(", "*"])
    assert_partitioned(read)
    assert_spans_fit(read)


LINES = [
    "",
    "# Head",
    "- item",
    "| a | b |",
    "[link: x]",
    "[button: y]",
    "[field: z]",
    "[image: w]",
    "[title: t]",
    "Some Heading",
    "a line of prose that goes on for a while and ends here.",
    "$5.00",
    "Add to cart",
    "> quoted",
    "1. one",
    "a\tb",
    "[link: [1]]",
    "[link:",
    "",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=25).map("\n".join),
    st.sampled_from([Kind.TEXT, Kind.MARKDOWN]),
)
def test_saved_text_keeps_the_promises(text: str, kind: Kind) -> None:
    read = page(text.encode("utf-8", "replace"), kind)
    assert_partitioned(read)
    assert_spans_fit(read)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="abcdefg ", min_size=1, max_size=20), max_size=15).map("\n".join))
def test_words_of_plain_text_are_kept_in_order(text: str) -> None:
    assert page(text, Kind.TEXT).text.split() == text.split()


def test_link_spans_cover_what_they_show() -> None:
    read = page("<p>See <a href=/a> our <b>page</b> </a>, then <a href=/b>more</a><a href=/c>even more</a>.</p>")
    assert [read.text[link.start : link.end] for link in read.links] == ["our page", "more", "even more"]
    assert read.text == "See our page , then more even more."


def test_a_link_around_blocks_spans_them_all() -> None:
    read = page("<a href=/x><h3>Name</h3><p>Price</p></a>")
    assert read.text[read.links[0].start : read.links[0].end] == "Name\nPrice"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_text_under_deep_nesting_is_read(depth: int) -> None:
    read = page("<span>" * depth + "deep words" + "</span>" * depth)
    assert read.text == "deep words"


def test_deep_blocks_are_read_and_share_a_path() -> None:
    read = page("<div>x" * 3000)
    assert len(read.blocks) == 3000
    assert max(len(block.path) for block in read.blocks) < 500


def test_a_long_page_is_read_whole() -> None:
    read = page("<p>One sentence of a long page.</p>" * 30_000)
    assert len(read.blocks) == 30_000
    assert_partitioned(read)


def test_scripts_styles_comments_and_templates_are_no_text() -> None:
    read = page(
        "<style>a{}</style><script>b</script><!-- c --><template><p>d</p></template><iframe>e</iframe><p>shown</p>"
    )
    assert read.text == "shown"


def test_double_escaped_entities_stay_as_shown() -> None:
    assert page("<p>a &amp;nbsp; b =3D c</p>").text == "a &nbsp; b =3D c"


def test_inline_elements_do_not_break_a_word_but_blocks_do() -> None:
    assert page("<p>Xa<b>na</b><span></span>x</p><div>one</div>two").text.split("\n") == ["Xanax", "one", "two"]


def test_every_unicode_space_becomes_a_plain_one() -> None:
    assert page("<p>a\u00a0b\u2003c\u3000d</p>").text == "a b c d"


def test_an_unsupported_capture_has_no_text() -> None:
    read = page(b"%PDF-1.7", Kind.UNSUPPORTED)
    assert (read.text, read.blocks) == ("", ())


def test_kinds_of_blocks_are_told_apart() -> None:
    read = page(
        "<title>T</title><meta name=description content=D><h2>H</h2><ul><li>I</ul><button>B</button>"
        "<input type=submit value=S>"
        "<input placeholder=P><select><option>O</select><label>L</label><img alt=A><pre>C</pre><p>X"
    )
    kinds = [block.kind.value for block in read.blocks]
    assert " ".join(kinds) == ("title description heading item button button field option field image code paragraph")
    assert all(block.visibility in SEEN for block in read.blocks[2:])


def test_a_block_ends_text_that_follows_a_hidden_stretch() -> None:
    read = page("<span hidden>Unseen</span>Mar 8, 2007 <h3>Abstract</h3>")
    assert lines(read) == ["Unseen", "Mar 8, 2007", "Abstract"]
    assert read.blocks[2].kind is BlockKind.HEADING


def test_a_heading_behind_lines_of_code_stands_alone() -> None:
    read = page("<pre>one;\n\ntwo;</pre><h3>More</h3><p>Words.</p>")
    assert lines(read) == ["one;", "two;", "More", "Words."]
