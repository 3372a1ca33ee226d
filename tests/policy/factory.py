"""Hand-made facts and policies: tests of the policy engine need no page reader and no detector."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from auditor.model import (
    Assertion,
    Audience,
    Block,
    BlockKind,
    Completeness,
    Cue,
    ElementMatch,
    Kind,
    Page,
    Role,
    Signal,
    Visibility,
)
from auditor.policy.evaluate import evaluate
from auditor.policy.facts import Context, FactIndex
from auditor.policy.schema import Policy
from auditor.policy.verdict import Verdict

TODAY = dt.date(2026, 11, 22)
NOWHERE = Context()
US = Context({"us": Audience(jurisdiction="us", assessed=True, reason="asked for")})


@dataclass(frozen=True)
class HandMade:
    """Facts of a page written by hand."""

    page: Page
    signals: tuple[Signal, ...] = ()
    audit_date: dt.date = TODAY

    def sentence_at(self, offset: int) -> tuple[int, int]:
        block = self.block_at(offset)
        start = self.page.text.rfind(". ", block.start, offset) + 2
        end = self.page.text.find(". ", offset, block.end)
        return max(block.start, start if start > 1 else 0), end + 2 if end >= 0 else block.end

    def block_at(self, offset: int) -> Block:
        return next(block for block in self.page.blocks if block.start <= offset < block.end)

    def find(self, words: str, kind: str, value: str = "", nth: int = 0, **more: Any) -> HandMade:
        """These facts with one more signal, on the nth occurrence of `words`."""
        start = -1
        for _ in range(nth + 1):
            start = self.page.text.index(words, start + 1)
        block = self.block_at(start)
        attributes = {
            name: (held,) if isinstance(held, str) else held for name, held in more.pop("attributes", {}).items()
        }
        signal = Signal(kind, value, start, start + len(words), block.index, attributes=attributes)
        seen = block.visibility is Visibility.VISIBLE
        return replace(self, signals=(*self.signals, replace(signal, **{"seen": seen, **more})))

    def fact(self, kind: str, value: str) -> HandMade:
        """These facts with one more signal that stands nowhere in particular."""
        return replace(self, signals=(*self.signals, Signal(kind, value, 0, 0, 0)))

    def with_page(self, **changes: Any) -> HandMade:
        return replace(self, page=replace(self.page, **changes))

    def element(self, selector: str, words: str) -> HandMade:
        start = self.page.text.index(words)
        return self.with_page(elements=(*self.page.elements, ElementMatch(selector, start, start + len(words))))


def denied_by(words: str) -> dict[str, Any]:
    """The fields of a signal whose voice a cue decided."""
    return {"assertion": Assertion.DENIED, "cues": (Cue(words, 0, 0, Assertion.DENIED),)}


def page(*lines: str, **changes: Any) -> HandMade:
    """A page with one block a line.

    `# x` and `## x` are headings, `@3 x` stands in card 3, `|3 x` in row 3, `~ x` is hidden.
    """
    text, blocks, open_headings = "", [], {0: -1}
    for index, line in enumerate(lines):
        mark, _, rest = line.partition(" ")
        level = mark.count("#") if set(mark) == {"#"} else 0
        number = int(mark[1:]) if mark[:1] in "@|" and mark[1:].isdigit() else -1
        words = rest if level or number >= 0 or mark == "~" else line
        section = open_headings[max(depth for depth in open_headings if depth < level or not level)]
        if level:
            open_headings = {depth: held for depth, held in open_headings.items() if depth < level} | {level: index}
        blocks.append(
            Block(
                index,
                len(text),
                len(text) + len(words) + 1,
                BlockKind.HEADING if level else BlockKind.PARAGRAPH,
                Role.MAIN,
                Visibility.HIDDEN if mark == "~" else Visibility.VISIBLE,
                path=f"body>p:nth({index})",
                level=level,
                section=section,
                card=number if mark[0] == "@" else -1,
                row=number if mark[0] == "|" else -1,
            )
        )
        text += words + "\n"
    made = Page("https://example.org/a", Kind.HTML, "", "en", text, tuple(blocks))
    return HandMade(replace(made, **changes))


def policy(**changes: Any) -> Policy:
    """A policy that faults a page for a claim, unless `changes` say otherwise."""
    written: dict[str, Any] = {
        "id": "core.made.up",
        "version": "1.0",
        "title": "Made up",
        "status": "test",
        "severity": "high",
        "jurisdictions": ["global"],
        "languages": ["en"],
        "authority": [{"cite": "A code", "status": "verified"}],
        "why": "It matters.",
        "fix": "Change it.",
        "signals": {"claim": {"use": "claim"}},
        "when": {"any": ["claim"]},
        "outcomes": {"violation": "Wrong.", "review": "Perhaps wrong.", "pass": "Right.", "not-applicable": "Not so."},
    }
    return Policy.model_validate({name: value for name, value in (written | changes).items() if value is not None})


def judged(facts: HandMade, context: Context = NOWHERE, **changes: Any) -> Verdict:
    """The verdict of a made-up policy."""
    return evaluate(policy(**changes), FactIndex(facts), context)


def truncated(facts: HandMade) -> HandMade:
    return facts.with_page(completeness=Completeness.TRUNCATED)
