"""The page of an evaluation: it holds what was measured, runs nothing, and shows hostile text as text."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from auditor.evaluation.compare import compared
from auditor.evaluation.results import Flip, Floor, Piece, Quote, Words
from auditor.evaluation.score import figures
from auditor.report.evaluation import render_evaluation, turn
from tests.evaluation.labelled import CONTROLLED, OTHER
from tests.report.hostile import PAYLOADS
from tests.report.measured import PAGES, evaluation, miss, page


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def words(html: str) -> str:
    body = parse(html).body
    assert body is not None
    return re.sub(r"\s+", " ", body.text())


def rows(html: str, heading: str) -> list[list[str]]:
    """The cells of the table under the heading with this id."""
    table = parse(html).css_first(f'[aria-labelledby~="{heading}"] table')
    found = [[re.sub(r"\s+", " ", cell.text()).strip() for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert found
    return found


def test_the_headline_counts_misses_and_false_alarms_with_what_they_are_of() -> None:
    assert "2 of 4 violations missed; 1 false alarm in 2 benign." in words(render_evaluation(evaluation()))


def test_figures_come_with_their_intervals() -> None:
    (row,) = rows(render_evaluation(evaluation()), "figures")
    assert row[:2] == [CONTROLLED, "6"]
    assert [re.sub("\u00a0", " ", cell) for cell in row[2:5]] == ["66.7 % 21–94", "50.0 % 15–85", "57.1 % 21–87"]
    assert row[5] == "500.0 94.5–905.5"


def test_labels_are_set_against_outcomes() -> None:
    found = rows(render_evaluation(evaluation()), "confusion-1")
    assert found == [
        ["Violation", "2", "1", "0", "1", "0", "4"],
        ["To review", "0", "0", "0", "0", "0", "0"],
        ["Passed", "1", "0", "1", "0", "0", "2"],
    ]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("category-1", [["news", "2", "0", "0", "0", "1", "0", "1"], ["shop", "4", "2", "1", "1", "0", "0", "0"]]),
        ("language-1", [["de", "2", "0", "1", "1", "0", "0", "0"], ["en", "4", "2", "0", "0", "1", "0", "1"]]),
    ],
)
def test_figures_are_told_by_category_and_by_language(heading: str, expected: list[list[str]]) -> None:
    assert [row[:8] for row in rows(render_evaluation(evaluation()), heading)] == expected


def test_sites_count_as_one_where_asked() -> None:
    html = render_evaluation(evaluation(sites=True))
    assert rows(html, "confusion-1")[0][1] == "1"
    assert "the pages of one site count as one" in words(html)


def test_every_miss_stands_under_what_it_is_with_why() -> None:
    document = parse(render_evaluation(evaluation()))
    kinds = [re.sub(r"\s+", " ", each.text()).strip() for each in document.css(".misses h4")]
    assert kinds == ["Not found 1", "Left to review 1", "False alarms 1"]
    assert [each.text() for each in document.css(".miss h5")] == ["lost", "left", "alarm"]
    assert "an offer: its of is category, not drug" in document.css(".miss")[0].text()
    assert "only a category is named" in document.css(".miss")[1].text()
    (quote,) = document.css(".miss blockquote")
    assert quote.text().strip() == "a man said buy tramadol is spam"
    assert [each.text() for each in quote.css("mark")] == ["buy tramadol"]


def test_confidence_is_set_against_how_often_it_was_right() -> None:
    document = parse(render_evaluation(evaluation()))
    found = [[cell.text() for cell in row.css("th, td")][:3] for row in document.css(".calibration tbody tr")]
    assert found == [["0.70 to 0.80", "1", "1"], ["0.90 to 0.95", "1", "2"], ["0.95 to 1.00", "1", "1"]]
    assert len(document.css(".calibration circle")) == 3


def test_what_each_wording_adds_is_told() -> None:
    (row,) = rows(render_evaluation(evaluation()), "wordings-1")
    assert row == [
        "cart",
        "2",
        "1",
        "2 wordings“add to cart” 1, 1 wrong“buy # now” 1".replace("“", "").replace("”", ""),
    ]


def test_what_flipped_is_told_the_worst_first() -> None:
    before = evaluation(
        pages=(page("hit", "violation", "pass"), page("alarm", "pass", "pass"), page("older", "pass", "pass"))
    )
    found = rows(render_evaluation(compared(evaluation(), before)), "flips")
    assert [(row[0][2:], row[1], row[4], row[5]) for row in found] == [
        ("Now wrong", "alarm", "pass", "violation"),
        ("Now right", "hit", "pass", "violation"),
    ]
    told = words(render_evaluation(compared(evaluation(), before)))
    assert "2 pages flipped; 4 pages are new, 1 page is gone" in told


@pytest.mark.parametrize(
    ("label", "before", "now", "way"),
    [
        ("violation", "pass", "review", "other"),
        ("violation", "review", "violation", "better"),
        ("pass", "pass", "violation", "worse"),
        ("pass", "not-applicable", "pass", "other"),
        ("review", "pass", "violation", "other"),
    ],
)
def test_a_flip_is_better_worse_or_other(label: str, before: str, now: str, way: str) -> None:
    assert turn(Flip(id="x", policy=CONTROLLED, label=label, before=before, now=now)) == way


def test_a_figure_under_its_floor_is_told() -> None:
    floor = Floor(policy=CONTROLLED, figure="recall", floor=0.9, value=0.5)
    assert f"{CONTROLLED} recall 50.0 %, floor 90.0 %" in words(render_evaluation(evaluation(below_floor=(floor,))))


def test_policies_without_any_page_are_shown() -> None:
    assert rows(render_evaluation(evaluation(figures=(figures(OTHER, ()),), misses=())), "figures")[0][:3] == [
        OTHER,
        "0",
        "–",
    ]


def test_it_runs_no_script_and_allows_its_own_style_alone() -> None:
    document = parse(render_evaluation(evaluation()))
    meta = document.css_first('meta[http-equiv="Content-Security-Policy"]')
    (style,) = document.css("style")
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    assert meta.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert document.css("script, img, link, iframe, base, [src], [style]") == []
    assert not {name for element in document.css("*") for name in element.attributes if name.startswith("on")}


def test_ids_are_unique_and_anchors_lead_somewhere() -> None:
    document = parse(render_evaluation(evaluation()))
    ids = [element.attributes["id"] for element in document.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(link.attributes["href"])[1:] for link in document.css('a[href^="#"]')} <= set(ids)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_stays_text(name: str) -> None:
    payload = PAYLOADS[name]
    bad = miss(
        payload, "pass", "violation", category=payload, lang=payload, site=payload, explanation=payload,
        nearest=(payload,), quotes=(Quote(prefix=payload, exact=payload, suffix=payload),),
    )  # fmt: skip
    piece = Piece(policy=CONTROLLED, name=payload, right=1, wrong=1, words=(Words(text=payload, right=1, wrong=1),))
    pages = (page(payload, "pass", "violation", 0.9, category=payload, lang=payload), *PAGES)
    html = render_evaluation(evaluation(pages=pages, misses=(bad,), corpora=(payload,), pieces=(piece,)))
    document = parse(html)
    assert len(document.css("style")) == 1
    assert document.css("script, img, link, iframe, base, plaintext, xmp, noscript, textarea") == []
    assert not {character for character in payload if not character.isprintable()} & set(html) - set("\n\t\u00a0")


def test_the_same_evaluation_gives_the_same_text() -> None:
    assert render_evaluation(evaluation()) == render_evaluation(evaluation())
