"""Judging one condition of a policy on the facts of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Signal
from auditor.policy.facts import WHOLE_PAGE_KINDS, FactIndex, spec_key
from auditor.policy.schema import Condition, Count, Each, Group, Policy, Scope
from auditor.policy.signal_spec import Builtin

Window = tuple[Scope, int]
_WHOLE = frozenset({Scope.PAGE, Scope.SITE})


class Matches:
    """The signals of one page that pass the filters of one policy, by name and by place."""

    def __init__(self, policy: Policy, index: FactIndex) -> None:
        """Nothing is looked up before it is asked for."""
        self.policy = policy
        self.index = index
        self._placed: dict[tuple[str, Scope], dict[int, list[Signal]]] = {}
        self._by_value: dict[tuple[str, tuple[Window, ...], bool], dict[str, list[Signal]]] = {}
        self._answers: dict[tuple[str | int, tuple[Window, ...], bool], Trace] = {}

    def of(self, name: str) -> list[Signal]:
        """All signals called `name` in the policy, in text order."""
        return self.index.found(self.policy.signals[name], self.policy.id, name)

    def of_site(self, name: str) -> list[Signal]:
        """The same, and after them those of other pages of the site."""
        return [*self.of(name), *self.index.elsewhere.get(self.key(name), ())]

    def key(self, name: str) -> str:
        """The same for all signals of all policies that ask for what `name` asks for."""
        return spec_key(self.policy.signals[name], self.policy.id, name)

    def at(self, name: str, scope: Scope, place: int) -> list[Signal]:
        """The signals called `name` that stand in one place."""
        placed = self._placed.get((name, scope))
        if placed is None:
            placed = {}
            for signal in self.of(name):
                placed.setdefault(self.index.place(signal, scope), []).append(signal)
            self._placed[(name, scope)] = placed
        return placed.get(place, [])

    def by_value(self, name: str, sight: Sight) -> Mapping[str, Sequence[Signal]]:
        """The signals called `name` in sight, by their values."""
        key = (name, sight.windows, sight.site)
        if key not in self._by_value:
            valued = self._by_value.setdefault(key, {})
            for signal in sight.find(name):
                valued.setdefault(signal.value, []).append(signal)
        return self._by_value[key]

    def answered(self, condition: str | Count, sight: Sight) -> Trace:
        """How a single condition comes out; the same for every subject that looks through the same windows."""
        key = (condition if isinstance(condition, str) else id(condition), sight.windows, sight.site)
        if key not in self._answers:
            self._answers[key] = _look(condition, sight)
        return self._answers[key]

    def everywhere(self, name: str) -> bool:
        """Whether signals of this name concern the page as a whole (those of no name do not)."""
        spec = self.policy.signals.get(name)
        return isinstance(spec, Builtin) and spec.use in WHOLE_PAGE_KINDS


@dataclass(frozen=True, slots=True)
class Sight:
    """Where conditions look: from a subject (or the page), through windows that must all hold a signal.

    `site`: other pages of the site are in sight, too.
    """

    matches: Matches
    subject: Signal | None = None
    windows: tuple[Window, ...] = ()
    site: bool = False

    def find(self, name: str) -> list[Signal]:
        """The signals called `name` in sight."""
        if self.site:
            return self.matches.of_site(name)
        if not self.windows or self.matches.everywhere(name):
            return self.matches.of(name)
        found = self.matches.at(name, *self.windows[-1])
        if len(self.windows) == 1:
            return found
        return [signal for signal in found if self.holds(signal)]

    def holds(self, signal: Signal) -> bool:
        """Whether `signal` stands in every window."""
        return all(self.matches.index.place(signal, scope) == place for scope, place in self.windows)

    def around_subject(self, scope: Scope) -> Sight:
        """The sight over the sentence, section, ... of the subject; for the page itself, everything."""
        if scope in _WHOLE or self.subject is None:
            return Sight(self.matches, self.subject, site=scope is Scope.SITE)
        return Sight(self.matches, self.subject, ((scope, self.matches.index.place(self.subject, scope)),))


@dataclass(frozen=True, slots=True)
class Trace:
    """How one condition came out: compact, and put into words only when someone reads it.

    Attributes:
        hits: the signals that met it.
        children: the conditions inside it, in order all, any, none; or, for `places`, one for each place.
        missing: values that were looked for and not found.
        strength: how sure the evidence is, when met: its weakest necessary part, by the best evidence for each.
        places: the children are this same condition in several places of the page.
    """

    condition: Condition
    met: bool
    sight: Sight
    hits: Sequence[Signal] = ()
    children: Sequence[Trace] = ()
    missing: tuple[str, ...] = ()
    strength: float = 1.0
    places: bool = False


def hold(condition: Condition, sight: Sight) -> Trace:
    """Judge `condition` as seen from `sight`."""
    if isinstance(condition, str):
        return sight.matches.answered(condition, sight)
    scope = condition.within
    if scope is None:
        return _judge(condition, sight)
    if sight.subject is None and scope not in _WHOLE:
        return _judge_places(condition, sight, scope)
    return _judge(condition, sight.around_subject(scope))


def _look(condition: str | Count, sight: Sight) -> Trace:
    hits = sight.find(condition if isinstance(condition, str) else condition.signal)
    count, wanted = len(hits), 1
    if isinstance(condition, Count):
        wanted = condition.at_least
        count = len({signal.value for signal in hits}) if condition.distinct else count
    return Trace(condition, count >= wanted, sight, hits, strength=max((hit.confidence for hit in hits), default=1.0))


def _judge(condition: Group | Count | Each, sight: Sight) -> Trace:
    if isinstance(condition, Count):
        return sight.matches.answered(condition, sight)
    if isinstance(condition, Each):
        return _judge_each(condition, sight)
    every = [hold(child, sight) for child in condition.all]
    some = [hold(child, sight) for child in condition.any]
    no = [hold(child, sight) for child in condition.none]
    met_some = [child.strength for child in some if child.met]
    met = (
        all(child.met for child in every)
        and (not some or len(met_some) >= condition.at_least)
        and not any(child.met for child in no)
    )
    strength = min([*(child.strength for child in every), max(met_some, default=1.0)])
    return Trace(condition, met, sight, children=(*every, *some, *no), strength=strength)


def _judge_each(condition: Each, sight: Sight) -> Trace:
    wanted = _attribute(sight.subject, condition.each) if sight.subject else ()
    found = sight.matches.by_value(condition.found_as, sight)
    missing = tuple(value for value in wanted if value not in found)
    hits = [signal for value in wanted for signal in found.get(value, ())]
    return Trace(condition, not missing, sight, hits, missing=missing)


def _attribute(signal: Signal, name: str) -> tuple[str, ...]:
    return (signal.value,) if name == "value" else signal.attributes.get(name, ())


def _judge_places(condition: Group | Count | Each, sight: Sight, scope: Scope) -> Trace:
    """The page is the subject: the condition holds if it holds in some sentence, card, ... of the page."""
    index = sight.matches.index
    places = dict.fromkeys(
        index.place(signal, scope)
        for name in sorted(positive_names(condition))
        if not sight.matches.everywhere(name)
        for signal in sight.find(name)
    )
    traces = [_judge(condition, Sight(sight.matches, None, (*sight.windows, (scope, place)))) for place in places]
    met = [trace for trace in traces if trace.met]
    if len(met) > 1:
        strength = max(trace.strength for trace in met)
        return Trace(condition, True, sight, children=met, places=True, strength=strength)
    if met:
        return met[0]
    return max(traces, key=_nearness) if traces else _judge(condition, sight)


def _nearness(trace: Trace) -> int:
    return sum(child.met for child in trace.children) + len(trace.hits)


def positive_names(condition: Condition) -> set[str]:
    """Names of the signals whose presence `condition` asks for."""
    if isinstance(condition, str):
        return {condition}
    if isinstance(condition, Count):
        return {condition.signal}
    if isinstance(condition, Each):
        return {condition.found_as}
    return set().union(*(positive_names(child) for child in (*condition.all, *condition.any)))


def negative(trace: Trace) -> Sequence[Trace]:
    """The children of a group that it asks not to hold."""
    condition = trace.condition
    if trace.places or not isinstance(condition, Group):
        return ()
    return trace.children[len(condition.all) + len(condition.any) :]


def positive(trace: Trace) -> Sequence[Trace]:
    """The children of a group that it asks to hold (or, for several places, all of them)."""
    return trace.children[: len(trace.children) - len(negative(trace))]


def signal_name(condition: Condition) -> str:
    """The name of the one signal a condition asks for, or "" for a group."""
    if isinstance(condition, str):
        return condition
    if isinstance(condition, Count):
        return condition.signal
    return condition.found_as if isinstance(condition, Each) else ""


def evidence_of(trace: Trace) -> Iterator[tuple[Signal, str]]:
    """The signals that make a met condition true, with the names the policy gives them."""
    if trace.met:
        name = signal_name(trace.condition)
        yield from ((signal, name) for signal in trace.hits)
        for child in positive(trace):
            yield from evidence_of(child)


def rests_on_absence(trace: Trace) -> bool:
    """Whether a met condition is true only because something was not found."""
    if negative(trace) or trace.missing:
        return True
    condition = trace.condition
    children = positive(trace)
    if trace.places:
        return all(rests_on_absence(child) for child in children)
    if not isinstance(condition, Group):
        return False
    every, some = children[: len(condition.all)], [child for child in children[len(condition.all) :] if child.met]
    firm = sum(not rests_on_absence(child) for child in some)
    return any(rests_on_absence(child) for child in every) or (bool(some) and firm < condition.at_least)


def unmet_parts(trace: Trace) -> Iterator[Trace]:
    """The single conditions for want of which an unmet condition does not hold."""
    if trace.missing or not trace.children:
        yield trace
    for child in positive(trace):
        if not child.met:
            yield from unmet_parts(child)


def rested_on(trace: Trace) -> Iterator[Trace]:
    """The single conditions on whose failure a met condition rests: those under `none`."""
    for child in negative(trace):
        yield from unmet_parts(child)
    for child in positive(trace):
        if child.met:
            yield from rested_on(child)
