"""Threads that ask. They know nothing of the crawl: a task goes in, what came of it comes out."""

from __future__ import annotations

import datetime as dt
import logging
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.evidence.exchange import Exchange
from auditor.model import Capture, Completeness, Kind
from auditor.sources.build import failed_capture
from auditor.sources.crawl.listings import LONGEST as LONGEST_LISTING
from auditor.sources.crawl.records import Task
from auditor.sources.crawl.robots import LONGEST as LONGEST_ROBOTS
from auditor.sources.hop import Answer, ask
from auditor.sources.options import SourceOptions
from auditor.sources.web import fetch
from auditor.sources.wire import Call, session, without_cookies

log = logging.getLogger("auditor")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: of a page, the answer to one request; of another, a capture with redirects followed."""

    task: Task
    exchanges: tuple[Exchange, ...]
    took: float
    answer: Answer | None = None
    capture: Capture | None = None


class Workers:
    """`count` threads over one pool of connections. A context: leaving it waits for none of them."""

    def __init__(self, count: int, options: SourceOptions) -> None:
        self._options = options
        self._listings = replace(options, kind=Kind.TEXT, max_download=LONGEST_LISTING)
        self._robots = replace(options, kind=Kind.TEXT, max_download=LONGEST_ROBOTS)
        self._session = without_cookies(session(connections=count))
        self._tasks: queue.SimpleQueue[tuple[Task, dict[str, str]] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]

    def __enter__(self) -> Workers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for _thread in self._threads:
            self._tasks.put(None)

    def give(self, task: Task, headers: dict[str, str]) -> None:
        """Have a task done. `headers` are sent with the request for a page."""
        self._tasks.put((task, headers))

    def finished(self, patience: float) -> Iterator[Done]:
        """What has been done since; waits `patience` seconds at most for the first."""
        try:
            yield self._done.get(timeout=patience)
            while True:
                yield self._done.get_nowait()
        except queue.Empty:
            return

    def _work(self) -> None:
        while given := self._tasks.get():
            try:
                self._done.put(self._do(*given))
            except Exception as error:  # a fault of ours on one address must not end the crawl
                log.exception("cannot fetch %s", given[0].url)
                self._done.put(_failed(given[0], f"the auditor failed to fetch it ({type(error).__name__})"))

    def _do(self, task: Task, headers: dict[str, str]) -> Done:
        began = time.monotonic()
        if task.role == "page":
            with Call(self._options) as call:
                answer = ask(self._session, call, task.url, self._options, headers)
            return Done(task, (answer.exchange,), time.monotonic() - began, answer=answer)
        exchanges: list[Exchange] = []
        options = self._robots if task.role == "robots" else self._listings
        capture = fetch(task.url, options, exchanges.append)
        return Done(task, tuple(exchanges), time.monotonic() - began, capture=capture)


def _failed(task: Task, reason: str) -> Done:
    if task.role != "page":
        return Done(task, (), 0.0, capture=failed_capture(task.url, task.url, reason))
    exchange = Exchange(task.url, dt.datetime.now(dt.UTC), b"", error=reason)
    answer = Answer(exchange, completeness=Completeness.ERROR, reason=reason, refused=True)
    return Done(task, (exchange,), 0.0, answer=answer)
