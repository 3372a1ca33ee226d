"""A thousand pages of which every fifth is served with a fault: each is accounted for."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from auditor.model import Completeness, Fate
from auditor.sources import SourceOptions
from auditor.sources.crawl import Crawl, Plan, Store
from tests.site.world import Answer, Content, Handler, LocalSite, Reply, link, page

_PAGES = 1_000


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def cut(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>cut off here")
    handler.close_connection = True


def short(handler: Handler) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>longer than it says"
    )


def slow(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 400\r\n\r\n")
    handler.close_connection = True
    with contextlib.suppress(OSError):
        for _ in range(400):
            handler.wfile.write(b"z")
            time.sleep(0.02)


_PAUSES = iter("11111")  # each of them stops the whole crawl for a second


def busy(_: Handler) -> Content:
    return Reply("busy", 429, {"Retry-After": next(_PAUSES, "0")})


def never(number: int) -> Content:
    return Reply("not today", 503 if number % 2 else 500)


FAULTS: list[Callable[[Handler], Content | None]] = [
    reset, cut, short, slow, lambda _: never(1), lambda _: never(2), busy,
]  # fmt: skip


def faulty(number: int, good: str, *, lasting: bool) -> Answer:
    """A page that is served with a fault the first time, or always."""
    asked: Counter[int] = Counter()

    def answer(handler: Handler) -> Content | None:
        asked[number] += 1
        return FAULTS[number // 5 % len(FAULTS)](handler) if lasting or asked[number] == 1 else good

    return answer


def test_every_page_is_accounted_for(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {"/": page("All", "".join(link(f"/p{number}") for number in range(_PAGES)))}
    lasting: set[str] = set()
    for number in range(_PAGES):
        good = page(f"Page {number}", f"<p>This is what page {number} says.</p>")
        lasts = number % 50 == 0
        pages[f"/p{number}"] = faulty(number, good, lasting=lasts) if number % 5 == 0 else good
        lasting |= {f"/p{number}"} if lasts else set()
    site = LocalSite(pages)
    plan = Plan((f"{site.url}/",), delay=0, max_pages=5_000, connections=16, retries=3, backoff=0.05)
    with Store(tmp_path / "crawl.sqlite") as store:
        Crawl(plan, store, SourceOptions(allow_private=True, total_timeout=3)).run()
        visits = {visit.key.removeprefix(site.url): visit for visit in store.visits() if visit.role == "page"}
        captures = {path: store.capture(visit.key) for path, visit in visits.items() if visit.fate is Fate.READ}
    site.close()
    assert set(visits) == {"/"} | {f"/p{number}" for number in range(_PAGES)}
    assert {visit.fate for visit in visits.values()} == {Fate.READ}
    for path, capture in captures.items():
        number = int(path[2:] or -1)
        fault = FAULTS[number // 5 % len(FAULTS)] if number >= 0 and number % 5 == 0 else None
        if fault is short:  # nobody can see that an answer says too small a length, but what came is what is judged
            assert capture.body in (b"<p>longer", pages[path]) or b"what page" in capture.body
        elif fault is slow:  # slower than allowed: what came of it is kept, and asking again would be no better
            assert capture.completeness is Completeness.TRUNCATED
            assert capture.reason == "took longer than 3 s in all"
        elif path in lasting:
            assert capture.completeness in (Completeness.ERROR, Completeness.TRUNCATED, Completeness.BLOCKED)
            assert capture.reason
        else:
            assert capture.completeness is Completeness.COMPLETE, (path, capture.reason)
    assert max(site.asked.values()) <= 4
    assert Counter(site.asked.values())[1] > 700
