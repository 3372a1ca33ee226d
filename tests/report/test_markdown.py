"""The Markdown summary, drawn by GitHub's own renderer: a page's words stay words, and a comment's size is kept."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from auditor.model import Report
from auditor.report.formats import render
from auditor.report.markdown import LIMIT
from auditor.report.mdtext import code, escaped
from tests.report.decided import decided_pages
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import one_page, report, several_pages

TRICKS = (
    "[click](https://evil.example)", "![x](https://evil.example/x.png)", "<https://evil.example>", "www.evil.example",
    "https://evil.example", "a@evil.example", "mailto:a@evil.example", "@octocat", "see #12 and GH-12",
    "`code` ``two``",
    "*a* _b_ ~~c~~ **d**", "<script>alert(1)</script>", "&lt;b&gt; &amp;", "a | b", "# h\n\n- item\n\n---", "\\", "x\\",
    "<!-- ", "$$x$$", "[^1]", "[ ] todo",
)  # fmt: skip


def drawn(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))


def shape(text: str) -> list[str]:
    return [node.tag for node in drawn(text).css("body *")]


def markdown(made: Report) -> str:
    return render(made, "markdown").decode()


def test_it_says_what_is_open_first() -> None:
    text = drawn(markdown(several_pages())).text()
    violations = [each for each in several_pages().findings if each.outcome == "violation"]
    assert f"{len(violations)} violations, {11 - len(violations)} to review" in text
    assert "2 of 3 pages judged." in text
    assert "not judged: https://pillpalace.example/: The server answered 403" in text
    places = [text.index(each.statement) for each in violations]
    assert places == sorted(places)


def test_what_is_waived_or_known_comes_last_with_its_reason() -> None:
    text = drawn(markdown(decided_pages())).text()
    assert "2 findings waived" in text
    assert "known from the baseline" in text
    assert "waived by Ines Aldana, editor until 2027-01-31: The shop closes" in text
    assert "expired on 2026-06-30" in text
    assert text.index("violation, new") < text.index("waived by")


@pytest.mark.parametrize("words", [*TRICKS, *PAYLOADS.values()])
def test_words_of_a_page_draw_as_themselves(words: str) -> None:
    for put in (escaped, code):
        made = drawn(f"- before {put(words)} after\n")
        assert shape(f"- before {put(words)} after\n") in (["ul", "li"], ["ul", "li", "code"])
        assert not made.css("a, img, script")
    assert not re.search(r"@\w|#\w|\bGH-\w", drawn(escaped(words)).text())


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_words_draw_as_themselves(words: str) -> None:
    assert shape(f"- before {escaped(words)} after\n") == ["ul", "li"]
    assert shape(f"- before {code(words)} after\n") == ["ul", "li", "code"]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_adds_no_element(payload: str) -> None:
    assert set(shape(markdown(poisoned(payload)))) == set(shape(markdown(poisoned("harmless"))))


def test_a_comment_is_never_too_long() -> None:
    page = one_page().pages[0]
    many = report(*[page] * 300)
    text = markdown(many)
    assert len(text) <= LIMIT
    left = int(re.findall(r"([\d,]+) more findings: no room", text)[0].replace(",", ""))
    assert left + text.count("\n- **") == len(many.findings)


def test_notes_do_not_crowd_out_the_findings() -> None:
    made = one_page()
    notes = decided_pages().waiver_notes * 5_000
    text = markdown(made.model_copy(update={"waiver_notes": notes}))
    assert len(text) <= LIMIT
    assert "4980 more such notes" in text
    assert escaped(made.findings[0].statement) in text
