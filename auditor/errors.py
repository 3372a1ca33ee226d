"""One exception tree, and the exit code each branch ends the command with.

    AuditorError                   exit 2
    ├── UsageError                 exit 2   the call's words are off
    ├── PolicyError                exit 2   a policy, vocabulary or drug file cannot be loaded
    ├── OutputError                exit 2   a result cannot be written where asked
    └── CaptureError               exit 3   an input could not be read or judged

Exit 0 is clean; exit 1 means findings at or above `--fail-on`.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_NOT_JUDGED = 3


class AuditorError(Exception):
    """Base of every error this package raises on purpose. Its text is one line that says what to do."""

    exit_code = EXIT_USAGE


class UsageError(AuditorError):
    """The call asks for something that does not exist or does not fit together."""


class PolicyError(AuditorError):
    """A policy, vocabulary or drug file cannot be loaded; names file, line and field.

    Attributes:
        problems: one line each, "file:line: field: what was expected".
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class OutputError(AuditorError):
    """A result cannot be written where asked."""


class CaptureError(AuditorError):
    """An input could not be read or judged."""

    exit_code = EXIT_NOT_JUDGED
