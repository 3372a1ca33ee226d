"""Whether a signal passes the filters of a policy, and if not, why not in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model import Assertion, Block, Signal
from auditor.policy.signal_spec import Builtin, Filter, NoneOf, NumberFilter, Phrases, Present, SignalSpec, Wording

_MOST_NAMED = 6  # values named of a long list
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


def has_other_value(spec: SignalSpec, signal: Signal, value: str = "") -> bool:
    """Whether `signal` has another value than is asked for: it is then about something else. `value`: if just one."""
    if value:
        return signal.value != value
    return isinstance(spec, Builtin) and spec.values is not None and not accepts(spec.values, (signal.value,))


def why_not(spec: SignalSpec, signal: Signal, blocks: Sequence[Block]) -> list[str]:
    """One plain phrase for each filter of `spec` that `signal` fails; empty when it passes."""
    return list(_reasons(spec, signal, blocks))


def _reasons(spec: SignalSpec, signal: Signal, blocks: Sequence[Block]) -> Iterator[str]:
    if isinstance(spec, Wording):
        return
    if isinstance(spec, Builtin | Phrases) and not _voiced(spec, signal):
        yield _voice_reason(signal)
    if spec.seen not in ("any", signal.seen):
        yield f"not seen by a visitor ({blocks[signal.block].visibility})" if spec.seen else "seen by a visitor"
    if isinstance(spec, Builtin):
        yield from _detail_reasons(spec, signal, blocks)


def _voice_reason(signal: Signal) -> str:
    cues = denying_words(signal)
    return _VOICE[signal.assertion] + (f" by “{cues}”" if cues else "")


def denying_words(signal: Signal) -> str:
    """The words that decided the voice of `signal`, as the page has them."""
    deciding = [cue.text for cue in signal.cues if cue.effect is signal.assertion] or [cue.text for cue in signal.cues]
    return ", ".join(deciding)


def _detail_reasons(spec: Builtin, signal: Signal, blocks: Sequence[Block]) -> Iterator[str]:
    if spec.values is not None and has_other_value(spec, signal):
        yield f"it is {signal.value}, not {describe_filter(spec.values)}"
    if spec.role is not None and blocks[signal.block].role not in spec.role:
        yield f"stands in the {blocks[signal.block].role} of the page"
    if spec.confidence is not None and not _in_limits(spec.confidence, signal.confidence):
        yield f"its confidence is {signal.confidence:.2f}, not {describe_filter(spec.confidence)}"
    for name, wanted in spec.attributes:
        values = signal.attributes.get(name, ())
        if not accepts(wanted, values):
            yield f"its {name} is {', '.join(values) or 'not known'}, not {describe_filter(wanted)}"


def describe_filter(wanted: Filter) -> str:
    """A filter in plain words."""
    if isinstance(wanted, tuple):
        return _alternatives(wanted)
    if isinstance(wanted, NoneOf):
        return f"anything but {_alternatives(wanted.none_of)}"
    if isinstance(wanted, Present):
        return "present" if wanted.present else "absent"
    limits = [f"at least {wanted.at_least:g}" if wanted.at_least is not None else ""]
    limits.append(f"below {wanted.below:g}" if wanted.below is not None else "")
    return " and ".join(filter(None, limits))


def _alternatives(words: Sequence[str]) -> str:
    if len(words) > _MOST_NAMED:
        words = [*words[: _MOST_NAMED - 1], f"{len(words) - _MOST_NAMED + 1} more"]
    return " or ".join(words)


def describe_spec(name: str, spec: SignalSpec) -> str:
    """What a signal of a policy asks for, in plain words."""
    if isinstance(spec, Phrases):
        return f"{name} (wordings of this policy)"
    if isinstance(spec, Wording):
        return f"{name} (at least {spec.share:.0%} of a prescribed wording)"
    if not isinstance(spec, Builtin):
        return f"{name} (element {' or '.join(spec.elements)})"
    details = [describe_filter(spec.values)] if spec.values is not None else []
    details += [f"{attribute} {describe_filter(wanted)}" for attribute, wanted in spec.attributes]
    if spec.confidence is not None:
        details.append(f"confidence {describe_filter(spec.confidence)}")
    return f"{name} ({spec.use}{': ' if details else ''}{', '.join(details)})"
