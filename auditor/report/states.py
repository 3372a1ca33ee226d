"""Where a finding stands: open or waived, and, where a baseline was given, new or known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from auditor.model import BaselineState, Finding


class State(StrEnum):
    """What has been decided about a finding; a waiver tells more than a baseline."""

    NEW = "new"
    PARTLY_NEW = "partly-new"
    OPEN = "open"
    KNOWN = "known"
    WAIVED = "waived"


_OF_BASELINE = {
    None: State.OPEN,
    BaselineState.NEW: State.NEW,
    BaselineState.UPDATED: State.PARTLY_NEW,
    BaselineState.UNCHANGED: State.KNOWN,
}


def state_of(finding: Finding) -> State:
    """The one state a reader is told."""
    return State.WAIVED if finding.waiver else _OF_BASELINE[finding.baseline]


def states(findings: Iterable[Finding]) -> tuple[tuple[State, int], ...]:
    """How many findings are in each state; nothing where nobody has decided anything."""
    counts = Counter(map(state_of, findings))
    return tuple((state, counts[state]) for state in State if counts[state]) if set(counts) - {State.OPEN} else ()
