"""The nearest miss: what came closest to a thing that was looked for and not found, and why it does not do.

Near is only what could be mistaken for the thing: it says the same (it has the value looked for, and fails one
filter), or the policy names it as a neighbour. A sentence on another topic is no nearest thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from auditor.model import Assertion, Signal
from auditor.policy.conditions import Sight, Trace, signal_name
from auditor.policy.facts import Miss
from auditor.policy.filters import denying_words, has_value, why_not
from auditor.policy.plain import SCOPE_WORDS, called
from auditor.policy.schema import Scope
from auditor.policy.signal_spec import SignalSpec, Wording

_MOST_COMPARED = 50  # candidates compared in search of the nearest miss
_LEAST_SHARE = 0.5  # of the words of a prescribed wording: less may be chance


def nearest_miss(trace: Trace, value: str = "") -> Miss | None:
    """What came nearest to meeting an unmet condition on one signal. `value`: the value looked for, if one of several.

    None for a group of conditions, and where nothing came near.
    """
    sight, name = trace.sight, signal_name(trace.condition)
    if not name:
        return None
    misses = sight.matches.index.misses
    key = (sight.matches.key(name), sight.windows, value)
    if key not in misses:
        misses[key] = next(_single_failures(sight, name, value), None)
    return misses[key] or _neighbour(sight, name)


def _single_failures(sight: Sight, name: str, value: str) -> Iterator[Miss]:
    matches = sight.matches
    spec = matches.policy.signals[name]
    if isinstance(spec, Wording):
        best = matches.index.wording(spec)
        if best and best[1] >= _LEAST_SHARE:
            yield Miss(best[0], f"has {best[1]:.0%} of its words, not {spec.share:.0%}")
        return
    for signal in islice(_like(sight, spec, name, value), _MOST_COMPARED):
        failures = _failures(sight, name, signal)
        if len(failures) == 1:
            yield Miss(signal, failures[0], _denial(signal))


def _like(sight: Sight, spec: SignalSpec, name: str, value: str) -> Iterator[Signal]:
    """Signals with words of their own that have the value looked for."""
    for signal in sight.matches.index.candidates(spec, sight.matches.policy.id, name):
        if signal.end > signal.start and has_value(spec, signal) and value in ("", signal.value):
            yield signal


def _failures(sight: Sight, name: str, signal: Signal) -> list[str]:
    policy, entry = sight.matches.policy, sight.matches.policy.kinds.get(name)
    failures = why_not(policy.signals[name], signal, sight.matches.index.page.blocks, entry.short_of if entry else {})
    if sight.windows and not sight.matches.everywhere(name) and not sight.holds(signal):
        failures.append(_elsewhere(sight, signal))
    return failures


def _elsewhere(sight: Sight, signal: Signal) -> str:
    index, scope = sight.matches.index, sight.windows[-1][0]
    headings = index.headings(index.page.blocks[signal.block])
    under = f", under “{headings[-1]}”" if headings else ""
    return f"is another one{under}" if scope is Scope.SUBJECT else f"stands in another {SCOPE_WORDS[scope]}{under}"


def _denial(signal: Signal) -> str:
    return "" if signal.assertion is Assertion.AFFIRMED else denying_words(signal)


def _neighbour(sight: Sight, name: str) -> Miss | None:
    """The first signal that the policy names as near to `name`."""
    policy = sight.matches.policy
    for near in policy.signals[name].nearest:
        found = next((signal for signal in sight.matches.of(near) if signal.end > signal.start), None)
        if found:
            return Miss(found, f"only {called(near, policy)}")
    return None
