"""Whether text is the source of a program or a dump of data rather than a page: what it holds is shown, not said."""

from __future__ import annotations

import re

_FEWEST_LINES = 4
_SHARE = 0.5  # of the lines that look like code
_CODE_LINE = re.compile(
    r"""
    .*[{};\\]\s*$                                   # ends as a statement or opens a block
    | \s*[\])}]+[;,)]*\s*$                          # closes one
    | \s*["'][^"']*["']\s*(?:=>|:|,)                # an entry of a list or a map
    | \s*[\w.$\[\]"']+\s*(?:=>|:=|\+?=)\s*\S        # an assignment
    | \s*(?:import|from|def|class|func(?:tion)?|const|let|var|return|public|private|elif|else:|if\s*\(|for\s*\(|
        while\s*\(|INSERT\s+INTO|SELECT\s|\#include|<\?php|</?[a-z]+[ >])\b
    | \s*(?://|/\*|\*/|--\s|\#!)                    # a comment
    | \s*[\w-]+:\s*[\[{|>"']                        # an entry of a configuration
    """,
    re.VERBOSE,
)


def is_source_code(text: str) -> bool:
    """Whether most lines of `text` are lines of a program or of data."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _FEWEST_LINES and sum(bool(_CODE_LINE.match(line)) for line in lines) >= _SHARE * len(lines)
