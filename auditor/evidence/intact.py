"""Whether a case is as it was written, and by whom and when it was."""

from __future__ import annotations

import filecmp
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auditor.errors import CaptureError
from auditor.evidence.checks import Check, some
from auditor.evidence.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, TIME_STAMP, KeptFile, Manifest
from auditor.evidence.opened import Package
from auditor.evidence.package import DATAPACKAGE, DATAPACKAGE_DIGEST, kept_file, pack
from auditor.evidence.seal import SealError, check_signature, check_time_stamp

_SEALS = frozenset({SIGNATURE, PUBLIC_KEY, TIME_STAMP})
_SELF = frozenset({MANIFEST, DATAPACKAGE, DATAPACKAGE_DIGEST})


def files(package: Package, manifest: Manifest) -> Iterator[Check]:
    """Whether each file has the hash that the manifest and the package state, and no file is unlisted."""
    listed = {file.path: file for file in manifest.files}
    faults = _differences(package, listed)
    faults += [f"{name} is not in the manifest" for name in package.names if name not in {*listed, *_SEALS, *_SELF}]
    yield Check(about="files", ok=not faults, says=some(faults) or f"{len(listed)} are as the manifest says")
    described = _described(package)
    faults = _differences(package, described)
    faults += [
        f"{name} is not in {DATAPACKAGE}"
        for name in package.names
        if name not in {*described, DATAPACKAGE, DATAPACKAGE_DIGEST}
    ]
    faults += [] if _digest_holds(package) else [f"{DATAPACKAGE} is not as {DATAPACKAGE_DIGEST} says"]
    yield Check(about="package", ok=not faults, says=some(faults) or f"{len(described)} files as the package says")


def _differences(package: Package, listed: dict[str, KeptFile]) -> list[str]:
    faults = []
    for name, file in listed.items():
        try:
            if kept_file(name, package.extracted(name)) != file:
                faults.append(f"{name} was changed")
        except CaptureError as error:
            faults.append(str(error))
    return faults


def _described(package: Package) -> dict[str, KeptFile]:
    try:
        resources = json.loads(package.read(DATAPACKAGE))["resources"]
        return {
            each["path"]: KeptFile(path=each["path"], size=each["bytes"], sha256=each["hash"].removeprefix("sha256:"))
            for each in resources
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CaptureError(f"{DATAPACKAGE} in the package is not what a WACZ file has") from error


def _digest_holds(package: Package) -> bool:
    expected = f"sha256:{hashlib.sha256(package.read(DATAPACKAGE)).hexdigest()}"
    try:
        return bool(json.loads(package.read(DATAPACKAGE_DIGEST)) == {"path": DATAPACKAGE, "hash": expected})
    except (ValueError, RecursionError):
        return False


def container(package: Package) -> Check:
    """Whether the file is, byte by byte, what this tool makes of what is in it."""
    again = package.folder / "again.wacz"
    try:
        with again.open("wb") as stream:
            pack(stream, {name: package.extracted(name) for name in package.names})
        same = filecmp.cmp(again, package.path, shallow=False)
    except (CaptureError, OSError, zipfile.LargeZipFile):
        same = False
    says = "byte by byte as it was written" if same else "the ZIP around the files was changed, or packed anew"
    return Check(about="container", ok=same, says=says)


# ------------------------------------------------------------------------------------------ by whom and when


def signature(package: Package, key: Path | None) -> Check:
    """Whether the manifest is signed, by `key` when one is given."""
    about = "signature"
    if SIGNATURE not in package.names or PUBLIC_KEY not in package.names:
        partly = SIGNATURE in package.names or PUBLIC_KEY in package.names
        says = "not signed: nothing shows who made it, or that it was not made anew as a whole"
        return Check(about=about, ok=False if key or partly else None, says=says)
    try:
        fingerprint = check_signature(package.read(MANIFEST), package.read(SIGNATURE), package.read(PUBLIC_KEY), key)
    except SealError as error:
        return Check(about=about, ok=False, says=str(error))
    whose = "the key that was given" if key else "a key that was not compared with a known one (--key)"
    return Check(about=about, ok=True, says=f"holds, by {whose}; SHA-256 of the key {fingerprint}")


def time_stamp(package: Package, roots: Path | None) -> Check:
    """Whether the manifest is time-stamped, by whom `roots` vouch for when they are given."""
    about = "time stamp"
    if TIME_STAMP not in package.names:
        return Check(about=about, ok=False if roots else None, says="none: the times are those of the machine")
    try:
        moment, vouched = check_time_stamp(package.read(MANIFEST), package.read(TIME_STAMP), roots)
    except SealError as error:
        return Check(about=about, ok=False, says=str(error))
    stated = moment.strftime("%Y-%m-%d %H:%M:%S UTC")
    says = "holds" if vouched else "of this manifest, but who gave it was not checked (--tsa-root)"
    return Check(about=about, ok=True if vouched else None, says=f"{stated}, {says}")
