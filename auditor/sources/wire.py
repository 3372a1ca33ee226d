"""Connections that are guarded, kept to their time, and written down as they are used.

A `Call` is one fetch under way: the thread that made it finds it again in every connection it uses, so connections can
be pooled and shared between threads while each fetch has its own clock and its own record.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import io
import socket
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from auditor.sources.guard import dial
from auditor.sources.options import SourceOptions

_LONGEST_HEAD = 131_072  # bytes of status line and headers

_under_way = threading.local()


class Call:
    """The clock and the record of one fetch. A context: inside it, connections of this thread belong to the call.

    Attributes:
        sent: the request last sent, headers included.
        head: status line and headers of the last answer, as received.
        address: the address last connected to.
    """

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._ends = time.monotonic() + options.total_timeout
        self.sent = b""
        self.head = b""
        self.address = ""

    def __enter__(self) -> Self:
        _under_way.call = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del _under_way.call

    def begin(self) -> None:
        """A new request: the record of the one before is over."""
        self.sent = self.head = b""
        self.address = ""

    @property
    def late(self) -> bool:
        """Whether the total time is over."""
        return time.monotonic() >= self._ends

    def time_left(self, most: float) -> float:
        """Seconds that may be waited now, at most `most`.

        Raises:
            TimeoutError: the total time is over.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, most)

    def dial(self, host: str, port: int) -> socket.socket:
        """A guarded connection."""
        options = self._options
        return dial(host, port, lambda: self.time_left(options.connect_timeout), allow_private=options.allow_private)

    def silence(self) -> float:
        """Seconds that the next byte may take."""
        return self.time_left(self._options.read_timeout)


def session(connections: int = 1) -> requests.Session:
    """A session whose every connection is guarded and recorded; it must be used inside a `Call`.

    It takes nothing from the environment: through a proxy the guard would see the proxy's address alone, and
    stored passwords are for people, not for pages under audit.
    """
    made = _Session()
    made.trust_env = False
    adapter = _Adapter(pool_connections=32, pool_maxsize=connections)
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def without_cookies(made: requests.Session) -> requests.Session:
    """The same session, deaf to cookies: what a page says must not depend on the page read before it."""
    made.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    return made


class _Session(requests.Session):
    """A session that leaves redirects alone, which would read their bodies without limit to look ahead."""

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:
        return iter(())


class _Answer(http.client.HTTPResponse):
    """An answer that is read within the time of its call, and whose head is written down."""

    def __init__(self, sock: socket.socket, *args: Any, **more: Any) -> None:
        super().__init__(sock, *args, **more)
        self._call: Call = _under_way.call
        self.fp = io.BufferedReader(_Timed(self.fp.detach(), sock, self._call))

    def begin(self) -> None:
        whole = self.fp
        lines = _Lines(whole)
        self.fp = lines  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            self.fp = whole
            self._call.head = bytes(lines.read)


class _Lines:
    """Hands out lines and keeps them."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self.read = bytearray()

    def readline(self, limit: int) -> bytes:
        line = self._source.readline(limit)
        self.read += line
        if len(self.read) > _LONGEST_HEAD:
            raise http.client.HTTPException("the headers are too long")
        return line

    def close(self) -> None:
        self._source.close()


class _Timed(io.RawIOBase):
    """The bytes of a connection; each read waits no longer than the call allows."""

    def __init__(self, raw: io.RawIOBase, connected: socket.socket, call: Call) -> None:
        self._raw = raw
        self._connected = connected
        self._call = call

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._connected.settimeout(self._call.silence())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Recorded(HTTPConnection):
    """A connection that the guard makes, and that writes down what is sent."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        try:
            return _under_way.call.dial(self._dns_host, self.port)  # type: ignore[no-any-return]
        except socket.gaierror:
            raise
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "the host did not answer in time") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def putrequest(self, *args: Any, **more: Any) -> None:
        _under_way.call.begin()
        super().putrequest(*args, **more)

    def send(self, data: Any) -> None:
        super().send(data)
        call: Call = _under_way.call
        call.sent += bytes(data)
        call.address = str(self.sock.getpeername()[0])


class _RecordedTls(_Recorded, HTTPSConnection):
    """The same over TLS. The time to connect, which `dial` has set, is also that of the whole handshake."""


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Recorded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _RecordedTls
