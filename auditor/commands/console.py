"""Writing to the terminal. What a scanned page says is shown as text, never obeyed as markup or control codes."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OF_PIPES = 240  # wide enough that no id is broken for the program that reads it
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})


@cache
def stderr() -> Console:
    """The console on standard error: colours only on a terminal, and none with NO_COLOR."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if console.is_terminal:
        return console
    return Console(stderr=True, highlight=False, soft_wrap=True, width=_WIDTH_OF_PIPES)


@cache
def stdout() -> Console:
    """The console on standard output, for what a command was called to show."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH_OF_PIPES)


def print_error(message: str) -> None:
    """One red line: `error: ...`."""
    from rich.text import Text

    stderr().print(Text.assemble(("error:", "bold red"), f" {printable(message)}", style="red"))


def printable(text: str) -> str:
    """`text` on one line, without characters that steer a terminal or turn the direction of writing."""
    shown = (" " if char in "\n\r\t" else char for char in text)
    return "".join(char for char in shown if unicodedata.category(char) not in _HIDDEN_CATEGORIES)
