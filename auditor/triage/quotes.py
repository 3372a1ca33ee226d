"""Gathering the quotes of a finding: readable ones, and no words twice."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model import Evidence, Signal
from auditor.policy.clause import Span, readable_span
from auditor.policy.evidence import distinct_spans, evidence
from auditor.policy.facts import FactIndex

Named = tuple[Signal, str]


class Quotes:
    """The quotes of one finding, in the order they are to be read."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._quoted: dict[Span, Evidence] = {}
        self._own: set[Span] = set()  # spans of the signals quoted, which their quotes may exceed

    def judge(self, named: Iterable[Named]) -> None:
        """Quote the words that are judged."""
        for signal, name in named:
            self._quote(signal, name, readable_span(self._index, signal), subject=True)

    def add(self, named: Iterable[Named], most: int) -> None:
        """Quote up to `most` further signals. Inside words quoted already, a signal's own words are enough."""
        for signal, name in distinct_spans(named):
            own = (signal.start, signal.end)
            inside = any(start <= own[0] and own[1] <= end for start, end in self._quoted)
            most -= self._quote(signal, name, own if inside else readable_span(self._index, signal))
            if most <= 0:
                return

    def _quote(self, signal: Signal, name: str, span: Span, *, subject: bool = False) -> bool:
        own = (signal.start, signal.end)
        if span in self._quoted or own in self._own:
            return False
        self._own.add(own)
        self._quoted[span] = evidence(self._index, signal, name, subject=subject, span=span)
        return True

    def all(self) -> tuple[Evidence, ...]:
        """What was quoted."""
        return tuple(self._quoted.values())
