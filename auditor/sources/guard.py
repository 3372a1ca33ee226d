"""The guard of one fetch: no byte goes to an address that is not public, and none is waited for after the deadline.

A name can resolve differently between a check and its use, and every redirect is a new name. So the check is made on
the address of the connected socket, before the request or the TLS handshake is written to it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from auditor.errors import CaptureError
from auditor.sources.options import SourceOptions

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Public by number, but answered by the cloud host itself.
_HOST_SERVICES = frozenset({ipaddress.ip_address("168.63.129.16")})


def is_public(address: str) -> bool:
    """Whether `address`, as a socket names it, is a host of the public Internet.

    An IPv6 address that carries an IPv4 address is as public as that one.
    """
    outer = ipaddress.ip_address(address.partition("%")[0])
    return all(_is_global_host(inner) for inner in _carried(outer) or [outer])


def _is_global_host(address: Address) -> bool:
    inside = address.is_multicast or address.is_reserved or address in _HOST_SERVICES
    return address.is_global and not inside


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses inside an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    candidates: list[ipaddress.IPv4Address | None] = [
        address.ipv4_mapped,
        address.sixtofour,
        nat64,
        *(address.teredo or ()),
    ]
    return [inner for inner in candidates if inner is not None]


class Guard:
    """Watches the connections of one fetch. A context: leaving it stops the clock.

    Attributes:
        expired: the total time is over; connections have been shut down.
    """

    def __init__(self, options: SourceOptions) -> None:
        self.expired = False
        self._allow_private = options.allow_private
        self._sockets: list[socket.socket] = []
        self._clock = threading.Timer(options.total_timeout, self._expire)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clock.cancel()
        self._clock.join()
        for connected in self._sockets:
            connected.close()

    def admit(self, connected: socket.socket) -> None:
        """Lets a fresh connection be used.

        Raises:
            CaptureError: it leads to an address that is not public.
            TimeoutError: the total time is over.
        """
        address = str(connected.getpeername()[0])
        if not (self._allow_private or is_public(address)):
            raise CaptureError(f"refused to connect to {address}, which is not public (--allow-private lifts this)")
        # A copy of the handle: the original vanishes inside the TLS layer.
        self._sockets.append(connected.dup())
        if self.expired:
            raise TimeoutError

    def session(self) -> requests.Session:
        """A session whose every connection passes `admit`.

        It takes nothing from the environment: through a proxy the guard would see the proxy's address alone, and
        stored passwords are for people, not for pages under audit.
        """
        session = requests.Session()
        session.trust_env = False
        adapter = _GuardedAdapter(self)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session

    def _expire(self) -> None:
        self.expired = True
        for connected in self._sockets:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)


class _GuardedAdapter(HTTPAdapter):
    """Puts the guard between connecting and speaking."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = _guarded_pools(self._guard)


def _guarded_pools(guard: Guard) -> dict[str, type[HTTPConnectionPool]]:
    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            connected = super()._new_conn()
            _admit_or_close(guard, connected)
            return connected

    class TlsConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            connected = super()._new_conn()
            _admit_or_close(guard, connected)
            return connected

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": PlainPool, "https": TlsPool}


def _admit_or_close(guard: Guard, connected: socket.socket) -> None:
    try:
        guard.admit(connected)
    except BaseException:
        connected.close()
        raise
