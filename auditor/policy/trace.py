"""Traces in words: what each condition asked, on which evidence it held, and the nearest thing when it did not."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Absence, Assertion, Completeness, Signal
from auditor.model import Condition as ConditionModel
from auditor.policy.conditions import Sight, Trace, signal_name
from auditor.policy.evidence import brief_evidence
from auditor.policy.facts import Miss
from auditor.policy.filters import denying_words, describe_spec, has_other_value, why_not
from auditor.policy.schema import Condition, Count, Each, Policy, Scope
from auditor.policy.signal_spec import Wording

MOST_SHOWN = 3  # pieces of evidence shown for one condition of a stored trace
_MOST_COMPARED = 50  # candidates compared in search of the nearest miss


def describe(condition: Condition, policy: Policy) -> str:
    """What a condition asks, in plain words."""
    key = condition if isinstance(condition, str) else id(condition)
    if key not in policy.descriptions:
        policy.descriptions[key] = _described(condition, policy)
    return policy.descriptions[key]


def _described(condition: Condition, policy: Policy) -> str:
    if isinstance(condition, str):
        return describe_spec(condition, policy.signals[condition])
    if isinstance(condition, Count):
        different = "different " if condition.distinct else ""
        asked = f"at least {condition.at_least} {different}{condition.signal}"
    elif isinstance(condition, Each):
        asked = f"every {condition.each} of the {policy.for_each} found as {condition.found_as}"
    else:
        words = f"at least {condition.at_least} of" if condition.at_least > 1 else "any of"
        parts = (("all of", condition.all), (words, condition.any), ("none of", condition.none))
        asked = ", and ".join(f"{word} {_listing(conditions)}" for word, conditions in parts if conditions)
    if condition.within is Scope.SUBJECT:
        return f"the {policy.for_each} itself is {asked}"
    return asked + _where(condition.within, policy)


def _listing(conditions: Sequence[Condition]) -> str:
    names = [condition if isinstance(condition, str) else "(…)" for condition in conditions]
    return ", ".join(names)


def _where(scope: Scope | None, policy: Policy) -> str:
    if scope is None:
        return ""
    if scope is Scope.PAGE:
        return " on the page"
    return f" in the {scope} of the {policy.for_each}" if policy.for_each else f" in one {scope}"


def as_model(trace: Trace, label: str = "", most: int | None = MOST_SHOWN) -> ConditionModel:
    """The stored form of a trace. `label` says what part of the policy it is; `most` limits the evidence shown."""
    policy, index = trace.sight.matches.policy, trace.sight.matches.index
    miss = None if trace.met or trace.children else nearest_miss(trace)
    name = signal_name(trace.condition)
    shown = trace.children[:most] if trace.places else trace.children
    return ConditionModel(
        asks=f"{label}: {describe(trace.condition, policy)}" if label else describe(trace.condition, policy),
        met=trace.met,
        evidence=tuple(brief_evidence(index, hit, name) for hit in trace.hits[:most]),
        nearest_miss=f"{miss.quote}: {miss.why_not}" if miss and miss.quote else (miss.why_not if miss else ""),
        denied_by=miss.denied_by if miss else "",
        children=tuple(as_model(child, most=most) for child in shown),
    )


def nearest_miss(trace: Trace, value: str = "") -> Miss | None:
    """The candidate that failed an unmet condition by least. `value`: the value looked for, if one of several."""
    sight, name = trace.sight, signal_name(trace.condition)
    misses = sight.matches.index.misses
    key = (sight.matches.key(name), sight.windows, value)
    if key not in misses:
        misses[key] = _nearest(sight, name, value)
    return misses[key]


def _nearest(sight: Sight, name: str, value: str) -> Miss | None:
    matches = sight.matches
    spec = matches.policy.signals[name]
    candidates = matches.index.candidates(spec, matches.policy.id, name)[:_MOST_COMPARED]
    if isinstance(spec, Wording) and not candidates:
        nearest = matches.index.wording(spec)[1]
        return Miss("", nearest) if nearest else None
    misses = [
        (len(failures) + has_other_value(spec, signal, value), failures, signal)
        for signal in candidates
        if (failures := _failures(sight, name, signal, value))
    ]
    if not misses:
        return None
    _, failures, signal = min(misses, key=lambda miss: miss[0])
    return Miss(_quoted(sight, signal), "; ".join(failures), _denial(signal))


def _failures(sight: Sight, name: str, signal: Signal, value: str) -> list[str]:
    index = sight.matches.index
    failures = why_not(sight.matches.policy.signals[name], signal, index.page.blocks)
    if value and signal.value != value:
        failures.append(f"it is {signal.value}, not {value}")
    if sight.windows and not sight.matches.everywhere(name) and not sight.holds(signal):
        failures.append(_elsewhere(sight, signal))
    return failures


def _elsewhere(sight: Sight, signal: Signal) -> str:
    index, scope = sight.matches.index, sight.windows[-1][0]
    headings = index.headings(index.page.blocks[signal.block])
    under = f", under “{headings[-1]}”" if headings else ""
    return f"is another one{under}" if scope is Scope.SUBJECT else f"stands in another {scope}{under}"


def _quoted(sight: Sight, signal: Signal) -> str:
    words = sight.matches.index.page.text[signal.start : signal.end]
    return f"“{words}”" if words else signal.value


def _denial(signal: Signal) -> str:
    return "" if signal.assertion is Assertion.AFFIRMED else denying_words(signal)


def absences(trace: Trace) -> list[Absence]:
    """What a failed condition looked for and did not find: one entry for each missing value, or one in all."""
    policy = trace.sight.matches.policy
    where = where_looked(trace.sight)
    if not trace.missing:
        return [_absence(trace, describe(trace.condition, policy), where, "")]
    name = readable(signal_name(trace.condition))
    words = zip(missing_words(trace), trace.missing, strict=True)
    return [_absence(trace, f"{name}: {word}", where, value) for word, value in words]


def missing_words(trace: Trace) -> list[str]:
    """What a failed condition did not find, in words: the missing values, or the name of the signal."""
    name = signal_name(trace.condition)
    meanings = trace.sight.matches.policy.meanings.get(name, {})
    return [meanings.get(value) or readable(value) for value in trace.missing] or [readable(name)]


def _absence(trace: Trace, looked_for: str, where: str, value: str) -> Absence:
    miss = nearest_miss(trace, value) if signal_name(trace.condition) else None
    if miss is None:
        return Absence(looked_for=looked_for, where=where)
    return Absence(looked_for=looked_for, where=where, nearest=miss.quote, nearest_why_not=miss.why_not)


def where_looked(sight: Sight) -> str:
    """Where a condition looked, in plain words."""
    index = sight.matches.index
    part = ", ".join("these words" if scope is Scope.SUBJECT else f"the same {scope}" for scope, _ in sight.windows)
    headings = index.headings(index.page.blocks[sight.subject.block]) if sight.subject and sight.windows else ()
    place = f"{part} (under “{headings[-1]}”)" if headings else part
    captured = " as far as it was captured" if index.page.completeness is not Completeness.COMPLETE else ""
    return place or f"the whole page{captured}"


def readable(value: str) -> str:
    """A normalised value as a reader says it."""
    return value.replace("-", " ").replace("_", " ")
