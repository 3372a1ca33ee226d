"""Faults in files that people write, in their words: which field, what was expected, the nearest valid word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.vocabulary.marked import nearest

Where = tuple[str | int, ...]


def faults(error: ValidationError, fields_at: Callable[[Where], Iterable[str]]) -> list[tuple[Where, str]]:
    """Where each fault stands and what is wrong there. `fields_at` tells the fields that may stand at a place."""
    return [(fault["loc"], _message(dict(fault), fields_at)) for fault in error.errors(include_url=False)]


def field_names(model: type[BaseModel]) -> list[str]:
    """The fields of a model as they are written in a file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _message(fault: dict[str, Any], fields_at: Callable[[Where], Iterable[str]]) -> str:
    kind, loc = fault["type"], fault["loc"]
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        known = sorted(fields_at(loc[:-1]))
        return f"unknown{nearest(str(loc[-1]), known) or f' (known: {_listed(known)})'}"
    if kind.startswith("date"):
        return "expected a day such as 2027-01-31"
    return str(fault["msg"]).replace("Input should be", "expected").removeprefix("Value error, ")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
