"""Waivers in comments of a page, and what is no proper one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Kind, PageWaiver
from auditor.sources.build import capture_of
from auditor.triage.inline import page_waivers


def asked(source: str, kind: Kind = Kind.HTML) -> tuple[PageWaiver, ...]:
    return page_waivers(capture_of("a", "file:///a.html", kind, source.encode(errors="surrogatepass")))


GOOD = '<!-- auditor: waive core.author.missing until=2027-01-31 reason="An essay, unsigned." by="Ines" -->'


@pytest.mark.parametrize("kind", [Kind.HTML, Kind.MARKDOWN])
def test_a_waiver(kind: Kind) -> None:
    assert asked(f"# Title\n\n{GOOD}\n", kind) == (
        PageWaiver(
            policy="core.author.missing", reason="An essay, unsigned.", by="Ines", until=dt.date(2027, 1, 31), line=3
        ),
    )


def test_over_several_lines_in_any_order_with_either_quote() -> None:
    (waiver,) = asked("<p>\n<!--\n  auditor: waive a.b\n  reason='It \"is\" so'\n  until=2027-01-31\n-->")
    assert (waiver.reason, waiver.until, waiver.line, waiver.fault) == ('It "is" so', dt.date(2027, 1, 31), 2, "")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("waive a.b until=2027-01-31", "ignored: it gives no reason"),
        ('waive a.b reason="x"', "ignored: it gives no until"),
        ("waive a.b", "ignored: it gives no until and no reason"),
        ('waive a.b until=soon reason="x"', "ignored: until=soon is no day such as 2027-01-31"),
        ('waive a.b until=2027-01-31 reason="x" why=y', "unknown: why (known: until, reason, by)"),
        ('waive a.b until=2027-01-31 reason="x', "not understood from 'reason=\"x' on"),
        ("wave a.b", "not understood: write waive ID"),
        ("", "not understood: write waive ID"),
    ],
)
def test_a_faulty_one_is_kept_with_its_fault(words: str, fault: str) -> None:
    (waiver,) = asked(f"<!-- auditor: {words} -->")
    assert waiver.fault.startswith(fault)


@pytest.mark.parametrize(
    "mark", ["<!-- saved from url=(0024)https://example.org/a -->", "<!--\n Page saved with SingleFile \n url: x -->"]
)
def test_a_page_that_a_browser_saved_from_the_web_cannot_waive(mark: str) -> None:
    (waiver,) = asked(f"<!doctype html>\n{mark}\n<p>{GOOD}")
    assert waiver.fault == "ignored: this file was saved from the web"


@pytest.mark.parametrize(
    "source", ["", "auditor: waive a.b", "<!-- waive a.b -->", "&lt;!-- auditor: waive a.b --&gt;", "<!-- auditor: x"]
)
def test_anything_else_is_none(source: str) -> None:
    assert asked(source) == ()


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<!--", "-->", " auditor:", " waive", " a.b", "=", '"', "'", "\n", " until=2027-01-31"]))
)
def test_no_comment_breaks_it(parts: list[str]) -> None:
    assert all(waiver.line >= 1 for waiver in asked("".join(parts)))


def test_a_flood_of_comments_is_cut_off() -> None:
    assert len(asked(GOOD * 1_000)) == 100
    assert asked("<!-- auditor:" + " " * 1_000_000) == ()
