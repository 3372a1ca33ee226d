"""The page of an evaluation in a browser: accessible in light and dark, whole on a phone, the same without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from auditor.evaluation.compare import compared
from auditor.report.evaluation import render_evaluation
from tests.browser.conftest import Open
from tests.browser.test_form import PHONE, faults
from tests.report.measured import PAGES, evaluation

pytestmark = pytest.mark.browser

BEFORE = evaluation(pages=PAGES[2:])
HTML = render_evaluation(compared(evaluation(), BEFORE))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_report: Open, scheme: str) -> None:
    assert faults(open_report(HTML, color_scheme=scheme)) == []


def test_a_phone_shows_it_whole(open_report: Open) -> None:
    page = open_report(HTML, viewport=PHONE)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_every_miss_is_there(open_report: Open) -> None:
    page = open_report(HTML, java_script_enabled=False)
    expect(page.locator(".miss")).to_have_count(3)
    expect(page.locator(".miss").first).to_be_visible()
