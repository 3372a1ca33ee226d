"""Captures from archives: WARC files, and WACZ files of this tool or another."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from auditor.errors import CaptureError
from auditor.evidence.opened import Package, open_package
from auditor.evidence.records import Record, find_originals, read_record_at, read_records
from auditor.model import Capture, Completeness, Kind, Skipped
from auditor.sources.build import capture_of, cut_reason, failed_capture
from auditor.sources.kinds import charset_of, kind_of_content, kind_of_type
from auditor.sources.options import SourceOptions
from auditor.sources.replay import Kept, read_head, replay, url_key

_PAGES = "pages/pages.jsonl"
_WARC_SUFFIXES = (".warc", ".warc.gz")


def read_archive(name: str, options: SourceOptions) -> Iterator[Capture | Skipped]:
    """The pages of an archive, and what else is in it. What cannot be read is a capture with the reason."""
    path = Path(name)
    try:
        if name.lower().endswith(".wacz"):
            with open_package(path) as package:
                yield from _case(package) if package.is_case else _package(package, options)
        else:
            yield from _warc(path, name, options, None)
    except OSError as error:
        yield failed_capture(name, "", error.strerror or str(error))
    except CaptureError as error:
        yield failed_capture(name, "", str(error).removeprefix(f"{name}: "))


def _case(package: Package) -> Iterator[Capture]:
    """The pages of a case, as its audit saw them."""
    options = package.config().sources.options()
    for kept in package.manifest().captures:
        try:
            yield package.capture(kept, options)
        except CaptureError as error:
            told = kept.capture
            yield failed_capture(told.requested, told.url, str(error).removeprefix(f"{told.requested}: "))


def _package(package: Package, options: SourceOptions) -> Iterator[Capture | Skipped]:
    """The pages that a WACZ of another tool lists, or all that it holds when it lists none."""
    listed = _listed(package)
    for name in package.names:
        if name.startswith("archive/") and name.lower().endswith(_WARC_SUFFIXES):
            yield from _warc(package.extracted(name), f"{package.path}/{name}", options, listed)


def _listed(package: Package) -> frozenset[str] | None:
    if _PAGES not in package.names:
        return None
    urls = set()
    for line in package.read(_PAGES).splitlines():
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            urls.add(url_key(page["url"]))
    return frozenset(urls) or None


def _warc(path: Path, name: str, options: SourceOptions, listed: frozenset[str] | None) -> Iterator[Capture | Skipped]:
    """The pages of a WARC file, up to where it breaks off."""
    others: Counter[str] = Counter()
    enough = max(options.max_file, options.max_download) + 1  # one more shows that there is more
    with path.open("rb") as stream, path.open("rb") as again:
        originals: dict[str, int] | None = None
        try:
            for record in read_records(stream, enough):
                reason = _no_page(record, listed)
                if reason:
                    others[reason] += 1
                    continue
                if record.type == "revisit":
                    originals = find_originals(again) if originals is None else originals
                    yield _revisited(again, record, originals, options)
                else:
                    yield _capture(record, options)
        except CaptureError as error:
            yield failed_capture(name, "", str(error))
    if others:
        counts = ", ".join(f"{count} {reason}" for reason, count in sorted(others.items()))
        yield Skipped(requested=name, reason=f"records that are not pages: {counts}")


def _no_page(record: Record, listed: frozenset[str] | None) -> str:
    """Why a record is not a page to audit, "" when it is one."""
    content_type = record.content_type
    if record.type != "resource":
        try:
            status, headers = read_head(record.head)
        except CaptureError:
            return "not HTTP"
        if status >= 300:
            return f"status {str(status)[:3]}"
        content_type = headers.get("Content-Type", "")
    if not record.url.startswith(("http://", "https://", "file:", "stdin:", "urn:")):
        return "of another scheme"
    if kind_of_type(content_type) is Kind.UNSUPPORTED:
        return content_type.partition(";")[0].strip().lower()[:60]
    return "" if listed is None or url_key(record.url) in listed else "not listed as a page"


def _revisited(again: BinaryIO, record: Record, originals: dict[str, int], options: SourceOptions) -> Capture:
    try:
        return _capture(read_record_at(again, record.offset, originals), options)
    except CaptureError as error:
        return failed_capture(record.url, record.url, str(error))


def _capture(record: Record, options: SourceOptions) -> Capture:
    captured = _resource(record, options) if record.type == "resource" else _response(record, options)
    return captured.model_copy(update={"captured_at": record.date})


def _response(record: Record, options: SourceOptions) -> Capture:
    kept = Kept(record.url, record.head, record.body, record.truncated or ("" if record.whole else "disconnect"))
    try:
        return replay(record.url, [kept], options)
    except CaptureError as error:
        return failed_capture(record.url, record.url, str(error))


def _resource(record: Record, options: SourceOptions) -> Capture:
    kind = options.kind or kind_of_type(record.content_type) or kind_of_content(record.body)
    reason = "" if record.whole else "its record breaks off"
    if len(record.body) > options.max_file:
        reason = cut_reason(options.max_file)
    return capture_of(
        record.url,
        record.url,
        kind,
        record.body[: options.max_file],
        completeness=Completeness.TRUNCATED if reason else Completeness.COMPLETE,
        reason=reason,
        encoding_hint=charset_of(record.content_type),
    )
