"""What hides text, one way at a time."""

from __future__ import annotations

import pytest

from auditor.model import Visibility

from .reading import block_of, lines, page

STYLES = {
    "display:none": Visibility.HIDDEN,
    "DISPLAY : NONE !important": Visibility.HIDDEN,
    "visibility:hidden": Visibility.HIDDEN,
    "opacity:0": Visibility.TRANSPARENT,
    "opacity: 0.0": Visibility.TRANSPARENT,
    "font-size:0": Visibility.TINY,
    "font-size:1px": Visibility.TINY,
    "width:0;overflow:hidden": Visibility.TINY,
    "height:1px;overflow:hidden": Visibility.TINY,
    "max-height:0;overflow:hidden": Visibility.TINY,
    "position:absolute;left:-9999px": Visibility.OFFSCREEN,
    "position:absolute;clip:rect(0,0,0,0)": Visibility.OFFSCREEN,
    "clip-path:inset(50%)": Visibility.OFFSCREEN,
    "text-indent:-9999px": Visibility.OFFSCREEN,
    "transform:scale(0)": Visibility.OFFSCREEN,
    "color:#fff;background:#ffffff": Visibility.TRANSPARENT,
    "color:white;background-color:rgb(254, 255, 255)": Visibility.TRANSPARENT,
    "color:transparent": Visibility.TRANSPARENT,
    "display:block": Visibility.VISIBLE,
    "opacity:1": Visibility.VISIBLE,
    "opacity:.5": Visibility.VISIBLE,
    "font-size:12px": Visibility.VISIBLE,
    "height:0": Visibility.VISIBLE,
    "left:-9999px": Visibility.VISIBLE,
    "color:#fff;background:#000": Visibility.VISIBLE,
    "color:transparent;background-clip:text": Visibility.VISIBLE,
    "opacity:0;animation:fade 1s": Visibility.VISIBLE,
    "font-size": Visibility.VISIBLE,
    "opacity:": Visibility.VISIBLE,
}


@pytest.mark.parametrize(("style", "expected"), STYLES.items())
def test_inline_styles(style: str, expected: Visibility) -> None:
    assert block_of(page(f'<p>a<p style="{style}">text'), "text").visibility is expected


@pytest.mark.parametrize(("style", "expected"), STYLES.items())
def test_style_sheets(style: str, expected: Visibility) -> None:
    read = page(f"<style>.x{{{style}}}</style><p>a<p class=x>text")
    assert block_of(read, "text").visibility is expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p hidden>text", Visibility.HIDDEN),
        ("<dialog>text</dialog>", Visibility.HIDDEN),
        ("<dialog open>text</dialog>", Visibility.VISIBLE),
        ("<details><summary>s</summary><p>text</p></details>", Visibility.VISIBLE),
        ("<p aria-hidden=true>text", Visibility.ARIA_HIDDEN),
        ("<p>x<noscript><p>text</p></noscript>", Visibility.NOSCRIPT),
        ("<head><noscript><p>text</noscript>", Visibility.NOSCRIPT),
        ("<p class='note sr-only'>text", Visibility.OFFSCREEN),
        ("<canvas>text</canvas>", Visibility.HIDDEN),
        ("<div style='visibility:hidden'><p style='visibility:visible'>text</p></div>", Visibility.VISIBLE),
        ("<div style='display:none'><p style='display:block'>text</p></div>", Visibility.HIDDEN),
        ("<div style='font-size:0'><p style='font-size:14px'>text</p></div>", Visibility.VISIBLE),
        ("<div style='background:#123'><p style='color:#123'>text</p></div>", Visibility.TRANSPARENT),
        ("<table bgcolor=black><tr><td><font color=black>text</font></table>", Visibility.TRANSPARENT),
        ("<font color=white>text</font>", Visibility.TRANSPARENT),  # nothing on the page sets a background
        ("<body style='display:none'><p>text", Visibility.VISIBLE),  # scripts show the page when it is ready
    ],
)
def test_elements_and_inheritance(html: str, expected: Visibility) -> None:
    assert block_of(page(html), "text").visibility is expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".x{display:none} .x{display:block}", Visibility.VISIBLE),
        ("#i{display:block} .x{display:none}", Visibility.VISIBLE),
        (".x{display:none!important} #i{display:block}", Visibility.HIDDEN),
        ("p.x{display:none} .x{display:block}", Visibility.HIDDEN),
        ("div > .x, .y{display:none}", Visibility.HIDDEN),
        (".y .x{display:none}", Visibility.VISIBLE),
        (".x:hover{display:none}", Visibility.VISIBLE),
        (".x::before{display:none}", Visibility.VISIBLE),
        (".x[{display:none} .x{opacity:0}", Visibility.TRANSPARENT),
        ("@media print{.x{display:none}}", Visibility.VISIBLE),
        ("@media (max-width: 600px){.x{display:none}}", Visibility.VISIBLE),
        ("@media (min-width: 600px){.x{display:none}}", Visibility.HIDDEN),
        ("@media screen{.y{color:red} .x{display:none}}", Visibility.HIDDEN),
        (".x{display:none} @media (max-width: 600px){.x{display:block}}", Visibility.HIDDEN),
        ("@supports (display:grid){.x{display:none}}", Visibility.HIDDEN),
        ("@keyframes k{from{opacity:0} to{opacity:1}} .y{opacity:1}", Visibility.VISIBLE),
        ("@font-face{font-family:x} .x{display:none}", Visibility.HIDDEN),
        ("@import url(x.css); .x{display:none}", Visibility.HIDDEN),
        ("/* .x{display:none} */ .y{color:red}", Visibility.VISIBLE),
        (".y{content:'}'} .x{display:none}", Visibility.HIDDEN),
        (".y{content:'{display:none}'} .z{color:red}", Visibility.VISIBLE),
        (".x{display:none", Visibility.HIDDEN),
        ("}}} .x{display:none}", Visibility.HIDDEN),
    ],
)
def test_cascade_and_media(css: str, expected: Visibility) -> None:
    read = page(f"<style>{css}</style><div><p>a</p><p id=i class='x'>text</p></div>")
    assert block_of(read, "text").visibility is expected


def test_inline_style_overrules_the_sheet_unless_important() -> None:
    html = "<style>.a{display:none} .b{display:none!important}</style>"
    read = page(html + "<p class=a style='display:block'>one</p><p class=b style='display:block'>two</p>")
    assert block_of(read, "one").visibility is Visibility.VISIBLE
    assert block_of(read, "two").visibility is Visibility.HIDDEN


def test_styles_for_readers_without_scripts_do_not_count() -> None:
    read = page("<noscript><style>.x{display:none}</style></noscript><p class=x>text</p>")
    assert block_of(read, "text").visibility is Visibility.VISIBLE


def test_hidden_words_inside_a_line_stand_behind_it() -> None:
    read = page("<p>Xa<span style='display:none'>zz</span>nax <i hidden>not</i> sold here</p>")
    assert lines(read) == ["Xanax sold here", "zz", "not"]
    assert [block.visibility for block in read.blocks] == [Visibility.VISIBLE, Visibility.HIDDEN, Visibility.HIDDEN]


def test_title_and_description_are_meta() -> None:
    read = page("<title>T</title><meta name=description content=D><p>x")
    assert [block.visibility for block in read.blocks] == [Visibility.META, Visibility.META, Visibility.VISIBLE]


def test_a_tracking_picture_does_not_move_the_head_into_the_body() -> None:
    read = page("<head><noscript><img src=x alt=pixel></noscript><title>Real title</title></head><p>x")
    assert read.title == "Real title"
    assert lines(read) == ["Real title", "x"]
