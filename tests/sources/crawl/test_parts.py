"""The parts of a crawl, each by itself."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Kind
from auditor.sources.build import capture_of, failed_capture
from auditor.sources.crawl.addresses import form_of, key_of, site_of
from auditor.sources.crawl.links import read_links
from auditor.sources.crawl.listings import read_listing
from auditor.sources.crawl.pace import Pace, retry_after
from auditor.sources.crawl.plan import Plan
from auditor.sources.crawl.robots import Robots
from auditor.sources.crawl.scope import Scope
from auditor.sources.crawl.traps import Traps, looks_endless

E = "http://example.org"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("HTTP://Example.ORG:80", f"{E}/"),
        (f"{E}./a", f"{E}/a"),
        (f"{E}/a/../b/./c", f"{E}/b/c"),
        (f"{E}/%7Eme?b=2&a=1#part", f"{E}/~me?a=1&b=2"),
        (f"{E}/a?PHPSESSID=9&id=3&utm_source=x", f"{E}/a?id=3"),
        (f"{E}/a;jsessionid=12AB?x=1", f"{E}/a?x=1"),
        (f"{E}/(S(abc123))/page.aspx", f"{E}/page.aspx"),
        (f"{E}/a?empty=", f"{E}/a?empty="),
        ("https://example.org:443/", "https://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://me:secret@example.org/", f"{E}/"),
        ("http://b\u00fccher.example/\u00e4", "http://xn--bcher-kva.example/%C3%A4"),
        ("javascript:void(0)", ""),
        ("mailto:me@example.org", ""),
        ("http://[::1", ""),
        ("http://example.org:99999/", ""),
        ("/relative", ""),
    ],
)
def test_one_page_has_one_key(written: str, key: str) -> None:
    assert key_of(written) == key


@given(st.text())
def test_a_key_is_its_own_key(written: str) -> None:
    key = key_of(f"{E}/{written}")
    assert key == "" or key_of(key) == key


def test_forms_fold_what_a_program_counts() -> None:
    assert form_of(f"{E}/a/12?page=3") == form_of(f"{E}/a/7?page=x")
    assert form_of(f"{E}/a/12") != form_of(f"{E}/b/12")
    assert form_of(f"{E}/f?a=1&b=2&c=3") == form_of(f"{E}/f?d=1&e=2&f=3&g=4")
    assert site_of("https://www.example.org/") == site_of(f"{E}/x")


def test_the_scope_is_the_host_and_the_folder() -> None:
    scope = Scope(Plan((f"{E}/health/index.html",), exclude=("*/print/*",), depth=2))
    assert scope.why_not("https://www.example.org/health/a", 1) == ""
    assert scope.why_not(f"{E}/shop", 1) == "outside /health/"
    assert scope.why_not(f"{E}/health/print/a", 1) == "--exclude */print/*"
    assert scope.why_not(f"{E}/health/a", 3) == "more than 2 links away from the start"
    assert not scope.is_on_site("http://other.example/")
    assert not scope.is_on_site("http://evil-example.org/")
    assert Scope(Plan((f"{E}/",), include=("/a*",))).why_not(f"{E}/b", 1) == "not among --include"


def answered(body: bytes, status: int = 200) -> Robots:
    return Robots(capture_of("", f"{E}/robots.txt", Kind.TEXT, body, status=status))


def test_robots_by_rfc_9309() -> None:
    rules = answered(
        b"User-agent: *\nDisallow: /\n\nUser-agent: Health-Content-Auditor\nDisallow: /private\nAllow: /private/open\n"
        b"Crawl-delay: 7\nSitemap: http://example.org/s.xml\n"
    )
    assert rules.why_not(f"{E}/a") == ""
    assert rules.why_not(f"{E}/private/x") == "robots.txt does not allow it"
    assert rules.why_not(f"{E}/private/open") == ""
    assert (rules.delay, rules.sitemaps) == (7.0, ("http://example.org/s.xml",))
    assert answered(b"User-agent: *\nDisallow: /", 404).why_not(f"{E}/a") == ""
    assert "could not be had" in answered(b"", 503).why_not(f"{E}/a")
    assert "could not be had" in Robots(failed_capture("", E, "the connection was refused")).why_not(f"{E}/a")
    assert answered(b"\xff\xfe\x00\n" * 1000).why_not(f"{E}/a") == ""


def links(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named = read_links(capture_of("", f"{E}/dir/page", Kind.HTML, html.encode()))
    return named.pages, named.feeds


def test_links_of_all_kinds_are_read() -> None:
    pages, feeds = links(
        '<head><link rel="canonical" href="/c"><link rel=stylesheet href="/s.css">'
        '<link rel="alternate" type="application/rss+xml" href="feed"><link rel=alternate hreflang=de href="/de">'
        '<meta http-equiv="Refresh" content="5; URL=\'/forward\'"></head>'
        '<a href=" a ">a</a><area href="/area"><iframe src="/frame"></iframe><a href="../up">'
    )
    assert pages == (f"{E}/c", f"{E}/de", f"{E}/forward", f"{E}/dir/a", f"{E}/area", f"{E}/frame", f"{E}/up")
    assert feeds == (f"{E}/dir/feed",)
    assert links('<base href="http://example.org/other/"><a href=x>')[0] == (f"{E}/other/x",)


MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://example.org/a </loc></url></urlset>'
)


@pytest.mark.parametrize(
    ("content", "pages", "listings"),
    [
        (MAP.encode(), (f"{E}/a",), ()),
        (gzip.compress(MAP.encode()), (f"{E}/a",), ()),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + MAP.encode(), (f"{E}/a",), ()),
        (b"<sitemapindex><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>", (), (f"{E}/s2.xml",)),
        (f"{E}/a\n{E}/b\n".encode(), (f"{E}/a", f"{E}/b"), ()),
        (b"<rss><channel><link>/no</link><item><link>/yes</link></item></channel></rss>", (f"{E}/yes",), ()),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/no"/><entry><link rel="edit" href="/no"/>'
            b'<link href="/yes"/></entry></feed>',
            (f"{E}/yes",),
            (),
        ),
    ],
)
def test_sitemaps_and_feeds_are_read(content: bytes, pages: tuple[str, ...], listings: tuple[str, ...]) -> None:
    listed = read_listing(content, f"{E}/sitemap.xml")
    assert (listed.pages, listed.listings, listed.problem) == (pages, listings, "")


def test_a_broken_sitemap_gives_what_stands_before_the_fault() -> None:
    listed = read_listing(MAP.encode()[:-9] + b"<url><loc>http://exa", f"{E}/sitemap.xml")
    assert listed.pages == (f"{E}/a",)
    assert listed.problem


@pytest.mark.parametrize(
    "attack",
    [
        b'<!DOCTYPE u [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>',
        b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        b'<!DOCTYPE u SYSTEM "http://169.254.169.254/x"><urlset/>',
        gzip.compress(b"<urlset>" + b" " * 60_000_000),
        b"<" * 100_000,
    ],
)
def test_hostile_sitemaps_are_refused(attack: bytes) -> None:
    listed = read_listing(attack, f"{E}/sitemap.xml")
    assert listed.pages == ()
    assert listed.problem


def test_a_form_is_worn_when_it_brings_no_new_word() -> None:
    traps = Traps()
    for number in range(30):
        traps.heard("shop", {1, 2, number})
    assert traps.is_worn("shop") == ""
    for _ in range(20):
        traps.heard("shop", {1, 2})
    assert "brought no new word" in traps.is_worn("shop")
    traps.heard("shop", {99})
    assert traps.is_worn("shop") == ""


def test_addresses_that_look_endless() -> None:
    assert looks_endless(f"{E}/a/b/a/b/a/b") == "its path repeats itself"
    assert looks_endless(f"{E}/a/b/c/2024/05") == ""
    assert "more than" in looks_endless(f"{E}/?q=" + "a" * 3_000)


def test_a_host_is_asked_no_faster_than_it_wants_and_can() -> None:
    pace = Pace(delay=1.0, most=1)
    assert pace.may_ask(0)
    pace.asked()
    assert not pace.may_ask(0)
    pace.answered(10.0, took=0.1, trouble=False)
    assert (pace.may_ask(10.9), pace.may_ask(11.0)) == (False, True)
    pace.asked()
    pace.answered(20.0, took=0.1, trouble=True)
    assert (pace.may_ask(21.9), pace.may_ask(22.0)) == (False, True)
    pace.asked()
    pace.answered(30.0, took=0.1, trouble=True, wait=90.0)
    assert (pace.may_ask(119.9), pace.may_ask(120.0)) == (False, True)
    slow = replace(Pace(delay=1.0, most=1), next_at=0.0)
    slow.asked()
    slow.answered(0.0, took=8.0, trouble=False)
    assert (slow.may_ask(7.9), slow.may_ask(8.0)) == (False, True)


def test_retry_after_is_read_in_both_forms() -> None:
    now = dt.datetime(2026, 11, 22, 12, 0, 0, tzinfo=dt.UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 22 Nov 2026 12:00:30 GMT", now) == 30
    assert [retry_after(header, now) for header in ("", "soon", "-5", "Sun, 22 Nov 2020 12:00:30 GMT")] == [0, 0, 0, 0]
