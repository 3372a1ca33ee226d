"""What a crawl asks for, in which order, and what it makes of odd answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Fate
from auditor.sources import SourceOptions
from auditor.sources.crawl import Crawl, Plan, Store, Visit
from tests.site.world import TEXT, Answer, LocalSite, Reply, link, page

Read = Callable[..., dict[str, Visit]]


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Answer]], LocalSite]]:
    sites: list[LocalSite] = []

    def start(pages: dict[str, Answer]) -> LocalSite:
        sites.append(LocalSite(pages))
        return sites[-1]

    yield start
    for site in sites:
        site.close()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def crawl(site: LocalSite, **more: Any) -> dict[str, Visit]:
        plan = Plan(**{"starts": (f"{site.url}/",), "delay": 0, "backoff": 0.02, **more})
        with Store(tmp_path / "crawl.sqlite") as store:
            Crawl(plan, store, SourceOptions(allow_private=True)).run()
            return {visit.key.removeprefix(site.url): visit for visit in store.visits() if visit.role == "page"}

    return crawl


def in_turn(*replies: Reply) -> Answer:
    left = list(replies)
    return lambda _: left.pop(0) if left[1:] else left[0]


def test_no_page_is_asked_for_before_robots_txt_has_come(serve: Any, read: Read) -> None:
    rules = Reply("User-agent: *\nDisallow: /b", headers=TEXT)
    site = serve(
        {"/robots.txt": in_turn(Reply("", 503), Reply("", 500), rules), "/": link("/a") + link("/b"), "/a": "<p>a"}
    )
    visits = read(site)
    assert [path for path, _ in site.requests][:3] == ["/robots.txt"] * 3
    assert site.asked["/robots.txt"] == 3
    assert {path: visit.fate for path, visit in visits.items()} == {"/": Fate.READ, "/a": Fate.READ, "/b": Fate.ROBOTS}


def test_robots_txt_that_cannot_be_had_closes_the_site(serve: Any, read: Read) -> None:
    site = serve({"/robots.txt": Reply("", 503), "/": "<p>hello"})
    (start,) = read(site).values()
    assert start.fate is Fate.ROBOTS
    assert "could not be had" in start.reason
    assert "/" not in site.asked


def test_thousands_of_closed_addresses_are_borne(serve: Any, read: Read) -> None:
    closed = "".join(link(f"/closed/{number}") for number in range(2_500))
    site = serve(
        {
            "/robots.txt": Reply("User-agent: *\nDisallow: /closed/", headers=TEXT),
            "/": closed + link("/open"),
            "/open": "<p>o",
        }
    )
    fates = [visit.fate for visit in read(site).values()]
    assert (fates.count(Fate.ROBOTS), fates.count(Fate.READ)) == (2_500, 2)


def test_not_modified_without_being_asked_is_an_empty_page(serve: Any, read: Read) -> None:
    site = serve({"/": Reply("", 304)})
    assert read(site)["/"].fate is Fate.READ


def test_redirects_are_steps_and_each_address_is_asked_once(serve: Any, read: Read) -> None:
    hops = {f"/{number}": Reply("", 302, {"Location": f"/{number + 1}"}) for number in range(30)}
    site = serve({"/": link("/0") + link("/15"), **hops, "/30": "<p>the end"})
    visits = read(site)
    assert visits["/30"].fate is Fate.READ
    assert {visits[f"/{number}"].fate for number in range(30)} == {Fate.REDIRECT}
    assert max(site.asked.values()) == 1


def test_a_start_that_leaves_the_site_could_not_be_had(serve: Any, read: Read) -> None:
    site = serve({"/": Reply("", 301, {"Location": "http://elsewhere.example/"})})
    (start,) = read(site).values()
    assert (start.fate, start.reason) == (
        Fate.READ,
        "redirects to http://elsewhere.example/, which is not part of the site",
    )


def test_pages_of_a_worn_form_are_read_when_another_page_leads_to_them(serve: Any, read: Read) -> None:
    chain: dict[str, Answer] = {
        f"/n/{number}": page("N", f"<p>{number}</p>" + link(f"/n/{number + 1}")) for number in range(60)
    }
    site = serve(
        {
            "/": link("/n/0") + link("/far/1"),
            **chain,
            **{f"/far/{n}": page("F", link(f"/far/{n + 1}")) for n in range(40)},
        }
    )
    site.pages["/far/30"] = page("F", "<p>here</p>" + link("/n/55"))
    site.pages |= {
        f"/far/{n}": page("F", f"<p>{'abcdefghijklmnopqrstuvwxyzäöüßéèêáàâ'[n - 1]}</p>" + link(f"/far/{n + 1}"))
        for n in range(1, 30)
    }
    visits = read(site, connections=1)
    assert visits["/n/21"].fate is Fate.TRAP
    assert visits["/n/55"].fate is Fate.READ


def test_depth_and_budget_in_time_are_kept(serve: Any, read: Read) -> None:
    site = serve({"/": link("/a"), "/a": link("/b"), "/b": link("/c")})
    assert {path: visit.fate for path, visit in read(site, depth=1).items()} == {
        "/": Fate.READ, "/a": Fate.READ, "/b": Fate.EXCLUDED,
    }  # fmt: skip
    assert read(site, max_seconds=0)["/"].fate is Fate.LEFT
