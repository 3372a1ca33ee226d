from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import ClassVar

import pytest

from auditor.errors import CaptureError, UsageError
from auditor.model import Completeness
from auditor.sources import SourceOptions
from auditor.sources.guard import dial, is_public
from auditor.sources.web import check_url, fetch


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_hosts_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::",
    "2001:0:7f00:1::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_hosts_of_ones_own_network_are_not(address: str) -> None:
    assert not is_public(address)


# The host as an attacker writes it, and what it must not lead to.
ATTACKS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "127.0.0.1.", "0", "0.0.0.0", "0x0", "10.0.0.1", "167772161", "012.0.0.1", "0xa.1", "172.16.0.1", "192.168.0.1",
    "0300.0250.0.1", "3232235521", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
    "169.254.43518", "168.63.129.16", "100.100.100.200", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[0:0::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "[ff02::1]", "localhost", "LOCALHOST", "①②⑦.0.0.1",
    "１２７.0.0.1", "user:pass@127.0.0.1", "example.org@127.0.0.1",
]  # fmt: skip


class Socket(socket.socket):
    """A socket that tells when it is used to connect."""

    connected: ClassVar[list[object]] = []

    def connect(self, address: object, /) -> None:
        self.connected.append(address)
        raise OSError("no connection may be made")


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    monkeypatch.setattr(socket, "socket", Socket)
    Socket.connected = []
    yield Socket.connected


@pytest.mark.parametrize("host", ATTACKS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_attack_connects(scheme: str, host: str, connected: list[object]) -> None:
    capture = fetch(f"{scheme}://{host}/latest/meta-data/", SourceOptions())
    assert capture.completeness is Completeness.ERROR
    assert connected == []


@pytest.mark.parametrize("port", [22, 25, 6379, 11211, 9200, 2375, 1, 65535])
def test_ports_of_other_services_are_refused(
    port: int, connected: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))]
    )
    capture = fetch(f"http://public.example:{port}/", SourceOptions())
    assert capture.reason == f"refused to connect to port {port}, where no web page is expected"
    assert connected == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    connected: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: answers)
    with pytest.raises(CaptureError):
        dial("rebinding.example", 80, lambda: 1.0, allow_private=False)
    assert connected == []


def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_connected_to(
    connected: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["8.8.8.8", "127.0.0.1"])
    resolve = lambda *_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]  # noqa: E731
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    fetch("http://rebinding.example/", SourceOptions())
    assert connected == [("8.8.8.8", 80)]


@pytest.mark.parametrize(
    "url", ["gopher://127.0.0.1:6379/_INFO", "file:///etc/passwd", "ftp://10.0.0.1/", "dict://127.0.0.1/"]
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        check_url(url)
