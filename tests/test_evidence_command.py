"""Evidence through the command: kept, verified, judged again, compared."""

from __future__ import annotations

import gzip
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

ADVERT = (
    b"<!doctype html><html lang=en><title>Ambien</title><main><h1>Order Ambien online</h1><div class=product>"
    b"<h2>Ambien (zolpidem) 10 mg</h2><p>60 tablets: $149.00</p><p>Overnight shipping to all 50 states. "
    b"No prescription required.</p><button>Add to cart</button></div></main>"
)
MENDED = ADVERT.replace(b"No prescription required", b"A valid prescription is required")
OFFER = "us.rx.controlled-offered-without-prescription"
HOLDS, FAILS, USAGE, NOT_JUDGED = 0, 1, 2, 3


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", path, "-pubout", "-out", path.with_suffix(".pub")], check=True)
    return path


def kept(command, *targets: object, case: str = "case.wacz", more: tuple[object, ...] = ()) -> None:
    words = ("-q", "--allow-private", "--fail-on", "none", "--evidence", case, "-o", f"{case}.json", *more)
    ended = command("audit", *targets, *words)
    assert (ended.code, ended.err) == (HOLDS, "")


def test_a_web_page_is_kept_as_it_came_over_the_wire(command, site) -> None:
    site.serve("/ambien", gzip.compress(ADVERT), Content_Encoding="gzip")
    url = site.serve("/", b"moved", 302, Location="/ambien")
    kept(command, url)
    with zipfile.ZipFile("case.wacz") as package:
        warc = gzip.decompress(package.read("archive/data.warc.gz"))
        manifest = json.loads(package.read("audit/manifest.json"))
    assert b"\r\nWARC-Type: request\r\n" in warc
    assert b"GET /ambien HTTP/1.1\r\n" in warc
    assert b"HTTP/1.0 200 OK\r\n" in warc
    (told,) = manifest["captures"]
    assert (told["watched"], len(told["records"])) == (True, 2)
    ended = command("verify", "case.wacz")
    assert ended.code == HOLDS
    assert ended.out.endswith("All checks hold.\n")


def test_a_signed_case(command, tmp_path: Path, key: Path) -> None:
    (tmp_path / "a.html").write_bytes(ADVERT)
    kept(command, tmp_path / "a.html", more=("--sign-key", key))
    assert command("verify", "case.wacz", "--key", key.with_suffix(".pub")).code == HOLDS
    other = tmp_path / "other.pem"
    other.write_text("-----BEGIN PUBLIC KEY-----\n")
    ended = command("verify", "case.wacz", "--key", other)
    assert (ended.code, ended.complaint) == (USAGE, f"error: --key: {other}: no Ed25519 public key in PEM form")


def test_a_changed_case(command, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(ADVERT)
    kept(command, tmp_path / "a.html")
    content = bytearray(Path("case.wacz").read_bytes())
    content[len(content) // 2] ^= 1
    Path("case.wacz").write_bytes(content)
    ended = command("verify", "case.wacz")
    assert ended.code == FAILS
    assert "NOT TO BE RELIED ON" in ended.out
    ended = command("verify", "case.wacz", "--format", "json")
    checks = {check["about"]: check["ok"] for check in json.loads(ended.out)["checks"]}
    assert (ended.code, checks["container"]) == (FAILS, False)


def test_a_case_is_judged_again(command, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(ADVERT)
    kept(command, tmp_path / "a.html")
    (tmp_path / "a.html").unlink()
    ended = command("audit", "case.wacz", "-q", "-o", "again.json")
    assert (ended.code, ended.err) == (FAILS, "")
    first, again = (json.loads(Path(name).read_text()) for name in ("case.wacz.json", "again.json"))
    assert first["findings"] == again["findings"] != []
    assert command("compare", "case.wacz", "again.json").code == HOLDS


def test_what_changed_is_told(command, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(MENDED)
    kept(command, page, case="before.wacz")
    page.write_bytes(ADVERT)
    kept(command, page, case="after.wacz")
    ended = command("compare", "before.wacz", "after.wacz")
    assert ended.code == FAILS
    assert "Pages:    1 changed\n" in ended.out
    assert f"new      critical  violation  {OFFER}" in ended.out
    assert "changed: the page\n" in ended.out
    ended = command("compare", "after.wacz", "before.wacz.json", "--format", "json")
    differences = {each["policy"]: each["difference"] for each in json.loads(ended.out)["findings"]}
    assert differences[OFFER] == "gone"


# ------------------------------------------------------------------------------------------------------ bad input


def test_evidence_is_not_written_over(command, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(ADVERT)
    Path("case.wacz").write_text("earlier evidence")
    ended = command("audit", tmp_path / "a.html", "-q", "--evidence", "case.wacz")
    assert (ended.code, Path("case.wacz").read_text()) == (USAGE, "earlier evidence")
    assert ended.complaint.endswith("it is there already, and evidence is never written over")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--evidence", "case.zip"], "--evidence: expected a file name that ends in .wacz"),
        (["--evidence", "no/such/case.wacz"], "cannot write no/such/case.wacz"),
        (["--sign-key", "key.pem"], "say with --evidence where that goes"),
        (["--evidence", "a.wacz", "--sign-key", "none.pem"], "--sign-key: none.pem: No such file or directory"),
        (["--evidence", "a.wacz", "--sign-key", "page.html"], "no unencrypted private key in PEM form"),
        (["--evidence", "a.wacz", "--tsa", "tsa.example"], "--tsa: expected the http or https address"),
    ],
)
def test_a_call_that_does_not_fit(command, words: list[str], says: str) -> None:
    Path("page.html").write_bytes(ADVERT)
    ended = command("audit", "page.html", "-q", *words)
    assert ended.code == USAGE
    assert says in ended.complaint
    assert [path.name for path in Path().iterdir()] == ["page.html"]


def test_a_key_of_another_kind(command) -> None:
    Path("page.html").write_bytes(ADVERT)
    make = "openssl genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-256 -out key.pem"
    subprocess.run(make.split(), check=True, capture_output=True)
    ended = command("audit", "page.html", "-q", "--evidence", "a.wacz", "--sign-key", "key.pem")
    assert ended.complaint.startswith("error: --sign-key: key.pem: not an Ed25519 key (openssl genpkey")


@pytest.mark.parametrize("name", ["nowhere.wacz", "page.wacz"])
def test_what_is_no_case(command, name: str) -> None:
    Path("page.wacz").write_bytes(ADVERT)
    ended = command("verify", name)
    assert ended.code == NOT_JUDGED
    assert ended.complaint.startswith(f"error: {name}: ")
    ended = command("compare", name, name)
    assert ended.code == USAGE
    assert ended.complaint.startswith(f"error: {name}: ")


def test_an_archive_that_cannot_be_read(command) -> None:
    Path("page.warc.gz").write_bytes(ADVERT)
    ended = command("audit", "page.warc.gz", "-q")
    assert ended.code == NOT_JUDGED
    assert ended.complaint.startswith("error: page.warc.gz: not judged: not a whole WARC file")
    assert command("audit", "nowhere.warc").complaint == "error: nowhere.warc: no such file or folder"


def test_without_the_libraries_it_says_what_to_install(command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio", None)
    Path("page.html").write_bytes(ADVERT)
    ended = command("audit", "page.html", "-q", "--evidence", "a.wacz")
    assert (ended.code, ended.complaint) == (
        USAGE,
        "error: evidence needs the library warcio: pip install 'health-content-auditor[evidence]'",
    )
