import contextlib
import gzip
import http.server
import socket
import time
import zlib

import brotli
import pytest

from auditor.errors import UsageError
from auditor.evidence import Exchange
from auditor.model import Capture, Completeness, Kind
from auditor.sources import SourceOptions, load, web

PAGE = b"<!doctype html><p>" + b"Some words about medicine. " * 400


def fetch(url: str, **options: object) -> Capture:
    (item,) = load(url, SourceOptions(**{"allow_private": True, **options}))  # type: ignore[arg-type]
    assert isinstance(item, Capture)
    return item


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def test_a_page_comes_with_its_provenance(site) -> None:
    capture = fetch(site.serve("/p", PAGE, Content_Type="Text/HTML; Charset='ISO-8859-2'", X_Served_By="me"))
    assert (capture.body, capture.status, capture.kind) == (PAGE, 200, Kind.HTML)
    assert (capture.completeness, capture.encoding_hint) == (Completeness.COMPLETE, "iso-8859-2")
    assert ("X-Served-By", "me") in capture.headers
    assert capture.url == capture.requested == site.url + "/p"


def test_the_request_says_honestly_who_asks(site) -> None:
    fetch(site.serve("/p", PAGE))
    (_, headers), *_ = site.requests
    assert headers["User-Agent"].startswith("health-content-auditor/")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:5000]) + gzip.compress(PAGE[5000:])),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("identity", PAGE),
    ],
)
def test_compressed_bodies_are_read(site, encoding: str, body: bytes) -> None:
    capture = fetch(site.serve("/p", body, Content_Encoding=encoding))
    assert capture.body == PAGE
    assert capture.completeness is Completeness.COMPLETE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_breaks_off_keeps_what_was_got(site, encoding: str) -> None:
    varied = b"<p>" + b"".join(b"%d " % (n * 7919 % 10_007) for n in range(20_000))
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding](varied)
    capture = fetch(site.serve("/p", packed[: len(packed) // 2], Content_Encoding=encoding))
    assert capture.completeness is Completeness.TRUNCATED
    assert capture.reason == "the compressed data breaks off"
    assert varied.startswith(capture.body)
    assert len(capture.body) > 1_000


def test_a_connection_that_breaks_off_keeps_what_was_got(site) -> None:
    capture = fetch(site.serve("/p", PAGE, Content_Length=str(len(PAGE) + 1_000)))
    assert (capture.body, capture.completeness) == (PAGE, Completeness.TRUNCATED)
    assert capture.reason == "the connection broke off before the end of the page"


def test_broken_chunks_keep_what_was_got(site) -> None:
    capture = fetch(site.serve("/p", b"5\r\nhello\r\nzz\r\n", Transfer_Encoding="chunked"))
    assert (capture.body, capture.completeness) == (b"hello", Completeness.TRUNCATED)


def test_corrupt_compression_is_an_error(site) -> None:
    capture = fetch(site.serve("/p", b"certainly not brotli", Content_Encoding="br"))
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "the compressed data is corrupt")


def test_an_unknown_compression_is_named(site) -> None:
    capture = fetch(site.serve("/p", PAGE, Content_Encoding="sdch"))
    assert (capture.completeness, "'sdch'" in capture.reason) == (Completeness.ERROR, True)


def test_a_long_page_is_cut_and_says_so(site) -> None:
    capture = fetch(site.serve("/p", PAGE), max_download=1_000)
    assert (capture.size, capture.completeness) == (1_000, Completeness.TRUNCATED)
    assert "1 KB" in capture.reason


def test_a_decompression_bomb_is_not_unpacked(site) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 30_000_000)
    capture = fetch(site.serve("/p", bomb, Content_Encoding="gzip"), max_download=50_000_000)
    assert capture.completeness is Completeness.TRUNCATED
    assert "decompression bomb" in capture.reason
    assert capture.size < 10_000_000


def test_redirects_are_followed_and_written_down(site) -> None:
    site.serve("/a", b"", 301, Location="/b")
    site.serve("/b", b"", 302, Location="c?x=1")
    site.serve("/c?x=1", PAGE)
    capture = fetch(site.url + "/a")
    assert (capture.url, capture.body) == (site.url + "/c?x=1", PAGE)
    assert [(hop.url, hop.status) for hop in capture.redirects] == [(site.url + "/a", 301), (site.url + "/b", 302)]


def test_endless_redirects_end(site) -> None:
    capture = fetch(site.serve("/a", b"", 302, Location="/a"))
    assert capture.completeness is Completeness.ERROR
    assert capture.reason == "redirected 10 times without reaching a page"
    assert len(capture.redirects) == 10


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/x", "http://[bad", "http:///x"])
def test_a_redirect_off_the_web_is_not_followed(site, location: str) -> None:
    capture = fetch(site.serve("/a", b"", 302, Location=location))
    assert capture.completeness is Completeness.ERROR
    assert capture.reason


@pytest.mark.parametrize(
    ("content_type", "body", "kind", "completeness"),
    [
        ("application/pdf", b"%PDF-1.7", Kind.UNSUPPORTED, Completeness.UNSUPPORTED),
        ("image/png", b"", Kind.UNSUPPORTED, Completeness.UNSUPPORTED),
        ("text/html", b"%PDF-1.7", Kind.UNSUPPORTED, Completeness.UNSUPPORTED),
        ("application/json", b"{}", Kind.UNSUPPORTED, Completeness.UNSUPPORTED),
        ("text/plain", b"words", Kind.TEXT, Completeness.COMPLETE),
        ("text/markdown", b"# x", Kind.MARKDOWN, Completeness.COMPLETE),
        ("application/xhtml+xml", b"<p>", Kind.HTML, Completeness.COMPLETE),
        ("application/octet-stream", b"<html>", Kind.HTML, Completeness.COMPLETE),
    ],
)
def test_the_content_type_decides_and_the_content_can_overrule(site, content_type, body, kind, completeness) -> None:
    capture = fetch(site.serve("/p", body, Content_Type=content_type))
    assert (capture.kind, capture.completeness) == (kind, completeness)


@pytest.mark.parametrize(
    ("status", "completeness", "reason"),
    [
        (404, Completeness.ERROR, "the server answered 404 Not Found"),
        (503, Completeness.ERROR, "the server answered 503 Service Unavailable"),
        (403, Completeness.BLOCKED, "the server answered 403 Forbidden"),
        (429, Completeness.BLOCKED, "the server answered 429 Too Many Requests"),
        (599, Completeness.ERROR, "the server answered 599"),
    ],
)
def test_an_error_page_is_not_the_page(site, status: int, completeness: Completeness, reason: str) -> None:
    capture = fetch(site.serve("/p", PAGE, status))
    assert (capture.completeness, capture.reason, capture.status) == (completeness, reason, status)


def test_private_addresses_are_refused_before_anything_is_sent(site) -> None:
    capture = fetch(site.serve("/p", PAGE), allow_private=False)
    assert capture.completeness is Completeness.ERROR
    assert "refused to connect to 127.0.0.1" in capture.reason
    assert "--allow-private" in capture.reason
    assert site.requests == []


def test_a_name_that_resolves_to_a_private_address_is_refused(site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.url.rpartition(":")[2])
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    capture = fetch(f"http://harmless.example:{port}/", allow_private=False)
    assert "refused to connect to 127.0.0.1" in capture.reason
    assert site.requests == []


def test_a_refused_connection_says_so() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        capture = fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "the connection was refused")


