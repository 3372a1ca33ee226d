"""Corpora that use other words: which label and field names stand for ours, read from a small file beside the call.

content: text                    # the field that holds the page
outcomes: {true: violation, false: pass, borderline: review}
labels:                          # a list: the worst of these policies' outcomes is set against the label
  sells_controlled: us.rx.controlled-offered-without-prescription
  sells_any: [us.rx.controlled-offered-without-prescription, us.rx.noncontrolled-rx-without-prescription]
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from auditor.errors import UsageError
from auditor.yamlfile import load_yaml

Label = Literal["violation", "review", "pass"]


class LabelWords(BaseModel):
    """How the lines of a corpus are read. The default reads corpora in our own words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    content: str = "content"
    outcomes: dict[str, Label] = {}
    labels: dict[str, str | tuple[str, ...]] = {}

    @field_validator("outcomes", mode="before")
    @classmethod
    def _as_written(cls, value: Any) -> Any:
        return {_word(key): each for key, each in value.items()} if isinstance(value, dict) else value

    @property
    def combined(self) -> Mapping[str, tuple[str, ...]]:
        """The labels that several policies answer together, with those policies."""
        return {name: policies for name, policies in self.labels.items() if not isinstance(policies, str)}

    @property
    def policies(self) -> set[str]:
        """Every policy that the labels name."""
        return {each for named in self.labels.values() for each in ((named,) if isinstance(named, str) else named)}

    def translated(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """A line of the corpus in our own words; what is not understood is left for the reader to refuse."""
        labels = line.get("labels")
        if self.labels and isinstance(labels, dict):
            named = dict(self._label(name, value) for name, value in labels.items() if name in self.labels)
            line = {**line, "labels": named}
        return {**line, "content": line.get(self.content)}

    def _label(self, name: str, value: Any) -> tuple[str, Any]:
        policy = self.labels[name]
        return policy if isinstance(policy, str) else name, self.outcomes.get(_word(value), value)


def read_label_words(path: Path) -> LabelWords:
    """The words that the file `path` gives.

    Raises:
        UsageError: it is no such file; names the field.
    """
    try:
        return LabelWords.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        problem = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None


def _word(value: Any) -> str:
    """A value as it is written in YAML and JSON."""
    return str(value).lower() if isinstance(value, bool) else str(value)
