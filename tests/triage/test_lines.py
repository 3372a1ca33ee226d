"""Lines of the source for the quotes of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit import Auditor
from auditor.model import Kind
from auditor.page import read_page
from auditor.sources.build import capture_of
from auditor.triage.lines import SourceLines

PAGE = """<!doctype html>
<title>Buy Zolp now</title>
<!-- Buy Zolp now -->
<h1>Buy
  <b>Zolp</b> now</h1>
<p>It&nbsp;cures colds &amp; more.
It cures
colds again.</p>
<img alt="Zolp in a box">
<p>It cures colds a third time.</p>
"""


def line_of(words: str, nth: int = 0, source: str = PAGE, kind: Kind = Kind.HTML) -> int:
    captured = capture_of("a", "file:///a.html", kind, source.encode())
    text = read_page(captured).text
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return SourceLines(captured, text).line(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "nth", "line"),
    [
        ("Buy Zolp now", 0, 2),
        ("Buy Zolp now", 1, 4),
        ("cures colds", 0, 6),
        ("cures colds", 1, 7),
        ("cures colds", 2, 10),
        ("colds again", 0, 8),
        ("more", 0, 6),
        ("third time", 0, 10),
        ("Zolp", 1, 5),
    ],
)
def test_the_nth_words_are_on_their_line(words: str, nth: int, line: int) -> None:
    assert line_of(words, nth) == line


def test_words_that_stand_only_in_an_attribute_have_no_line() -> None:
    assert line_of("Zolp in a box") == 0


def test_a_generated_page_may_show_what_its_source_has_once() -> None:
    captured = capture_of("a", "file:///a.md", Kind.MARKDOWN, b"Menu\n\n# Zolp tea\n\nDrink it. Drink it.\n")
    text = "Zolp tea\nMenu\nZolp tea\nDrink it. Drink it.\nPrinted by a machine\n"
    lines = SourceLines(captured, text, generated=True)
    assert [lines.line(at, at + 8) for at in (0, text.rindex("Zolp"), text.rindex("Drink"), text.index("machine"))] == [
        *(3, 3),
        5,
        0,
    ]


def test_markdown() -> None:
    assert line_of("cures colds", source="# Tea\n\nIt **cures** colds.\n", kind=Kind.MARKDOWN) == 3


def test_what_a_hostile_page_opens_and_never_closes_is_read_once() -> None:
    source = "Zolp tea\n" + "<!-- " * 200_000 + "<a " * 200_000
    lines = SourceLines(capture_of("a", "file:///a.html", Kind.HTML, source.encode()), "Zolp tea")
    assert lines.line(0, 4) == 1


def test_an_empty_span_has_no_line() -> None:
    captured = capture_of("a", "file:///a.html", Kind.HTML, PAGE.encode())
    lines = SourceLines(captured, read_page(captured).text)
    assert (lines.line(0, 0), lines.line(-1, -1), lines.line(10_000, 10_001)) == (0, 0, 0)


def test_an_audit_of_a_file_has_lines_that_hold_the_words() -> None:
    file = Path(__file__).parent.parent / "pages" / "rogue-product-zolpidem.html"
    source = file.read_text(encoding="utf-8").splitlines()
    found = [each for finding in Auditor().run(str(file)).findings for each in finding.evidence if each.line]
    assert len(found) > 10
    assert all(each.quote.split()[0].strip("“$.,:") in source[each.line - 1] for each in found)
