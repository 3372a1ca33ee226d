"""Milliseconds a page, stage by stage, beside a plain BeautifulSoup(lxml) parse and trafilatura.extract.

    python bench/run.py [--sizes 10 100 1000 10000]

Every figure is the median of several runs in this process, on pages of `bench/pages.py` (sizes in KB). The parse by
itself is also a part of the page model; the audit is page model + signals + policies, findings included.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import page as generated_page

from auditor.audit import Auditor
from auditor.model import Capture, Kind, PageAudit
from auditor.sources.build import capture_of

_DAY = dt.date(2026, 11, 22)
_LARGE_KB = 5_000  # from here on: one run, and the audit alone


def main() -> None:
    """Prints one table, a column a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1_000, 10_000], metavar="KB")
    sizes = parser.parse_args().sizes
    auditor = Auditor(audit_date=_DAY)
    columns = [_column(auditor, size) for size in sizes]
    print(f"{'ms a page':<26}" + "".join(f"{size:>10,} KB" for size in sizes))
    for row in columns[0]:
        print(f"{row:<26}" + "".join(_cell(column.get(row)) for column in columns))


def _cell(value: float | str | None) -> str:
    return f"{'-' if value is None else value if isinstance(value, str) else f'{value:.2f}':>13}"


def _column(auditor: Auditor, size: int) -> dict[str, float | str]:
    body = generated_page(size * 1_000)
    captured = capture_of("bench", "https://example.org/", Kind.HTML, body)
    repeat = 1 if size >= _LARGE_KB else max(3, 300 // size)
    audited = auditor.audit_capture(captured)
    times = _stages(auditor, captured, repeat)
    if size < _LARGE_KB:
        times["report"] = _median(lambda: _render(audited, auditor), 3)
        times |= _peers(body, repeat)
    return {"visible text, share": f"{len(audited.text) / len(body):.0%}", **times} | _ratios(times)


def _stages(auditor: Auditor, captured: Capture, repeat: int) -> dict[str, float | str]:
    from selectolax.lexbor import LexborHTMLParser

    from auditor.page import read_page
    from auditor.policy.evaluate import judge
    from auditor.signals import detect
    from auditor.triage import findings_of

    read = read_page(captured)
    facts, context = auditor.examine(read)
    verdicts = judge(auditor.policies, facts, context)
    return {
        "parse (lexbor)": _median(lambda: LexborHTMLParser(captured.body), repeat),
        "page model": _median(lambda: read_page(captured), repeat),
        "signals": _median(lambda: detect(read, auditor.vocabulary, _DAY), repeat),
        "policies": _median(lambda: judge(auditor.policies, facts, context), repeat),
        "findings": _median(lambda: findings_of(verdicts), repeat),
        "results and traces": _median(lambda: [verdict.result() for verdict in verdicts], repeat),
        "audit, all in all": _median(lambda: auditor.audit_capture(captured), repeat),
    }


def _peers(body: bytes, repeat: int) -> dict[str, float | str]:
    import trafilatura
    from bs4 import BeautifulSoup

    text = body.decode()
    return {
        "BeautifulSoup(lxml)": _median(lambda: BeautifulSoup(text, "lxml"), repeat),
        "trafilatura.extract": _median(lambda: trafilatura.extract(text), repeat),
    }


def _ratios(times: dict[str, float | str]) -> dict[str, float | str]:
    audit = times["audit, all in all"]
    names = ("BeautifulSoup(lxml)", "trafilatura.extract")
    return {f"audit / {name}": f"{audit / times[name]:.2f}" for name in names if name in times}  # type: ignore[operator]


def _render(audited: PageAudit, auditor: Auditor) -> str:
    from auditor.model import Report
    from auditor.report.html import render_html

    report = Report(
        auditor="bench",
        created_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        audit_date=_DAY,
        pages=(audited,),
        policies=auditor.policies.summaries(),
    )
    return render_html(report)


def _median(work: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1_000


if __name__ == "__main__":
    main()
