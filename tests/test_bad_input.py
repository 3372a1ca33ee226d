"""What people and the web do wrong: each gets one line that says so, and its exit code."""

from __future__ import annotations

import gzip
import json
import os
import socket
import time
from pathlib import Path

import pytest

from auditor.assets import asset_folder

PAGE = "<!doctype html><title>Sleep</title><p>Words about how to sleep well, and nothing to buy.</p>"
ADVERT = "<!doctype html><h1>Ambien</h1><p>Buy Ambien online, $99. No prescription needed. We ship to the US.</p>"

USAGE, NOT_JUDGED = 2, 3


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    return file


# ------------------------------------------------------------------------------------------------------ files


def test_a_missing_file(command) -> None:
    ended = command("audit", "nowhere.html")
    assert (ended.code, ended.complaint) == (NOT_JUDGED, "error: nowhere.html: no such file or folder")
    assert not Path("audit-report.html").exists()


def test_a_missing_file_beside_a_good_one_is_in_the_report(command, page: Path) -> None:
    ended = command("audit", "nowhere.html", page, "-q", "-o", "r.json")
    assert (ended.code, ended.complaint) == (NOT_JUDGED, "error: nowhere.html: not judged: no such file or folder")
    pages = json.loads(Path("r.json").read_text())["pages"]
    assert [each["completeness"] for each in pages] == ["error", "complete"]


