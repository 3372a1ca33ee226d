"""The report used as its readers do: filtering, searching, following quotes, by mouse and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.report.decided import decided_pages
from tests.report.sample import article_page, one_page, report, several_pages

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    """The numbers of the findings that can be seen."""
    return [
        article.get_attribute("id").removeprefix("f-")  # type: ignore[union-attr]
        for article in page.locator("article.finding").all()
        if article.is_visible()
    ]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def fragment(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_everything_is_shown_at_first(open_report: Open) -> None:
    page = open_report(one_page())
    assert shown(page) == [str(number) for number in range(1, 11)]
    expect(page.get_by_role("status")).to_have_text("10 findings")


@pytest.mark.parametrize(
    ("box", "left"),
    [
        ("Violations", ["1", "3", "4", "5", "7", "9"]),
        ("To review", ["2", "6", "8", "10"]),
        ("High", ["3", "4", "5", "6"]),
    ],
)
def test_filters(open_report: Open, box: str, left: list[str]) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name=box).check()
    assert shown(page) == left
    expect(page.get_by_role("status")).to_have_text(f"{len(left)} of 10 findings")


def test_the_state_filters_where_something_is_decided(open_report: Open) -> None:
    page = open_report(decided_pages())
    page.get_by_role("checkbox", name="Waived").check()
    assert shown(page) == ["1-4", "1-7"]
    expect(page).to_have_url(re.compile("state=waived"))
    expect(page.locator("#f-1-4 .decision")).to_contain_text("Waived until 31 January 2027 by Ines Aldana, editor")
    assert open_report(one_page()).get_by_role("group", name="State").count() == 0


def test_filters_of_two_kinds_narrow_each_other(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name="To review").check()
    page.get_by_role("checkbox", name="Critical").check()
    page.get_by_role("checkbox", name="Medium").check()
    assert shown(page) == ["2", "8"]


def test_policy_pack(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_label("Policy pack").select_option("us.claims")
    assert shown(page) == ["4", "5"]


@pytest.mark.parametrize("words", ["okonjo", "Okonjo's TRIAL", "study-named-without", "DISCERN instrument"])
def test_search_looks_into_quotes_policies_and_law(open_report: Open, words: str) -> None:
    page = open_report(one_page())
    page.get_by_label("Search the findings").fill(words)
    assert "7" in shown(page)
    assert "1" not in shown(page)


def test_a_search_without_result_says_so_and_can_be_cleared(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_label("Search the findings").fill("no such words anywhere")
    expect(page.get_by_text("No finding here matches")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    assert len(shown(page)) == 10
    expect(page.get_by_text("No finding here matches")).to_be_hidden()


def test_the_list_follows_the_filter(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name="Low").check()
    entries = [entry for entry in page.locator(".index li").all() if entry.is_visible()]
    assert [entry.inner_text().split("\n")[0] for entry in entries] == ["F9"]


def test_the_address_keeps_filter_search_and_place(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name="To review").check()
    page.get_by_label("Search the findings").fill("foreign origin")
    page.locator(".index a[href='#f-2']").click()
    expect(page).to_have_url(re.compile(r"#find=foreign\+origin&outcome=review&at=f-2$"))
    kept = fragment(page)
    again = open_report(one_page(), fragment=kept)
    assert shown(again) == ["2"]
    assert focused(again) == "f-2"


def test_a_plain_anchor_leads_to_its_finding(open_report: Open) -> None:
    assert focused(open_report(one_page(), fragment="#f-7")) == "f-7"


def test_quote_to_page_and_back_by_mouse(open_report: Open) -> None:
    page = open_report(one_page())
    page.locator("#q-7-1").click()
    expect(page.locator("#t-7-1")).to_be_in_viewport()
    assert focused(page) == "t-7-1"
    assert page.locator(".refs:has(#t-7-1) + mark").inner_text() == "In Okonjo's trial"
    page.locator("#t-7-1").click()
    expect(page.locator("#q-7-1")).to_be_in_viewport()
    assert focused(page) == "q-7-1"


def test_every_placed_quote_is_linked_both_ways(open_report: Open) -> None:
    page = open_report(several_pages())
    there = page.eval_on_selector_all(".exhibit a.ref[href]", "all => all.map(link => [link.id, link.hash])")
    back = page.eval_on_selector_all(".text a.ref", "all => all.map(link => [link.hash.slice(1), '#' + link.id])")
    assert there
    assert sorted(there) == sorted(back)


def test_overlapping_quotes_share_their_words(open_report: Open) -> None:
    page = open_report(one_page())
    assert page.locator("mark.shared", has_text="it is completely safe").count() == 1
    assert page.locator(".text mark mark").count() == 0


def test_numbers_of_quotes_that_begin_together_come_out_when_reached(open_report: Open) -> None:
    audited = article_page()
    crowded = audited.model_copy(update={"findings": (audited.findings[0],) * 6})
    page = open_report(report(crowded))
    assert page.locator("#t-6-1").bounding_box()["width"] < 8  # type: ignore[index]
    page.get_by_role("link", name="3 more quotes begin here").first.click()
    assert page.locator("#t-6-1").bounding_box()["width"] > 10  # type: ignore[index]
    page.locator("#q-5-1").click()
    expect(page.locator("#t-5-1")).to_be_in_viewport()
    assert focused(page) == "t-5-1"


def test_back_and_forward_of_the_browser(open_report: Open) -> None:
    page = open_report(one_page())
    page.locator("#q-7-1").click()
    page.go_back()
    page.go_forward()
    assert focused(page) == "t-7-1"


def test_a_link_to_a_hidden_finding_shows_it(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name="Low").check()
    page.locator("#t-1-1").click()
    expect(page.locator("#f-1")).to_be_visible()
    assert focused(page) == "q-1-1"


def test_a_folded_trace_opens_when_linked_to(open_report: Open) -> None:
    page = open_report(one_page())
    page.locator("#f-1").get_by_role("link", name="How the policy was judged").click()
    expect(page.locator("#check-1-1")).to_be_in_viewport()


def test_keyboard_only(open_report: Open) -> None:
    page = open_report(one_page())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the findings")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == "f-2"
    page.keyboard.press("Enter")
    assert focused(page) == "t-2-1"
    page.keyboard.press("Enter")
    assert focused(page) == "q-2-1"
    page.keyboard.press("j")
    assert focused(page) == "f-3"
    page.keyboard.press("/")
    page.keyboard.type("jury okonjo")
    assert shown(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert len(shown(page)) == 10


def test_letters_pass_over_filtered_findings(open_report: Open) -> None:
    page = open_report(one_page())
    page.get_by_role("checkbox", name="Medium").check()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "f-8"


def test_help_and_switching_the_letters_off(open_report: Open) -> None:
    page = open_report(one_page())
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use single-letter keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert not focused(page).startswith("f-")
    assert "keys=off" in fragment(page)


def test_copying_a_finding(open_report: Open) -> None:
    page = open_report(one_page(), permissions=["clipboard-read", "clipboard-write"])
    page.locator("#f-7").get_by_role("button", name="Copy as text").click()
    expect(page.locator("#f-7").get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "In Okonjo's trial" in copied
    assert "DISCERN instrument" in copied
    assert "a reference: link, DOI, PMID or citation" in copied


def test_without_script_all_is_there(open_report: Open) -> None:
    page = open_report(one_page(), java_script_enabled=False)
    assert len(shown(page)) == 10
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy as text")).to_have_count(0)
    page.locator("#q-7-1").click()
    expect(page.locator("#t-7-1")).to_be_in_viewport()


def test_without_script_a_link_opens_the_fold_it_leads_into(open_report: Open) -> None:
    page = open_report(several_pages(), java_script_enabled=False)
    page.locator("#q-1-7-1").click()
    expect(page.locator("#t-1-7-1")).to_be_in_viewport()
