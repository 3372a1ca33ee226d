"""A page being written for a test: blocks in order, the text they make, and quotes found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote as percent_encode

from auditor.model import (
    BlockKind,
    BlockView,
    Evidence,
    Role,
    TextPositionSelector,
    TextQuoteSelector,
    Visibility,
)

URL = "https://calmharbour.example/blog/sleep-better-with-restolam"


@dataclass
class Sheet:
    """A page being written: blocks in order, and the text they make."""

    text: str = ""
    blocks: list[BlockView] = field(default_factory=list)

    def put(self, words: str, kind: str = "paragraph", role: str = "main", seen: str = "visible", **more: int) -> None:
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append(
            BlockView(
                start=start,
                end=len(self.text),
                kind=BlockKind(kind),
                role=Role(role),
                visibility=Visibility(seen),
                **more,
            )
        )

    def evidence(self, words: str, signal: str = "offer", around: int = 60, nth: int = 1, **more: object) -> Evidence:
        start = -1
        for _ in range(nth):
            start = self.text.index(words, start + 1)
        end = start + len(words)
        block = next(block for block in self.blocks if block.start <= start < block.end)
        prefix, suffix = self.text[max(0, start - around) : start], self.text[end : end + around]
        return Evidence(
            quote=words,
            start=start,
            end=end,
            prefix=prefix,
            suffix=suffix,
            signal=signal,
            role=block.role,
            visibility=block.visibility,
            link=f"{URL}#:~:text={percent_encode(words, safe='')}",
            selectors=(
                TextQuoteSelector(exact=words, prefix=prefix, suffix=suffix),
                TextPositionSelector(start=start, end=end),
            ),
            **more,  # type: ignore[arg-type]
        )
