"""What a policy file must satisfy beyond its form: names that exist, sentences that can be filled, tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model import Outcome
from auditor.policy.registry import Registry
from auditor.policy.schema import Condition, Count, Each, Group, Policy, Scope, Status, TestFile
from auditor.policy.signal_spec import Builtin, Filter, NoneOf, Phrases
from auditor.policy.statement import PLACEHOLDER
from auditor.vocabulary.marked import FieldPath, nearest

Problem = tuple[FieldPath, str]


def check(policy: Policy, registry: Registry, tests: TestFile | None) -> Iterator[Problem]:
    """Every fault of one policy, each with the path of its field."""
    yield from _check_file_name(policy)
    yield from _check_signals(policy, registry)
    yield from _check_names(policy)
    yield from _check_scopes(policy, registry)
    yield from _check_outcomes(policy, registry)
    yield from _check_trust(policy, tests)


def _check_file_name(policy: Policy) -> Iterator[Problem]:
    if policy.file.name != f"{policy.id}.yaml":
        yield ("id",), f"expected the name of the file, {policy.file.stem!r}"
    if not policy.id.startswith(f"{policy.pack}."):
        yield ("id",), f"expected an id that begins with its pack, {policy.pack!r}"
    start, end = policy.effective.from_, policy.effective.until
    if start and end and end < start:
        yield ("effective", "until"), "expected a day after `from`"


# --------------------------------------------------------------------------------------------------- signals


def _check_signals(policy: Policy, registry: Registry) -> Iterator[Problem]:
    for name, spec in policy.signals.items():
        path: FieldPath = ("signals", name)
        if isinstance(spec, Builtin):
            yield from _check_builtin(spec, registry, path)
        if isinstance(spec, Phrases) and not isinstance(spec.phrases, dict) and len(_languages(policy)) != 1:
            yield (*path, "phrases"), "expected a mapping of language to phrases, as the policy has not one language"


def _languages(policy: Policy) -> tuple[str, ...]:
    return () if policy.languages == "any" else policy.languages


def _check_builtin(spec: Builtin, registry: Registry, path: FieldPath) -> Iterator[Problem]:
    if spec.use not in registry.kinds:
        yield (*path, "use"), f"unknown signal {spec.use!r}{nearest(spec.use, registry.kinds)}"
        return
    known = registry.values(spec.use)
    for value in _named_values(spec.values):
        if known is not None and value not in known:
            yield (*path, "value"), f"unknown value {value!r} of {spec.use}{nearest(value, known)}"
    for attribute, _ in spec.attributes:
        if not registry.knows_attribute(spec.use, attribute):
            hint = nearest(attribute, registry.attributes(spec.use) or ())
            yield (*path, *attribute.split(".")), f"unknown attribute {attribute!r} of {spec.use}{hint}"


def _named_values(wanted: Filter | None) -> tuple[str, ...]:
    if isinstance(wanted, NoneOf):
        return wanted.none_of
    return wanted if isinstance(wanted, tuple) else ()


# ------------------------------------------------------------------------------------------------- conditions


def conditions(policy: Policy) -> Iterator[tuple[FieldPath, Condition]]:
    """Every condition of a policy, inner ones too, with its path."""
    for part in ("applies_when", "when", "require"):
        condition = getattr(policy, part)
        if condition is not None:
            yield from _inside(condition, (part,))
    for part in ("exempt_when", "review_instead_when", "needs_review_when"):
        for number, condition in enumerate(getattr(policy, part)):
            yield from _inside(condition, (part, number))


def _inside(condition: Condition, path: FieldPath) -> Iterator[tuple[FieldPath, Condition]]:
    yield path, condition
    if isinstance(condition, Group):
        for part in ("all", "any", "none"):
            for number, child in enumerate(getattr(condition, part)):
                yield from _inside(child, (*path, part, number))


def _named(policy: Policy) -> Iterator[tuple[FieldPath, str]]:
    if policy.for_each:
        yield ("for_each",), policy.for_each
    for name, spec in policy.signals.items():
        yield from ((("signals", name, "nearest", number), near) for number, near in enumerate(spec.nearest))
    for path, condition in conditions(policy):
        if isinstance(condition, str):
            yield path, condition
        elif isinstance(condition, Count):
            yield (*path, "signal"), condition.signal
        elif isinstance(condition, Each):
            yield (*path, "found_as"), condition.found_as


def _check_names(policy: Policy) -> Iterator[Problem]:
    used = set()
    for path, name in _named(policy):
        used.add(name)
        if name not in policy.signals:
            yield path, f"unknown name {name!r}{nearest(name, policy.signals)}: expected one defined under signals"
    for name in policy.signals:
        if name not in used:
            yield ("signals", name), "never used in a condition"


def _check_scopes(policy: Policy, registry: Registry) -> Iterator[Problem]:
    for path, condition in conditions(policy):
        if isinstance(condition, Group) and condition.at_least > max(1, len(condition.any)):
            yield (*path, "at_least"), f"expected at most {len(condition.any)}, the number of conditions under any"
        if not isinstance(condition, str) and condition.within is Scope.SUBJECT and policy.for_each is None:
            yield (*path, "within"), "expected for_each in this policy: without it there is no subject"
        if isinstance(condition, Each):
            yield from _check_attribute(policy, registry, condition.each, (*path, "each"))


def _check_attribute(policy: Policy, registry: Registry, attribute: str, path: FieldPath) -> Iterator[Problem]:
    """An attribute of the subject, named in a condition or a sentence."""
    spec = policy.signals.get(policy.for_each or "")
    if policy.for_each is None:
        yield path, "expected for_each in this policy: without it there is no subject"
    elif attribute != "value" and isinstance(spec, Builtin) and not registry.knows_attribute(spec.use, attribute):
        hint = nearest(attribute, registry.attributes(spec.use) or ())
        yield path, f"unknown attribute {attribute!r} of {spec.use}{hint}"


# --------------------------------------------------------------------------------------------------- outcomes


def _check_outcomes(policy: Policy, registry: Registry) -> Iterator[Problem]:
    if policy.when is None and policy.require is None and not policy.needs_review_when:
        yield (), "expected when, require or needs_review_when: this policy can find nothing"
    if policy.accuses and policy.outcomes.violation is None:
        yield ("outcomes", "violation"), "is required"
    if not policy.accuses and policy.outcomes.violation is not None:
        why = "advice is never a violation" if policy.when or policy.require else "there is no when and no require"
        yield ("outcomes", "violation"), f"expected no such sentence: {why}"
    if (policy.applies_when or policy.for_each) and policy.outcomes.not_applicable is None:
        yield ("outcomes", "not-applicable"), "is required, as the policy has applies_when or for_each"
    for name, sentence in policy.outcomes.model_dump(by_alias=True, exclude_none=True).items():
        yield from _check_placeholders(policy, registry, name, sentence)


def _check_placeholders(policy: Policy, registry: Registry, name: str, sentence: str) -> Iterator[Problem]:
    path: FieldPath = ("outcomes", name)
    allowed = {"not-applicable": set(), "pass": {"subject", "count"}}.get(name, {"subject", "count", "missing"})
    for placeholder in PLACEHOLDER.findall(sentence):
        base, _, attribute = placeholder.partition(".")
        if base not in allowed or (attribute and base != "subject"):
            yield path, f"unknown placeholder {{{placeholder}}}{nearest(placeholder, allowed)}"
        elif base == "subject":
            yield from _check_attribute(policy, registry, attribute or "value", path)


# ------------------------------------------------------------------------------------------------------ trust


def _check_trust(policy: Policy, tests: TestFile | None) -> Iterator[Problem]:
    if policy.status is not Status.STABLE:
        return
    if all(authority.status == "knowledge" for authority in policy.authority):
        yield ("status",), "expected draft or test: a stable policy rests on at least one citation that was verified"
    missing = [outcome.value for outcome in proofs(policy) if outcome not in _tested(tests)]
    if missing:
        yield ("status",), f"expected draft or test: a stable policy has tests that expect {', '.join(missing)}"


def proofs(policy: Policy) -> Iterable[Outcome]:
    """The outcomes that a stable policy must have tests for."""
    return ([Outcome.VIOLATION] if policy.accuses else []) + [Outcome.REVIEW, Outcome.PASS]


def _tested(tests: TestFile | None) -> set[Outcome]:
    return {case.expect for case in tests.tests} if tests else set()