def test_an_unreadable_file(command, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open = Path.open

    def refuse(self: Path, *arguments: object, **more: object) -> object:
        if self == page:
            raise PermissionError(13, "Permission denied")
        return real_open(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    ended = command("audit", page, "-q")
    assert (ended.code, ended.complaint) == (NOT_JUDGED, f"error: {page}: not judged: no permission to read it")


def test_a_named_pipe_is_not_waited_for(command, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    ended = command("audit", pipe, "-q")
    assert (ended.code, ended.complaint) == (NOT_JUDGED, f"error: {pipe}: not judged: not a regular file")


def test_a_binary_file(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(bytes(range(256)) * 40)
    ended = command("audit", file, "-q")
    assert ended.code == NOT_JUDGED
    assert ended.complaint == f"error: {file}: not judged: this is binary data, not a web page"


def test_a_pdf_under_another_name(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"%PDF-1.7\n...")
    ended = command("audit", file, "-q")
    assert ended.complaint == f"error: {file}: not judged: this is a PDF document, not a web page"
    assert ended.code == NOT_JUDGED


def test_an_empty_file(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.touch()
    ended = command("audit", file, "-q")
    assert ended.code == NOT_JUDGED
    assert ended.complaint.startswith(f"error: {file}: not judged: ")


def test_empty_standard_input(command) -> None:
    ended = command("audit", "-", "-q")
    assert ended.code == NOT_JUDGED
    assert ended.complaint.startswith("error: -: not judged: ")


def test_a_folder_without_pages(command, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    ended = command("audit", folder)
    assert ended.code == NOT_JUDGED
    assert ended.complaint.startswith(f"error: {folder}: no page in this folder (looked for .html, ")


def test_a_page_of_fifty_megabytes_and_more_is_cut(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    with file.open("wb") as stream:
        stream.write(ADVERT.encode() + b"<!--")
        for _ in range(51):
            stream.write(b"a" * 1_000_000)
    ended = command("audit", file, "-q", "-o", "r.json")
    assert (ended.code, ended.err) in [(0, ""), (1, "")]
    (audited,) = json.loads(Path("r.json").read_text())["pages"]
    assert audited["completeness"] == "truncated"
    assert audited["reason"].startswith("longer than the limit of 50 MB")


def test_a_hundred_thousand_elements_deep(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<div>" * 100_000 + "words at the bottom" + "</div>" * 100_000)
    ended = command("audit", file, "-q", "-o", "r.json")
    assert (ended.code, ended.err) == (0, "")
    assert "words at the bottom" in Path("r.json").read_text()


def test_a_wrong_charset(command, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b'<meta charset="utf-8"><p>Caf\xe9 na\xefve \xff\xfe words</p>')
    ended = command("audit", file, "-q", "-o", "r.json")
    assert (ended.code, ended.err) == (0, "")
    assert "na" in json.loads(Path("r.json").read_text())["pages"][0]["text"]


# -------------------------------------------------------------------------------------------------------- web


def fetched(command, url: str, *more: object) -> tuple[int, str]:
    ended = command("audit", url, "-q", "--allow-private", *more)
    return ended.code, ended.complaint.removeprefix(f"error: {url}: not judged: ")


def test_an_endless_redirect(command, site) -> None:
    url = site.serve("/a", b"", 302, Location="/a")
    assert fetched(command, url) == (NOT_JUDGED, "redirected 10 times without reaching a page")


def test_a_page_that_is_not_there(command, site) -> None:
    assert fetched(command, f"{site.url}/no") == (NOT_JUDGED, "the server answered 404 Not Found")


def test_a_private_address(command, site) -> None:
    ended = command("audit", site.serve("/p", PAGE.encode()), "-q")
    assert ended.code == NOT_JUDGED
    assert ended.complaint.endswith("refused to connect to 127.0.0.1, which is not public (--allow-private lifts this)")


def test_a_refused_connection(command) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    assert fetched(command, url) == (NOT_JUDGED, "the connection was refused")


def test_a_server_that_never_answers(command, site) -> None:
    url = site.answer("/p", lambda _: time.sleep(1))
    assert fetched(command, url, "--timeout", "0.2")[0] == NOT_JUDGED


def test_an_unsupported_scheme(command) -> None:
    ended = command("audit", "ftp://example.org/page.html")
    assert ended.code == USAGE
    assert ended.complaint == "error: ftp://example.org/page.html: the scheme 'ftp' is not http or https"


def test_truncated_gzip_is_judged_for_what_it_holds(command, site) -> None:
    words = "".join(f"<p>Sentence number {n * 7919 % 9973} about sleep.</p>" for n in range(3_000))
    packed = gzip.compress(words.encode())
    url = site.serve("/p", packed[: len(packed) // 2], Content_Encoding="gzip")
    ended = command("audit", url, "--allow-private", "-q", "-o", "r.json")
    (audited,) = json.loads(Path("r.json").read_text())["pages"]
    assert (audited["completeness"], audited["reason"]) == ("truncated", "the compressed data breaks off")
    assert (ended.code, ended.err) == (0, "")


def test_a_gzip_bomb_is_not_unpacked(command, site) -> None:
    url = site.serve("/p", gzip.compress(b"a " * 3_000_000), Content_Encoding="gzip")
    command("audit", url, "--allow-private", "-q", "-o", "r.json", "--max-size", "100")
    (audited,) = json.loads(Path("r.json").read_text())["pages"]
    assert audited["completeness"] == "truncated"
    assert "decompression bomb" in audited["reason"]
    assert audited["capture"]["size"] < 4_000_000


# ------------------------------------------------------------------------------------------------------- call


@pytest.fixture
def own_policies(tmp_path: Path) -> Path:
    """A folder of policies with none in it yet."""
    folder = tmp_path / "policies"
    (folder / "packs" / "core").mkdir(parents=True)
    for shipped in asset_folder("policies").iterdir():
        if shipped.name != "packs":
            (folder / shipped.name).symlink_to(shipped)
    return folder


def test_a_broken_policy_file(command, page: Path, own_policies: Path) -> None:
    file = own_policies / "packs" / "core" / "core.broken.yaml"
    file.write_text("id: core.broken\ntitle: [unclosed\n")
    ended = command("audit", page, "--policies", own_policies)
    assert ended.code == USAGE
    assert ended.complaint.startswith(f"error: {file}:")


def test_a_policy_with_a_misspelt_field(command, page: Path, own_policies: Path) -> None:
    file = own_policies / "packs" / "core" / "core.misspelt.yaml"
    file.write_text("id: core.misspelt\nversion: '1.0'\nseverty: high\n")
    ended = command("audit", page, "--policies", own_policies)
    assert ended.code == USAGE
    assert f"error: {file}:3: severty" in ended.err


def test_a_folder_that_holds_no_policies(command, page: Path, tmp_path: Path) -> None:
    ended = command("audit", page, "--policies", tmp_path)
    assert ended.code == USAGE
    assert ended.complaint == (f"error: {tmp_path}: expected the folders packs, vocabulary, drugs, models; no packs")


def test_an_unknown_policy_id(command, page: Path) -> None:
    ended = command("audit", page, "--policy", "core.no-such-thing")
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: no policy has the id 'core.no-such-thing'")


def test_an_unknown_jurisdiction(command, page: Path) -> None:
    ended = command("audit", page, "--jurisdiction", "atlantis")
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: --jurisdiction: no policies for 'atlantis' (known: ")


def test_a_bad_date(command, page: Path) -> None:
    ended = command("audit", page, "--audit-date", "22.11.2026")
    assert ended.code == USAGE
    assert ended.complaint == "error: --audit-date: expected a day such as 2026-11-22, got '22.11.2026'"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "docx"), "--format"),
        (("--fail-on", "everything"), "--fail-on"),
        (("--kind", "pdf"), "--kind"),
        (("--max-size", "huge"), "--max-size"),
        (("--timeout", "-1"), "--timeout"),
        (("--no-such-option",), "--no-such-option"),
    ],
)
def test_an_option_that_does_not_fit(command, page: Path, words: tuple[str, ...], says: str) -> None:
    ended = command("audit", page, *words)
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: ")
    assert says in ended.complaint


def test_no_page_at_all(command) -> None:
    ended = command("audit")
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: ")


def test_an_unknown_command(command) -> None:
    ended = command("adit")
    assert (ended.code, "adit" in ended.complaint) == (USAGE, True)


def test_a_folder_as_output(command, page: Path, tmp_path: Path) -> None:
    ended = command("audit", page, "-o", tmp_path)
    assert (ended.code, ended.complaint) == (USAGE, f"error: cannot write {tmp_path}: it is a folder")


def test_an_output_in_no_folder(command, page: Path) -> None:
    ended = command("audit", page, "-o", "no/such/report.html")
    assert (ended.code, ended.complaint) == (
        USAGE,
        "error: cannot write no/such/report.html: there is no folder no/such",
    )


def test_an_output_that_cannot_be_written(command, page: Path) -> None:
    ended = command("audit", page, "-q", "-o", "/dev/full")
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: cannot write /dev/full: ")


# ---------------------------------------------------------------------------------------------- stored results


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not JSON: "),
        ("[" * 100_000, "not JSON: "),
        ("\x00\x01", "not JSON: "),
        ("[]", "not an audit result: it has no field `format`"),
        ('{"format": "9.0"}', "result format '9.0' is not one this version reads (1.1)"),
        ('{"format": "1.0"}', "not an audit result: "),
        ('{"format": "1.0", "surprise": 1}', "not an audit result: "),
    ],
)
def test_a_stored_result_that_is_none(command, tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "result.json"
    file.write_text(content)
    ended = command("report", file)
    assert ended.code == USAGE
    assert ended.complaint.startswith(f"error: {file}: {says}")


def test_a_stored_result_that_is_not_there(command) -> None:
    ended = command("report", "nowhere.json")
    assert (ended.code, ended.complaint) == (USAGE, "error: nowhere.json: No such file or directory")


def test_a_drug_that_is_not_in_the_lexicon(command) -> None:
    ended = command("drugs", "lookup", "qqqqqq")
    assert (ended.code, ended.complaint) == (USAGE, "error: no name in the drug lexicon is spelt like 'qqqqqq'")
