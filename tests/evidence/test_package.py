"""The package as others read it: the public validator, an index look-up with warcio, and pywb where it is installed."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from auditor.assets import asset_folder
from auditor.audit import Auditor
from auditor.errors import OutputError
from auditor.evidence.case import Case
from auditor.evidence.manifest import Config
from auditor.evidence.package import PAGES
from auditor.evidence.seal import Sealer
from auditor.evidence.warcfile import WarcFile
from auditor.sources.build import failed_capture
from tests.evidence import casework
from tests.evidence.casework import ADVICE, HOME, PAGE, SHOP, TWIN, members


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return casework.write_case(tmp_path_factory.mktemp("case") / "case.wacz")


def validated(path: Path) -> tuple[int, str]:
    words = [sys.executable, "-m", "wacz", "validate", "-f", path]
    ended = subprocess.run(words, capture_output=True, check=False, text=True)
    return ended.returncode, ended.stdout.splitlines()[-1]


def test_the_public_validator_accepts_it(case: Path) -> None:
    assert validated(case) == (0, "Validation succeeded, the passed WACZ is valid")


def test_the_public_validator_tells_a_changed_one(case: Path, tmp_path: Path) -> None:
    changed = members(case) | {PAGES: b"{}\n"}
    assert validated(casework.write_members(tmp_path / "case.wacz", changed))[1].startswith("Validation failed")


def looked_up(case: Path, url: str) -> tuple[str, bytes]:
    """Status and content of a URL, found as a player finds it: index of the index, block, line, place in the file."""
    with zipfile.ZipFile(case) as package:
        blocks = package.read("indexes/index.cdx.gz")
        lines = []
        for line in package.read("indexes/index.idx").decode().splitlines():
            if not line.startswith("!meta"):
                place = json.loads(line.split(" ", 2)[2])
                lines += gzip.decompress(blocks[place["offset"] : place["offset"] + place["length"]]).splitlines()
        assert lines == sorted(lines)
        entries = [json.loads(line.split(b" ", 2)[2]) for line in lines]
        (entry,) = (each for each in entries if each["url"] == url)
        warc = package.read(f"archive/{entry['filename']}")
    start = int(entry["offset"])
    record = next(ArchiveIterator(io.BytesIO(warc[start : start + int(entry["length"])])))
    if record.rec_type == "revisit":
        return looked_up(case, record.rec_headers.get_header("WARC-Refers-To-Target-URI"))
    return entry.get("status", ""), record.content_stream().read()


@pytest.mark.parametrize(
    ("url", "status", "content"),
    [
        (HOME, "302", b"moved"),
        (PAGE, "200", SHOP),
        (TWIN, "200", SHOP),
        ("http://shop.example/robots.txt", "404", b""),
        ("file:///pages/advice.html", "", ADVICE),
    ],
)
def test_pages_are_found_by_the_index(case: Path, url: str, status: str, content: bytes) -> None:
    assert looked_up(case, url) == (status, content)


def test_the_list_of_pages(case: Path) -> None:
    header, *pages = map(json.loads, members(case)[PAGES].splitlines())
    assert header["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"], page["title"]) for page in pages] == [
        (PAGE, "2026-11-22T09:30:02Z", "Ambien"),
        (TWIN, "2026-11-22T09:30:03Z", "Ambien"),
        ("file:///pages/advice.html", "2026-11-22T09:30:30Z", "Sleep"),
    ]


def test_pywb_replays_it(case: Path, tmp_path: Path) -> None:
    if not (shutil.which("wayback") and shutil.which("wb-manager")):
        pytest.skip("pywb is not installed (pip install pywb, in an environment of its own: it replaces brotli)")
    for words in (["init", "c"], ["add", "--unpack-wacz", "c", case]):
        subprocess.run(["wb-manager", *words], cwd=tmp_path, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for url, moment in ((PAGE, "20261122093002"), (TWIN, "20261122093003")):
            assert fetched(f"http://127.0.0.1:{port}/c/{moment}id_/{url}") == SHOP
    finally:
        server.terminate()
        server.wait()


def fetched(url: str) -> bytes:
    for _ in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=10) as answer:
            return bytes(answer.read())
        time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


# ---------------------------------------------------------------------------------------------------- being written


def unfinished(target: Path) -> tuple[Auditor, Case]:
    auditor = Auditor(casework.shipped(), audit_date=casework.DAY)
    return auditor, Case(target, Config.of(auditor), asset_folder("policies"), Sealer())


def test_evidence_is_never_written_over(case: Path) -> None:
    before = case.read_bytes()
    with pytest.raises(OutputError, match="never written over"):
        unfinished(case)
    assert case.read_bytes() == before


def test_an_interrupted_run_keeps_what_it_got_and_goes_on(tmp_path: Path) -> None:
    target = tmp_path / "case.wacz"
    left = tmp_path / "case.wacz.recording" / "data.warc.gz"
    left.parent.mkdir()
    with WarcFile(left) as warc:
        for made in casework.exchanges():
            warc.append(made)
    left.write_bytes(left.read_bytes() + b"\x1f\x8b torn")
    auditor, second = unfinished(target)
    report = auditor.run_captures(casework.captures(), after_each=lambda page: second.keep(page.capture))
    second.finish(report)
    assert looked_up(target, PAGE) == ("200", SHOP)
    assert [path.name for path in tmp_path.iterdir()] == ["case.wacz"]


def test_an_audit_of_which_nothing_could_be_had(tmp_path: Path) -> None:
    auditor, case = unfinished(tmp_path / "case.wacz")
    lost = failed_capture("http://gone.example/", "http://gone.example/", "the host name does not resolve")
    case.finish(auditor.run_captures([lost], after_each=lambda page: case.keep(page.capture)))
    assert validated(tmp_path / "case.wacz")[0] == 0
