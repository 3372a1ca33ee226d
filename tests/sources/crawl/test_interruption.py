"""A crawl that is killed, or told to stop, goes on where it was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import UsageError
from auditor.sources import SourceOptions
from auditor.sources.crawl import Crawl, Plan, Store
from tests.conftest import Ended
from tests.site.world import LocalSite, rogue_shop

_KILLS = 20
# A crawl in a process of its own, which can be killed.
_CRAWL = """
import sys
from pathlib import Path
from auditor.sources import SourceOptions
from auditor.sources.crawl import Crawl, Plan, Store
with Store(Path(sys.argv[2])) as store:
    Crawl(Plan((sys.argv[1],), delay=0, connections=1), store, SourceOptions(allow_private=True)).run()
"""


@pytest.fixture
def shop() -> Iterator[LocalSite]:
    site = rogue_shop(60)
    yield site
    site.close()


def audited(command: Callable[..., Ended], site: LocalSite, file: Path) -> dict[str, Any]:
    words = (
        "audit",
        f"{site.url}/",
        "--site",
        "--allow-private",
        "--delay",
        0,
        "--connections",
        1,
        "--crawl-file",
        file,
    )
    return json.loads(command(*words, "-o", "-", "--format", "json", "-p", "core.disclaimer.missing").out)


def essence(result: dict[str, Any]) -> object:
    pages = {page["url"]: (page["capture"]["sha256"], page["text"], page["verdict"]) for page in result["pages"]}
    findings = sorted((row["url"], row["fingerprint"], row["statement"]) for row in result["findings"])
    return pages, findings, result["skipped"], result["sites"][0]["coverage"], result["sites"][0]["causes"]


def test_killed_at_random_points_it_ends_as_if_it_had_not_been(
    shop: LocalSite, command: Callable[..., Ended], tmp_path: Path
) -> None:
    undisturbed = essence(audited(command, shop, tmp_path / "undisturbed.sqlite"))
    shop.requests.clear()
    chance, file = random.Random(4), tmp_path / "killed.sqlite"
    kills = 0
    while kills < _KILLS:
        process = subprocess.Popen([sys.executable, "-c", _CRAWL, f"{shop.url}/", str(file)])
        target = len(shop.requests) + chance.randint(1, 3)
        while process.poll() is None and len(shop.requests) < target:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.02)
        if process.poll() is not None:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills == _KILLS
    resumed = essence(audited(command, shop, file))
    assert resumed == undisturbed
    assert sum(count - 1 for count in shop.asked.values()) <= kills


def test_an_interrupt_loses_nothing_and_says_how_to_go_on(
    shop: LocalSite, command: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = Crawl._note
    seen: list[object] = []

    def interrupt(self: Crawl, done: Any) -> None:
        noted(self, done)
        seen.append(done)
        if len(seen) == 10:
            raise KeyboardInterrupt

    monkeypatch.setattr(Crawl, "_note", interrupt)
    file = tmp_path / "crawl.sqlite"
    words = (
        "audit",
        f"{shop.url}/",
        "--site",
        "--allow-private",
        "--delay",
        0,
        "--connections",
        1,
        "--crawl-file",
        file,
    )
    stopped = command(*words)
    assert stopped.code == 130
    assert "The same command goes on from here" in stopped.err
    assert str(file) in stopped.err
    monkeypatch.setattr(Crawl, "_note", noted)
    ended = command(*words, "-o", "-", "--format", "json", "-p", "core.disclaimer.missing")
    assert json.loads(ended.out)["sites"][0]["coverage"] == [{"fate": "read", "pages": 64}]
    assert sum(count - 1 for count in shop.asked.values()) <= 1


def test_two_crawls_do_not_share_a_file(tmp_path: Path) -> None:
    with Store(tmp_path / "x.sqlite") as store:
        store.begin(Plan(("http://example.org/",)))
        with pytest.raises(UsageError, match="another crawl is using this file"):
            Store(tmp_path / "x.sqlite")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"certainly no database" * 100)
    with pytest.raises(UsageError, match="not the file of a crawl"):
        Store(tmp_path / "x.sqlite")


def test_another_scope_begins_anew(shop: LocalSite, tmp_path: Path) -> None:
    with Store(tmp_path / "x.sqlite") as store:
        plan = Plan((f"{shop.url}/",), delay=0, max_pages=3)
        Crawl(plan, store, SourceOptions(allow_private=True)).run()
        assert not Crawl(Plan((f"{shop.url}/",), delay=0, depth=1), store, SourceOptions(allow_private=True)).goes_on
