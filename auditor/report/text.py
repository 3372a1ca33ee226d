"""Text of a page, made safe to show: escaped, with every character that hides or reorders made visible.

A page may carry bidirectional overrides, zero-width characters or control bytes to disguise what it says. Emitting
them would let it disguise itself in the report too, so they are shown as labels such as "U+202E".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

# Controls (bar tab and line feed), soft hyphen, bidi marks and overrides, zero-width and tag characters, lone
# surrogates and non-characters. Zero-width joiners count only beside ASCII: elsewhere scripts and emoji need them.
_ODD = re.compile(
    "(?P<unseen>(?:[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|(?<=[!-~])[\u200c\u200d]|[\u200c\u200d](?=[!-~]))+)"
    # Marks stacked higher than any script stacks them climb over the lines around.
    "|(?<=[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{6})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_LINE_TURN = Markup('<span class="turn"> </span>')
_MOST_CONTEXT = 300  # characters on either side of a quote
_MOST_LABELS = 24  # of one run of unseen characters; a page may hold millions


@dataclass(frozen=True, slots=True)
class Clip:
    """A text cut in its middle: `head`, then `dropped` characters that are not shown, then `tail`."""

    head: str
    dropped: int = 0
    tail: str = ""


def shown(text: object) -> Markup:
    """`text` as HTML that displays exactly what it holds, unseen characters labelled."""
    raw = str(text)
    if not _ODD.search(raw):
        return escape(raw)
    parts: list[str] = []
    last = 0
    for run in _ODD.finditer(raw):
        labels = _labels(run["unseen"]) if run["unseen"] else _left_out(len(run.group()), "stacked marks")
        parts += [escape(raw[last : run.start()]), labels]
        last = run.end()
    return Markup("").join([*parts, escape(raw[last:])])


def plain(text: object) -> str:
    """`text` with its unseen characters labelled but no markup: for attributes and titles."""
    return shown(text).striptags()


def run_in(text: object) -> Markup:
    """`text` as HTML on one line: where the page begins a new line stands a mark, as in quoted verse."""
    return shown(text).replace("\n", _LINE_TURN)


def lead_in(prefix: str, cut: bool) -> str:
    """The words before a quote, ending where it begins. `cut`: the page goes on before them, perhaps inside a word."""
    kept = prefix[-_MOST_CONTEXT:]
    if not cut and kept == prefix:
        return prefix
    return "… " + (kept.partition(" ")[2] or kept)


def lead_out(suffix: str, cut: bool) -> str:
    """The words after a quote, beginning where it ends. `cut`: the page goes on after them, perhaps inside a word."""
    kept = suffix[:_MOST_CONTEXT]
    if not cut and kept == suffix:
        return suffix
    return (kept.rpartition(" ")[0] or kept) + " …"


def clip(text: str, head: int = 700, tail: int = 200) -> Clip:
    """`text` whole, or its first `head` and last `tail` characters when it is much longer."""
    dropped = len(text) - head - tail
    if dropped < head:  # not worth a cut
        return Clip(text)
    return Clip(text[:head], dropped, text[len(text) - tail :])


def _labels(run: str) -> Markup:
    groups = [(character, sum(1 for _ in same)) for character, same in groupby(run)]
    labels = Markup("").join(_label(character, count) for character, count in groups[:_MOST_LABELS])
    left = sum(count for _, count in groups[_MOST_LABELS:])
    return labels + (_left_out(left, "more") if left else Markup(""))


def _left_out(count: int, what: str) -> Markup:
    return Markup('<span class="unseen">{} {}</span>').format(f"{count:,}", what)


def _label(character: str, count: int) -> Markup:
    code = f"U+{ord(character):04X}" + (f" ×{count:,}" if count > 1 else "")
    name = unicodedata.name(character, "control character").lower()
    return Markup('<span class="unseen" title="{}">{}</span>').format(name, code)
