"""The addresses that are met: which of them are of the site, new, and worth asking for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model import Fate
from auditor.sources.crawl.addresses import form_of, host_of, key_of
from auditor.sources.crawl.links import Named
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.records import Task
from auditor.sources.crawl.robots import address_of_robots
from auditor.sources.crawl.scope import Scope
from auditor.sources.crawl.store import Store
from auditor.sources.crawl.traps import Traps, looks_endless
from auditor.sources.hop import without_password

_RANKS = {"robots": 0, "listing": 1, "page": 2}
_MOST_ADDRESSES = 200_000  # met in one crawl


class Frontier:
    """What a crawl has met, kept in its store. Made when the store has begun.

    Attributes:
        hosts: those of the site that have been met.
        closed: whether pages lead no further, because a sample has been drawn.
        overflow: why not all addresses were taken up, "" when they were.
    """

    def __init__(self, plan: Plan, store: Store) -> None:
        self._store = store
        self._scope = Scope(plan)
        self._traps = Traps()
        self._met = store.met()
        self.hosts = dict.fromkeys(store.hosts())
        self.overflow = ""
        self.closed = False
        for form, word in store.said():
            self._traps.recall(form, {word})
        for form, news in store.news():
            self._traps.recount(form, news)

    def is_on_site(self, url: str) -> bool:
        """Whether an address stands on a host of the site."""
        return self._scope.is_on_site(key_of(url))

    def add(self, urls: Iterable[str], role: str, depth: int, found_by: Task | None = None) -> None:
        """Takes up addresses that are of the site and new."""
        wanted, unwanted = [], []
        for task in self._new(urls, role, depth, found_by):
            excluded = self._scope.why_not(task.key, depth) if role == "page" and depth else ""  # starts are asked for
            trap = looks_endless(task.key) or (self._traps.is_worn(task.form) if task.kin else "")
            if excluded or trap:
                unwanted.append((task, Fate.EXCLUDED if excluded else Fate.TRAP, excluded or trap))
            else:
                wanted.append(task)
        self._store.add([*self._robots_of(wanted), *wanted])
        self._store.leave_out(unwanted)

    def hear(self, task: Task, named: Named) -> frozenset[int]:
        """Takes up what a page names. Gives the words that no page of its form had said."""
        news = self._traps.heard(task.form, named.words)
        worn = self._traps.is_worn(task.form)
        if worn:
            self._store.give_up(task.form, worn)
        if self.closed:
            return news
        self.add(named.feeds, "listing", task.depth + 1, task)
        self.add(named.pages, "page", task.depth + 1, task)
        return news

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
            elif self._met >= _MOST_ADDRESSES:
                self.overflow = f"{_MOST_ADDRESSES:,} addresses were met, and no more were taken up"
            else:
                self._met += 1
                plain = without_password(url.strip().partition("#")[0])
                yield Task(0, key, plain, host_of(key), role, _RANKS[role], depth, found_on, form, kin)

    def _robots_of(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The robots.txt of hosts that are met for the first time."""
        for task in tasks:
            if task.host not in self.hosts:
                self.hosts[task.host] = None
                url = address_of_robots(task.key)
                yield Task(0, url, url, task.host, "robots", _RANKS["robots"], 0, "", "", 0)
