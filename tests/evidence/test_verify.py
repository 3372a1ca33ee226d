"""A case that was not touched holds; whatever is done to one is told."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor import __version__
from auditor.assets import asset_folder
from auditor.errors import CaptureError
from auditor.evidence.manifest import CONFIG, MANIFEST, PUBLIC_KEY, RESULT, RULES, SIGNATURE, WARC
from auditor.evidence.package import INDEX, PAGES
from auditor.evidence.seal import Sealer
from auditor.evidence.verify import verify
from tests.evidence import casework
from tests.evidence.casework import made_consistent, members, places, with_json, with_result, write_members

Content = dict[str, bytes]


@pytest.fixture(autouse=True)
def _rules_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.audit import load_rules

    monkeypatch.setattr(
        "auditor.audit.load_rules", lambda folder=None: load_rules(folder) if folder else casework.shipped()
    )


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two key pairs: ours and theirs."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", folder / name], check=True)
        subprocess.run(["openssl", "pkey", "-in", folder / name, "-pubout", "-out", folder / f"{name}.pub"], check=True)
    return folder


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    return casework.write_case(tmp_path_factory.mktemp("signed") / "case.wacz", Sealer(keys / "ours"))


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return casework.write_case(tmp_path_factory.mktemp("unsigned") / "case.wacz")


def failed(path: Path, key: Path | None = None) -> set[str]:
    """The checks that fail; `unreadable` when it cannot even be read."""
    try:
        return {check.about for check in verify(path, key).checks if check.ok is False}
    except CaptureError:
        return {"unreadable"}


# ------------------------------------------------------------------------------------------------------ untouched


def test_an_untouched_case_holds(signed: Path, keys: Path) -> None:
    verification = verify(signed, keys / "ours.pub")
    assert verification.holds
    said = {check.about: check.says for check in verification.checks}
    assert said["captures"] == "2 from what went over the wire, 1 from their content alone, 1 could not be had"
    assert said["findings"].startswith("all ")
    assert said["signature"].startswith("holds, by the key that was given")
    assert said["archive"].startswith("1 answers belong to no audited page")


def test_the_same_captures_make_the_same_bytes(unsigned: Path, tmp_path: Path) -> None:
    again = casework.write_case(tmp_path / "case.wacz")
    assert again.read_bytes() == unsigned.read_bytes()


def test_a_case_is_judged_by_the_policies_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(asset_folder("policies"), folder)
    policy = folder / "packs" / "us.rx" / "us.rx.controlled-offered-without-prescription.yaml"
    policy.write_text(policy.read_text().replace("title: ", "title: By our own rules, ", 1))
    case = casework.write_case(tmp_path / "case.wacz", policies=folder)
    shutil.rmtree(folder)
    verification = verify(case)
    said = {check.about: check.says for check in verification.checks}
    assert verification.holds
    assert said["policies"].endswith("which are not those installed here")


def test_another_version_of_the_auditor_is_told(unsigned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.evidence.rederived.__version__", "99.0")
    said = {check.about: check.says for check in verify(unsigned).checks}
    assert said["auditor"] == f"made with version {__version__}; others are installed here, and may find otherwise"


def test_another_version_of_what_reads_pages_is_told(unsigned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = json.loads(members(unsigned)[CONFIG])
    monkeypatch.setattr("auditor.evidence.rederived.installed_libraries", lambda: {"selectolax": "9.9"})
    said = {check.about: check.says for check in verify(unsigned).checks}
    assert said["auditor"].startswith(f"made with selectolax {config['libraries']['selectolax']}; ")


# -------------------------------------------------------------------------------------------------- bytes flipped


@pytest.mark.parametrize("place", range(24))
def test_a_flipped_byte_is_told(unsigned: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(unsigned.read_bytes())
    content[list(places(len(content), 24))[place]] ^= 0x01
    case = tmp_path / "case.wacz"
    case.write_bytes(content)
    assert failed(case)


_NAMES = [
    WARC,
    INDEX,
    "indexes/index.idx",
    PAGES,
    RESULT,
    CONFIG,
    RULES,
    MANIFEST,
    SIGNATURE,
    PUBLIC_KEY,
    "datapackage.json",
    "datapackage-digest.json",
]


def test_these_are_all_the_files(signed: Path) -> None:
    assert list(members(signed)) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_a_changed_file_is_told(signed: Path, tmp_path: Path, name: str) -> None:
    content = members(signed)
    changed = bytearray(content[name])
    changed[len(changed) // 2] ^= 0x20
    assert failed(write_members(tmp_path / "case.wacz", content | {name: bytes(changed)}))


@pytest.mark.parametrize("name", _NAMES)
def test_a_missing_file_is_told(signed: Path, tmp_path: Path, keys: Path, name: str) -> None:
    content = members(signed)
    del content[name]
    assert failed(write_members(tmp_path / "case.wacz", content), keys / "ours.pub")


@pytest.mark.parametrize("part", range(1, 6))
def test_a_case_cut_short_is_told(unsigned: Path, tmp_path: Path, part: int) -> None:
    content = unsigned.read_bytes()
    case = tmp_path / "case.wacz"
    case.write_bytes(content[: len(content) * part // 6])
    assert failed(case) == {"unreadable"}


@pytest.mark.parametrize(("before", "after"), [(b"x", b""), (b"", b"x"), (b"PK\3\4", b""), (b"", b"\0" * 22)])
def test_bytes_around_the_package_are_told(unsigned: Path, tmp_path: Path, before: bytes, after: bytes) -> None:
    case = tmp_path / "case.wacz"
    case.write_bytes(before + unsigned.read_bytes() + after)
    assert failed(case)


# -------------------------------------------------------------------------------------------------- packed anew


def repacked(content: Content, target: Path, compression: int, comment: bytes = b"") -> Path:
    with zipfile.ZipFile(target, "w", compression) as archive:
        archive.comment = comment
        for name, body in content.items():
            archive.writestr(name, body)
    return target


def test_packing_anew_is_told(unsigned: Path, tmp_path: Path) -> None:
    content = members(unsigned)
    assert failed(repacked(content, tmp_path / "a.wacz", zipfile.ZIP_DEFLATED)) == {"container"}
    assert failed(repacked(content, tmp_path / "b.wacz", zipfile.ZIP_STORED, b"hello")) == {"container"}
    with zipfile.ZipFile(tmp_path / "b.wacz", "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(RESULT, content[RESULT])
    assert failed(tmp_path / "b.wacz") == {"unreadable"}


@pytest.mark.parametrize("name", ["audit/more.txt", "../escape.txt", "/etc/passwd", "archive\\x", "C:/x"])
def test_another_file_is_told(unsigned: Path, tmp_path: Path, name: str) -> None:
    content = members(unsigned)
    assert failed(write_members(tmp_path / "case.wacz", content | {name: b"more"}))


def test_a_forbidden_name_is_not_read(unsigned: Path, tmp_path: Path) -> None:
    case = write_members(tmp_path / "case.wacz", members(unsigned) | {"../escape.txt": b"more"})
    with pytest.raises(CaptureError, match="leads out of it"):
        verify(case)


# ------------------------------------------------------------------------- edited, and all the hashes made to fit


def first_finding(result: dict[str, Any]) -> dict[str, Any]:
    return next(page for page in result["pages"] if page["findings"])["findings"][0]


def _drop_finding(result: dict[str, Any]) -> None:
    next(page for page in result["pages"] if page["findings"])["findings"].pop()


def _add_finding(result: dict[str, Any]) -> None:
    result["pages"][2]["findings"].append(first_finding(result))


def _edit_quote(result: dict[str, Any]) -> None:
    first_finding(result)["evidence"][0]["quote"] += "!"


def _swap_pages(result: dict[str, Any]) -> None:
    result["pages"][0], result["pages"][2] = result["pages"][2], result["pages"][0]


def _pass_everything(result: dict[str, Any]) -> None:
    for outcome in result["pages"][0]["results"]:
        outcome["outcome"] = "pass"


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a finding dropped": _drop_finding,
    "a finding added": _add_finding,
    "a quote edited": _edit_quote,
    "a quote moved": lambda result: first_finding(result)["evidence"][0].update(start=0),
    "a severity": lambda result: first_finding(result).update(severity="low"),
    "an outcome": lambda result: first_finding(result).update(outcome="review"),
    "a confidence": lambda result: first_finding(result).update(confidence=1.0),
    "a statement": lambda result: first_finding(result).update(statement="They sell poison."),
    "a law": lambda result: first_finding(result).update(authority=[]),
    "a fingerprint": lambda result: first_finding(result).update(fingerprint="0" * 16),
    "a page dropped": lambda result: result["pages"].pop(0),
    "the pages swapped": _swap_pages,
    "a page twice": lambda result: result["pages"].append(result["pages"][0]),
    "a verdict": lambda result: result["pages"][0].update(verdict="No violation found."),
    "the passes": _pass_everything,
    "the text": lambda result: result["pages"][0].update(text=result["pages"][0]["text"].upper()),
    "the title": lambda result: result["pages"][0].update(title="Another"),
    "an address": lambda result: result["pages"][0].update(url="http://other.example/"),
    "a capture": lambda result: result["pages"][0]["capture"].update(status=404),
    "the day": lambda result: result.update(audit_date="2020-01-01"),
    "the version": lambda result: result.update(auditor="0.0.1"),
    "the moment": lambda result: result.update(created_at="2020-01-01T00:00:00Z"),
    "the policies": lambda result: result["policies"].pop(),
    "the digest of policies": lambda result: result.update(policies_sha256="0" * 64),
    "the jurisdictions": lambda result: result.update(jurisdictions_requested=["uk", "us"]),
    "no result": lambda result: result.clear(),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_result_is_told(unsigned: Path, tmp_path: Path, edit: str) -> None:
    content = with_result(members(unsigned), EDITS[edit])
    found = failed(write_members(tmp_path / "case.wacz", content))
    assert found
    assert not found & {"files", "package", "container"}  # the cover-up was good: the judgement itself gave it away


def _edited_page(content: Content) -> Content:
    """The shop's words changed in the archive, and its hash in the manifest and the result."""
    warc = content[WARC].replace(b"", b"")
    return made_consistent(content | {WARC: _other_warc(warc)})


