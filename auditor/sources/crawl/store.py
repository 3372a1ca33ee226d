"""The crawl's memory: one SQLite file with the addresses met, the captures made and the bytes exchanged.

Every step is one transaction, so that a crawl that is killed goes on where it was: an address is either settled, with
its capture, its exchanges and what it led to, or as if it had not been asked. A finished crawl is kept: the next one of
the same site asks only for what has changed.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from auditor.errors import OutputError, UsageError
from auditor.evidence.exchange import Exchange
from auditor.model import Capture, Fate
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.records import Result, Task, Visit

_FORMAT = 1
_PATIENCE = 0.5  # seconds waited for a file that is in use
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE addresses (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, role TEXT NOT NULL,
    rank INTEGER NOT NULL, depth INTEGER NOT NULL, found_on TEXT NOT NULL, form TEXT NOT NULL,
    kin INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
    fate TEXT, reason TEXT NOT NULL DEFAULT '', settled INTEGER, news INTEGER,
    UNIQUE (key, role)
);
CREATE INDEX waiting ON addresses (host, rank, depth, number) WHERE fate IS NULL;
CREATE INDEX forms ON addresses (form) WHERE fate IS NULL;
CREATE TABLE captures (
    key TEXT NOT NULL, role TEXT NOT NULL, round INTEGER NOT NULL, capture TEXT NOT NULL, body BLOB,
    PRIMARY KEY (key, role, round)
);
CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, role TEXT NOT NULL, round INTEGER NOT NULL, url TEXT NOT NULL,
    started_at TEXT NOT NULL, request BLOB NOT NULL, response BLOB NOT NULL, body BLOB NOT NULL,
    address TEXT NOT NULL, truncated TEXT NOT NULL, error TEXT NOT NULL
);
CREATE TABLE said (form TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (form, word)) WITHOUT ROWID;
CREATE INDEX exchanged ON exchanges (key, role, round);
"""
_COLUMNS = "number, key, url, host, role, rank, depth, found_on, form, kin, attempts"
_EXCHANGE = "url, started_at, request, response, body, address, truncated, error"


