"""The guard: no byte goes to an address that is not public, nor to a port where no web server is expected.

A name can resolve differently between a check and its use, and every redirect is a new name. So the guard does both:
it resolves the name, refuses unless every address it stands for is public, and connects to those very addresses.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from auditor.errors import CaptureError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
# Registered by IANA for special use; not all versions of Python know it.
_SPECIAL = [ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "5f00::/16")]
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
    return address.is_global and not inside and not any(address in network for network in _SPECIAL)


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses inside an IPv6 address: mapped, compatible, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    embeds = any(address in network for network in (_NAT64, _NAT64_LOCAL, _IPV4_COMPATIBLE))
    candidates: list[ipaddress.IPv4Address | None] = [
        address.ipv4_mapped,
        address.sixtofour,
        ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if embeds else None,
        *(address.teredo or ()),
    ]
    return [inner for inner in candidates if inner is not None]


def dial(host: str, port: int, time_left: Callable[[], float], *, allow_private: bool) -> socket.socket:
    """A connection to `host`, made only when all its addresses may be connected to.

    Args:
        host: a name, or an address in any form that the system reads as one (decimal, octal, IPv6, ...).
        port: one of `PORTS`, unless `allow_private`.
        time_left: seconds that connecting may take from now on.
        allow_private: connect to whatever address and port.

    Raises:
        CaptureError: an address or the port may not be connected to. Nothing has been sent.
        OSError: the name does not resolve, or no address answers.
    """
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    if not allow_private:
        for *_, (address, *_) in found:
            _admit(str(address))
        if port not in PORTS:
            raise CaptureError(f"refused to connect to port {port}, where no web page is expected")
    failure: OSError | None = None
    for family, kind, protocol, _, target in found:
        try:
            return _connected(socket.socket(family, kind, protocol), target, time_left())
        except OSError as error:
            failure = error
    raise failure or OSError("the name stands for no address")


def _admit(address: str) -> None:
    if not is_public(address):
        raise CaptureError(f"refused to connect to {address}, which is not public (--allow-private lifts this)")


def _connected(fresh: socket.socket, target: tuple[Any, ...], timeout: float) -> socket.socket:
    try:
        with contextlib.suppress(OSError):
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fresh.settimeout(timeout)
        fresh.connect(target)
    except BaseException:
        fresh.close()
        raise
    return fresh
