"""What an answer means for the address that was asked: whether it is a page, and whether to ask again."""

from __future__ import annotations

from http import HTTPStatus

from auditor.model import Capture, Completeness, Fate
from auditor.sources.hop import Answer

_MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
_BUSY = frozenset({429, 503})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def may_pass(answer: Answer) -> bool:
    """Whether the same request may well be answered better in a while."""
    if answer.refused or answer.exchange.truncated in ("length", "time"):
        return False
    if answer.status in _MAY_PASS:
        return True
    return answer.completeness in (Completeness.TRUNCATED, Completeness.ERROR)


def is_trouble(answer: Answer) -> bool:
    """Whether the host should be left in peace for a while."""
    return answer.status is None or answer.status in _BUSY


def fate_of(capture: Capture, *, is_start: bool) -> Fate:
    """What became of an address, redirects apart. What was asked for by name is a page, whatever came."""
    if is_start:
        return Fate.READ
    if capture.status in _GONE:
        return Fate.MISSING
    return Fate.NOT_A_PAGE if capture.completeness is Completeness.UNSUPPORTED else Fate.READ
