"""Milliseconds a page for keeping and verifying evidence, beside the audit of the same pages, in CPU time."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages import page

from auditor.assets import asset_folder
from auditor.audit import Auditor
from auditor.evidence.case import Case
from auditor.evidence.exchange import Exchange
from auditor.evidence.manifest import Config
from auditor.evidence.seal import Sealer
from auditor.evidence.verify import verify
from auditor.sources import SourceOptions
from auditor.sources.replay import Kept, replay

PAGES, SIZE = 200, 100_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def exchange(number: int) -> Exchange:
    moment = dt.datetime(2026, 11, 22, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    request = f"GET /{number} HTTP/1.1\r\nHost: shop.example\r\n\r\n".encode()
    return Exchange(f"http://shop.example/{number}", moment, request, HEAD, page(SIZE, number))


def timed(what: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    result = work()
    print(f"{what:32} {(time.process_time() - began) * 1000 / PAGES:7.2f} ms a page")
    return result


def main() -> None:
    exchanges = [exchange(number) for number in range(PAGES)]
    captures = [replay(each.url, [Kept(each.url, HEAD, each.body)], SourceOptions()) for each in exchanges]
    auditor = Auditor()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "case.wacz"
        report = timed("audit", lambda: auditor.run_captures(captures))
        case = Case(target, Config.of(auditor), asset_folder("policies"), Sealer())
        timed("record", lambda: [case.record(each) for each in exchanges])
        timed("keep", lambda: [case.keep(each) for each in captures])
        timed("finish: index, result, package", lambda: case.finish(report))
        assert timed("verify, judging again included", lambda: verify(target)).holds
        print(f"{target.stat().st_size / PAGES / 1000:.1f} KB a page of {SIZE / 1000:.0f} KB")


if __name__ == "__main__":
    main()
