"""One request and its answer: the step that a fetch makes once a redirect, and a crawl once an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError

from auditor import __version__
from auditor.errors import CaptureError
from auditor.evidence.exchange import Exchange
from auditor.model import Capture, Completeness, Kind, Redirect
from auditor.sources.build import capture_of, cut_reason, failed_capture
from auditor.sources.fetch_errors import explain
from auditor.sources.inflate import PIECE, BrokenBodyError, inflate
from auditor.sources.kinds import charset_of, kind_of_content, kind_of_type
from auditor.sources.options import SourceOptions
from auditor.sources.wire import Call

PRODUCT = "health-content-auditor"
_MAX_HEADERS = 100
_MAX_HEADER_LENGTH = 2_000
_REDIRECT_BODY = 65_536  # bytes of a redirect's own body that are kept
# Real pages shrink to a tenth, tables of the same words to a fiftieth; deflate's best is a thousandth.
_MAX_RATIO = 250
_RATIO_MATTERS_FROM = 1_000_000
_REFUSALS = frozenset({401, 403, 407, 429, 451})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request.

    Attributes:
        exchange: the bytes that went to and fro.
        status: None when there was no answer.
        headers: of the answer, as far as they are kept.
        content: the body, decoded, as much as could be had within the limits.
        completeness: of `content`; ERROR when there was no answer.
        reason: why it is not complete.
        onward: where a redirect leads, "" for none.
        refused: whether it was not asked at all: the guard does not allow it.
    """

    exchange: Exchange
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""
    onward: str = ""
    refused: bool = False

    def header(self, name: str) -> str:
        """The first header of this name, "" for none."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")


def ask(
    session: requests.Session, call: Call, url: str, options: SourceOptions, headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer to one GET, redirects not followed. `session` is of `auditor.sources.wire`, `call` the one it is in.

    Whatever goes wrong is an answer without status, with its reason.
    """
    asked = Exchange(url=without_password(url), started_at=dt.datetime.now(dt.UTC), request=b"")
    timeouts = (options.connect_timeout, options.read_timeout)
    sent = _request_headers(options) | dict(headers or {})
    call.begin()
    try:
        with session.get(url, headers=sent, timeout=timeouts, stream=True, allow_redirects=False) as response:
            return _answer(session, call, response, options, asked)
    except CaptureError as error:
        return Answer(
            replace(asked, error=str(error)), completeness=Completeness.ERROR, reason=str(error), refused=True
        )
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        reason = _late(call, options) or explain(error)
    exchange = replace(asked, request=call.sent, response=call.head, address=call.address, error=reason)
    return Answer(exchange, completeness=Completeness.ERROR, reason=reason)


def capture_answer(
    requested: str, url: str, answer: Answer, options: SourceOptions, redirects: tuple[Redirect, ...] = ()
) -> Capture:
    """The page that an answer holds. An error status says that what came with it is not the page."""
    if answer.status is None:
        return failed_capture(requested, url, answer.reason, redirects=redirects)
    content_type = answer.header("Content-Type")
    completeness, reason = _refusal(answer.status) or (answer.completeness, answer.reason)
    return capture_of(
        requested,
        url,
        _declared_kind(content_type, options) or kind_of_content(answer.content),
        answer.content,
        completeness=completeness,
        reason=reason,
        encoding_hint=charset_of(content_type),
        redirects=redirects,
        status=answer.status,
        headers=answer.headers,
    )


def without_password(url: str) -> str:
    """`url` without the user name and password it may carry: neither belongs in a report."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _request_headers(options: SourceOptions) -> dict[str, str]:
    contact = f"; contact: {options.contact}" if options.contact else ""
    return {
        "User-Agent": f"{PRODUCT}/{__version__} (compliance audit{contact})",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate, br",
        "Accept-Language": "en,*;q=0.5",
    }


@dataclass
class _Body:
    content: bytes = b""
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""
    truncated: str = ""


def _answer(
    session: requests.Session, call: Call, response: requests.Response, options: SourceOptions, asked: Exchange
) -> Answer:
    onward = session.get_redirect_target(response) or ""
    wire = _Wire(response)
    content_type = response.headers.get("Content-Type", "")
    if onward:
        body = _read(wire, [], _REDIRECT_BODY, call, options)
    elif _declared_kind(content_type, options) is Kind.UNSUPPORTED:
        reason = f"the server sent {content_type[:60]}, not a web page"
        body = _Body(completeness=Completeness.UNSUPPORTED, reason=reason, truncated="length")
    else:
        body = _read(wire, _encodings(response), options.max_download, call, options)
    exchange = replace(
        asked,
        request=call.sent,
        response=call.head,
        body=bytes(wire.kept),
        address=call.address,
        truncated=body.truncated,
    )
    return Answer(
        exchange,
        response.status_code,
        _headers(response),
        body.content,
        body.completeness,
        body.reason,
        urljoin(response.url, requote_uri(onward)) if onward else "",
    )


def _read(wire: _Wire, encodings: list[str], limit: int, call: Call, options: SourceOptions) -> _Body:
    """The decoded body, as much as could be had within the limits."""
    content = bytearray()
    reason = truncated = ""
    try:
        for piece in inflate(wire, encodings):
            content += piece
            if len(content) > limit or len(wire.kept) > limit:
                reason, truncated = cut_reason(limit), "length"
            elif len(content) > max(_RATIO_MATTERS_FROM, _MAX_RATIO * len(wire.kept)):
                reason = f"expands more than {_MAX_RATIO}-fold, like a decompression bomb; reading was stopped"
                truncated = "length"
            if reason:
                break
    except BrokenBodyError as error:
        reason = str(error)
    except (HTTPError, OSError, ValueError) as error:
        reason, truncated = explain(error), "disconnect"
    if reason and _late(call, options):
        reason, truncated = _late(call, options), "time"
    if not reason:
        return _Body(bytes(content))
    completeness = Completeness.TRUNCATED if content else Completeness.ERROR
    return _Body(bytes(content[:limit]), completeness, reason, truncated)


def _late(call: Call, options: SourceOptions) -> str:
    return f"took longer than {options.total_timeout:g} s in all" if call.late else ""


class _Wire(Iterable[bytes]):
    """The bytes as they come over the wire, still encoded, and those that came."""

    def __init__(self, response: requests.Response) -> None:
        self._raw = response.raw
        self.kept = bytearray()

    def __iter__(self) -> Iterator[bytes]:
        # read1 hands over what is there; read would lose its part of a buffer when the connection breaks.
        while chunk := self._raw.read1(PIECE, decode_content=False):
            self.kept += chunk
            yield chunk


def _declared_kind(content_type: str, options: SourceOptions) -> Kind | None:
    return options.kind or kind_of_type(content_type)


def _encodings(response: requests.Response) -> list[str]:
    named = (part.strip().lower() for part in response.headers.get("Content-Encoding", "").split(","))
    return [encoding for encoding in named if encoding not in ("", "identity")]


def _refusal(status: int) -> tuple[Completeness, str] | None:
    """What an error status says of the body that came with it: that it is not the page."""
    if status < HTTPStatus.BAD_REQUEST:
        return None
    try:
        words = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        words = str(status)
    blocked = status in _REFUSALS
    return Completeness.BLOCKED if blocked else Completeness.ERROR, f"the server answered {words}"


def _headers(response: requests.Response) -> tuple[tuple[str, str], ...]:
    pairs = list(response.raw.headers.items())[:_MAX_HEADERS]
    return tuple((str(name)[:_MAX_HEADER_LENGTH], str(value)[:_MAX_HEADER_LENGTH]) for name, value in pairs)
