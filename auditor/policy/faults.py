"""Faults in policy files, as an analyst reads them: file, line, field, what was expected, the nearest valid word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.model import Authority
from auditor.policy.schema import Case, Count, Each, Effective, Group, Outcomes, Policy, TestFile
from auditor.policy.signal_spec import Builtin, Elements, Phrases, Wording
from auditor.vocabulary.marked import FieldPath, MarkedYaml, nearest

_QUOTED = re.compile(r"'([^']+)'")
_PARTS: dict[str, tuple[type[BaseModel], ...]] = {
    "authority": (Authority,),
    "effective": (Effective,),
    "outcomes": (Outcomes,),
    "signals": (Builtin, Phrases, Elements, Wording),
    "tests": (Case,),
}


def validation_problems(written: MarkedYaml, error: ValidationError) -> list[str]:
    """One line for each fault that pydantic found in a file."""
    problems = []
    for fault in error.errors():
        path = _path(fault["loc"])
        problems.append(written.problem(path, _message(dict(fault), path, error.title)))
    return list(dict.fromkeys(problems))


def _path(loc: Sequence[str | int]) -> FieldPath:
    """`loc` without what stands nowhere in the file: names of union members, and the mark of a mapping's key."""
    return tuple(step for step in loc if not str(step).startswith(("<", "[")))


def _message(fault: dict[str, Any], path: FieldPath, title: str) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        return f"unknown field{nearest(str(path[-1]), _fields(path, title))}"
    if kind == "string_type":
        return "expected text (put it in quotes)"
    if kind == "string_pattern_mismatch":
        return "expected lower-case letters, digits and hyphens (and dots between the parts of an id)"
    if kind.startswith("date"):
        return "expected a day such as 2026-11-22"
    if "error" in context:
        return str(context["error"])
    message = str(fault["msg"]).replace("Input should be", "expected")
    return message + nearest(str(fault["input"]), _QUOTED.findall(str(context.get("expected", ""))))


def _fields(path: FieldPath, title: str) -> Iterable[str]:
    """The fields that may stand at `path`."""
    if len(path) < 2:
        models: tuple[type[BaseModel], ...] = (TestFile,) if title == "TestFile" else (Policy,)
    else:
        models = _PARTS.get(str(path[0]), (Group, Count, Each))
    return [field.alias or name for model in models for name, field in model.model_fields.items()]
