"""The crawl: hands out addresses at the pace of their hosts, and notes what came of each in one step."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.model import Capture, Completeness, Fate, Kind
from auditor.sources.build import failed_capture
from auditor.sources.crawl.addresses import form_of, host_of, key_of
from auditor.sources.crawl.answers import fate_of, is_trouble, may_pass
from auditor.sources.crawl.links import read_links
from auditor.sources.crawl.listings import read_listing
from auditor.sources.crawl.pace import LONGEST_WAIT, Pace, retry_after
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.robots import Robots, address_of_robots
from auditor.sources.crawl.scope import Scope
from auditor.sources.crawl.store import Result, Store, Task
from auditor.sources.crawl.traps import Traps, looks_endless
from auditor.sources.crawl.workers import Done, Workers
from auditor.sources.hop import Answer, capture_answer
from auditor.sources.options import SourceOptions

log = logging.getLogger("auditor")

_RANKS = {"robots": 0, "listing": 1, "page": 2}
_TOLD_EVERY = 0.5  # seconds
_PATIENCE = 0.05  # seconds between two looks at what may be asked
_MOST_ADDRESSES = 200_000  # met in one crawl
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
        self._scope = Scope(plan)
        self._traps = Traps()
        self._robots: dict[str, Robots] = {}
        self._paces: dict[str, Pace] = {}
        self._way = _Way()
        self._met = store.met()
        self._ended = "done"
        self.stopped = ""
        self.goes_on = store.begin(plan)
        self._hosts = set(store.hosts())
        with store.step():
            self._add(plan.starts, "page", 0, None)
        self._remember()

    def _remember(self) -> None:
        """What an interrupted crawl knew and the store does not spell out."""
        for form, word in self._store.said():
            self._traps.recall(form, {word})
        for form, news in self._store.news():
            self._traps.recount(form, news)
        for visit in self._store.visits():
            if visit.role == "robots" and visit.fate is Fate.LISTING:
                self._obey(host_of(visit.key), self._store.capture(visit.key, "robots"))
        self._way.read = self._store.counts().get(Fate.READ, 0)

    def run(self, tell: Callable[[Mapping[Fate, int]], object] = lambda _: None) -> None:
        """Reads what is to be read. `tell` is called now and then with the pages by fate (LEFT: waiting)."""
        began = told = time.monotonic()
        with Workers(self._plan.connections, self._options) as workers:
            while True:
                self.stopped = self._budget_spent(time.monotonic() - began)
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
        for host in self._hosts:
            pace = self._pace(host)
            while len(self._way.tasks) < self._plan.connections and pace.may_ask(time.monotonic()):
                task = self._next(host)
                if task is None:
                    break
                self._way.tasks[task.number] = task
                pace.asked()
                workers.give(task, self._conditions(task))

    def _next(self, host: str) -> Task | None:
        """The next address to ask of a host. Nothing else is asked before its robots.txt."""
        for task in self._store.waiting(host, time.time(), len(self._way.tasks) + 1):
            if task.number in self._way.tasks:
                if task.role == "robots":
                    return None
                continue
            if task.role == "page":
                forbidden = self._forbidden(task)
                if forbidden:
                    with self._store.step():
                        self._store.settle(task, Result(Fate.ROBOTS, forbidden))
                    return self._next(host)
                if self._way.pages() >= self._plan.max_pages:
                    return None
            return task
        return None

    def _forbidden(self, task: Task) -> str:
        if self._plan.ignore_robots or task.host not in self._robots:
            return ""
        return self._robots[task.host].why_not(task.url)

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
            named = self._robots[task.host].sitemaps or (
                address_of_robots(task.key).replace("robots.txt", "sitemap.xml"),
            )
            self._add(named, "listing", 0, task)
            return
        listed = read_listing(capture.body, capture.url) if not reason else None
        reason = listed.problem if listed else reason
        self._store.settle(task, Result(Fate.LISTING, reason, done.exchanges))
        if listed:
            self._add(listed.listings, "listing", task.depth + 1, task)
            self._add(listed.pages, "page", 1, task)

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
        elif answer.status == 304:
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
        inside = self._scope.is_on_site(onward)
        reason = f"redirects to {answer.onward}{'' if inside else ', which is not part of the site'}"
        if onward == task.key:
            reason = "redirects to itself without end"
        capture = None
        if task.depth == 0 and (onward == task.key or not inside):
            capture = failed_capture(task.url, task.url, reason, status=answer.status, headers=answer.headers)
        fate = Fate.REDIRECT if capture is None else Fate.READ
        self._store.settle(task, Result(fate, reason, done.exchanges, capture))
        if inside:
            self._add([answer.onward], "page", task.depth, task)

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
        news = self._traps.heard(task.form, named.words)
        worn = self._traps.is_worn(task.form)
        if worn:
            self._store.give_up(task.form, worn)
        self._add(named.feeds, "listing", task.depth + 1, task)
        self._add(named.pages, "page", task.depth + 1, task)
        return news

    def _backoff(self, task: Task) -> float:
        return self._plan.backoff * float(2**task.attempts)

    # ------------------------------------------------------------------------------------------ meeting

    def _add(self, urls: Iterable[str], role: str, depth: int, found_by: Task | None) -> None:
        """Takes up addresses that are of the site and new."""
        wanted, unwanted = [], []
        for task in self._new(urls, role, depth, found_by):
            excluded = self._scope.why_not(task.key, depth) if role == "page" and depth else ""  # starts are asked for
            trap = looks_endless(task.key) or (self._traps.is_worn(task.form) if task.kin else "")
            if excluded or trap:
                unwanted.append((task, Fate.EXCLUDED if excluded else Fate.TRAP, excluded or trap))
            else:
                wanted.append(task)
        self._hosts.update(task.host for task in wanted)
        self._store.add([*self._robots_tasks(wanted), *wanted])
        self._store.leave_out(unwanted)

    def _new(self, urls: Iterable[str], role: str, depth: int, found_by: Task | None) -> Iterator[Task]:
        found_on, found_form = (found_by.url, found_by.form) if found_by else ("", "")
        for url in urls:
            key = key_of(url)
            if not key or not self._scope.is_on_site(key):
                continue
            form = form_of(key)
            kin = int(form == found_form)
            if self._store.knows(key, role):
                if not kin and not looks_endless(key):
                    self._store.has_other_kin(key)
            elif self._met < _MOST_ADDRESSES:
                self._met += 1
                plain = url.strip().partition("#")[0]
                yield Task(0, key, plain, host_of(key), role, _RANKS[role], depth, found_on, form, kin)

    def _robots_tasks(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The robots.txt of hosts that are met for the first time."""
        for task in {task.host: task for task in tasks if task.host not in self._robots}.values():
            url = address_of_robots(task.key)
            yield Task(0, url, url, task.host, "robots", _RANKS["robots"], 0, "", "", 0)
