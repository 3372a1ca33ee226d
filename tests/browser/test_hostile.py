"""A hostile page cannot script, restyle, reorder or break its report, nor make it call anywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from auditor.model import Report
from tests.browser.conftest import Open
from tests.browser.test_form import lay_out_everything
from tests.report.hostile import ADDRESSES, PAYLOADS, poisoned

pytestmark = pytest.mark.browser

# The tree of elements and their attributes' names, without the labels that stand for unseen characters and line turns.
SHAPE = """() => {
  const incidental = '.unseen, .turn, .dropped, .registered, .registered *, .address a, .address b';
  const ours = element => !element.matches(incidental);
  const all = [...document.querySelectorAll('*')].filter(ours);
  return all.map(each => each.tagName + ' ' + [...each.attributes].map(one => one.name).sort().join(' '));
}"""
HARMLESS = "harmless"


@pytest.fixture
def shape_of(open_report: Open) -> Callable[[Report], list[str]]:
    def shape(report: Report) -> list[str]:
        page = open_report(report)
        assert page.evaluate("window.owned") is None
        return list(page.evaluate(SHAPE))

    return shape


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_adds_no_element_and_no_attribute(shape_of: Callable[[Report], list[str]], name: str) -> None:
    assert shape_of(poisoned(PAYLOADS[name])) == shape_of(poisoned(HARMLESS))


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_leaves_the_report_usable(open_report: Open, name: str) -> None:
    page = open_report(poisoned(PAYLOADS[name]), viewport={"width": 360, "height": 740})
    lay_out_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "f-1-1"
    page.get_by_label("Search the findings").fill("nowhere to be found")
    expect(page.get_by_role("status")).to_have_text("0 of 11 findings")


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_web_addresses_are_links(open_report: Open, url: str) -> None:
    page = open_report(poisoned(HARMLESS, url=url))
    assert _outward(page) <= {url}
    assert all(link.startswith(("http://", "https://")) for link in _outward(page))


def _outward(page: Page) -> set[str]:
    links = page.eval_on_selector_all("a:not([href^='#'])", "all => all.map(each => each.getAttribute('href'))")
    return set(links)


def test_what_looks_like_another_host_is_unmasked(open_report: Open) -> None:
    page = open_report(poisoned(HARMLESS, url="http://\u0430pple.example/login"))
    expect(page.locator(".provenance .registered").first).to_have_text("registered as xn--pple-43d.example")


def test_the_host_stands_out_behind_a_false_one(open_report: Open) -> None:
    page = open_report(poisoned(HARMLESS, url="https://regulator.example@evil.example/x"))
    assert page.locator(".provenance .address b").first.text_content() == "evil.example"


def test_nothing_of_the_page_reorders_the_report(open_report: Open) -> None:
    page = open_report(poisoned(PAYLOADS["reorder"]))
    text = page.locator("body").inner_text()
    assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert "U+202E ×3" in text
    assert "\u202e" not in page.title()


def test_a_quote_of_100_000_letters_is_cut_and_its_page_text_is_whole(open_report: Open) -> None:
    long = "word " * 20_000
    page = open_report(poisoned(long))
    expect(page.locator("#f-1-1 blockquote .dropped").first).to_have_text("… 99,100 characters not shown here …")
    assert page.locator("#f-1-1 blockquote").first.evaluate("each => each.getBoundingClientRect().height") < 2_000
    assert long.strip() in page.locator("#page-1 .text").text_content()  # type: ignore[operator]


def test_fragments_are_data_too(open_report: Open) -> None:
    page = open_report(
        poisoned(HARMLESS), fragment="#find=<img src=x onerror=owned=1>&severity=%22%5D&at=javascript:owned=1"
    )
    assert page.evaluate("window.owned") is None
    expect(page.get_by_label("Search the findings")).to_have_value("<img src=x onerror=owned=1>")
