"""One HTTP request and what came back, as bytes: what an archive keeps and a capture is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer.

    Attributes:
        url: what was asked, without user name and password.
        started_at: when the request was sent, UTC.
        request: request line and header block as sent, up to and with the empty line.
        response: status line and header block as received, up to and with the empty line; empty when none came.
        body: the message body as received: still content-encoded, the chunk framing taken off.
        address: the IP address that was connected to; "" when none was.
        truncated: why the body is not whole, as WARC-Truncated words it (length, time, disconnect); "" when it is.
        error: why there is no answer, one line; "" when there is one.
    """

    url: str
    started_at: dt.datetime
    request: bytes
    response: bytes = b""
    body: bytes = b""
    address: str = ""
    truncated: str = ""
    error: str = ""


# What is told of each exchange, in order.
Recorder = Callable[[Exchange], object]


def unrecorded(_: Exchange) -> None:
    """The recorder that keeps nothing."""
