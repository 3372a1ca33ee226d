"""The WARC 1.1 file of a case: every exchange is appended as it happens, and is whole or not there at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import threading
import uuid
import zlib
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from auditor import __version__
from auditor.errors import CaptureError
from auditor.evidence.exchange import Exchange
from auditor.evidence.records import Record, read_record_at, read_records
from auditor.sources.replay import url_key

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://iso.org/standard/68004.html")  # WARC
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_PIECE = 1_000_000


class WarcFile:
    """Appends to a WARC file; several threads may. A file that a killed run left is cut after its last whole record.

    The same exchanges in the same order make the same bytes. A body that was met before is kept once: later ones are
    revisits. The header block stands as it was received, but for `Transfer-Encoding`: the body is kept without chunk
    framing, so that header is called `X-Orig-Transfer-Encoding`, as Webrecorder's tools call it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._answers: dict[str, list[int]] = {}  # URL to where its answers stand
        self._firsts: dict[str, tuple[str, str, str]] = {}  # payload digest to id, URL and date of the first answer
        self._originals: dict[str, int] = {}  # payload digest to the place of the first answer
        self._count = 0
        self._recover()
        self._stream = path.open("ab")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the file, on the disk itself."""
        if not self._stream.closed:
            os.fsync(self._stream.fileno())
            self._stream.close()

    def append(self, exchange: Exchange) -> None:
        """Keeps a request and its answer, or why there was none."""
        with self._lock:
            self._begin(exchange.started_at)
            if exchange.response:
                place = self._append_answer(exchange)
                self._answers.setdefault(url_key(exchange.url), []).append(place)
            else:
                self._append_failure(exchange)

    def append_resource(self, url: str, body: bytes, content_type: str, moment: dt.datetime) -> int:
        """Keeps content that came over no wire, or whose wire was not watched. Gives the place of its record."""
        with self._lock:
            self._begin(moment)
            fields = self._fields("resource", url, moment, body)
            return self._write(self._packed("resource", url, fields, body, content_type=content_type))

    def answers(self, url: str) -> list[int]:
        """The places of all answers that came from `url`, in the order in which they came."""
        with self._lock:
            return list(self._answers.get(url_key(url), ()))

    def read(self, place: int) -> Record:
        """The record at `place`, a revisit with the body it repeats."""
        with self.path.open("rb") as stream:
            return read_record_at(stream, place, self._originals)

    def _recover(self) -> None:
        if not self.path.exists():
            return
        end = _end_of_whole_members(self.path)
        os.truncate(self.path, end)
        with self.path.open("rb") as stream, contextlib.suppress(CaptureError):
            for record in read_records(stream, 0):
                self._count += 1
                if record.type != "resource":
                    self._answers.setdefault(url_key(record.url), []).append(record.offset)
                if record.type == "response" and record.payload_digest not in self._firsts:
                    self._firsts[record.payload_digest] = (record.id, record.url, _moment(record.date))
                    self._originals[record.payload_digest] = record.offset
        self._count += end  # no record id of the earlier run comes again

    def _begin(self, moment: dt.datetime) -> None:
        if self._stream.tell():
            return
        content = (
            f"software: health-content-auditor/{__version__}\r\n"
            "format: WARC File Format 1.1\r\n"
            "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        ).encode()
        fields = self._fields("warcinfo", "", moment, content)
        self._write(self._packed("warcinfo", "", fields, content, content_type="application/warc-fields"))

    def _append_answer(self, exchange: Exchange) -> int:
        head = _without_framing(exchange.response)
        digest = _digest(exchange.body)
        known = self._firsts.get(digest) if exchange.body else None
        kind = "revisit" if known else "response"
        body = b"" if known else exchange.body
        fields = self._fields(kind, exchange.url, exchange.started_at, head, body) | {"WARC-Payload-Digest": digest}
        if exchange.truncated:
            fields["WARC-Truncated"] = exchange.truncated
        if exchange.address:
            fields["WARC-IP-Address"] = exchange.address
        if known:
            identity, url, date = known
            fields |= {
                "WARC-Profile": _REVISIT,
                "WARC-Refers-To": identity,
                "WARC-Refers-To-Target-URI": url,
                "WARC-Refers-To-Date": date,
            }
        answer = self._packed(kind, exchange.url, fields, body, head=head)
        place = self._write(answer + self._request(exchange, fields["WARC-Record-ID"]))
        if exchange.body and not known:
            self._firsts[digest] = (fields["WARC-Record-ID"], exchange.url, fields["WARC-Date"])
            self._originals[digest] = place
        return place

    def _append_failure(self, exchange: Exchange) -> None:
        content = f"fetch-error: {' '.join(exchange.error.split())}\r\n".encode()
        fields = self._fields("metadata", exchange.url, exchange.started_at, content)
        failure = self._packed("metadata", exchange.url, fields, content, content_type="application/warc-fields")
        self._write(failure + self._request(exchange, fields["WARC-Record-ID"]))

    def _request(self, exchange: Exchange, answer: str) -> bytes:
        if not exchange.request:
            return b""
        fields = self._fields("request", exchange.url, exchange.started_at, exchange.request)
        fields["WARC-Concurrent-To"] = answer
        return self._packed("request", exchange.url, fields, b"", head=exchange.request)

    def _fields(self, kind: str, url: str, moment: dt.datetime, *block: bytes) -> dict[str, str]:
        digest = _digest(*block)
        date = _moment(moment)
        self._count += 1
        identity = uuid.uuid5(_NAMES, f"{kind} {url} {date} {digest} {self._count}")
        return {"WARC-Record-ID": f"<urn:uuid:{identity}>", "WARC-Date": date, "WARC-Block-Digest": digest}

    def _packed(  # noqa: PLR0913  (the parts of a record)
        self, kind: str, url: str, fields: dict[str, str], body: bytes, *, head: bytes = b"", content_type: str = ""
    ) -> bytes:
        """A record as one gzip member."""
        packed = BytesIO()
        writer = WARCWriter(packed, gzip=True, warc_version="1.1")
        fields = {"WARC-Payload-Digest": _digest(body)} | fields if kind in ("request", "resource") else fields
        record = writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict=fields,
            http_headers=_AsReceived(head) if head else None,
        )
        writer.write_record(record)
        return packed.getvalue()

    def _write(self, packed: bytes) -> int:
        place = self._stream.tell()
        self._stream.write(packed)
        self._stream.flush()
        return place


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """A header block that warcio writes as it is, instead of in warcio's own spelling."""

    def __init__(self, block: bytes) -> None:
        super().__init__(statusline="as received", headers=[])
        self.headers_buff = block

    def compute_headers_buffer(self, *_: Any) -> None:
        """The block is there already."""


def _without_framing(head: bytes) -> bytes:
    first, *rest = head.split(b"\n")
    named = b"transfer-encoding:"
    return b"\n".join(
        [first, *(b"X-Orig-" + line if line.lower().startswith(named) else line for line in rest)],
    )


def _digest(*parts: bytes) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part)
    return f"sha256:{hasher.hexdigest()}"


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _end_of_whole_members(path: Path) -> int:
    """Where the last whole gzip member of a file ends."""
    end = position = 0
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as stream, contextlib.suppress(zlib.error):
        while piece := stream.read(_PIECE):
            position += len(piece)
            while piece:
                member.decompress(piece)
                if not member.eof:
                    break
                piece = member.unused_data
                end = position - len(piece)
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return end
