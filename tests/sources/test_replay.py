"""What was fetched and recorded is the same capture again without the network."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import CaptureError
from auditor.evidence.exchange import Exchange
from auditor.model import Capture, Completeness
from auditor.sources import SourceOptions, capture
from auditor.sources.replay import Kept, replay

PAGE = b"<!doctype html><title>Sleep</title><p>" + b"Words about sleep. " * 500
OPTIONS = SourceOptions(allow_private=True, total_timeout=20)


def fetched(url: str, options: SourceOptions = OPTIONS) -> tuple[Capture, list[Exchange]]:
    recorded: list[Exchange] = []
    return capture(url, options, recorded.append), recorded


def again(requested: str, recorded: list[Exchange], options: SourceOptions = OPTIONS) -> Capture:
    return replay(requested, [Kept(each.url, each.response, each.body, each.truncated) for each in recorded], options)


def same(one: Capture, other: Capture) -> bool:
    return one.body == other.body and one == other.model_copy(update={"captured_at": one.captured_at})


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PAGE, {}),
        (PAGE, {"Content_Type": "text/plain; charset=latin-1"}),
        (PAGE, {"Content_Type": "application/octet-stream", "X_One": "1", "X_Two": "2"}),
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (gzip.compress(PAGE)[:-30], {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content_Encoding": "br"}),
        (PAGE, {"Content_Encoding": "none-such"}),
        (b"%PDF-1.7 ...", {"Content_Type": "text/html"}),
        (b"", {}),
        (PAGE, {"Content_Type": "image/png"}),
        (gzip.compress(b"a " * 3_000_000), {"Content_Encoding": "gzip"}),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else str(value),
)
def test_a_page_comes_out_as_it_was_fetched(site, body: bytes, headers: dict[str, str]) -> None:
    url = site.serve("/p", body, **headers)
    first, recorded = fetched(url)
    assert same(first, again(url, recorded))


@pytest.mark.parametrize("status", [203, 403, 404, 429, 500])
def test_a_status_comes_out_as_it_was(site, status: int) -> None:
    url = site.serve("/p", PAGE, status)
    first, recorded = fetched(url)
    assert first.status == status
    assert same(first, again(url, recorded))


def test_redirects_come_out_in_order(site) -> None:
    site.serve("/b", b"", 301, Location="/c")
    site.serve("/c", PAGE)
    url = site.serve("/a", b"moved", 302, Location="/b")
    first, recorded = fetched(url)
    assert [hop.status for hop in first.redirects] == [302, 301]
    assert same(first, again(url, recorded))


def test_a_limit_cuts_at_the_same_place(site) -> None:
    options = SourceOptions(allow_private=True, max_download=1000)
    url = site.serve("/p", PAGE)
    first, recorded = fetched(url, options)
    assert first.completeness is Completeness.TRUNCATED
    assert same(first, again(url, recorded, options))


def test_a_connection_that_broke_off_breaks_off_again(site) -> None:
    url = site.serve("/p", PAGE[:700], Content_Length="9000")
    first, recorded = fetched(url)
    assert first.completeness is Completeness.TRUNCATED
    second = again(url, recorded)
    assert (second.body, second.completeness) == (first.body, Completeness.TRUNCATED)


def test_chunks_that_are_still_there_are_joined() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE[:500], PAGE[500:])) + b"0\r\n\r\n"
    for body in (chunked, PAGE):
        assert replay("http://a.example/", [Kept("http://a.example/", head, body)], OPTIONS).body == PAGE


def test_an_answer_that_does_not_lead_to_the_next_is_refused() -> None:
    moved = Kept("http://a.example/", b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"")
    other = Kept("http://a.example/c", b"HTTP/1.1 200 OK\r\n\r\n", PAGE)
    with pytest.raises(CaptureError, match="does not hold where"):
        replay("http://a.example/", [moved, other], OPTIONS)
    with pytest.raises(CaptureError, match="no answer"):
        replay("http://a.example/", [], OPTIONS)


@settings(max_examples=150, deadline=None)
@given(head=st.binary(max_size=200), body=st.binary(max_size=200), status_line=st.booleans(), chunked=st.booleans())
def test_whatever_an_archive_holds_is_a_capture_or_a_reason(
    head: bytes, body: bytes, status_line: bool, chunked: bool
) -> None:
    framing = b"Transfer-Encoding: chunked\r\n" if chunked else b""
    head = (b"HTTP/1.1 200 OK\r\n" + framing if status_line else b"") + head
    try:
        made = replay("http://a.example/", [Kept("http://a.example/", head, body)], OPTIONS)
    except CaptureError:
        return
    assert made.url == "http://a.example/"
