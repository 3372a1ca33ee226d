"""The WARC file of a case: readable by others, the same bytes for the same exchanges, whole after a kill."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from auditor.errors import CaptureError
from auditor.evidence.exchange import Exchange
from auditor.evidence.records import read_records
from auditor.evidence.warcfile import WarcFile
from tests.evidence.casework import BEGAN, HOME, PAGE, SHOP, TWIN, exchange, exchanges


def written(path: Path, *made: Exchange) -> Path:
    with WarcFile(path) as warc:
        for each in made:
            warc.append(each)
    return path


def read_by_warcio(path: Path) -> list[tuple[str, str | None, bytes]]:
    with path.open("rb") as stream:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
            for record in ArchiveIterator(stream, no_record_parse=True)
        ]


def test_request_and_response_stand_as_they_were(tmp_path: Path) -> None:
    made = exchanges()[2]
    info, response, request = read_by_warcio(written(tmp_path / "a.warc.gz", made))
    assert info[0] == "warcinfo"
    assert b"health-content-auditor" in info[2]
    assert response == ("response", PAGE, made.response + made.body)
    assert request == ("request", PAGE, made.request)


def test_chunk_framing_that_is_off_is_not_claimed(tmp_path: Path) -> None:
    made = exchange(PAGE, SHOP, transfer_encoding="chunked")
    _, (_, _, block), _ = read_by_warcio(written(tmp_path / "a.warc.gz", made))
    assert block == b"HTTP/1.1 200 OK\r\nX-Orig-transfer-encoding: chunked\r\n\r\n" + SHOP


def test_all_digests_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.warc.gz", *exchanges())
    checker = Checker(type("Call", (), {"inputs": [str(path)], "verbose": True}))
    checker.process_all()
    assert checker.exit_value == 0
    assert capsys.readouterr().out.count("digest pass") == 8


def test_a_body_met_before_is_kept_once(tmp_path: Path) -> None:
    with WarcFile(tmp_path / "a.warc.gz") as warc:
        for each in exchanges():
            warc.append(each)
        (first,), (second,) = warc.answers(PAGE), warc.answers(TWIN)
        original, revisit = warc.read(first), warc.read(second)
    assert (original.type, revisit.type) == ("response", "revisit")
    assert gzip.decompress(original.body) == gzip.decompress(revisit.body) == SHOP
    with (tmp_path / "a.warc.gz").open("rb") as stream:
        (repeated,) = (record for record in ArchiveIterator(stream) if record.rec_type == "revisit")
    fields = repeated.rec_headers
    assert fields.get_header("WARC-Refers-To-Target-URI") == PAGE
    assert fields.get_header("WARC-Refers-To-Date") == original.date.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert fields.get_header("WARC-Refers-To") == original.id
    assert fields.get_header("WARC-Profile").endswith("/1.1/revisit/identical-payload-digest")


def test_the_same_exchanges_make_the_same_bytes(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name, *exchanges()) for name in ("a.warc.gz", "b.warc.gz"))
    assert one.read_bytes() == other.read_bytes()


def test_an_exchange_without_an_answer_is_kept_with_its_reason(tmp_path: Path) -> None:
    lost = Exchange("http://gone.example/", BEGAN, b"GET / HTTP/1.1\r\n\r\n", error="the connection\r\nwas reset")
    _, failure, request = read_by_warcio(written(tmp_path / "a.warc.gz", lost))
    assert failure == ("metadata", lost.url, b"fetch-error: the connection was reset\r\n")
    assert request[:2] == ("request", lost.url)


def test_a_url_is_found_without_fragment_and_password(tmp_path: Path) -> None:
    with WarcFile(tmp_path / "a.warc.gz") as warc:
        warc.append(exchange(PAGE, SHOP))
        assert len(warc.answers("http://me:secret@shop.example/ambien#top")) == 1
        assert warc.answers(HOME) == []


def test_several_threads_may_write(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcFile(path) as warc:
        urls = [[f"http://shop.example/{thread}/{number}" for number in range(20)] for thread in range(8)]

        def write(batch: list[str]) -> None:
            for url in batch:
                warc.append(exchange(url, url.encode()))

        threads = [threading.Thread(target=write, args=(batch,)) for batch in urls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with path.open("rb") as stream:
        found = {record.url: record.body for record in read_records(stream, 1000)}
    assert found == {url: url.encode() for batch in urls for url in batch}


# ---------------------------------------------------------------------------------------------------- cut short


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere_is_read_and_goes_on(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    folder = tmp_path_factory.mktemp("cut")
    whole = written(folder / "whole.warc.gz", *exchanges()).read_bytes()
    path = folder / "cut.warc.gz"
    path.write_bytes(whole[: int(len(whole) * share)])
    with WarcFile(path) as warc:
        kept = [each.url for each in exchanges() if warc.answers(each.url)]
        warc.append(exchange("http://shop.example/more", b"more", number=9))
        (place,) = warc.answers("http://shop.example/more")
        assert warc.read(place).body == b"more"
    assert kept == [each.url for each in exchanges()][: len(kept)]
    types = [record[0] for record in read_by_warcio(path)]  # raises for a record that is not whole
    assert types[0] == "warcinfo"
    assert types[-2:] == ["response", "request"]


_WRITER = """
import sys
from pathlib import Path
from auditor.evidence.warcfile import WarcFile
from tests.evidence.casework import exchange
warc = WarcFile(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(1_000_000):
    warc.append(exchange(f"http://shop.example/{number}", str(number).encode() * 5000, number=number % 50))
"""


@pytest.mark.parametrize("wait", [0.05, 0.12, 0.21])
def test_a_killed_writer_leaves_whole_records(tmp_path: Path, wait: float) -> None:
    path = tmp_path / "a.warc.gz"
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, path], stdout=subprocess.PIPE)
    assert writer.stdout
    writer.stdout.readline()
    time.sleep(wait)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with WarcFile(path) as warc:
        warc.append(exchange("http://shop.example/after", b"after"))
    with path.open("rb") as stream:
        *before, last = read_records(stream, 10_000_000)
    assert [record.url for record in before] == [f"http://shop.example/{number}" for number in range(len(before))]
    assert all(record.body == str(number).encode() * 5000 for number, record in enumerate(before))
    assert last.body == b"after"


def test_a_place_without_a_record(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", *exchanges())
    with WarcFile(path) as warc:
        for place in (7, 10_000_000):
            with pytest.raises(CaptureError):
                warc.read(place)
