"""How the HTML report bears 2,000 findings: time to render, to open, to search and to filter, in headless Chromium.

Run from a checkout: `python bench/report_bench.py [findings] [pages]`. Needs the test extra and a Chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from auditor.model import PageAudit, Report
from auditor.report.html import render_html
from tests.report.sample import article_page, report

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# From the event to the frame that shows its effect.
UNTIL_PAINTED = """async (act) => {
  const begin = performance.now();
  eval(act);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begin;
}"""
SEARCH = "const box = document.querySelector('#search'); box.value = '{}'; box.form.dispatchEvent(new Event('input'))"
FILTER = "document.querySelector('input[value={}]').click()"


def crowd(findings: int, pages: int) -> Report:
    """`pages` pages with `findings` findings in all, each page the sample's text and findings over and over."""
    return report(*(_page(findings // pages) for _ in range(pages)))


def _page(findings: int) -> PageAudit:
    page = article_page()
    copies = -(-findings // len(page.findings))
    return page.model_copy(update={"findings": (page.findings * copies)[:findings]})


def painted(page: Page, act: str) -> float:
    return float(page.evaluate(UNTIL_PAINTED, act))


def measure(file: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        opened = []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
            begin = time.perf_counter()
            page.goto(file.as_uri())
            page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            opened.append(1000 * (time.perf_counter() - begin))
        print(f"open, until painted            {statistics.median(opened):8.0f} ms")
        elements = page.evaluate("document.querySelectorAll('*').length")
        print(f"  elements                     {elements:8,}")
        page.wait_for_timeout(3_000)
        for name, act in (
            ("search, first letter", SEARCH.format("o")),
            ("search, a word", SEARCH.format("okonjo")),
            ("search, nothing found", SEARCH.format("zzzz")),
            ("search, cleared", SEARCH.format("")),
            ("filter, to review", FILTER.format("review")),
            ("filter, and critical", FILTER.format("critical")),
            ("filter, critical off", FILTER.format("critical")),
            ("filter, off", FILTER.format("review")),
        ):
            print(f"{name:30} {painted(page, act):8.0f} ms")
        browser.close()


def main() -> None:
    findings, pages = (int(each) for each in [*sys.argv[1:], *("2000", "20")[len(sys.argv) - 1 :]])
    crowded = crowd(findings, pages)
    render_html(crowd(1, 1))  # templates compiled
    begin = time.perf_counter()
    html = render_html(crowded)
    print(f"{findings:,} findings on {pages} pages")
    print(f"render                         {1000 * (time.perf_counter() - begin):8.0f} ms")
    print(f"  size                         {len(html.encode()) / 1e6:8.1f} MB")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(html, encoding="utf-8")
        measure(file)


if __name__ == "__main__":
    main()
