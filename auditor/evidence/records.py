"""Reading WARC files record by record. Any archive may be hostile: nothing is held that was not asked for."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from auditor.errors import CaptureError

_READ = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_LONGEST_RECORD = 2_000_000_000
# Deflate shrinks a thousandfold at best; whole archives of pages shrink to a twentieth.
_MOST_EXPANSION = 200
_EXPANSION_MATTERS_FROM = 1_000_000_000
_LONGEST_HEAD = 65_536
_BLANK_LINES = (b"\r\n\r\n", b"\n\n")


@dataclass(frozen=True, slots=True)
class Record:
    """A response, revisit or resource of a WARC file.

    Attributes:
        offset: where it begins in the file.
        head: status line and header block of a response or revisit; empty for a resource.
        body: what follows, cut at the limit that was asked for.
        whole: whether nothing is missing at its end, by its own declaration or by the limit.
        payload_digest: as declared; what a revisit repeats.
    """

    offset: int
    type: str
    id: str
    url: str
    date: dt.datetime
    content_type: str
    head: bytes
    body: bytes
    whole: bool
    payload_digest: str
    truncated: str


def read_records(stream: BinaryIO, limit: int) -> Iterator[Record]:
    """The responses, revisits and resources of a WARC file, up to its end or its first broken record.

    Args:
        stream: the file, compressed record by record, as a whole, or not.
        limit: bodies are cut at so many bytes.

    Raises:
        CaptureError: the file breaks off or is broken from here on, or expands like a decompression bomb. What was
            given before is good.
    """
    expanded = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
            expanded += record.content_length
            if record.content_length > _LONGEST_RECORD:
                raise CaptureError(f"a record claims {record.content_length} bytes, which no page has")
            if expanded > max(_EXPANSION_MATTERS_FROM, _MOST_EXPANSION * stream.tell()):
                raise CaptureError("expands like a decompression bomb; reading was stopped")
            if record.record_type & _READ:
                yield _record(record, limit)
    except (OSError, ValueError, UnicodeError) as error:
        raise CaptureError(f"not a whole WARC file: {error}") from error


def read_record_at(stream: BinaryIO, offset: int, originals: Mapping[str, int]) -> Record:
    """The whole record that begins at `offset`; a revisit with the body that it repeats.

    `originals`: payload digest to where the response stands that brought it first, as `find_originals` gives it.

    Raises:
        CaptureError: there is none, or it repeats what is not there.
    """
    record = _at(stream, offset)
    if record.type != "revisit":
        return record
    place = originals.get(record.payload_digest)
    if place is None:
        raise CaptureError(f"the body of {record.url} is not in the archive: its record only refers to it")
    original = _at(stream, place)
    return replace(record, body=original.body, truncated=record.truncated or original.truncated)


def find_originals(stream: BinaryIO) -> dict[str, int]:
    """Payload digest to the place of the first response that has it, as far as the file can be read."""
    found: dict[str, int] = {}
    with contextlib.suppress(CaptureError):
        for record in read_records(stream, 0):
            if record.type == "response" and record.payload_digest:
                found.setdefault(record.payload_digest, record.offset)
    return found


def _at(stream: BinaryIO, offset: int) -> Record:
    try:
        stream.seek(offset)
    except (OSError, ValueError) as error:
        raise CaptureError(f"no record at byte {offset} of the archive") from error
    for record in read_records(stream, _LONGEST_RECORD):
        return replace(record, offset=offset)
    raise CaptureError(f"no record at byte {offset} of the archive")


def _record(record: WarcRecord, limit: int) -> Record:
    is_http = record.record_type is not WarcRecordType.resource
    block = record.reader.read(limit + (_LONGEST_HEAD if is_http else 0) + 1)
    head, body = _split(block) if is_http else (b"", block)
    declared = _field(record, "Content-Length")
    return Record(
        offset=record.stream_pos,
        type=str(record.record_type),
        id=record.record_id or "",
        url=_field(record, "WARC-Target-URI").strip("<>"),
        date=record.record_date,
        content_type=_field(record, "Content-Type"),
        head=head,
        body=body[:limit],
        whole=len(body) <= limit and declared == str(len(block)),
        payload_digest=_field(record, "WARC-Payload-Digest"),
        truncated=_field(record, "WARC-Truncated"),
    )


def _field(record: WarcRecord, name: str) -> str:
    return record.headers.get(name) or ""


def _split(block: bytes) -> tuple[bytes, bytes]:
    """The header block up to and with its empty line, and the rest."""
    ends = [place + len(blank) for blank in _BLANK_LINES if (place := block.find(blank, 0, _LONGEST_HEAD)) >= 0]
    end = min(ends, default=len(block))
    return block[:end], block[end:]
