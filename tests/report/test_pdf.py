"""The PDF, read by pypdf: an outline of the findings, a number on every page, the words of the report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from auditor.errors import OutputError
from auditor.report import pdf
from auditor.report.formats import render
from tests.report.sample import one_page

HAS_BROWSER = any(map(pdf.shutil.which, pdf.BROWSERS))


@pytest.fixture(scope="module")
def printed() -> PdfReader:
    if not HAS_BROWSER:
        pytest.skip("no Chromium on this machine: install it (Debian: apt-get install chromium) to print PDF")
    return PdfReader(io.BytesIO(render(one_page(), "pdf")))


def titles(outline: list[Any]) -> Iterator[str]:
    for each in outline:
        yield from titles(each) if isinstance(each, list) else [" ".join(each.title.split())]


@pytest.mark.browser
def test_the_outline_leads_to_every_finding(printed: PdfReader) -> None:
    told = "".join("".join(titles(printed.outline)).split())
    assert all("".join(each.title.split()) in told for each in one_page().findings)


@pytest.mark.browser
def test_every_page_has_its_number_and_the_seal(printed: PdfReader) -> None:
    count = len(printed.pages)
    assert count > 3
    for number, page in enumerate(printed.pages, 1):
        text = page.extract_text()
        assert f"{number} / {count}" in text
        assert one_page().pages[0].capture.sha256 in text.replace("\n", "")


@pytest.mark.browser
def test_it_is_tagged_for_screen_readers(printed: PdfReader) -> None:
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_without_a_browser_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    with pytest.raises(OutputError, match="PDF needs Chromium or Chrome, and none is here: install one"):
        render(one_page(), "pdf")


def test_a_browser_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(pdf.shutil, "which", lambda _: str(broken))
    with pytest.raises(OutputError, match="did not print the report: cannot open display"):
        render(one_page(), "pdf")
