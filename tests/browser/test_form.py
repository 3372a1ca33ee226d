"""The report's form: accessible in every setting, whole on a phone and on paper."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from auditor.model import Report
from tests.browser.conftest import Open
from tests.report.decided import decided_pages
from tests.report.sample import blocked_page, notes_page, one_page, report, several_pages

pytestmark = pytest.mark.browser

REPORTS = {
    "one page": one_page(),
    "several pages": several_pages(),
    "decided": decided_pages(),
    "a page not judged": report(blocked_page()),
    "a text capture": report(notes_page()),
    "nothing": report(),
}
PHONE = {"width": 360, "height": 740}


def faults(page: Page) -> list[str]:
    """What axe-core objects to, with everything unfolded and laid out: one line an element."""
    lay_out_everything(page)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


def lay_out_everything(page: Page) -> None:
    page.evaluate(
        """() => {
          document.querySelectorAll('details').forEach(fold => fold.open = true);
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { content-visibility: visible !important }');
          document.adoptedStyleSheets = [sheet];
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_nothing(open_report: Open, name: str, scheme: str) -> None:
    assert faults(open_report(REPORTS[name], color_scheme=scheme)) == []


def test_axe_finds_nothing_on_a_phone_or_in_the_help(open_report: Open) -> None:
    page = open_report(several_pages(), viewport=PHONE)
    assert faults(page) == []
    page.keyboard.press("?")
    assert faults(page) == []


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("scripted", [True, False])
def test_a_phone_never_scrolls_sideways(open_report: Open, name: str, scripted: bool) -> None:
    page = open_report(REPORTS[name], viewport=PHONE, java_script_enabled=scripted)
    lay_out_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_light_and_dark_differ(open_report: Open) -> None:
    colours = {
        scheme: open_report(one_page(), color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]


def test_headings_go_down_one_level_at_a_time(open_report: Open) -> None:
    page = open_report(several_pages())
    levels = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "all => all.map(each => +each.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_controls_are_large_enough_to_hit(open_report: Open) -> None:
    page = open_report(several_pages())
    small = page.eval_on_selector_all(
        "button, select, input[type=search], fieldset label, .index a, .matrix a, summary, .actions a, figcaption a",
        """all => all.filter(each => each.checkVisibility()).map(each => [each.outerHTML.slice(0, 80),
           each.getBoundingClientRect()]).filter(([, box]) => box.height < 24 || box.width < 24)""",
    )
    assert small == []


def test_printing(open_report: Open) -> None:
    page = open_report(one_page())
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 3
    page.emulate_media(media="print")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.locator(".check-body").first).to_be_visible()
    expect(page.locator("#f-1 .live").first).to_be_hidden()


def test_printing_from_the_dark_is_ink_on_white(open_report: Open) -> None:
    page = open_report(one_page(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 25, 29)"


def test_case_and_hash_stand_on_every_sheet(open_report: Open) -> None:
    audited: Report = one_page()
    page = open_report(audited)
    root = page.locator("html")
    assert root.get_attribute("data-case") == audited.pages[0].title
    assert audited.pages[0].capture.sha256 in (root.get_attribute("data-seal") or "")


def test_nothing_moves_by_itself(open_report: Open) -> None:
    page = open_report(one_page())
    page.locator("#q-5-1").click()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
