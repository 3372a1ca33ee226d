"""A case as one WACZ file, which the public validator and players of web archives accept."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from auditor import __version__
from auditor.evidence.manifest import WARC, KeptCapture, KeptFile
from auditor.evidence.records import Record
from auditor.evidence.zipped import add_file
from auditor.model import Report

WACZ_VERSION = "1.1.1"
DATAPACKAGE = "datapackage.json"
DATAPACKAGE_DIGEST = "datapackage-digest.json"
PAGES = "pages/pages.jsonl"
INDEX = "indexes/index.cdx.gz"
INDEX_OF_INDEX = "indexes/index.idx"

_LINES_A_BLOCK = 1024
_PIECE = 1_000_000

Content = bytes | Path


def index_files(warc: Path) -> dict[str, Content]:
    """The CDXJ index of a WARC file: sorted, in compressed blocks, and the index of those."""
    from cdxj_indexer.main import CDXJIndexer  # type: ignore[import-untyped]

    blocks, index = io.BytesIO(), io.BytesIO()
    words = io.TextIOWrapper(index, "utf-8", write_through=True)
    CDXJIndexer(
        words,
        [str(warc)],
        sort=True,
        compress=blocks,
        lines=_LINES_A_BLOCK,
        data_out_name=INDEX.rpartition("/")[2],
        filename=WARC.rpartition("/")[2],
        digest_records=True,
        fields="referrer",
    ).process_all()
    return {INDEX: blocks.getvalue(), INDEX_OF_INDEX: index.getvalue()}


def pages_file(report: Report, captures: Iterable[KeptCapture], read: Callable[[int], Record]) -> bytes:
    """The list of pages that a player shows: each capture that has content, at the moment of its record."""
    titles = {page.capture.url: page.title for page in report.pages}
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "Audited pages"}]
    for kept in captures:
        if kept.records:
            ts = read(kept.records[-1]).date.isoformat(timespec="seconds").replace("+00:00", "Z")
            url = kept.capture.url
            lines.append({"id": str(len(lines)), "url": url, "ts": ts, "title": titles.get(url) or url})
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def kept_file(path: str, content: Content) -> KeptFile:
    """A file with its size and hash."""
    hasher, size = hashlib.sha256(), 0
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        while piece := stream.read(_PIECE):
            hasher.update(piece)
            size += len(piece)
    return KeptFile(path=path, size=size, sha256=hasher.hexdigest())


def datapackage_files(files: Iterable[KeptFile], title: str, created_at: dt.datetime) -> dict[str, bytes]:
    """The description that a WACZ carries of itself, and its hash."""
    described = {
        "profile": "data-package",
        "resources": [_resource(file) for file in files],
        "title": title,
        "created": created_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "wacz_version": WACZ_VERSION,
        "software": f"health-content-auditor {__version__}",
    }
    datapackage = json.dumps(described, indent=2).encode()
    digest = {"path": DATAPACKAGE, "hash": f"sha256:{hashlib.sha256(datapackage).hexdigest()}"}
    return {DATAPACKAGE: datapackage, DATAPACKAGE_DIGEST: json.dumps(digest, indent=2).encode()}


def write_package(target: Path, files: Mapping[str, Content]) -> None:
    """Writes the package whole or not at all."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    with unfinished.open("wb") as stream:
        pack(stream, files)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(target)


def pack(stream: BinaryIO, files: Mapping[str, Content]) -> None:
    """Writes the package: the same files make the same bytes. Nothing is compressed twice, so players can seek."""
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            add_file(archive, name, content)


def _resource(file: KeptFile) -> dict[str, object]:
    name = file.path.rpartition("/")[2].lower()
    return {"name": name, "path": file.path, "hash": f"sha256:{file.sha256}", "bytes": file.size}
