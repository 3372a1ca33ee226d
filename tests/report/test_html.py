"""The document as a whole: self-contained, locked down, deterministic, and complete."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from auditor.model import BlockKind, Completeness, Match, Outcome, Role, Severity, Visibility
from auditor.report import words
from auditor.report.html import render_html
from tests.report.hostile import ADDRESSES, PAYLOADS, poisoned
from tests.report.sample import article_page, blocked_page, notes_page, one_page, report, several_pages


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def policy_of(document: LexborHTMLParser) -> str:
    meta = document.css_first('meta[http-equiv="Content-Security-Policy"]')
    return str(meta.attributes["content"])


def test_the_same_report_gives_the_same_text() -> None:
    assert render_html(several_pages()) == render_html(several_pages())


def test_the_security_policy_allows_the_shipped_style_and_script_alone() -> None:
    document = parse(render_html(one_page()))
    directives = dict(part.split(" ", 1) for part in policy_of(document).split("; "))
    assert directives.keys() == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    assert {directives[name] for name in ("default-src", "base-uri", "form-action")} == {"'none'"}
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        (element,) = document.css(tag)
        digest = hashlib.sha256(element.text().encode()).digest()
        assert directives[name] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_it_loads_nothing_and_handles_nothing_inline() -> None:
    document = parse(render_html(several_pages()))
    assert document.css("img, link, iframe, object, embed, audio, video, source, base, [src], [srcset]") == []
    attributes = {name for element in document.css("*") for name in element.attributes}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_ids_are_unique_and_anchors_lead_somewhere() -> None:
    document = parse(render_html(several_pages()))
    ids = [element.attributes["id"] for element in document.css("[id]")]
    assert len(ids) == len(set(ids))
    anchors = {str(link.attributes["href"])[1:] for link in document.css('a[href^="#"]')}
    assert anchors <= set(ids)


@pytest.mark.parametrize(
    "words_shown",
    [
        "A controlled medicine is offered for delivery",  # verdict
        "under 6 of 18 policies",  # counts with their denominator
        "nothing on the page addresses readers there",  # why a country was left out
        "21 U.S.C. 829(e)",
        "anyone who delivers, distributes or dispenses it",
        "Text verified, 22 November 2026",
        "Not verified: check before relying on it",
        "This page does not show who ships the order",
        "names alcohol, not opioids",  # why the nearest thing is not enough
        "invisible: transparent or the colour of its background",
        "said in the page's own voice, by the words",
        "set aside by",
        "3 occurrences",
        "Redirect 302",
        "22 November 2026, 09:41:07 UTC",
        "auditor audit https://calmharbour.example/go/sleep",
    ],
)
def test_it_says(words_shown: str) -> None:
    body = parse(render_html(one_page())).body
    assert body is not None
    assert words_shown in re.sub(r"\s+", " ", body.text())


def test_it_shows_hashes_and_versions_of_everything() -> None:
    audited = one_page()
    html = render_html(audited)
    hashes = [audited.pages[0].capture.sha256, audited.policies_sha256, *(each.sha256 for each in audited.policies)]
    assert all(each in html for each in hashes)
    assert all(finding.fingerprint in html for finding in audited.findings)


@pytest.mark.parametrize("state", [state for state in Completeness if state is not Completeness.COMPLETE])
def test_each_limited_capture_says_what_it_means_and_what_to_do(state: Completeness) -> None:
    html = render_html(report(blocked_page().model_copy(update={"completeness": state})))
    notice = words.CAPTURE_NOTICE[state]
    assert all(part.replace("'", "&#39;") in html or part in html for part in (notice.lead, notice.text, notice.todo))
    assert "The server answered 403" in html


def test_an_unread_language_is_said() -> None:
    page = notes_page().model_copy(update={"language_supported": False})
    assert words.LANGUAGE_NOTICE.lead in render_html(report(page))


def test_every_value_of_the_model_has_words() -> None:
    named = [
        (words.OUTCOME, Outcome),
        (words.SEVERITY_MEANING, Severity),
        (words.ROLE, Role),
        (words.VISIBILITY, set(Visibility) - {Visibility.VISIBLE}),
    ]
    assert all(set(names) == set(values) for names, values in named)
    assert set(words.BLOCK_KIND) <= set(BlockKind)
    assert set(words.MATCH) <= set(Match)
    assert set(words.CAPTURE_NOTICE) == set(Completeness) - {Completeness.COMPLETE}


def test_inputs_that_were_skipped_are_listed_with_their_reason() -> None:
    body = parse(render_html(several_pages())).body
    assert body is not None
    assert "cases/brochure.pdf: a PDF file, not a web page" in body.text()


def test_a_report_of_nothing_is_a_document() -> None:
    assert "No page could be judged." in render_html(report())


def test_a_page_without_findings_says_so() -> None:
    clean = article_page().model_copy(update={"findings": (), "results": ()})
    assert "No policy found anything to report on this page." in render_html(report(clean))


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_stays_text(name: str) -> None:
    document = parse(render_html(poisoned(PAYLOADS[name])))
    assert len(document.css("script")) == len(document.css("style")) == 1
    assert document.css("img, link, iframe, base, plaintext, xmp, noscript, textarea") == []
    assert len(document.css("meta")) == 6


@pytest.mark.parametrize("name", ["reorder", "unseen"])
def test_no_unseen_character_comes_through_anywhere(name: str) -> None:
    html = render_html(poisoned(PAYLOADS[name]))
    assert not {character for character in PAYLOADS[name] if not character.isprintable()} & set(html)


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_hostile_address_is_no_link(url: str) -> None:
    document = parse(render_html(poisoned("harmless", url=url)))
    hrefs = {str(link.attributes["href"]) for link in document.css("a")}
    assert all(href.startswith(("#", "http://", "https://")) for href in hrefs)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0\u00a0%"), (0.004, "1\u00a0%"), (0.5, "50\u00a0%"), (0.999, "99\u00a0%"), (1.0, "100\u00a0%")],
)
def test_only_certainty_is_shown_as_certain(share: float, said: str) -> None:
    assert words.percent(share) == said


def test_it_says_how_the_evidence_is_checked() -> None:
    shown = render_html(one_page().model_copy(update={"evidence": "my case.wacz"}))
    assert "auditor verify &#39;my case.wacz&#39;" in shown
    assert "auditor verify" not in render_html(one_page())
