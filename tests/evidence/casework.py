"""A small case of our own: a page reached by a redirect, its twin, a saved file, and a page that is not there."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from auditor.assets import asset_folder
from auditor.audit import Auditor, Rules, load_rules
from auditor.evidence.case import Case
from auditor.evidence.exchange import Exchange
from auditor.evidence.manifest import MANIFEST, RESULT, Config
from auditor.evidence.package import DATAPACKAGE, DATAPACKAGE_DIGEST, datapackage_files, kept_file, pack
from auditor.evidence.seal import Sealer
from auditor.model import Capture, Kind
from auditor.sources import SourceOptions
from auditor.sources.build import capture_of, failed_capture
from auditor.sources.replay import Kept, replay

SHOP = (
    b"<!doctype html><html lang=en><title>Ambien</title><main><h1>Order Ambien online</h1><div class=product>"
    b"<h2>Ambien (zolpidem) 10 mg</h2><p>60 tablets: $149.00</p><p>Overnight shipping to all 50 states. "
    b"No prescription required.</p><button>Add to cart</button></div></main>"
)
ADVICE = b"<!doctype html><html lang=en><title>Sleep</title><main><h1>Sleep</h1><p>Go to bed early.</p></main>"
BEGAN = dt.datetime(2026, 11, 22, 9, 30, 0, 250_000, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 22)

HOME = "http://shop.example/"
PAGE = "http://shop.example/ambien"
TWIN = "http://shop.example/ambien-2"


@cache
def shipped() -> Rules:
    return load_rules()


def rules(folder: Path | None = None) -> Rules:
    """As `load_rules`, the shipped ones but once."""
    return load_rules(folder) if folder else shipped()


def exchange(url: str, body: bytes = b"", status: str = "200 OK", number: int = 0, **headers: str) -> Exchange:
    """An exchange; header names take _ for -."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return Exchange(
        url=url,
        started_at=BEGAN + dt.timedelta(seconds=number),
        request=f"GET {url.partition('example')[2]} HTTP/1.1\r\nHost: shop.example\r\n\r\n".encode(),
        response=f"HTTP/1.1 {status}\r\n{lines}\r\n".encode(),
        body=body,
        address="192.0.2.7",
    )


def exchanges() -> list[Exchange]:
    """What went over the wire, in order."""
    packed = gzip.compress(SHOP, mtime=0)
    return [
        exchange("http://shop.example/robots.txt", b"", "404 Not Found"),
        exchange(HOME, b"moved", "302 Found", 1, Location="/ambien"),
        exchange(PAGE, packed, "200 OK", 2, Content_Type="text/html", Content_Encoding="gzip", X_Odd="  two  "),
        exchange(TWIN, packed, "200 OK", 3, Content_Type="text/html", Content_Encoding="gzip"),
    ]


def captures() -> list[Capture]:
    """What was made of it."""
    _, moved, page, twin = exchanges()
    found = [
        replay(HOME, [kept(moved), kept(page)], SourceOptions()),
        replay(TWIN, [kept(twin)], SourceOptions()),
        capture_of("advice.html", "file:///pages/advice.html", Kind.HTML, ADVICE),
        failed_capture("http://gone.example/", "http://gone.example/", "the host name does not resolve"),
    ]
    return [each.model_copy(update={"captured_at": BEGAN.replace(microsecond=0, second=30)}) for each in found]


def kept(made: Exchange) -> Kept:
    return Kept(made.url, made.response, made.body, made.truncated)


def write_case(target: Path, sealer: Sealer | None = None, policies: Path | None = None) -> Path:
    """Audits the pages and keeps the evidence."""
    auditor = Auditor(rules(policies), audit_date=DAY, jurisdictions=["us"])
    case = Case(target, Config.of(auditor), policies or asset_folder("policies"), sealer or Sealer())
    for made in exchanges():
        case.record(made)
    report = auditor.run_captures(captures(), after_each=lambda page: case.keep(page.capture))
    case.finish(report.model_copy(update={"created_at": BEGAN.replace(microsecond=0), "evidence": target.name}))
    return target


# ------------------------------------------------------------------------------------------------------ tampering


def members(case: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(case) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(target: Path, content: dict[str, bytes]) -> Path:
    """The package as this tool writes it, whatever is in it."""
    with target.open("wb") as stream:
        pack(stream, content)
    return target


def made_consistent(content: dict[str, bytes]) -> dict[str, bytes]:
    """The hashes worked out anew, as one would who covers up: only a signature is beyond that."""
    manifest = json.loads(content[MANIFEST])
    for file in manifest["files"]:
        if file["path"] in content:
            body = content[file["path"]]
            file |= {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    manifest["files"] = [file for file in manifest["files"] if file["path"] in content]
    rest = {name: body for name, body in content.items() if name not in (DATAPACKAGE, DATAPACKAGE_DIGEST)}
    rest[MANIFEST] = json.dumps(manifest).encode()
    files = [kept_file(name, body) for name, body in rest.items()]
    title = json.loads(content[DATAPACKAGE])["title"]
    return rest | datapackage_files(files, title, dt.datetime.fromisoformat(manifest["created_at"]))


def with_result(content: dict[str, bytes], edit: Callable[[dict[str, Any]], object]) -> dict[str, bytes]:
    """The package with an edited result, its hashes consistent."""
    result = json.loads(gzip.decompress(content[RESULT]))
    edit(result)
    return made_consistent(content | {RESULT: gzip.compress(json.dumps(result).encode(), mtime=0)})


def with_json(content: dict[str, bytes], name: str, edit: Callable[[dict[str, Any]], object]) -> dict[str, bytes]:
    """The package with an edited JSON file, its hashes consistent."""
    document = json.loads(content[name])
    edit(document)
    return made_consistent(content | {name: json.dumps(document).encode()})


def places(size: int, count: int) -> Iterator[int]:
    """`count` places spread over `size` bytes."""
    return (size * number // count for number in range(count))
