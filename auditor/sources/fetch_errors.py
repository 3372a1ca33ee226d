"""What went wrong on the way to a page, in words for the person who asked for it."""

from __future__ import annotations

import http.client
import socket
import ssl

import requests
from urllib3.exceptions import (
    IncompleteRead,
    InvalidChunkLength,
    LocationParseError,
    NameResolutionError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as TlsError

_MEANINGS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((NameResolutionError, socket.gaierror), "the host name does not resolve"),
    ((requests.exceptions.InvalidURL, LocationParseError, UnicodeError), "not a well-formed URL"),
    ((requests.ConnectTimeout,), "the host did not answer in time"),
    ((requests.ReadTimeout, ReadTimeoutError, TimeoutError), "the server fell silent"),
    (ConnectionRefusedError, "the connection was refused"),
    (http.client.RemoteDisconnected, "the server hung up without an answer"),
    (ConnectionResetError, "the connection was reset"),
    (IncompleteRead, "the connection broke off before the end of the page"),
    ((http.client.HTTPException, InvalidChunkLength), "the answer is not HTTP as it should be"),
)


def explain(error: BaseException) -> str:
    """One plain line for `error`, told by the deepest cause that has a name."""
    causes = _chain(error)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            detail = getattr(cause, "verify_message", "") or cause.reason or "handshake failed"
            return f"no secure connection: {detail}"
    for kind, words in _MEANINGS:
        if any(isinstance(cause, kind) for cause in causes):
            return words
    if any(isinstance(cause, TlsError) for cause in causes):
        return "no secure connection"
    return f"the page could not be fetched ({type(causes[-1]).__name__})"


def _chain(error: BaseException) -> list[BaseException]:
    """`error` and what lies behind it, outermost first: `reason` of urllib3, wrapped arguments, causes."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, BaseException) and all(item is not known for known in found):
            found.append(item)
            waiting += [getattr(item, "reason", None), item.__cause__, item.__context__, *item.args]
    return found
