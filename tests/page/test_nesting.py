"""Pages whose elements nest deeper than any honest page's: read piece by piece, whole, and said so."""

from __future__ import annotations

import pytest

from auditor.model import Completeness
from auditor.page.nesting import pieces

from .reading import lines, page

_DEEP = 50_000


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "dl><dd", "label><input", "span", "x-a"])
def test_a_page_that_nests_too_deeply_is_read_in_pieces(tag: str) -> None:
    source = f"<{tag}>" * _DEEP + "deep words"
    read = page(source)
    assert read.completeness is Completeness.TRUNCATED
    assert "nest too deeply" in read.reason
    assert read.text.endswith("deep words")
    assert "".join(pieces(source)) == source


def test_all_of_its_text_and_links_are_kept_in_order() -> None:
    read = page("<title>Deep</title>" + "".join(f"<div>n{number} <a href=/x>a</a>" for number in range(30_000)))
    assert lines(read)[:2] == ["Deep", "n0 a"]
    assert lines(read)[-1] == "n29999 a"
    assert len(read.links) == 30_000
    assert all(read.text[link.start : link.end] == "a" for link in read.links)


def test_many_tags_alone_do_not_make_a_page_deep() -> None:
    source = "<div><p>One <b>two</b>.</p></div>" * 10_000
    assert pieces(source) == [source]
    assert page(source).completeness is Completeness.COMPLETE


def test_lists_and_tables_without_end_tags_are_not_deep() -> None:
    source = "<ul>" + "<li>a<p>b" * 20_000 + "</ul><table>" + "<tr><td>x<td>y" * 20_000
    assert pieces(source) == [source]


def test_a_label_in_a_label_names_nothing() -> None:
    read = page("<form><label>Name <label>Inner <input name=n></label></label></form>")
    assert [field.label for field in read.forms[0].inputs] == ["Name Inner"]
