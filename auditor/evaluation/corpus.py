"""Labelled corpora: JSON lines, one page each, with the outcome that each named policy should have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from auditor.errors import UsageError
from auditor.evaluation.labels import Label, LabelWords
from auditor.model import Capture, Kind
from auditor.sources.build import capture_of


class LabelledPage(BaseModel):
    """One line of a corpus. `path` is relative to the corpus file; `labels` maps policy ids to the right outcome.

    Pages of one `site`, or written from one `idea`, belong together.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    kind: Literal["html", "text", "markdown"] = "text"
    content: str | None = None
    path: str | None = None
    url: str = ""
    category: str = ""
    lang: str = ""
    site: str = ""
    idea: str = ""
    labels: dict[str, Label]

    @model_validator(mode="after")
    def _one_source(self) -> LabelledPage:
        if (self.content is None) == (self.path is None):
            raise ValueError("expected either content or path")
        return self

    def capture(self, folder: Path) -> Capture:
        """The page as a capture; `folder` is where the corpus file is.

        Raises:
            UsageError: the file of a `path` cannot be read.
        """
        if self.content is not None:
            body = self.content.encode("utf-8", "replace")  # JSON can hold half a character
        else:
            body = _read(folder / str(self.path), f"the page {self.id}")
        return capture_of(self.id, self.url or f"urn:corpus:{self.id}", Kind(self.kind), body)


def read_corpus(path: Path, words: LabelWords | None = None) -> Iterator[LabelledPage]:
    """The pages of a corpus file, in order.

    Args:
        path: the file.
        words: which of its words stand for ours; none when it is in our own.

    Raises:
        UsageError: a line is no labelled page; names file, line and field.
    """
    words = words or LabelWords()
    try:
        lines = _read(path, "the corpus").decode().split("\n")  # not splitlines: pages hold other line separators
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a file of JSON lines in UTF-8") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            if not isinstance(raw, dict):
                raise UsageError(f"{path}:{number}: line: Input should be an object")
            yield LabelledPage.model_validate(words.translated(raw))
        except (json.JSONDecodeError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: line: Invalid JSON: {error}") from None
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(map(str, problem["loc"])) or "line"
            raise UsageError(f"{path}:{number}: {where}: {problem['msg']}") from None


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {what} cannot be read ({error.strerror or error})") from None
