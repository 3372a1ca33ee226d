"""YAML that still knows where each value was written, so that a fault can name file, line and field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from auditor.errors import PolicyError

Step = str | int
FieldPath = tuple[Step, ...]


class MarkedYaml:
    """One YAML file: its plain data, and the line each part of it stands on.

    Attributes:
        file: where it was read from.
        data: the constructed value (None for an empty file).
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        loader = yaml.CSafeLoader(file.read_bytes())
        try:
            self._root = loader.get_single_node()
            self.data: Any = None if self._root is None else loader.construct_document(self._root)
        except yaml.YAMLError as error:
            raise PolicyError([_syntax_problem(file, error)]) from error
        finally:
            loader.dispose()

    def problem(self, path: FieldPath, message: str) -> str:
        """The line "file:line: field: message" for a fault at `path` (keys and list positions from the root)."""
        return f"{self.file}:{self.line(path)}: {field_name(path)}: {message}"

    def line(self, path: FieldPath) -> int:
        """The 1-based line of the deepest part of `path` that exists."""
        node, line = self._root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def repeated_keys(self) -> list[str]:
        """Problems for every key written twice in one mapping: YAML keeps the last and drops the rest unsaid."""
        return [
            f"{self.file}:{key.start_mark.line + 1}: {key.value}: written twice in one mapping"
            for node in _nodes(self._root)
            if isinstance(node, yaml.MappingNode)
            for key in _repeated(node)
        ]


def field_name(path: Sequence[Step]) -> str:
    """A path as an analyst reads it: `substances[3].rx.us`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".") or "(file)"


def nearest(word: str, known: Iterable[str]) -> str:
    """The words `(did you mean ...?)`, led by a space, when some known word is close to `word`; else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value, value.start_mark.line + 1
    return None


def _nodes(root: yaml.Node | None) -> list[yaml.Node]:
    found: list[yaml.Node] = []
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return found


def _repeated(node: yaml.MappingNode) -> list[yaml.Node]:
    seen: set[str] = set()
    twice = []
    for key, _ in node.value:
        if key.value in seen:
            twice.append(key)
        seen.add(key.value)
    return twice


def _syntax_problem(file: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return f"{file}:{line}: (file): not valid YAML: {getattr(error, 'problem', None) or error}"
