"""Captures from the web: one polite GET, its redirects followed by hand and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError

from auditor import __version__
from auditor.errors import CaptureError, UsageError
from auditor.model import Capture, Completeness, Kind, Redirect
from auditor.sources.build import capture_of, cut_reason, failed_capture
from auditor.sources.fetch_errors import explain
from auditor.sources.guard import Guard
from auditor.sources.inflate import PIECE, BrokenBodyError, inflate
from auditor.sources.kinds import charset_of, kind_of_content, kind_of_type
from auditor.sources.options import SourceOptions

_MAX_REDIRECTS = 10
_MAX_HEADERS = 100
_MAX_HEADER_LENGTH = 2_000
# Real pages shrink to a tenth, tables of the same words to a fiftieth; deflate's best is a thousandth.
_MAX_RATIO = 250
_RATIO_MATTERS_FROM = 1_000_000
_REFUSALS = frozenset({401, 403, 407, 429, 451})


def check_url(url: str) -> None:
    """Accepts a URL that can be fetched.

    Raises:
        UsageError: the scheme is not http or https, or there is no host.
    """
    problem = _unfit(url)
    if problem:
        raise UsageError(f"{without_password(url)}: {problem}")


def fetch(target: str, options: SourceOptions) -> Capture:
    """The page at `target`. Whatever goes wrong on the way is a capture with its reason."""
    with Guard(options) as guard, guard.session() as session:
        return _Fetch(target, options, guard, session).run()


def without_password(url: str) -> str:
    """`url` without the user name and password it may carry: neither belongs in a report."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _unfit(url: str) -> str:
    """Why `url` is not one to fetch, "" when it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not a well-formed URL"
    if parts.scheme.lower() not in ("http", "https"):
        return f"the scheme {parts.scheme[:20]!r} is not http or https"
    return "" if parts.hostname else "the URL names no host"


@dataclass
class _Body:
    content: bytes
    completeness: Completeness = Completeness.COMPLETE
    reason: str = ""


class _Fetch:
    """The state of one fetch: where it is, and the hops behind it."""

    def __init__(self, target: str, options: SourceOptions, guard: Guard, session: requests.Session) -> None:
        self._requested = without_password(target)
        self._url = target
        self._options = options
        self._guard = guard
        self._session = session
        self._hops: list[Redirect] = []

    def run(self) -> Capture:
        try:
            while True:
                with self._get() as response:
                    onward = self._session.get_redirect_target(response)
                    if not onward:
                        return self._capture(response)
                    self._follow(response, onward)
        except CaptureError as error:
            return self._failed(str(error))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            return self._failed(self._late() or explain(error))

    def _get(self) -> requests.Response:
        headers = {
            "User-Agent": f"health-content-auditor/{__version__} (compliance audit of one page)",
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate, br",
            "Accept-Language": "en,*;q=0.5",
        }
        timeouts = (self._options.connect_timeout, self._options.read_timeout)
        return self._session.get(self._url, headers=headers, timeout=timeouts, stream=True, allow_redirects=False)

    def _follow(self, response: requests.Response, onward: str) -> None:
        """Notes the hop and moves on. Cookies stay: some sites loop without them."""
        self._hops.append(Redirect(url=without_password(self._url), status=response.status_code))
        self._url = urljoin(self._url, requote_uri(onward))
        problem = _unfit(self._url)
        if problem:
            raise CaptureError(f"redirected to where no page is: {problem}")
        if len(self._hops) >= _MAX_REDIRECTS:
            raise CaptureError(f"redirected {_MAX_REDIRECTS} times without reaching a page")

    def _capture(self, response: requests.Response) -> Capture:
        content_type = response.headers.get("Content-Type", "")
        kind = self._options.kind or kind_of_type(content_type)
        if kind is Kind.UNSUPPORTED:
            body = _Body(b"", Completeness.UNSUPPORTED, f"the server sent {content_type[:60]}, not a web page")
        else:
            body = self._read(response)
        refusal = _refusal(response.status_code)
        if refusal:
            body.completeness, body.reason = refusal
        return capture_of(
            self._requested,
            without_password(self._url),
            kind or kind_of_content(body.content),
            body.content,
            completeness=body.completeness,
            reason=body.reason,
            encoding_hint=charset_of(content_type),
            **self._provenance(),
            status=response.status_code,
            headers=_headers(response),
        )

    def _read(self, response: requests.Response) -> _Body:
        """The decoded body, as much as could be had within the limits."""
        wire = _Wire(response)
        content = bytearray()
        limit = self._options.max_download
        reason = ""
        try:
            for piece in inflate(wire, _encodings(response)):
                content += piece
                if len(content) > limit:
                    reason = cut_reason(limit)
                elif len(content) > max(_RATIO_MATTERS_FROM, _MAX_RATIO * wire.received):
                    reason = f"expands more than {_MAX_RATIO}-fold, like a decompression bomb; reading was stopped"
                if reason:
                    break
        except BrokenBodyError as error:
            reason = str(error)
        except (HTTPError, OSError, ValueError) as error:
            reason = explain(error)
        reason = self._late() or reason
        if not reason:
            return _Body(bytes(content))
        return _Body(bytes(content[:limit]), Completeness.TRUNCATED if content else Completeness.ERROR, reason)

    def _late(self) -> str:
        return f"took longer than {self._options.total_timeout:g} s in all" if self._guard.expired else ""

    def _failed(self, reason: str) -> Capture:
        return failed_capture(self._requested, without_password(self._url), reason, **self._provenance())

    def _provenance(self) -> dict[str, Any]:
        return {"redirects": tuple(self._hops)}


class _Wire(Iterable[bytes]):
    """The bytes as they come over the wire, still encoded, and how many there were."""

    def __init__(self, response: requests.Response) -> None:
        self._raw = response.raw
        self.received = 0

    def __iter__(self) -> Iterator[bytes]:
        # read1 hands over what is there; read would lose its part of a buffer when the connection breaks.
        while chunk := self._raw.read1(PIECE, decode_content=False):
            self.received += len(chunk)
            yield chunk


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
