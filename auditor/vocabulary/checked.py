"""A YAML file read piece by piece: each piece is checked for its shape, and the faults are collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from auditor.vocabulary.marked import FieldPath, MarkedYaml, nearest

_Choice = TypeVar("_Choice", bound=StrEnum)


class CheckedYaml(MarkedYaml):
    """A marked YAML file with the faults found in it so far.

    Attributes:
        problems: one line each, "file:line: field: what was expected".
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.problems = self.repeated_keys()

    def fault(self, path: FieldPath, message: str) -> None:
        """Notes a fault at `path` (keys and list positions from the root)."""
        self.problems.append(self.problem(path, message))

    def mapping(self, path: FieldPath, value: Any) -> Mapping[Any, Any]:
        """`value` if it is a mapping; anything else but null is a fault."""
        if value is not None and not isinstance(value, dict):
            self.fault(path, "expected a mapping")
        return value if isinstance(value, dict) else {}

    def sequence(self, path: FieldPath, value: Any) -> Sequence[Any]:
        """`value` if it is a list; anything else but null is a fault."""
        if value is not None and not isinstance(value, list):
            self.fault(path, "expected a list")
        return value if isinstance(value, list) else []

    def words(self, path: FieldPath, value: Any) -> list[str]:
        """The strings of the list `value`; other items are faults."""
        items = self.sequence(path, value)
        if not all(isinstance(item, str) for item in items):
            self.fault(path, "expected words (quote a number, yes and no)")
        return [item for item in items if isinstance(item, str)]

    def choice(self, path: FieldPath, choices: type[_Choice], value: Any) -> _Choice | None:
        """The member of `choices` that `value` names; None, and a fault, if there is none."""
        words = [choice.value for choice in choices]
        if value in words:
            return choices(value)
        self.fault(path, f"{value} is not one of {', '.join(words)}{nearest(str(value), words)}")
        return None

    def check_fields(self, path: FieldPath, raw: Mapping[Any, Any], known: frozenset[str]) -> None:
        """Every key of `raw` that is not `known` is a fault."""
        for key in raw:
            if key not in known:
                expected = ", ".join(sorted(known))
                self.fault((*path, key), f"no such field{nearest(str(key), known)}; expected {expected}")
