"""What a crawl stores of an address: what is to be asked, what came of it, and what a report is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.evidence.exchange import Exchange
from auditor.model import Capture, Fate


@dataclass(frozen=True, slots=True)
class Task:
    """An address to ask.

    Attributes:
        role: robots, listing or page.
        rank: those of a lower one are asked first.
        form: what it has in common with addresses that the same program makes.
        kin: 1 when all that is known to lead here are pages of the same form.
    """

    number: int
    key: str
    url: str
    host: str
    role: str
    rank: int
    depth: int
    found_on: str
    form: str
    kin: int
    attempts: int = 0

    def row(self) -> tuple[object, ...]:
        """The fields that a new address is stored with."""
        return self.key, self.url, self.host, self.role, self.rank, self.depth, self.found_on, self.form, self.kin


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an address, and what came. `news`: words that no page of its form had said, None if not read."""

    fate: Fate
    reason: str = ""
    exchanges: Sequence[Exchange] = ()
    capture: Capture | None = None
    news: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """An address that is settled (`fate` and why), or that was still waiting (LEFT)."""

    key: str
    url: str
    role: str
    depth: int
    found_on: str
    fate: Fate
    reason: str
