"""What a build changes: names added and removed, substances and products rescheduled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import PolicyError, UsageError
from auditor.vocabulary.drugfile import WordLists, read_drug_file
from auditor.vocabulary.drugs import Cell, Name
from auditor.vocabulary.lexicon import Lexicon

_SCHEDULE = "schedule.us"


@dataclass(frozen=True, slots=True)
class State:
    """Names, as key to "Surface: substance", and the US schedule of each substance and product that has one."""

    names: Mapping[str, str]
    schedules: Mapping[str, str]


def state_of_file(path: Path) -> State:
    """The state of a drug file.

    Raises:
        UsageError: the file cannot be read.
        PolicyError: it is no drug file.
    """
    try:
        read = read_drug_file(path, WordLists(frozenset(), frozenset()))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    if read.source.problems:
        raise PolicyError(read.source.problems)
    products = {name.surface: name.law for name, _ in read.names}
    return State(
        {name.key: _shown(name) for name, _ in read.names},
        _schedules(products | {substance.inn: substance.law for substance, _ in read.substances}),
    )


def state_of_lexicon(lexicon: Lexicon) -> State:
    """The state of the lexicon, without the law of single products."""
    return State(
        {key: _shown(filed[0]) for key, filed in lexicon.names.items()},
        _schedules({inn: substance.law for inn, substance in lexicon.substances.items()}),
    )


def changes(before: State, now: State, *, complete: bool) -> list[str]:
    """One line for each name added or removed and each schedule that is another.

    Args:
        before: the earlier state.
        now: the state after the build.
        complete: `before` is an earlier build, so that what is gone from it is told; the lexicon holds much that no
            dump has.
    """
    lines = [f"added {now.names[key]}" for key in sorted(now.names.keys() - before.names.keys())]
    subjects = before.schedules.keys() & now.schedules.keys()
    if complete:
        lines += [f"removed {before.names[key]}" for key in sorted(before.names.keys() - now.names.keys())]
        subjects = before.schedules.keys() | now.schedules.keys()
    for subject in sorted(subjects):
        was, is_now = (state.schedules.get(subject, "none") for state in (before, now))
        if was != is_now:
            lines.append(f"rescheduled {subject}: {was} -> {is_now}")
    return lines


def _schedules(laws: Mapping[str, Mapping[str, tuple[Cell, ...]]]) -> dict[str, str]:
    """The schedules in force without an end."""
    told = {
        subject: [value for cell in law.get(_SCHEDULE, ()) if cell.until is None for value in cell.values]
        for subject, law in laws.items()
    }
    return {subject: ", ".join(sorted(values)) for subject, values in told.items() if values}


def _shown(name: Name) -> str:
    return f"{name.surface}: {name.substance}"
