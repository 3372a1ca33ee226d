import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from auditor.errors import CaptureError
from auditor.model import Capture, Completeness, Kind, Skipped
from auditor.sources import SourceOptions, load


def only(target: str | Path, **options: object) -> Capture:
    (item,) = load(str(target), SourceOptions(**options))  # type: ignore[arg-type]
    assert isinstance(item, Capture)
    return item


def test_a_file_keeps_its_bytes_hash_and_uri(tmp_path: Path) -> None:
    page = tmp_path / "a page.html"
    page.write_bytes(b"<p>hello</p>")
    capture = only(page)
    assert (capture.body, capture.size, capture.kind) == (b"<p>hello</p>", 12, Kind.HTML)
    assert capture.sha256 == hashlib.sha256(b"<p>hello</p>").hexdigest()
    assert capture.url == page.as_uri()
    assert capture.requested == str(page)
    assert capture.completeness is Completeness.COMPLETE
    assert capture.captured_at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.HTM", b"x", Kind.HTML),
        ("a.xhtml", b"x", Kind.HTML),
        ("a.txt", b"<p>tags as text</p>", Kind.TEXT),
        ("a.md", b"# x", Kind.MARKDOWN),
        ("a.markdown", b"# x", Kind.MARKDOWN),
        ("noname", b"<!DOCTYPE html><p>x", Kind.HTML),
        ("noname", b"plain words", Kind.TEXT),
        ("noname", "<html><p>sechzehn".encode("utf-16"), Kind.HTML),
        ("noname.php", b"<HTML>", Kind.HTML),
    ],
)
def test_the_kind_is_told_from_name_or_content(tmp_path: Path, name: str, body: bytes, kind: Kind) -> None:
    (tmp_path / name).write_bytes(body)
    assert only(tmp_path / name).kind is kind


def test_the_kind_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"<p>x</p>")
    assert only(tmp_path / "a.txt", kind=Kind.HTML).kind is Kind.HTML


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x1f\x8b\x08....", "gzip"),
        (bytes(range(256)) * 8, "binary data"),
        (b"\x00" * 500, "binary data"),
    ],
)
def test_what_is_no_page_is_unsupported_whatever_its_name(tmp_path: Path, body: bytes, what: str) -> None:
    (tmp_path / "a.html").write_bytes(body)
    capture = only(tmp_path / "a.html")
    assert (capture.kind, capture.completeness) == (Kind.UNSUPPORTED, Completeness.UNSUPPORTED)
    assert what in capture.reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "shift_jis", "koi8-r"])
def test_text_in_any_encoding_is_not_taken_for_binary(tmp_path: Path, encoding: str) -> None:
    words = {"cp1252": "Füße “quoted”", "shift_jis": "医薬品の広告", "koi8-r": "лекарство"}.get(
        encoding, "plain words "
    )
    (tmp_path / "a.html").write_bytes((words * 50).encode(encoding))
    assert only(tmp_path / "a.html").completeness is Completeness.COMPLETE


def test_a_long_file_is_cut_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x" * 2_001)
    capture = only(tmp_path / "a.html", max_file=2_000)
    assert (capture.size, capture.completeness) == (2_000, Completeness.TRUNCATED)
    assert "2 KB" in capture.reason
    assert only(tmp_path / "a.html", max_file=2_001).completeness is Completeness.COMPLETE


def test_a_missing_file_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"nowhere\.html: no such file or folder"):
        load(str(tmp_path / "nowhere.html"))


def test_a_name_no_file_can_have_is_an_error() -> None:
    with pytest.raises(CaptureError, match="null"):
        load("a\x00b")


def test_a_file_that_may_not_be_read_is_a_capture_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "a.html"
    page.write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    capture = only(page)
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "no permission to read it")


def test_a_folder_gives_its_pages_in_order_and_counts_the_rest(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "sub/c.md", "style.css", "sub/logo.png", "sub/photo.png", "README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    *pages, rest = load(str(tmp_path))
    assert [Path(page.requested).name for page in pages] == ["a.txt", "b.html", "c.md"]
    assert rest == Skipped(requested=str(tmp_path), reason="files that are not pages: 1 .css, 2 .png, 1 no extension")


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("secret")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "page.html").write_text("words")
    (folder / "link.html").symlink_to(tmp_path / "outside.html")
    page, skipped = load(str(folder))
    assert page.requested.endswith("page.html")
    assert isinstance(skipped, Skipped)
    assert "symbolic link" in skipped.reason


def test_a_folder_without_pages_is_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("")
    with pytest.raises(CaptureError, match=r"no page in this folder \(looked for \.html, \.htm"):
        load(str(tmp_path))


def test_standard_input_is_sniffed_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def stdin(body: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))

    stdin(b"<html><p>hi")
    capture = only("-")
    assert (capture.kind, capture.requested, capture.url) == (Kind.HTML, "-", "stdin:")
    stdin(b"<html><p>hi")
    assert only("-", kind=Kind.TEXT).kind is Kind.TEXT
    stdin(b"x" * 11)
    assert only("-", max_file=10).completeness is Completeness.TRUNCATED


def test_a_file_name_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    page = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")
    Path(page).write_text("<p>words")
    capture = only(page)
    assert capture.body == b"<p>words"
    assert "caf?.html" in capture.model_dump_json()
