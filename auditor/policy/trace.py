"""Traces in words: what each condition asked, on which evidence it held, and the nearest thing when it did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Absence, Completeness, Signal
from auditor.model import Condition as ConditionModel
from auditor.policy.conditions import Sight, Trace, negative, signal_name
from auditor.policy.evidence import brief_evidence
from auditor.policy.facts import Miss
from auditor.policy.nearest import nearest_miss
from auditor.policy.plain import SCOPE_WORDS, called_with, describe, meaning, readable
from auditor.policy.schema import Scope

MOST_SHOWN = 3  # pieces of evidence shown for one condition of a stored trace


def as_model(trace: Trace, label: str = "", most: int | None = MOST_SHOWN) -> ConditionModel:
    """The stored form of a trace. `label` says what part of the policy it is; `most` limits the evidence shown."""
    policy, index = trace.sight.matches.policy, trace.sight.matches.index
    asks, met, trace = describe(trace.condition, policy), trace.met, _innermost(trace)
    miss = None if trace.met or trace.children else _any_miss(trace)
    name = signal_name(trace.condition)
    shown = trace.children[:most] if trace.places else trace.children
    return ConditionModel.model_construct(
        asks=f"{label}: {asks}" if label else asks,
        met=met,
        evidence=tuple(brief_evidence(index, hit, name) for hit in trace.hits[:most]),
        nearest_miss=f"{_quoted(trace.sight, miss)}: {miss.why_not}" if miss else "",
        denied_by=miss.denied_by if miss else "",
        children=tuple(as_model(child, most=most) for child in shown),
    )


def _innermost(trace: Trace) -> Trace:
    """The condition that stands alone in `trace`, where groups hold nothing else: it is told once."""
    while len(trace.children) == 1 and not trace.places and not negative(trace):
        trace = trace.children[0]
    return trace


def _any_miss(trace: Trace) -> Miss | None:
    misses = (nearest_miss(trace, value) for value in trace.missing or ("",))
    return next((miss for miss in misses if miss), None)


def _quoted(sight: Sight, miss: Miss) -> str:
    return f"“{sight.matches.index.page.text[miss.signal.start : miss.signal.end]}”"


@dataclass(frozen=True, slots=True)
class NotFound:
    """Something looked for and not found, with the signal that came nearest to it."""

    absence: Absence
    nearest: Signal | None


def absences(trace: Trace) -> Iterator[NotFound]:
    """What a failed condition looked for and did not find: one entry for each missing value, or one in all."""
    policy, name = trace.sight.matches.policy, signal_name(trace.condition)
    if not trace.missing:
        yield _not_found(trace, describe(trace.condition, policy), "")
    for value in trace.missing:
        yield _not_found(trace, called_with(name, value, policy), value)


def _not_found(trace: Trace, looked_for: str, value: str) -> NotFound:
    where, miss = where_looked(trace.sight), nearest_miss(trace, value)
    if miss is None:
        return NotFound(Absence(looked_for=looked_for, where=where), None)
    nearest = _quoted(trace.sight, miss)
    return NotFound(
        Absence(looked_for=looked_for, where=where, nearest=nearest, nearest_why_not=miss.why_not), miss.signal
    )


def missing_words(trace: Trace) -> list[str]:
    """What a failed condition did not find, in words: the missing values, or the name of the signal."""
    name = signal_name(trace.condition)
    entry = trace.sight.matches.policy.kinds.get(name)
    return [meaning(entry, value) for value in trace.missing] or [readable(name)]


def where_looked(sight: Sight) -> str:
    """Where a condition looked, in plain words."""
    index = sight.matches.index
    if sight.site and index.elsewhere:
        return "on this page and the other pages of the site, as far as they were read"
    if not sight.windows:
        captured = ", as far as it was captured" if index.page.completeness is not Completeness.COMPLETE else ""
        return f"on the whole page{captured}"
    one = "the same" if sight.subject else "one"
    part = " and ".join(
        "in these words" if scope is Scope.SUBJECT else f"in {one} {SCOPE_WORDS[scope]}" for scope, _ in sight.windows
    )
    headings = index.headings(index.page.blocks[sight.subject.block]) if sight.subject else ()
    return f"{part} (under “{headings[-1]}”)" if headings else part
