from __future__ import annotations

import datetime as dt
import doctest

import pytest

import auditor
from auditor import audit_html, audit_text
from auditor.errors import UsageError
from auditor.model import Completeness, Outcome

ADVERT = "<h1>Sleep well</h1><p>Buy Ambien here: 30 tablets $99, add to cart. No prescription needed. US shipping.</p>"


def test_three_lines_give_findings() -> None:
    page = audit_html(ADVERT)
    worst = page.findings[0]
    assert worst.outcome is Outcome.VIOLATION
    assert all(page.text[each.start : each.end] == each.quote for each in worst.evidence)


def test_text_is_audited_as_text() -> None:
    page = audit_text("Sleep well\n\nBuy Ambien here: 30 tablets $99. No prescription needed. US shipping.")
    assert page.completeness is Completeness.MARKUP_LOST
    assert page.findings


def test_bytes_are_decoded_as_declared() -> None:
    page = audit_html('<meta charset="windows-1251"><p>лекарство'.encode("cp1251"))
    assert "лекарство" in page.text


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert "words" in audit_html("<p>words \ud800 here").text


def test_what_cannot_be_judged_says_so() -> None:
    page = audit_html("")
    assert not page.judged
    assert page.reason
    assert {result.outcome for result in page.results} == {Outcome.NOT_ASSESSED}


def test_jurisdictions_and_date_are_the_callers() -> None:
    page = audit_html(ADVERT, jurisdictions=["uk"], audit_date=dt.date(2026, 11, 22))
    assert {each.jurisdiction for each in page.audience if each.assessed} >= {"uk", "us"}


def test_an_unknown_jurisdiction_is_an_error() -> None:
    with pytest.raises(UsageError, match="atlantis"):
        audit_html(ADVERT, jurisdictions=["atlantis"])


def test_what_the_package_offers_exists() -> None:
    assert all(getattr(auditor, name) for name in auditor.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = auditor.nothing


@pytest.mark.parametrize("name", ["auditor", "auditor.api"])
def test_the_examples_in_the_documentation_run(name: str) -> None:
    import importlib

    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed
