"""How much of a page a capture holds, and why not all of it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from auditor.model import SEEN, Capture, Completeness, Kind
from auditor.page.draft import Draft
from auditor.page.wording import wording, words

_LITTLE = 900  # characters seen; a challenge or a login wall says no more
_NOTHING = 200  # characters seen; a page that builds itself with scripts shows less before it does


def completeness_of(
    capture: Capture, draft: Draft, low: str, parser: LexborHTMLParser | None
) -> tuple[Completeness, str]:
    """The completeness of a page and, unless it is complete, the reason in words.

    Args:
        capture: what the source could tell stands, unless it took a wall for the page.
        draft: the page as read.
        low: its text in lower case.
        parser: its tree, None for text.
    """
    if capture.completeness not in (Completeness.COMPLETE, Completeness.TRUNCATED):
        return capture.completeness, capture.reason
    if capture.kind is Kind.UNSUPPORTED:
        return Completeness.UNSUPPORTED, capture.reason or "not a page of text"
    seen = _seen(draft, low)
    wall = _wall(low, seen, parser)
    if wall:
        return Completeness.BLOCKED, wall
    if parser is not None and len(seen) < _NOTHING and _is_scripted(parser, low):
        return Completeness.SCRIPT_ONLY, "the page shows its content only after running scripts"
    if capture.completeness is Completeness.TRUNCATED:
        return capture.completeness, capture.reason
    if draft.in_pieces:
        return Completeness.TRUNCATED, "its elements nest too deeply to be read as one tree"
    if not seen:
        return Completeness.EMPTY, "the page shows no text"
    if capture.kind is Kind.HTML:
        return Completeness.COMPLETE, ""
    return Completeness.MARKUP_LOST, "saved as text: links, badges and footers may be missing"


def _seen(draft: Draft, low: str) -> str:
    """The text a visitor sees, as far as it matters here."""
    parts, length = [], 0
    for block in draft.blocks:
        if block.visibility in SEEN:
            parts.append(low[block.start : block.end])
            length += block.end - block.start
            if length > _LITTLE:
                break
    return "".join(parts).strip()


def _wall(low: str, seen: str, parser: LexborHTMLParser | None) -> str:
    """What keeps a reader out, "" for nothing. Only a page that says little else is a wall."""
    if len(seen) > _LITTLE:
        return ""
    for kind, says in (
        ("challenge", "a check for robots stands before the page"),
        ("login", "a login stands before the page"),
    ):
        wording_found = next((phrase for phrase in sorted(words("blocked", kind)) if phrase in low), "")
        if wording_found:
            return f'{says}: "{wording_found}"'
    if parser is not None and len(seen) < _NOTHING:
        for selector in wording()["blocked"]["elements"]:
            if parser.css_first(selector) is not None:
                return "a check for robots stands before the page"
    return ""


def _is_scripted(parser: LexborHTMLParser, low: str) -> bool:
    if parser.css_first("script") is None:
        return False
    if any(phrase in low for phrase in words("blocked", "script")):
        return True
    return any(parser.css_first(selector) is not None for selector in wording()["blocked"]["roots"])
