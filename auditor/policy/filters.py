"""Whether a signal passes the filters of a policy, and if not, why not in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.model import Assertion, Block, Signal
from auditor.policy.plain import describe_confidence, describe_filter, readable
from auditor.policy.signal_spec import Builtin, Filter, NoneOf, NumberFilter, Phrases, Present, SignalSpec, Wording

_VOICE = {
    Assertion.AFFIRMED: "said by the page itself",
    Assertion.DENIED: "denied",
    Assertion.WARNED: "warned against",
    Assertion.ASKED: "asked as a question",
    Assertion.REPORTED: "reported as another's words",
    Assertion.CONDITIONAL: "conditional",
}


def passes(spec: SignalSpec, signal: Signal, blocks: Sequence[Block]) -> bool:
    """Whether `signal`, of the kind `spec` asks for, passes every filter of `spec`."""
    if isinstance(spec, Wording):
        return True
    if spec.seen not in ("any", signal.seen):
        return False
    if isinstance(spec, Builtin):
        return _voiced(spec, signal) and _passes_details(spec, signal, blocks)
    return not isinstance(spec, Phrases) or _voiced(spec, signal)


def _voiced(spec: Builtin | Phrases, signal: Signal) -> bool:
    return spec.assertion == "any" or signal.assertion in spec.assertion


def _passes_details(spec: Builtin, signal: Signal, blocks: Sequence[Block]) -> bool:
    if spec.values is not None and not accepts(spec.values, (signal.value,)):
        return False
    if spec.role is not None and blocks[signal.block].role not in spec.role:
        return False
    if spec.confidence is not None and not _in_limits(spec.confidence, signal.confidence):
        return False
    return all(accepts(wanted, signal.attributes.get(name, ())) for name, wanted in spec.attributes)


def accepts(wanted: Filter, values: Sequence[str]) -> bool:
    """Whether an attribute with these values passes the filter."""
    if isinstance(wanted, tuple):
        return any(value in wanted for value in values)
    if isinstance(wanted, NoneOf):
        return not any(value in wanted.none_of for value in values)
    if isinstance(wanted, Present):
        return bool(values) == wanted.present
    return any(_in_limits(wanted, number) for number in _numbers(values))


def _in_limits(limits: NumberFilter, number: float) -> bool:
    return (limits.at_least is None or number >= limits.at_least) and (limits.below is None or number < limits.below)


def _numbers(values: Sequence[str]) -> Iterator[float]:
    for value in values:
        try:
            yield float(value)
        except ValueError:
            continue


def has_value(spec: SignalSpec, signal: Signal) -> bool:
    """Whether `signal` has a value that is asked for: with another one it is about something else."""
    return not isinstance(spec, Builtin) or spec.values is None or accepts(spec.values, (signal.value,))


def why_not(
    spec: SignalSpec, signal: Signal, blocks: Sequence[Block], short_of: Mapping[str, str] | None = None
) -> list[str]:
    """One plain phrase for each filter of `spec`, but that on the value, that `signal` fails; empty when it passes.

    `short_of`: attribute to what a signal is that fails a filter on it, as the register has it.
    """
    return list(_reasons(spec, signal, blocks, short_of or {}))


def _reasons(spec: SignalSpec, signal: Signal, blocks: Sequence[Block], short_of: Mapping[str, str]) -> Iterator[str]:
    if isinstance(spec, Wording):
        return
    if isinstance(spec, Builtin | Phrases) and not _voiced(spec, signal):
        yield _voice_reason(signal)
    if spec.seen not in ("any", signal.seen):
        yield f"not seen by a visitor ({blocks[signal.block].visibility})" if spec.seen else "seen by a visitor"
    if isinstance(spec, Builtin):
        yield from _detail_reasons(spec, signal, blocks, short_of)


def _voice_reason(signal: Signal) -> str:
    cues = denying_words(signal)
    return _VOICE[signal.assertion] + (f" by “{cues}”" if cues else "")


def denying_words(signal: Signal) -> str:
    """The words that decided the voice of `signal`, as the page has them."""
    deciding = [cue.text for cue in signal.cues if cue.effect is signal.assertion] or [cue.text for cue in signal.cues]
    return ", ".join(deciding)


def _detail_reasons(
    spec: Builtin, signal: Signal, blocks: Sequence[Block], short_of: Mapping[str, str]
) -> Iterator[str]:
    if spec.role is not None and blocks[signal.block].role not in spec.role:
        yield f"stands in the {blocks[signal.block].role} of the page"
    if spec.confidence is not None and not _in_limits(spec.confidence, signal.confidence):
        yield f"is {signal.confidence:.0%} sure, not {describe_confidence(spec.confidence)}"
    for name, wanted in spec.attributes:
        values = signal.attributes.get(name, ())
        if not accepts(wanted, values):
            yield short_of.get(name, _plain_reason(name, wanted)).replace("{it}", ", ".join(values) or "not known")


def _plain_reason(name: str, wanted: Filter) -> str:
    instead = "" if isinstance(wanted, Present) else f", not {describe_filter(wanted)}"
    return f"its {readable(name)} is {{it}}{instead}"
