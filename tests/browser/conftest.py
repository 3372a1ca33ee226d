"""A real headless Chromium, and reports opened in it. Every page opened is watched: no request, no console message."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from auditor.model import Report
from auditor.report.html import render_html

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync")
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium on this machine: install it (Debian: apt-get install chromium) to run browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a report, or HTML, as a file. Keyword arguments go to the browser context; `fragment` to the URL."""
    complaints: list[str] = []
    file = tmp_path / "report.html"

    def open_(report: Report | str, fragment: str = "", **options: object) -> Page:
        file.write_text(report if isinstance(report, str) else render_html(report), encoding="utf-8")
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda sent: _complain_unless_file(sent.url, file, complaints))
        page.goto(file.as_uri() + fragment)
        return page

    yield open_
    for context in browser.contexts:
        context.close()
    assert complaints == []


def _complain_unless_file(url: str, file: Path, complaints: list[str]) -> None:
    if url.partition("#")[0] != file.as_uri():
        complaints.append(f"request: {url}")