def _other_warc(warc: bytes) -> bytes:
    plain = gzip.decompress(warc)
    return gzip.compress(plain.replace(casework.ADVICE, casework.ADVICE.replace(b"early", b"laten")), mtime=0)


def _other_policy(content: Content, old: bytes, new: bytes, name: str) -> Content:
    target = io.BytesIO()
    changed = 0
    with zipfile.ZipFile(io.BytesIO(content[RULES])) as rules, zipfile.ZipFile(target, "w") as made:
        for member in rules.namelist():
            body = rules.read(member)
            changed += member.endswith(name) and old in body
            made.writestr(member, body.replace(old, new) if member.endswith(name) else body)
    assert changed
    return made_consistent(content | {RULES: target.getvalue()})


def _captures(edit: Callable[[list[dict[str, Any]]], object]) -> Callable[[Content], Content]:
    return lambda content: with_json(content, MANIFEST, lambda manifest: edit(manifest["captures"]))


def _both(edit: Callable[[dict[str, Any]], object], number: int) -> Callable[[Content], Content]:
    """A capture edited in the manifest and in the result alike."""
    return lambda content: with_result(
        with_json(content, MANIFEST, lambda manifest: edit(manifest["captures"][number]["capture"])),
        lambda result: edit(result["pages"][number]["capture"]),
    )


