"""Waivers in the comments of a page: `<!-- auditor: waive ID until=2027-01-31 reason="..." by="..." -->`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from auditor.model import Capture, PageWaiver
from auditor.page.decode import decode

_COMMENT = re.compile(r"<!--\s*auditor:(?P<words>[^<>]{0,2000})-->")
_WAIVE = re.compile(r"waive\s+(?P<policy>[^\s=]{1,200})(?P<rest>(?:\s.*)?)", re.DOTALL)
_FIELD = re.compile(
    r"""\s*(?P<name>[a-z]{1,20})=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))(?=\s|$)"""
)
_SAVED = re.compile(r"<!--\s{0,9}(?:saved from url=|Page saved with SingleFile)", re.IGNORECASE)  # as browsers do it
_HEAD = 5_000  # characters in which that mark stands
_MOST = 100  # of one page
_MARK = b"auditor:"


def page_waivers(captured: Capture) -> tuple[PageWaiver, ...]:
    """What the comments of a page ask to have waived. A comment that is no proper waiver is kept with its fault."""
    if _MARK not in captured.body:
        return ()
    source, _ = decode(captured.body, captured.encoding_hint, captured.kind)
    asked = (_waiver(words, line) for words, line in _comments(source))
    if _SAVED.search(source, 0, _HEAD):
        return tuple(each.model_copy(update={"fault": "ignored: this file was saved from the web"}) for each in asked)
    return tuple(asked)


def _comments(source: str) -> Iterator[tuple[str, int]]:
    line, last = 1, 0
    for number, comment in enumerate(_COMMENT.finditer(source)):
        if number >= _MOST:
            return
        line += source.count("\n", last, comment.start())
        last = comment.start()
        yield comment["words"].strip(), line


def _waiver(words: str, line: int) -> PageWaiver:
    asked = _WAIVE.fullmatch(words)
    if not asked:
        return PageWaiver(policy="", line=line, fault='not understood: write waive ID until=DATE reason="..."')
    fields, left = _fields(asked["rest"])
    if left:
        return PageWaiver(policy=asked["policy"], line=line, fault=f"not understood from {left[:40]!r} on")
    unknown = sorted(set(fields) - {"until", "reason", "by"})
    missing = [name for name in ("until", "reason") if not fields.get(name, "").strip()]
    until = _day(fields.get("until", ""))
    fault = ""
    if unknown:
        fault = f"unknown: {', '.join(unknown)} (known: until, reason, by)"
    elif missing:
        fault = f"ignored: it gives no {' and no '.join(missing)}"
    elif until is None:
        fault = f"ignored: until={fields['until'][:20]} is no day such as 2027-01-31"
    return PageWaiver(
        policy=asked["policy"],
        reason=fields.get("reason", "").strip(),
        by=fields.get("by", "").strip(),
        until=until,
        line=line,
        fault=fault,
    )


def _fields(rest: str) -> tuple[dict[str, str], str]:
    """The `name=value` pairs, and what is left where they end."""
    fields: dict[str, str] = {}
    at = 0
    while found := _FIELD.match(rest, at):
        fields[found["name"]] = next(each for each in found.group("double", "single", "bare") if each is not None)
        at = found.end()
    return fields, rest[at:].strip()


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