def test_a_name_that_does_not_resolve_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert fetch("http://nowhere.example/").reason == "the host name does not resolve"


def test_speaking_tls_to_a_plain_server_says_so(site) -> None:
    assert fetch(site.url.replace("http:", "https:") + "/p").reason.startswith("no secure connection")


def test_a_silent_server_is_given_up(site) -> None:
    url = site.answer("/p", lambda _: time.sleep(0.6))
    capture = fetch(url, read_timeout=0.1)
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "the server fell silent")


def test_a_dripping_server_is_given_up_and_its_drops_are_kept(site) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"<p>drop")
                time.sleep(0.05)
        except OSError:
            pass

    capture = fetch(site.answer("/p", drip), total_timeout=0.3)
    assert capture.completeness is Completeness.TRUNCATED
    assert capture.reason == "took longer than 0.3 s in all"
    assert capture.body.startswith(b"<p>drop")


def test_a_dripping_header_is_given_up(site) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(100):
                handler.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    capture = fetch(site.answer("/p", drip), total_timeout=0.3)
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "took longer than 0.3 s in all")


def test_passwords_in_a_url_are_used_and_not_written_down(site) -> None:
    url = site.serve("/p", PAGE).replace("http://", "http://me:secret@")
    capture = fetch(url)
    assert "secret" not in capture.model_dump_json()
    assert site.requests[0][1]["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/a", "the scheme 'ftp' is not http or https"),
        ("file:///etc/passwd", "the scheme 'file' is not http or https"),
        ("http://", "the URL names no host"),
        ("http://[bad", "not a well-formed URL"),
    ],
)
def test_a_url_that_cannot_be_fetched_is_a_usage_error_at_once(url: str, problem: str) -> None:
    with pytest.raises(UsageError) as error:
        load(url)
    assert str(error.value).endswith(problem)


