"""The labels of bench/mail-labels.yaml: which mails were read, and which of them sell prescription medicines."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from auditor.yamlfile import load_yaml

FILE = Path(__file__).with_name("mail-labels.yaml")


class GroupLabels(BaseModel):
    """What was read of one group of mails, by number."""

    model_config = ConfigDict(extra="forbid")

    labelled: Literal["all"] | tuple[str, ...]
    violation: tuple[str, ...] = ()
    review: tuple[str, ...] = ()

    def label(self, number: str) -> str | None:
        """The label of a mail; none when it was not read."""
        if number in self.violation:
            return "violation"
        if number in self.review:
            return "review"
        return "pass" if self.labelled == "all" or number in self.labelled else None


def read_labels(file: Path = FILE) -> dict[str, GroupLabels]:
    """Group to its labels; a group that nobody read is missing."""
    return TypeAdapter(dict[str, GroupLabels]).validate_python(load_yaml(file.read_text(encoding="utf-8")))
