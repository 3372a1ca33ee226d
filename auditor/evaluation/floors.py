"""Floors: figures that may not fall, kept beside the corpora they were measured on. They only go up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from auditor.errors import UsageError
from auditor.evaluation.results import Evaluation, Floor
from auditor.evaluation.score import PolicyFigures, figures
from auditor.yamlfile import load_yaml

Floors = Mapping[str, Mapping[str, float]]  # policy id to figure ("precision", "recall", "f1") to the least it may be

_FLOORS = TypeAdapter(dict[str, dict[str, float]])
_STEP = 100  # floors are kept in hundredths


def read_floors(path: Path) -> Floors:
    """The floors kept in a file.

    Raises:
        UsageError: the file is no table of floors.
    """
    try:
        return _FLOORS.validate_python(load_yaml(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: no table of floors: {str(error).splitlines()[0]}") from None


def below_floors(evaluation: Evaluation, floors: Floors) -> tuple[Floor, ...]:
    """The figures that are under their floor; one that was not measured counts as 0.

    Raises:
        UsageError: a figure is not known.
    """
    measured = {each.policy: each for each in evaluation.figures}
    found = []
    for policy, minima in floors.items():
        for figure, floor in minima.items():
            value = _value(measured.get(policy) or figures(policy, ()), figure)
            if value < floor:
                found.append(Floor(policy=policy, figure=figure, floor=floor, value=value))
    return tuple(found)


def raised(evaluation: Evaluation, floors: Floors) -> Floors:
    """The floors, those raised to the hundredth below the figure that stand lower than that."""
    measured = {each.policy: each for each in evaluation.figures}
    return {
        policy: {
            figure: max(floor, math.floor(_value(measured[policy], figure) * _STEP) / _STEP)
            if policy in measured
            else floor
            for figure, floor in minima.items()
        }
        for policy, minima in floors.items()
    }


def lowered(before: Floors, now: Floors) -> tuple[Floor, ...]:
    """The floors that are lower than they were, or gone; `value` is what they are now."""
    return tuple(
        Floor(policy=policy, figure=figure, floor=floor, value=now.get(policy, {}).get(figure, 0.0))
        for policy, minima in before.items()
        for figure, floor in minima.items()
        if now.get(policy, {}).get(figure, 0.0) < floor
    )


def write_floors(path: Path, floors: Floors) -> None:
    """Writes the floors under the comment that the file begins with."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line for line in lines if line.startswith("#")]
    rows = [f"{policy}: {{{', '.join(f'{name}: {least:g}' for name, least in minima.items())}}}"
            for policy, minima in floors.items()]  # fmt: skip
    path.write_text("\n".join([*comment, *rows]) + "\n", encoding="utf-8")


def _value(each: PolicyFigures, figure: str) -> float:
    found = {"precision": each.precision.value, "recall": each.recall.value, "f1": each.f1.value}
    if figure not in found:
        raise UsageError(f"floors: {each.policy}: unknown figure {figure!r} (known: {', '.join(found)})")
    return found[figure] or 0.0
