"""Words of a page inside Markdown: shown as they are, never markup, a link, a mention or a reference."""

from __future__ import annotations

import re

from auditor.report.text import plain

_MARKS = re.compile(r"([\\`*_\[\]<>&~|$^]|:(?=//))")
_REFERS = re.compile(r"(@|#|(?<=[Gg][Hh])-)(?=\w)")  # what a forge makes links of, after Markdown is done
_WEB = re.compile(r"\b(www)(?=\.)", re.IGNORECASE)
_APART = "\u2060"  # word joiner: seen by no reader, ends what a forge would link
_TICKS = re.compile("`+")


def escaped(text: str) -> str:
    """`text` on one line, every mark that means something inside a line of Markdown or HTML escaped."""
    line = _WEB.sub(rf"\1{_APART}", _REFERS.sub(rf"\1{_APART}", _line(text)))
    return _MARKS.sub(r"\\\1", line)


def code(text: str) -> str:
    """`text` on one line as code: fenced with more backticks than it holds."""
    line = _line(text) or " "
    ticks = "`" * (1 + max((len(each) for each in _TICKS.findall(line)), default=0))
    edge = " " if line.startswith("`") or line.endswith("`") or (line.startswith(" ") and line.strip()) else ""
    return f"{ticks}{edge}{line}{edge}{ticks}"


def _line(text: str) -> str:
    """One line, with unseen characters named."""
    return plain(" ".join(text.split()))
