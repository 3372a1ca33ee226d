"""Time stamps by an authority of our own, which is openssl behind a web server on this machine."""

from __future__ import annotations

import http.server
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import OutputError, UsageError
from auditor.evidence.manifest import MANIFEST, TIME_STAMP
from auditor.evidence.seal import Sealer
from auditor.evidence.verify import verify
from tests.evidence import casework
from tests.evidence.casework import made_consistent, members, write_members

_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a root, a certificate for time stamps that it issued, and another root that did not."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "config").write_text(_CONFIG)
    (folder / "serial").write_text("01")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    for name in ("root", "other"):
        files = f"-keyout {name}.key -out {name}.pem"
        openssl(folder, f"req -x509 {key} {files} -subj /CN={name} -days 30 -config config -extensions ca")
    openssl(folder, f"req {key} -keyout tsa.key -out tsa.csr -subj /CN=tsa -config config")
    signed = "-CA root.pem -CAkey root.key -days 30 -extfile config -extensions stamping"
    openssl(folder, f"x509 -req -in tsa.csr -out tsa.pem {signed}")
    return folder


@pytest.fixture
def tsa(site, authority: Path) -> str:
    """The URL of the authority."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        (authority / "query").write_bytes(handler.rfile.read(int(handler.headers["Content-Length"])))
        openssl(authority, "ts -reply -queryfile query -out reply -config config -section here")
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.end_headers()
        handler.wfile.write((authority / "reply").read_bytes())

    return accept_posts(site, answer)


def accept_posts(site, answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> str:
    handler = site._server.RequestHandlerClass
    handler.do_POST = answer
    return f"{site.url}/tsa"


@pytest.fixture(autouse=True)
def _rules_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.audit.load_rules", casework.rules)


def stated(case: Path, roots: Path | None = None) -> tuple[bool | None, str]:
    (check,) = (check for check in verify(case, tsa_roots=roots).checks if check.about == "time stamp")
    return check.ok, check.says


def test_a_stamped_case(tmp_path: Path, tsa: str, authority: Path) -> None:
    case = casework.write_case(tmp_path / "case.wacz", Sealer(tsa=tsa))
    ok, says = stated(case, authority / "root.pem")
    assert (ok, says[-5:]) == (True, "holds")
    assert stated(case)[0] is None  # whose it is was not checked
    assert stated(case, authority / "other.pem")[0] is False
    for name in (MANIFEST, TIME_STAMP):
        (tmp_path / Path(name).name).write_bytes(members(case)[name])
    check = f"ts -verify -data manifest.json -in manifest.json.tsr -CAfile {authority / 'root.pem'}"
    openssl(tmp_path, check)


def test_a_stamp_of_other_content_is_told(tmp_path: Path, tsa: str) -> None:
    case = casework.write_case(tmp_path / "case.wacz", Sealer(tsa=tsa))
    content = members(case)
    moved = made_consistent(
        content | {MANIFEST: content[MANIFEST].replace(b'"created_at": "2026', b'"created_at": "2025')}
    )
    assert stated(write_members(tmp_path / "moved.wacz", moved)) == (False, "the time stamp is of other content")
    broken = made_consistent(content | {TIME_STAMP: b"\x30\x03\x02\x01\x00"})
    assert stated(write_members(tmp_path / "broken.wacz", broken))[0] is False


def test_a_stamp_taken_away_is_told_to_who_expects_one(tmp_path: Path, authority: Path) -> None:
    case = casework.write_case(tmp_path / "case.wacz")
    assert stated(case)[0] is None
    assert stated(case, authority / "root.pem")[0] is False


def test_without_a_time_stamp_the_case_is_written_and_the_failure_told(tmp_path: Path, site) -> None:
    def refuse(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_error(503)

    target = tmp_path / "case.wacz"
    with pytest.raises(OutputError, match=r"no time stamp from .* is written without it"):
        casework.write_case(target, Sealer(tsa=accept_posts(site, refuse)))
    assert verify(target).holds


def test_an_authority_that_answers_something_else(tmp_path: Path, site, authority: Path) -> None:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"hello")

    with pytest.raises(OutputError, match="no time stamp"):
        casework.write_case(tmp_path / "case.wacz", Sealer(tsa=accept_posts(site, answer)))


@pytest.mark.parametrize("address", ["ftp://tsa.example/", "tsa.example", ""])
def test_an_address_that_is_none(address: str) -> None:
    if not address:
        assert Sealer(tsa=address).time_stamp(b"x") == {}
        return
    with pytest.raises(UsageError, match="--tsa"):
        Sealer(tsa=address)
