"""Report -> PDF: the HTML report printed by a headless Chromium, with an outline of its headings and page numbers."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from auditor.errors import OutputError
from auditor.model import Report
from auditor.report.html import render_html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_TIMEOUT = 300  # seconds; 2,000 findings print in about a minute
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",  # the style sheet of the report has its own
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)


def write_pdf(report: Report) -> bytes:
    """The report on paper.

    Raises:
        OutputError: there is no Chromium, or it does not print.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise OutputError("PDF needs Chromium or Chrome, and none is here: install one, or print the HTML report")
    with tempfile.TemporaryDirectory(prefix="auditor-pdf-", ignore_cleanup_errors=True) as folder:
        return _print(browser, render_html(report), Path(folder))


def _print(browser: str, document: str, folder: Path) -> bytes:
    page, printed = folder / "report.html", folder / "report.pdf"
    page.write_text(document, encoding="utf-8")
    words = [browser, *_OPTIONS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()]
    if os.name == "posix" and os.geteuid() == 0:
        words.insert(1, "--no-sandbox")  # Chromium does not start for root otherwise
    try:
        ended = subprocess.run(words, capture_output=True, check=False, timeout=_TIMEOUT)  # noqa: S603  (no shell)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(f"{browser} did not print the report: {error}") from error
    if not printed.is_file():
        last = ended.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"it ended with {ended.returncode}"]
        raise OutputError(f"{browser} did not print the report: {last[0]}")
    return printed.read_bytes()
