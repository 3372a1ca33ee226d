"""Signals and conditions in plain words, for those who read a result and never see the policy's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.policy.registry import KindEntry
from auditor.policy.schema import Condition, Count, Each, Group, Policy, Scope
from auditor.policy.signal_spec import Builtin, Elements, Filter, NoneOf, NumberFilter, Phrases, Present, Wording

_MOST_NAMED = 6  # values named of a long list
_LONGEST_WORDING = 60
SCOPE_WORDS = {
    Scope.SENTENCE: "sentence",
    Scope.BLOCK: "paragraph",
    Scope.ROW: "table row",
    Scope.CARD: "product card",
    Scope.SECTION: "section",
}


def readable(value: str) -> str:
    """A normalised value as a reader says it."""
    return value.replace("-", " ").replace("_", " ")


def called(name: str, policy: Policy) -> str:
    """What the signal `name` stands for: in the policy's own words, or else in those of the register."""
    spec = policy.signals[name]
    if spec.called:
        return spec.called
    if isinstance(spec, Builtin):
        return _by_register(spec, policy.kinds.get(name))
    if isinstance(spec, Phrases):
        by_language = spec.phrases if isinstance(spec.phrases, dict) else {"": spec.phrases}
        phrases = [f"“{phrase}”" for listed in by_language.values() for phrase in listed]
        return f"the words {_alternatives(phrases)}"
    if isinstance(spec, Elements):
        return f"an element that matches {_alternatives(spec.elements)}"
    return f"the wording “{_cut(spec.wording)}”" if isinstance(spec, Wording) else readable(name)


def called_with(name: str, value: str, policy: Policy) -> str:
    """What the signal `name` with one certain value stands for."""
    entry = policy.kinds.get(name)
    if entry and entry.with_value:
        return entry.with_value.format(value=meaning(entry, value))
    return f"{called(name, policy)}: {meaning(entry, value)}"


def meaning(entry: KindEntry | None, value: str) -> str:
    """A value of a kind of signal in words."""
    return (entry.meaning(value) if entry else "") or readable(value)


def _by_register(spec: Builtin, entry: KindEntry | None) -> str:
    words = (entry.called if entry else "") or readable(spec.use)
    if spec.values is not None:
        values = describe_filter(spec.values, lambda value: meaning(entry, value))
        with_value = entry.with_value if entry else ""
        words = with_value.format(value=values) if with_value else f"{words}: {values}"
    details = [f"{readable(name)} {describe_filter(wanted, readable)}" for name, wanted in spec.attributes]
    if spec.confidence is not None:
        details.append(describe_confidence(spec.confidence))
    return f"{words} ({', '.join(details)})" if details else words


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDING else words[:_LONGEST_WORDING].rsplit(" ", 1)[0] + " …"


def describe_filter(wanted: Filter, say: Callable[[str], str] = str) -> str:
    """A filter in plain words. `say` puts one value into words."""
    if isinstance(wanted, tuple):
        return _alternatives([say(word) for word in wanted])
    if isinstance(wanted, NoneOf):
        return f"anything but {_alternatives([say(word) for word in wanted.none_of])}"
    if isinstance(wanted, Present):
        return "known" if wanted.present else "not known"
    return _limits(wanted, "{:g}".format)


def describe_confidence(wanted: NumberFilter) -> str:
    """How sure a signal must be."""
    return f"{_limits(wanted, '{:.0%}'.format)} sure"


def _limits(wanted: NumberFilter, say: Callable[[float], str]) -> str:
    limits = [f"at least {say(wanted.at_least)}" if wanted.at_least is not None else ""]
    limits.append(f"below {say(wanted.below)}" if wanted.below is not None else "")
    return " and ".join(filter(None, limits))


def _alternatives(words: Sequence[str]) -> str:
    if len(words) > _MOST_NAMED:
        words = [*words[: _MOST_NAMED - 1], f"{len(words) - _MOST_NAMED + 1} more"]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


# ------------------------------------------------------------------------------------------------- conditions


def describe(condition: Condition, policy: Policy) -> str:
    """What a condition asks, in plain words."""
    key = condition if isinstance(condition, str) else id(condition)
    if key not in policy.descriptions:
        policy.descriptions[key] = _described(condition, policy)
    return policy.descriptions[key]


def _described(condition: Condition, policy: Policy) -> str:
    if isinstance(condition, str):
        return called(condition, policy)
    if condition.within is Scope.SUBJECT:
        return f"the words judged are {_asked(condition, policy)}"
    return _asked(condition, policy) + _where(condition.within, policy)


def _asked(condition: Group | Count | Each, policy: Policy) -> str:
    if isinstance(condition, Count):
        different = " in different forms" if condition.distinct else ""
        times = f"{condition.at_least} times or more{different}: " if condition.at_least > 1 else ""
        return times + called(condition.signal, policy)
    if isinstance(condition, Each):
        return f"{called(condition.found_as, policy)}, for each of: {_attribute(condition.each, policy)}"
    some = f"{condition.at_least} or more of" if condition.at_least > 1 else "one of"
    parts = [_together("all of", condition.all, policy), _together(some, condition.any, policy)]
    parts.append(f"none of: {_listing(condition.none, policy)}" if condition.none else "")
    return ", and ".join(filter(None, parts))


def _together(words: str, conditions: Sequence[Condition], policy: Policy) -> str:
    if len(conditions) < 2:
        return _listing(conditions, policy)
    return f"{words}: {_listing(conditions, policy)}"


def _listing(conditions: Sequence[Condition], policy: Policy) -> str:
    alone = len(conditions) == 1
    words = [describe(each, policy) for each in conditions]
    nested = [isinstance(each, Group) and not alone for each in conditions]
    return "; ".join(f"({each})" if inner else each for each, inner in zip(words, nested, strict=True))


def _attribute(name: str, policy: Policy) -> str:
    entry = policy.kinds.get(policy.for_each or "")
    return (entry.attributes.get(name) if entry else "") or readable(name)


def _where(scope: Scope | None, policy: Policy) -> str:
    if scope is None:
        return ""
    if scope is Scope.PAGE:
        return ", anywhere on the page"
    if scope is Scope.SITE:
        return ", anywhere on the site"
    return f", in {'the same' if policy.for_each else 'one'} {SCOPE_WORDS[scope]}"
