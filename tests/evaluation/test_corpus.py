"""Labelled corpora: what a line may say, and which file, line and field is named when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import UsageError
from auditor.evaluation.corpus import LabelledPage, read_corpus
from auditor.model import Kind
from tests.evaluation.labelled import CONTROLLED, row, write_corpus


def read(path: Path, text: str) -> list[LabelledPage]:
    path.write_text(text, encoding="utf-8")
    return list(read_corpus(path))


def test_pages_come_in_the_order_of_their_lines(tmp_path: Path) -> None:
    pages = list(read_corpus(write_corpus(tmp_path / "c.jsonl", row("a"), row("b", label="pass"))))
    assert [(page.id, page.labels) for page in pages] == [
        ("a", {CONTROLLED: "violation"}),
        ("b", {CONTROLLED: "pass"}),
    ]


def test_empty_lines_and_fields_of_others_are_skipped(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "c.jsonl", '\n{"id": "a", "content": "x", "labels": {}, "idea": "i-1"}\n  \n')
    assert page.id == "a"


def test_line_separators_inside_a_page_end_no_line(tmp_path: Path) -> None:
    text = '{"id": "a", "content": "one\u2028two\u0085three\x1cfour", "labels": {}}\n'
    (page,) = read(tmp_path / "c.jsonl", text.replace("\x1c", "\\u001c"))
    assert page.content == "one\u2028two\u0085three\x1cfour"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line: Invalid JSON"),
        ("[]", "line: Input should be an object"),
        ('{"id": "a", "content": "x"}', "labels: Field required"),
        ('{"content": "x", "labels": {}}', "id: Field required"),
        ('{"id": "a", "content": "x", "labels": {"p": "bad"}}', "labels.p: Input should be 'violation', 'review'"),
        ('{"id": "a", "content": "x", "kind": "pdf", "labels": {}}', "kind: Input should be"),
        ('{"id": "a", "labels": {}}', "line: Value error, expected either content or path"),
        ('{"id": "a", "content": "x", "path": "y", "labels": {}}', "line: Value error, expected either"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "c.jsonl"
    with pytest.raises(UsageError) as refused:
        read(file, f'{{"id": "a", "content": "x", "labels": {{}}}}\n{line}\n')
    assert str(refused.value).startswith(f"{file}:2: {complaint}")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_bytes(b"\xff\xfe{")
    with pytest.raises(UsageError, match=r"c\.jsonl: cannot be read"):
        list(read_corpus(file))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl: the corpus cannot be read"):
        list(read_corpus(tmp_path / "none.jsonl"))


def test_content_becomes_a_capture(tmp_path: Path) -> None:
    page = LabelledPage(id="a", kind="html", content="<p>caf\u00e9</p>", labels={})
    capture = page.capture(tmp_path)
    assert (capture.kind, capture.url, capture.body) == (Kind.HTML, "urn:corpus:a", "<p>caf\u00e9</p>".encode())


def test_a_path_is_read_beside_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "x.txt").write_bytes(b"hello")
    page = LabelledPage(id="a", path="pages/x.txt", url="https://shop.example/x", labels={})
    capture = page.capture(tmp_path)
    assert (capture.body, capture.url) == (b"hello", "https://shop.example/x")


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.txt: the page a cannot be read"):
        LabelledPage(id="a", path="gone.txt", labels={}).capture(tmp_path)