def test_server_words_cannot_grow_the_record_without_end(site) -> None:
    capture = fetch(site.serve("/p", PAGE, X_Long="a" * 50_000))
    assert max(len(value) for _, value in capture.headers) == 2_000


def recorded(url: str, **options: object) -> list[Exchange]:
    exchanges: list[Exchange] = []
    web.fetch(url, SourceOptions(**{"allow_private": True, **options}), exchanges.append)  # type: ignore[arg-type]
    return exchanges


def test_every_hop_is_written_down_as_it_went_over_the_wire(site) -> None:
    packed = gzip.compress(PAGE)
    site.serve("/a", b"moved", 301, Location="/b", Content_Length="5")
    site.serve("/b", packed, Content_Encoding="gzip", X_Odd="ä")
    first, second = recorded(site.url + "/a")
    assert first.request.startswith(b"GET /a HTTP/1.1\r\nHost: 127.0.0.1")
    assert first.request.endswith(b"\r\n\r\n")
    assert first.response.startswith(b"HTTP/1.0 301 Moved Permanently\r\n")
    assert first.response.endswith(b"\r\n\r\n")
    assert (first.body, first.address, first.error, first.truncated) == (b"moved", "127.0.0.1", "", "")
    assert (second.url, second.body) == (site.url + "/b", packed)
    assert b"X-Odd: \xe4\r\n" in second.response


def test_what_is_lost_on_the_way_is_written_down_too(site) -> None:
    (cut,) = recorded(site.serve("/cut", PAGE, Content_Length=str(len(PAGE) + 9)))
    assert (cut.truncated, cut.body) == ("disconnect", PAGE)
    (long,) = recorded(site.serve("/long", PAGE), max_download=100)
    assert long.truncated == "length"
    (none,) = recorded(site.answer("/none", lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)))
    assert (none.response, none.body) == (b"", b"")
    assert none.error == "the server hung up without an answer"
    assert none.request.startswith(b"GET /none ")
    (refused,) = recorded(site.serve("/p", PAGE), allow_private=False)
    assert refused.request == b""
    assert "refused to connect" in refused.error


def test_passwords_are_not_in_the_address_of_an_exchange(site) -> None:
    (exchange,) = recorded(site.serve("/p", PAGE).replace("http://", "http://me:secret@"))
    assert exchange.url == site.url + "/p"


def test_headers_without_end_are_given_up(site) -> None:
    def pour(handler: http.server.BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: %s\r\n" % (b"a" * 60_000) * 80)

    capture = fetch(site.answer("/p", pour))
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "the answer is not HTTP as it should be")
