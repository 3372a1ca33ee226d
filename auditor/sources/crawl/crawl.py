"""The crawl: hands out addresses at the pace of their hosts, and notes what came of each in one step."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from auditor.model import Capture, Completeness, Fate, Kind
from auditor.sources.build import failed_capture
from auditor.sources.crawl.addresses import host_of, key_of
from auditor.sources.crawl.answers import fate_of, is_trouble, may_pass
from auditor.sources.crawl.draw import draw, stratum_of
from auditor.sources.crawl.frontier import Frontier
from auditor.sources.crawl.links import read_links
from auditor.sources.crawl.listings import read_listing
from auditor.sources.crawl.pace import LONGEST_WAIT, Pace, retry_after
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.records import Result, Task
from auditor.sources.crawl.robots import Robots
from auditor.sources.crawl.store import Store
from auditor.sources.crawl.workers import Done, Workers
from auditor.sources.hop import Answer, capture_answer, without_password
from auditor.sources.options import SourceOptions

log = logging.getLogger("auditor")

_TOLD_EVERY = 0.5  # seconds
_PATIENCE = 0.05  # seconds between two looks at what may be asked
_MOST_TURNS = 3  # redirects of an address to itself
_READABLE = (Completeness.COMPLETE, Completeness.TRUNCATED)


@dataclass
class _Way:
    """What is on its way, and how many pages have been read."""

    tasks: dict[int, Task] = field(default_factory=dict)
    read: int = 0

    def pages(self) -> int:
        return self.read + sum(task.role == "page" for task in self.tasks.values())


class Crawl:
    """One crawl of a site into a store. `run` it once.

    Attributes:
        goes_on: whether an interrupted crawl is taken up again.
        stopped: why it ended before all was read, "" when it did not.
    """

    def __init__(self, plan: Plan, store: Store, options: SourceOptions) -> None:
        self._plan = plan
        self._store = store
        self._options = options
        self._robots: dict[str, Robots] = {}
        self._paces: dict[str, Pace] = {}
        self._way = _Way()
        self._ended = "done"
        self.stopped = ""
        self.goes_on = store.begin(plan)
        self._frontier = Frontier(plan, store)
        self._frontier.closed = bool(store.drawn)
        with store.step():
            self._frontier.add(plan.starts, "page", 0)
        self._way.read = store.counts().get(Fate.READ, 0)
        for visit in store.visits():
            if visit.role == "robots" and visit.fate is Fate.LISTING:
                self._obey(host_of(visit.key), store.capture(visit.key, "robots"))

    def run(self, tell: Callable[[Mapping[Fate, int]], object] = lambda _: None) -> None:
        """Reads what is to be read. `tell` is called now and then with the pages by fate (LEFT: waiting)."""
        began = told = time.monotonic()
        with Workers(self._plan.connections, self._options) as workers:
            while True:
                self.stopped = self._budget_spent(time.monotonic() - began)
                if self._is_drawing:
                    self._draw(self._plan.sample or 0)
                if not self.stopped:
                    self._hand_out(workers)
                if not self._way.tasks and (self.stopped or not self._store.is_waiting()):
                    break
                for done in workers.finished(_PATIENCE):
                    with self._store.step():
                        self._note(done)
                if time.monotonic() - told >= _TOLD_EVERY:
                    told = time.monotonic()
                    tell(self._store.counts())
        self.stopped = self.stopped or self._frontier.overflow
        self._store.end(self._ended, self.stopped)

    def _budget_spent(self, elapsed: float) -> str:
        if self._plan.max_seconds is not None and elapsed >= self._plan.max_seconds:
            self._ended = ""
            return f"the time of {self._plan.max_seconds:g} s was over"
        if self._way.read >= self._plan.max_pages and self._store.is_waiting():
            self._ended = str(self._plan.max_pages)
            return f"{self._plan.max_pages:,} pages were read, as many as allowed"
        return ""

    # ------------------------------------------------------------------------------------------ asking

    def _hand_out(self, workers: Workers) -> None:
        for host in self._frontier.hosts:
            pace = self._pace(host)
            while len(self._way.tasks) < self._plan.connections and pace.may_ask(time.monotonic()):
                task = self._next(host)
                if task is None:
                    break
                self._way.tasks[task.number] = task
                pace.asked()
                workers.give(task, self._conditions(task))

    def _next(self, host: str) -> Task | None:
        """The next address to ask of a host. Nothing else is asked before its robots.txt has come."""
        while True:
            waiting = self._store.waiting(host, time.time(), len(self._way.tasks) + 1)
            task = next((each for each in waiting if each.number not in self._way.tasks), None)
            if task is None or task.role == "robots":
                return task
            if host not in self._robots:
                return None
            if task.role == "page" and self._way.pages() >= self._plan.max_pages:
                return None
            if task.role == "page" and task.depth and self._is_drawing:
                return None
            forbidden = self._forbidden(task)
            if task.role != "page" or not forbidden:
                return task
            with self._store.step():
                self._store.settle(task, Result(Fate.ROBOTS, forbidden))

    def _forbidden(self, task: Task) -> str:
        return "" if self._plan.ignore_robots else self._robots[task.host].why_not(task.url)

    @property
    def _is_drawing(self) -> bool:
        """Whether a sample is still to be drawn."""
        return self._plan.sample is not None and not self._frontier.closed

    def _draw(self, size: int) -> None:
        """Draws the sample when all is known that it can be drawn from."""
        waiting = None if self._way.tasks else self._store.undrawn()
        if waiting is None:
            return
        with self._store.step():
            population = []
            for task in waiting:
                forbidden = self._forbidden(task)
                if forbidden:
                    self._store.settle(task, Result(Fate.ROBOTS, forbidden))
                else:
                    population.append(task)
            drawn = draw((task.key for task in population), size)
            for task in population:
                if task.key not in drawn:
                    self._store.settle(task, Result(Fate.LEFT, "not in the sample"))
            self._store.note_drawn(Counter(stratum_of(task.key) for task in population))
        self._frontier.closed = True

    def _conditions(self, task: Task) -> dict[str, str]:
        """The headers that ask for a page only if it has changed since the last crawl."""
        before = self._store.before(task) if task.role == "page" and not task.attempts else None
        if before is None or before.completeness is not Completeness.COMPLETE:
            return {}
        had = {name.lower(): value for name, value in before.headers}
        asked = {"If-None-Match": had.get("etag", ""), "If-Modified-Since": had.get("last-modified", "")}
        return {name: value for name, value in asked.items() if value}

    def _pace(self, host: str) -> Pace:
        if host not in self._paces:
            overlap = self._plan.delay == 0
            self._paces[host] = Pace(self._plan.delay, self._plan.connections if overlap else 1)
        return self._paces[host]

    # ------------------------------------------------------------------------------------------ noting

    def _note(self, done: Done) -> None:
        del self._way.tasks[done.task.number]
        if done.answer is not None:
            self._note_page(done, done.answer)
        elif done.capture is not None:
            self._note_other(done, done.capture)

    def _note_other(self, done: Done, capture: Capture) -> None:
        """Robots.txt, a sitemap or a feed has come."""
        task = done.task
        failed = capture.status is None or capture.status >= 500
        self._pace(task.host).answered(time.monotonic(), done.took, trouble=failed)
        if failed and task.attempts < self._plan.retries:
            self._store.ask_again(task, task.url, time.time() + self._backoff(task), done.exchanges)
            return
        reason = capture.reason if failed or (capture.status or 0) >= 400 else ""
        if task.role == "robots":
            self._store.settle(task, Result(Fate.LISTING, reason, done.exchanges, capture))
            self._obey(task.host, capture)
            named = self._robots[task.host].sitemaps or (urljoin(task.url, "/sitemap.xml"),)
            self._frontier.add(named, "listing", 0, task)
            return
        listed = read_listing(capture.body, capture.url) if not reason else None
        reason = listed.problem if listed else reason
        self._store.settle(task, Result(Fate.LISTING, reason, done.exchanges))
        if listed:
            self._frontier.add(listed.listings, "listing", task.depth + 1, task)
            self._frontier.add(listed.pages, "page", 1, task)

    def _obey(self, host: str, capture: Capture) -> None:
        self._robots[host] = Robots(capture)
        if not self._plan.ignore_robots and self._robots[host].delay:
            self._paces[host] = Pace(max(self._plan.delay, self._robots[host].delay), 1)

    def _note_page(self, done: Done, answer: Answer) -> None:
        task = done.task
        wait = retry_after(answer.header("Retry-After"), dt.datetime.now(dt.UTC)) if is_trouble(answer) else 0.0
        self._pace(task.host).answered(
            time.monotonic(), done.took, trouble=is_trouble(answer), wait=min(wait, LONGEST_WAIT)
        )
        if may_pass(answer) and task.attempts < self._plan.retries and wait <= LONGEST_WAIT:
            pause = max(wait, self._backoff(task))
            self._store.ask_again(task, task.url, time.time() + pause, done.exchanges)
        elif answer.onward and answer.status is not None:
            self._note_redirect(done, answer)
        elif answer.status == 304 and self._store.before(task):
            news = self._note_content(task, self._store.take_over(task))
            self._store.settle(task, Result(Fate.READ, "not changed since the last crawl", done.exchanges, news=news))
            self._way.read += 1
        else:
            self._note_capture(done, capture_answer(task.url, task.url, answer, self._options))

    def _note_redirect(self, done: Done, answer: Answer) -> None:
        task, onward = done.task, key_of(answer.onward)
        if onward == task.key and task.attempts < _MOST_TURNS:  # only what names the visit has changed
            self._store.ask_again(task, answer.onward, 0.0, done.exchanges)
            return
        inside = self._frontier.is_on_site(answer.onward)
        reason = f"redirects to {without_password(answer.onward)}{'' if inside else ', which is not part of the site'}"
        if onward == task.key:
            reason = "redirects to itself without end"
        capture = None
        if task.depth == 0 and (onward == task.key or not inside):
            capture = failed_capture(task.url, task.url, reason, status=answer.status, headers=answer.headers)
        fate = Fate.REDIRECT if capture is None else Fate.READ
        self._store.settle(task, Result(fate, reason, done.exchanges, capture))
        if inside:
            self._frontier.add([answer.onward], "page", task.depth, task)

    def _note_capture(self, done: Done, capture: Capture) -> None:
        fate = fate_of(capture, is_start=done.task.depth == 0)
        news = self._note_content(done.task, capture) if fate is Fate.READ else None
        kept = capture if fate is Fate.READ else None
        self._store.settle(done.task, Result(fate, capture.reason, done.exchanges, kept, news))
        self._way.read += fate is Fate.READ

    def _note_content(self, task: Task, capture: Capture) -> frozenset[int] | None:
        """Follows what a page names. Gives the words that are new for its form, None for a page that is not read."""
        if capture.kind is not Kind.HTML or capture.completeness not in _READABLE:
            return None
        try:
            named = read_links(capture)
        except Exception:  # whatever a page holds must not end the crawl
            log.exception("cannot read the links of %s", capture.url)
            return None
        return self._frontier.hear(task, named)

    def _backoff(self, task: Task) -> float:
        return self._plan.backoff * float(2**task.attempts)