def _page_left_out(content: Content) -> Content:
    """The saved page out of manifest, result and list of pages: only the archive still has it."""
    content = with_result(content, lambda result: result["pages"].pop(2))
    content = content | {PAGES: b"".join(content[PAGES].splitlines(keepends=True)[:3])}
    return with_json(content, MANIFEST, lambda manifest: manifest["captures"].pop(2))


OFFER = "us.rx.controlled-offered-without-prescription.yaml"
FORGERIES: dict[str, Callable[[Content], Content]] = {
    "the page": _edited_page,
    "a policy": lambda content: _other_policy(content, b"severity: critical", b"severity: low", OFFER),
    "a broken policy": lambda content: _other_policy(content, b"severity:", b"svrty:", OFFER),
    "a wording": lambda content: _other_policy(content, b"zolpidem", b"zolpidam", "sedatives.yaml"),
    "no policies": lambda content: made_consistent(content | {RULES: b""}),
    "the day asked for": lambda content: with_json(content, CONFIG, lambda each: each.update(audit_date="2020-01-01")),
    "the jurisdictions": lambda content: with_json(content, CONFIG, lambda each: each.update(jurisdictions=["uk"])),
    "the policies asked for": lambda content: with_json(
        content, CONFIG, lambda each: each.update(policies=[OFFER.removesuffix(".yaml")])
    ),
    "the limits": lambda content: with_json(content, CONFIG, lambda each: each["sources"].update(max_download=50)),
    "no configuration": lambda content: made_consistent(content | {CONFIG: b"{}"}),
    "the list of pages": lambda content: made_consistent(content | {PAGES: content[PAGES][:-20]}),
    "a capture dropped": _captures(lambda captures: captures.pop(0)),
    "captures swapped": _captures(lambda captures: captures.insert(0, captures.pop())),
    "another record": _captures(lambda captures: captures[0].update(records=captures[2]["records"], watched=False)),
    "no record": _captures(lambda captures: captures[0].update(records=[])),
    "a record that is none": _captures(lambda captures: captures[0].update(records=[7])),
    "a status": _both(lambda capture: capture.update(status=203), 0),
    "a header": _both(lambda capture: capture.update(headers=[["Server", "x"]]), 0),
    "no redirect": _both(lambda capture: capture.update(redirects=[]), 0),
    "what was asked": _both(lambda capture: capture.update(url="http://other.example/"), 1),
    "the time of a fetch": _both(lambda capture: capture.update(captured_at="2020-01-01T00:00:00Z"), 0),
    "the time of a file": _both(lambda capture: capture.update(captured_at="2026-11-22T09:30:31Z"), 2),
    "its completeness": _both(lambda capture: capture.update(completeness="truncated"), 2),
    "a page left out": _page_left_out,
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_case_is_told(unsigned: Path, tmp_path: Path, forgery: str) -> None:
    assert failed(write_members(tmp_path / "case.wacz", FORGERIES[forgery](members(unsigned))))


# -------------------------------------------------------------------------------------------------------- signed


def test_a_case_made_anew_is_told_by_its_signature(signed: Path, tmp_path: Path, keys: Path) -> None:
    forged = with_result(members(signed), lambda result: result.update(command="auditor audit something-else"))
    case = write_members(tmp_path / "case.wacz", forged)
    assert failed(case) == {"signature"}
    stripped = made_consistent({name: body for name, body in forged.items() if name not in (SIGNATURE, PUBLIC_KEY)})
    case = write_members(tmp_path / "stripped.wacz", stripped)
    assert failed(case) == set()  # consistent in itself, as anybody can make one: it says that it is not signed
    assert failed(case, keys / "ours.pub") == {"signature"}


def test_a_case_signed_by_another_is_told(tmp_path: Path, keys: Path) -> None:
    case = casework.write_case(tmp_path / "case.wacz", Sealer(keys / "theirs"))
    assert failed(case) == set()
    assert failed(case, keys / "ours.pub") == {"signature"}


def test_openssl_checks_the_signature_too(signed: Path, tmp_path: Path) -> None:
    for name in (MANIFEST, SIGNATURE, PUBLIC_KEY):
        (tmp_path / Path(name).name).write_bytes(members(signed)[name])
    check = "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.json.sig"
    ended = subprocess.run(check.split(), cwd=tmp_path, capture_output=True, check=False, text=True)
    assert (ended.returncode, ended.stdout) == (0, "Signature Verified Successfully\n")


def test_what_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="not a WACZ file"):
        verify(write_text(tmp_path / "a.wacz", "hello"))
    with pytest.raises(CaptureError, match="not a case of this tool"):
        verify(write_members(tmp_path / "b.wacz", {"datapackage.json": json.dumps({}).encode()}))
    with pytest.raises(CaptureError, match="no such file"):
        verify(tmp_path / "c.wacz")


def write_text(path: Path, content: str) -> Path:
    path.write_text(content)
    return path
