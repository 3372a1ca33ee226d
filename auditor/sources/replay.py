"""The same fetch once more, answered from records instead of the network: what was kept becomes the capture again."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import IncompleteRead, ReadTimeoutError

from auditor.errors import CaptureError
from auditor.model import Capture, Redirect
from auditor.sources.hop import ask, capture_answer, without_password
from auditor.sources.options import SourceOptions
from auditor.sources.wire import Call

_FRAMING_KEPT_AS = "x-orig-transfer-encoding"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as an archive keeps it.

    Attributes:
        head: status line and header block.
        body: still content-encoded; chunk framing may or may not be there.
        truncated: why the body is not whole, in the words of WARC-Truncated; "" when it is.
    """

    url: str
    head: bytes
    body: bytes
    truncated: str = ""


def replay(requested: str, answers: Sequence[Kept], options: SourceOptions) -> Capture:
    """The capture that fetching `requested` gave, when `answers` are what came: redirects, then the page.

    Raises:
        CaptureError: an answer is no HTTP, or does not lead to the next one.
    """
    hops: list[Redirect] = []
    with _session(answers) as session, Call(options) as call:
        for place, kept in enumerate(answers, 1):
            answer = ask(session, call, kept.url, options)
            if place == len(answers):
                return capture_answer(requested, without_password(kept.url), answer, options, tuple(hops))
            if answer.status is None or url_key(answer.onward) != url_key(answers[place].url):
                raise CaptureError(f"the archive does not hold where {kept.url} leads")
            hops.append(Redirect(url=without_password(kept.url), status=answer.status))
    raise CaptureError("the archive holds no answer for it")


def url_key(url: str) -> str:
    """What tells one URL from another on the wire: no fragment, no user name or password."""
    return without_password(url).partition("#")[0]


def _session(answers: Iterable[Kept]) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    adapter = _Recorded(answers)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


class _Recorded(BaseAdapter):
    """Answers requests from what was recorded."""

    def __init__(self, answers: Iterable[Kept]) -> None:
        super().__init__()
        self._answers: Iterator[Kept] = iter(answers)
        self._builder = HTTPAdapter()

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        answer = next(self._answers, None)
        if answer is None:
            raise CaptureError("the archive does not hold where this leads")
        return self._builder.build_response(request, _response(answer))

    def close(self) -> None:
        self._builder.close()


def _response(answer: Kept) -> HTTPResponse:
    status, headers = read_head(answer.head)
    body = answer.body
    if "chunked" in headers.pop("Transfer-Encoding", "").lower():
        body = _unchunked(body)
    if _FRAMING_KEPT_AS in headers:
        headers = HTTPHeaderDict(
            ("Transfer-Encoding" if name.lower() == _FRAMING_KEPT_AS else name, value)
            for name, value in headers.items()
        )
    return HTTPResponse(
        body=_Body(body, answer.truncated),
        headers=headers,
        status=status,
        preload_content=False,
        decode_content=False,
        enforce_content_length=False,
        request_method="GET",
    )


def read_head(head: bytes) -> tuple[int, HTTPHeaderDict]:
    """Status and headers of a header block, read as the network's are.

    Raises:
        CaptureError: it is none.
    """
    stream = BytesIO(head)
    try:
        status = int(stream.readline(1000).split(None, 2)[1])
        parsed = http.client.parse_headers(stream)
    except (IndexError, ValueError, http.client.HTTPException) as error:
        raise CaptureError("the archive holds no HTTP answer for it") from error
    return status, HTTPHeaderDict(parsed.items())


def _unchunked(body: bytes) -> bytes:
    """`body` without chunk framing. Many archives keep the header and took the framing off already."""
    wire = _Wire(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    response = http.client.HTTPResponse(wire)  # type: ignore[arg-type]  # all it asks is makefile
    try:
        response.begin()
        return response.read()
    except http.client.IncompleteRead as error:
        return error.partial or body
    except (http.client.HTTPException, ValueError, OverflowError):
        return body


class _Wire:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, *_: Any) -> BytesIO:
        return BytesIO(self._content)


class _Body(BytesIO):
    """A body that ends as it ended then."""

    def __init__(self, content: bytes, truncated: str) -> None:
        super().__init__(content)
        self._truncated = truncated

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._or_break(super().read1(size))

    def read(self, size: int | None = -1, /) -> bytes:
        return self._or_break(super().read(size))

    def _or_break(self, piece: bytes) -> bytes:
        if piece:
            return piece
        if self._truncated == "time":
            raise ReadTimeoutError(None, "", "silent")  # type: ignore[arg-type]
        if self._truncated == "disconnect":
            raise IncompleteRead(self.tell(), 0)
        return piece
