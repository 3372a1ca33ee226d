"""Pages of archives that others made, some of them to do harm."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from auditor.model import Capture, Completeness, Kind, Skipped
from auditor.sources import SourceOptions, load
from tests.evidence import casework

PAGE = b"<!doctype html><title>Sleep</title><p>Words about sleep.</p>"
SHOP = "http://shop.example/"


class Archive:
    """A WARC file as another tool writes it."""

    def __init__(self, *, packed: bool = True, version: str = "1.0") -> None:
        self._content = io.BytesIO()
        self._writer = WARCWriter(self._content, gzip=packed, warc_version=version)

    def response(self, url: str, body: bytes = PAGE, status: str = "200 OK", **headers: str) -> Archive:
        pairs = [(name.replace("_", "-"), value) for name, value in ({"Content_Type": "text/html"} | headers).items()]
        http = StatusAndHeaders(status, pairs, protocol="HTTP/1.1")
        record = self._writer.create_warc_record(url, "response", io.BytesIO(body), len(body), http_headers=http)
        self._writer.write_record(record)
        return self

    def revisit(self, url: str, digest: str) -> Archive:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        when = "2026-11-22T00:00:00Z"
        self._writer.write_record(self._writer.create_revisit_record(url, digest, SHOP, when, http_headers=http))
        return self

    def resource(self, url: str, body: bytes, content_type: str) -> Archive:
        self._writer.write_record(
            self._writer.create_warc_record(
                url, "resource", io.BytesIO(body), len(body), warc_content_type=content_type
            )
        )
        return self

    @property
    def content(self) -> bytes:
        return self._content.getvalue()

    def to(self, path: Path) -> Path:
        path.write_bytes(self.content)
        return path


def read(path: Path, **options: object) -> tuple[list[Capture], list[str]]:
    items = list(load(str(path), SourceOptions(**options)))  # type: ignore[arg-type]
    pages = [item for item in items if isinstance(item, Capture)]
    return pages, [item.reason for item in items if isinstance(item, Skipped)]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_warc_file(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed=packed).response(SHOP).response(SHOP + "logo", b"\x89PNG", Content_Type="image/png")
    archive.response(SHOP + "old", b"", "301 Moved", Location="/").response(SHOP + "no", PAGE, "404 Not Found")
    archive.resource("urn:note", b"# Sleep", "text/markdown")
    path = archive.to(tmp_path / ("a.warc.gz" if packed else "a.warc"))
    (page, note), skipped = read(path)
    assert (page.url, page.body, page.status, page.kind) == (SHOP, PAGE, 200, Kind.HTML)
    assert page.captured_at.tzinfo
    assert (note.body, note.kind) == (b"# Sleep", Kind.MARKDOWN)
    assert skipped == ["records that are not pages: 1 image/png, 1 status 301, 1 status 404"]


def test_bodies_are_decoded_as_from_the_web(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    archive = Archive().response(SHOP + "1", gzip.compress(PAGE), Content_Encoding="gzip")
    archive.response(SHOP + "2", chunked, Transfer_Encoding="chunked")
    archive.response(SHOP + "3", PAGE, Content_Length="4", Content_Type="text/html; charset=koi8-r")
    pages, _ = read(archive.to(tmp_path / "a.warc.gz"))
    assert [page.body for page in pages] == [PAGE] * 3
    assert pages[2].encoding_hint == "koi8-r"


def test_a_revisit_has_the_body_it_refers_to(tmp_path: Path) -> None:
    first = Archive().response(SHOP)
    digest = next(line for line in gzip.decompress(first.content).decode().splitlines() if "Payload-Digest" in line)
    archive = first.revisit(SHOP + "again", digest.partition(": ")[2]).revisit(SHOP + "lost", "sha1:NOWHERE")
    (_, again, lost), _ = read(archive.to(tmp_path / "a.warc.gz"))
    assert (again.url, again.body) == (SHOP + "again", PAGE)
    assert lost.completeness is Completeness.ERROR
    assert "its record only refers to it" in lost.reason


def wacz(path: Path, warc: bytes, pages: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/one.warc.gz", warc)
        package.writestr("datapackage.json", "{}")
        if pages:
            package.writestr("pages/pages.jsonl", pages)
    return path


def test_a_wacz_file_of_another_tool(tmp_path: Path) -> None:
    warc = Archive().response(SHOP).response(SHOP + "frame").content
    listed = "\n".join(json.dumps(line) for line in ({"format": "json-pages-1.0"}, {"url": SHOP + "#top"}))
    pages, skipped = read(wacz(tmp_path / "a.wacz", warc, listed + "\nnot json\n[]\n"))
    assert [page.url for page in pages] == [SHOP]
    assert skipped == ["records that are not pages: 1 not listed as a page"]
    pages, _ = read(wacz(tmp_path / "b.wacz", warc))
    assert [page.url for page in pages] == [SHOP, SHOP + "frame"]


def test_a_case_gives_the_captures_of_its_audit(tmp_path: Path) -> None:
    pages, skipped = read(casework.write_case(tmp_path / "case.wacz"))
    told = casework.captures()
    assert pages == told
    assert [page.body for page in pages] == [page.body for page in told]
    assert skipped == []


# -------------------------------------------------------------------------------------------------------- hostile


def reasons(path: Path, **options: object) -> list[str]:
    pages, _ = read(path, **options)
    return [page.reason for page in pages if page.completeness is Completeness.ERROR]


def test_a_file_that_breaks_off_gives_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(Archive().response(SHOP).content + b"garbage")
    (page, broken), _ = read(path)
    assert page.body == PAGE
    assert broken.reason.startswith("not a whole WARC file: ")


@pytest.mark.parametrize(
    "content", [b"<html>", gzip.compress(b"<html>", mtime=0), b"\x1f\x8b\x08", b"WARC/1.0\r\n\r\n\r\n"]
)
def test_what_is_no_warc_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    pages, _ = read(path)
    assert all(page.completeness is Completeness.ERROR for page in pages)


@pytest.mark.parametrize("length", [b"-1", b"x", b"", b"0", b"99999999999999999999999", b"3000000000", b"70"])
def test_a_wrong_length_is_told(tmp_path: Path, length: bytes) -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    fields = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://shop.example/\r\nContent-Length: " + length
    path = tmp_path / "a.warc"
    path.write_bytes(fields + b"\r\n\r\n" + block + b"\r\n\r\n")
    assert [page.completeness for page in read(path)[0]][-1] is Completeness.ERROR
    assert reasons(path)[-1].startswith(("not a whole WARC file", "a record claims"))


def test_a_record_that_claims_too_much_is_not_waited_for(tmp_path: Path) -> None:
    bomb = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9000000000\r\n\r\n" + b"0" * 10_000_000
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(bomb))
    assert reasons(path) == ["a record claims 9000000000 bytes, which no page has"]


def test_many_records_of_nothing_are_not_unpacked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.evidence.records._EXPANSION_MATTERS_FROM", 1_000_000)
    archive = Archive()
    for number in range(30):
        archive.response(f"{SHOP}{number}", b"a" * 1_000_000)
    assert reasons(archive.to(tmp_path / "a.warc.gz")) == ["expands like a decompression bomb; reading was stopped"]


def test_a_long_page_is_cut(tmp_path: Path) -> None:
    path = (
        Archive()
        .response(SHOP, PAGE + b"x" * 5000)
        .resource("urn:x", b"y" * 5000, "text/plain")
        .to(tmp_path / "a.warc")
    )
    (page, text), _ = read(path, max_file=1000, max_download=1000)
    assert (page.size, page.completeness) == (1000, Completeness.TRUNCATED)
    assert (text.size, text.completeness) == (1000, Completeness.TRUNCATED)


@pytest.mark.parametrize("name", ["../../evil.warc", "/etc/evil.warc", "archive/../../evil.warc", "archive\\evil.warc"])
def test_names_that_lead_out_of_a_package(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(name, Archive().response(SHOP).content)
    (reason,) = reasons(path)
    assert "leads out of it" in reason
    assert [each.name for each in tmp_path.iterdir()] == ["a.wacz"]


def test_packages_that_are_none(tmp_path: Path) -> None:
    short = wacz(tmp_path / "w", b"").read_bytes()[:-9]
    for name, content in (("a.wacz", b""), ("b.wacz", b"PK\x03\x04"), ("c.wacz", short)):
        (tmp_path / name).write_bytes(content)
        (reason,) = reasons(tmp_path / name)
        assert reason.startswith("not a WACZ file")


def test_a_package_that_unpacks_too_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.evidence.opened._LARGEST_PACKAGE", 1_000_000)
    path = wacz(tmp_path / "a.wacz", b"0" * 2_000_000)
    assert reasons(path) == ["unpacks to more than 1000000 bytes"]


def test_a_package_of_too_many_files(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(10_001):
            package.writestr(str(number), b"")
    assert reasons(path) == ["10001 files in one package, which no case has"]
