"""Which reader a dump needs, told from its content."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

from auditor.drugbuild.dailymed import read_dailymed
from auditor.drugbuild.openfda import read_openfda
from auditor.drugbuild.records import Dump
from auditor.drugbuild.rxnorm import read_rxnorm
from auditor.drugbuild.unii import read_unii
from auditor.errors import UsageError

_KNOWN = "openFDA NDC (JSON), RxNorm (RXNCONSO.RRF), UNII (tab-separated), DailyMed labels (XML)"


def read_dump(path: Path, day: dt.date | None) -> Dump:
    """What the dump says.

    Args:
        path: the file, unpacked.
        day: when dumps that say no day themselves were published.

    Raises:
        UsageError: it is no such dump, or is broken; names the file and the place.
    """
    try:
        return _read(path, day)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except (ValueError, csv.Error, RecursionError) as error:  # ValueError: also what is no JSON, no UTF-8, no date
        raise UsageError(f"{path}: {error}") from None


def _read(path: Path, day: dt.date | None) -> Dump:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise UsageError(f"{path}: is packed; unpack it and name the file inside")
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return read_openfda(json.loads(path.read_bytes()), path.name, day)
    if start.startswith(b"<"):
        return read_dailymed(path)
    first = start.split(b"\n", 1)[0]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if first.count(b"|") >= 10:
            return read_rxnorm(lines, path.name, day)
        if b"\t" in first:
            return read_unii(lines, path.name, day)
    raise UsageError(f"{path}: is none of {_KNOWN}")