class Store:
    """The file at `path`, made when there is none. A context: leaving it closes the file.

    Raises:
        OutputError: the file cannot be made or written.
        UsageError: it is no file of this kind, or another crawl is using it.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            (version,) = self._base.execute("PRAGMA user_version").fetchone()
            if version == 0 and not self._base.execute("SELECT name FROM sqlite_master").fetchone():
                self._base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT;")
                version = _FORMAT
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(f"{path}: another crawl is using this file") from error
            raise OutputError(f"cannot write {path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path}: not the file of a crawl; name another one with --crawl-file") from error
        if version != _FORMAT:
            raise UsageError(f"{path}: not a crawl that this version reads; name another file with --crawl-file")
        self.round = int(self._fact("round", "0"))
        (self._settled,) = self._base.execute("SELECT ifnull(max(settled), 0) FROM addresses").fetchone()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def begin(self, plan: Plan) -> bool:
        """Makes ready for a crawl by `plan`. True when one of the same scope goes on, False when it begins anew."""
        scope = json.dumps(plan.scope(), sort_keys=True)
        goes_on = self._fact("scope", "") == scope and not self._is_over(plan)
        if not goes_on:
            self._begin_anew(scope)
        return goes_on

    def _is_over(self, plan: Plan) -> bool:
        """Whether the last crawl came to its end, or to a budget that has not been raised since."""
        ended = self._fact("ended", "")
        return ended == "done" or (ended.isdigit() and int(ended) >= plan.max_pages)

    def _begin_anew(self, scope: str) -> None:
        with self.step():
            self._base.execute("DELETE FROM addresses")
            self._base.execute("DELETE FROM said")
            for table in ("captures", "exchanges"):  # those of the last round serve to ask for changes only
                self._base.execute(f"DELETE FROM {table} WHERE round < ?", (self.round,))
            self.round += 1
            self._note(round=str(self.round), scope=scope, ended="", stopped="", drawn="{}")

    def end(self, how: str, stopped: str) -> None:
        """Notes how the crawl ended: "done", or the number of pages that were allowed; "" when it is to go on.

        `stopped`: why before all was read, in words.
        """
        with self.step():
            self._note(ended=how, stopped=stopped)

    @property
    def stopped(self) -> str:
        """Why the crawl ended before all was read, "" when it did not."""
        return self._fact("stopped", "")

    def add(self, tasks: Iterable[Task]) -> None:
        """Adds addresses that are new."""
        self._base.executemany(
            "INSERT INTO addresses (key, url, host, role, rank, depth, found_on, form, kin)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [task.row() for task in tasks],
        )

    def leave_out(self, tasks: Iterable[tuple[Task, Fate, str]]) -> None:
        """Adds addresses that are new and not to be asked, with the reason."""
        self._base.executemany(
            "INSERT INTO addresses (key, url, host, role, rank, depth, found_on, form, kin, fate, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(*task.row(), fate, reason) for task, fate, reason in tasks],
        )

    def knows(self, key: str, role: str) -> bool:
        """Whether the address has been met."""
        return bool(self._base.execute("SELECT 1 FROM addresses WHERE key = ? AND role = ?", (key, role)).fetchone())

    def met(self) -> int:
        """How many addresses have been met."""
        return int(self._base.execute("SELECT count(*) FROM addresses").fetchone()[0])

    def waiting(self, host: str, now: float, most: int) -> list[Task]:
        """The next addresses to ask of a host."""
        found = self._base.execute(
            f"SELECT {_COLUMNS} FROM addresses WHERE fate IS NULL AND host = ? AND not_before <= ?"
            " ORDER BY rank, depth, number LIMIT ?",
            (host, now, most),
        )
        return [Task(*row) for row in found]

    def hosts(self) -> list[str]:
        """The hosts that are to be asked for something."""
        return [host for (host,) in self._base.execute("SELECT DISTINCT host FROM addresses WHERE fate IS NULL")]

    def undrawn(self) -> list[Task] | None:
        """The pages from which a sample is to be drawn: those waiting, when all else has been read; None before."""
        first = "SELECT 1 FROM addresses WHERE fate IS NULL AND (role != 'page' OR depth = 0) LIMIT 1"
        if self._base.execute(first).fetchone():
            return None
        return [Task(*row) for row in self._base.execute(f"SELECT {_COLUMNS} FROM addresses WHERE fate IS NULL")]

    @property
    def drawn(self) -> dict[str, int]:
        """Once a sample has been drawn: how many addresses it was drawn from, by stratum."""
        counted: dict[str, int] = json.loads(self._fact("drawn", "{}"))
        return counted

    def note_drawn(self, strata: dict[str, int]) -> None:
        """Notes that a sample has been drawn, and from how many addresses of each stratum."""
        self._note(drawn=json.dumps(strata))

    def is_waiting(self) -> bool:
        """Whether anything is still to be asked."""
        return bool(self._base.execute("SELECT 1 FROM addresses WHERE fate IS NULL LIMIT 1").fetchone())

    def ask_again(self, task: Task, url: str, not_before: float, exchanges: Sequence[Exchange]) -> None:
        """Notes an attempt that is to be repeated."""
        self._keep_exchanges(task, exchanges)
        self._base.execute(
            "UPDATE addresses SET attempts = attempts + 1, url = ?, not_before = ? WHERE number = ?",
            (url, not_before, task.number),
        )

    def settle(self, task: Task, result: Result) -> None:
        """Notes what became of an address, and keeps what came."""
        self._keep_exchanges(task, result.exchanges)
        if result.capture is not None:
            content = result.capture.body
            as_received = content and result.exchanges and result.exchanges[-1].body == content
            body = None if as_received else zlib.compress(content, 1)
            self._base.execute(
                "INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?)",
                (task.key, task.role, self.round, result.capture.model_dump_json(), body),
            )
        self._settled += 1
        self._base.execute(
            "UPDATE addresses SET fate = ?, reason = ?, news = ?, settled = ? WHERE number = ?",
            (result.fate, result.reason, None if result.news is None else len(result.news), self._settled, task.number),
        )
        self._base.executemany("INSERT INTO said VALUES (?, ?)", [(task.form, word) for word in result.news or ()])

    def give_up(self, form: str, reason: str) -> None:
        """Leaves out what waits, has this form, and is known from pages of this form alone."""
        self._base.execute(
            "UPDATE addresses SET fate = ?, reason = ? WHERE fate IS NULL AND form = ? AND kin",
            (Fate.TRAP, reason, form),
        )

    def has_other_kin(self, key: str) -> None:
        """Notes that a page of another form leads to an address; where it had been given up, it waits again."""
        self._base.execute(
            "UPDATE addresses SET kin = 0, fate = nullif(fate, ?) WHERE key = ? AND role = 'page' AND kin",
            (Fate.TRAP, key),
        )

    def _keep_exchanges(self, task: Task, exchanges: Sequence[Exchange]) -> None:
        self._base.executemany(
            f"INSERT INTO exchanges (key, role, round, {_EXCHANGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(task.key, task.role, self.round, *_row(exchange)) for exchange in exchanges],
        )

    def before(self, task: Task) -> Capture | None:
        """What the crawl before this one captured at the address, without its body."""
        row = self._base.execute(
            "SELECT capture FROM captures WHERE key = ? AND role = ? AND round = ?",
            (task.key, task.role, self.round - 1),
        ).fetchone()
        return Capture.model_validate_json(row[0]) if row else None

    def take_over(self, task: Task) -> Capture:
        """The capture of the crawl before, made one of this crawl: the host says that it has not changed."""
        for table in ("captures", "exchanges"):
            self._base.execute(
                f"UPDATE {table} SET round = ? WHERE key = ? AND role = ? AND round = ?",
                (self.round, task.key, task.role, self.round - 1),
            )
        return self.capture(task.key, task.role)

    def capture(self, key: str, role: str = "page") -> Capture:
        """What this crawl captured at an address."""
        row = self._base.execute(
            "SELECT capture, body FROM captures WHERE key = ? AND role = ? AND round = ?", (key, role, self.round)
        ).fetchone()
        return Capture.model_validate_json(row[0]).model_copy(update={"body": self._body(key, role, row[1])})

    def _body(self, key: str, role: str, packed: bytes | None) -> bytes:
        """A capture's body; where it came without content encoding, it is that of the last answer that had one."""
        if packed is not None:
            return zlib.decompress(packed)
        row = self._base.execute(
            "SELECT body FROM exchanges WHERE key = ? AND role = ? AND round = ?"
            " AND length(body) > 0 ORDER BY number DESC LIMIT 1",
            (key, role, self.round),
        ).fetchone()
        return bytes(row[0])

    def visits(self) -> Iterator[Visit]:
        """Every address met, the nearest to the starts first."""
        for key, url, role, depth, found_on, fate, reason in self._base.execute(
            "SELECT key, url, role, depth, found_on, fate, reason FROM addresses ORDER BY role, depth, key"
        ):
            yield Visit(key, url, role, depth, found_on, Fate(fate) if fate else Fate.LEFT, reason)

    def said(self) -> Iterator[tuple[str, int]]:
        """Each form, and a word that its pages have said."""
        yield from self._base.execute("SELECT form, word FROM said")

    def news(self) -> Iterator[tuple[str, int]]:
        """The form of each page read, and how many new words it brought; in the order in which they were read."""
        yield from self._base.execute("SELECT form, news FROM addresses WHERE news IS NOT NULL ORDER BY settled")

    def counts(self) -> dict[Fate, int]:
        """How many pages came to which fate."""
        found = self._base.execute("SELECT fate, count(*) FROM addresses WHERE role = 'page' GROUP BY fate")
        return {Fate(fate) if fate else Fate.LEFT: count for fate, count in found}

    def exchanges(self) -> Iterator[Exchange]:
        """Everything that went over the wire for this crawl, in order."""
        for row in self._base.execute(
            f"SELECT {_EXCHANGE} FROM exchanges WHERE round = ? ORDER BY number", (self.round,)
        ):
            url, started_at, *rest = row
            yield Exchange(url, dt.datetime.fromisoformat(started_at), *rest)

    @contextmanager
    def step(self) -> Iterator[None]:
        """What is done inside is done wholly or not at all."""
        self._base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def _fact(self, name: str, otherwise: str) -> str:
        row = self._base.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else otherwise

    def _note(self, **facts: str) -> None:
        self._base.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())


def _row(exchange: Exchange) -> tuple[object, ...]:
    url, started_at, *rest = astuple(exchange)
    return (url, started_at.isoformat(), *rest)
