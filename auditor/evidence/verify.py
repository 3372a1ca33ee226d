"""Checking a case: that nothing was changed, who made it when, and that every finding comes out again.

Each check says in one line what it found. A case that fails one is not to be relied on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.errors import CaptureError
from auditor.evidence.checks import Check, Verification, some
from auditor.evidence.intact import container, files, signature, time_stamp
from auditor.evidence.manifest import MANIFEST
from auditor.evidence.opened import Package, open_package
from auditor.evidence.rederived import audited, captures_again, judged_again, listed, made_of, unaudited


def verify(path: Path, key: Path | None = None, tsa_roots: Path | None = None) -> Verification:
    """Checks a case.

    Args:
        path: the WACZ file.
        key: the public key that must have signed it.
        tsa_roots: certificates, one of which must vouch for the time stamp.

    Raises:
        CaptureError: it cannot be read as a case at all.
        UsageError: `key` or `tsa_roots` cannot be used.
    """
    with open_package(path) as package:
        if not package.is_case:
            raise CaptureError(f"{path}: a WACZ file, but not a case of this tool: it has no {MANIFEST}")
        return Verification(case=str(path), checks=tuple(_checks(package, key, tsa_roots)))


def _checks(package: Package, key: Path | None, tsa_roots: Path | None) -> Iterator[Check]:
    try:
        manifest = package.manifest()
        yield from files(package, manifest)
        yield container(package)
        yield signature(package, key)
        yield time_stamp(package, tsa_roots)
        report = package.report()
        captures, faults = captures_again(package, manifest)
        yield Check(about="captures", ok=not faults, says=some(faults) or made_of(manifest))
        yield audited(report, manifest)
        yield listed(package, report, manifest)
        yield unaudited(package, manifest)
        if not faults:
            yield from judged_again(package, report, captures)
    except CaptureError as error:
        yield Check(about="reading", ok=False, says=str(error))
