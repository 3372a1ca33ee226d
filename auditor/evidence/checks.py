"""What a check of a case says."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Model

_MOST_NAMED = 5


class Check(Model):
    """What one check found. `ok`: None for what is worth knowing and neither good nor bad."""

    about: str
    ok: bool | None
    says: str


class Verification(Model):
    """All checks of a case."""

    case: str
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether no check failed."""
        return all(check.ok is not False for check in self.checks)


def some(faults: Sequence[str]) -> str:
    """The first faults in words, "" for none."""
    shown = "; ".join(faults[:_MOST_NAMED])
    return f"{shown}; and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else shown
