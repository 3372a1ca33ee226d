"""Connections over TLS: recorded as plain ones are, their faults told, their handshakes kept to time."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.model import Completeness
from auditor.sources import SourceOptions
from auditor.sources.hop import ask
from auditor.sources.web import fetch
from auditor.sources.wire import Call, session, without_cookies

_TLS = Path(__file__).parent / "tls"  # a certificate of this test's own, for localhost, that nobody else trusts
_OPTIONS = SourceOptions(allow_private=True, total_timeout=5)


@pytest.fixture
def secure() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in (("Content-Type", "text/html"), ("Content-Length", "7"), ("Set-Cookie", "a=1")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"<p>safe")

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that does not trust the certificate is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_TLS / "localhost.pem", _TLS / "localhost.key")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_what_goes_over_tls_is_recorded_and_the_connection_used_again(secure: str) -> None:
    with without_cookies(session()) as asking:
        asking.verify = str(_TLS / "localhost.pem")
        for _ in range(2):
            with Call(_OPTIONS) as call:
                answer = ask(asking, call, secure, _OPTIONS)
            assert (answer.status, answer.content) == (200, b"<p>safe")
            assert answer.exchange.request.startswith(b"GET / HTTP/1.1\r\n")
            assert b"Cookie" not in answer.exchange.request
            assert answer.exchange.response.startswith(b"HTTP/1.1 200 OK\r\n")
            assert (answer.exchange.body, answer.exchange.address) == (b"<p>safe", "127.0.0.1")


def test_a_certificate_nobody_trusts_is_an_error_that_is_recorded(secure: str) -> None:
    exchanges = []
    capture = fetch(secure, _OPTIONS, exchanges.append)
    assert (capture.completeness, capture.reason) == (
        Completeness.ERROR,
        "no secure connection: self-signed certificate",
    )
    assert exchanges[0].error == capture.reason
    assert exchanges[0].request == b""


def test_a_handshake_that_drips_is_given_up() -> None:
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connected, _ = server.accept()
            with connected:
                connected.sendall(b"\x16\x03\x03\x40\x00")  # the beginning of a long handshake message
                while not ended.wait(0.02):
                    try:
                        connected.sendall(b"\x00")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        capture = fetch(
            f"https://127.0.0.1:{server.getsockname()[1]}/",
            SourceOptions(allow_private=True, connect_timeout=0.2),
        )
        ended.set()
        thread.join()
    assert (capture.completeness, capture.reason) == (Completeness.ERROR, "the server fell silent")
