"""Markdown to HTML, which the HTML reader then reads: tables, links, code and HTML inside come out alike."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from auditor.model import BlockKind
from auditor.page.draft import Draft
from auditor.page.text import MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT = re.compile(r"\A---[ \t]*\n((?:[^\n]{0,2000}\n){1,60}?)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^([\w-]{1,40})[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_ELEMENTS = {"link": "<a href>{}</a>", "button": "<button>{}</button>", "field": "<label>{}</label>"}


def to_html(source: str, draft: Draft) -> str:
    """Render Markdown as HTML; front matter and marks of the page's head go to the draft."""
    front = _FRONT.match(source)
    if front:
        source = source[front.end() :]
        for name, value in _FIELD.findall(front[1]):
            _head(name.lower(), value.strip(" \"'"), draft)

    def marked(found: re.Match[str]) -> str:
        return _element(found[1].lower(), found[2], draft)

    return str(_renderer().render(MARK.sub(marked, source)))


def _head(name: str, value: str, draft: Draft) -> None:
    if name in ("title", "description"):
        draft.add_meta(value, BlockKind(name))
    elif name in ("lang", "language"):
        draft.declared_language = value[:2].lower()
    else:
        draft.add_head(name, value)


def _element(mark: str, text: str, draft: Draft) -> str:
    """The element that a light mark stands for."""
    if mark in ("title", "description"):
        _head(mark, text, draft)
        return ""
    if mark == "image":
        return f'<img alt="{html.escape(text)}">'
    return _ELEMENTS[mark].format(html.escape(text, quote=False))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
