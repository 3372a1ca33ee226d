"""Signals as evidence: the page's own words, verbatim, with where they stand and how to find them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote as percent_encode

from auditor.model import SEEN, Block, BlockKind, Evidence, Signal, TextPositionSelector, TextQuoteSelector, Voice
from auditor.policy.facts import FactIndex, on_other_page

CONTEXT = 80  # characters of surroundings on either side of a quote
_SPACE = re.compile(r"\s")
_LONG = 100  # a longer quote is linked by its first and last words
_EDGE_WORDS = 4

Span = tuple[int, int]
_UNLINKED = frozenset({BlockKind.IMAGE, BlockKind.FIELD, BlockKind.OPTION, BlockKind.BUTTON})


def evidence(
    index: FactIndex, signal: Signal, name: str, *, subject: bool = False, span: Span | None = None
) -> Evidence:
    """The words of `signal` as full evidence, under the name the policy gives it. `span`: what to quote instead."""
    text, block = index.page.text, index.page.blocks[signal.block]
    start, end = span or (signal.start, signal.end)
    prefix, suffix = surroundings(text, start, end)
    return Evidence.model_construct(
        quote=text[start:end],
        start=start,
        end=end,
        prefix=prefix,
        suffix=suffix,
        signal=name,
        value=signal.value,
        match=signal.match,
        voice=Voice.model_construct(assertion=signal.assertion, cues=tuple(cue.text for cue in signal.cues)),
        role=block.role,
        visibility=block.visibility,
        headings=index.headings(block),
        path=block.path,
        link=_link(index, block, start, end),
        selectors=(
            TextQuoteSelector.model_construct(exact=text[start:end], prefix=prefix, suffix=suffix),
            TextPositionSelector.model_construct(start=start, end=end),
        ),
        subject=subject,
    )


def brief_evidence(index: FactIndex, signal: Signal, name: str) -> Evidence:
    """The words of `signal` with their offsets and voice only, for the trace of a condition.

    Words of another page have no offsets here, but the address of that page.
    """
    page, words = on_other_page(signal) or ("", index.page.text[signal.start : signal.end])
    return Evidence.model_construct(
        quote=words,
        start=signal.start,
        end=signal.end,
        signal=name,
        value=signal.value,
        match=signal.match,
        voice=Voice.model_construct(assertion=signal.assertion, cues=tuple(cue.text for cue in signal.cues)),
        link=page,
    )


def carried(index: FactIndex, signal: Signal, name: str) -> Iterator[tuple[Signal, str]]:
    """The further spans that carry `signal`, as signals: those found there, or else plain spans of its kind."""
    for start, end in signal.because:
        found = index.at_span(start, end)
        yield (found, found.kind) if found else (_span(index, signal, start, end), name)


def _span(index: FactIndex, signal: Signal, start: int, end: int) -> Signal:
    block = index.block_at(start)
    return Signal(signal.kind, signal.value, start, end, block.index, match=signal.match, seen=block.visibility in SEEN)


def distinct_spans(named: Iterable[tuple[Signal, str]]) -> Iterator[tuple[Signal, str]]:
    """Drop signals without words, and all but the first on one span."""
    met: set[tuple[int, int]] = set()
    for signal, name in named:
        span = (signal.start, signal.end)
        if signal.end > signal.start and span not in met:
            met.add(span)
            yield signal, name


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to 80 characters before and after a span, cut between words."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    if first and not text[first - 1].isspace():
        space = _SPACE.search(text, first, start)
        first = space.start() if space else start
    if last < len(text) and not text[last].isspace():
        last = max(text.rfind(" ", end, last), text.rfind("\n", end, last)) + 1 or end
    return text[first:start], text[end:last]


def _link(index: FactIndex, block: Block, start: int, end: int) -> str:
    """The page's URL with a text fragment (wicg.github.io/scroll-to-text-fragment), where that can work."""
    url = index.page.url
    if not url.startswith(("http://", "https://")):
        return ""
    if block.visibility not in SEEN or block.kind in _UNLINKED:
        return url
    return f"{url.partition('#')[0]}#:~:text={text_directive(index.page.text, block, start, end)}"


def text_directive(text: str, block: Block, start: int, end: int) -> str:
    """The value of a `text=` directive: `[prefix-,]start[,end][,-suffix]`, percent-encoded."""
    exact = text[start:end]
    words = exact.split()
    if (len(exact) > _LONG or "\n" in exact) and len(words) > 2 * _EDGE_WORDS:
        target = [" ".join(words[:_EDGE_WORDS]), " ".join(words[-_EDGE_WORDS:])]
    else:
        target = [" ".join(words)]
    prefix, suffix = surroundings(text, start, end)
    before = " ".join(text[max(block.start, start - len(prefix)) : start].split()[-_EDGE_WORDS:])
    after = " ".join(text[end : min(block.end, end + len(suffix))].split()[:_EDGE_WORDS])
    parts = [f"{_encode(before)}-"] if before else []
    parts += [_encode(part) for part in target]
    return ",".join([*parts, f"-{_encode(after)}"] if after else parts)


def _encode(words: str) -> str:
    return percent_encode(words, safe="").replace("-", "%2D")
