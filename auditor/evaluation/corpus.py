"""Labelled corpora: JSON lines, one page each, with the outcome that each named policy should have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from auditor.errors import UsageError
from auditor.model import Capture, Kind
from auditor.sources.build import capture_of

Label = Literal["violation", "review", "pass"]


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
            OSError: the file of a `path` cannot be read.
        """
        body = self.content.encode() if self.content is not None else (folder / str(self.path)).read_bytes()
        return capture_of(self.id, self.url or f"urn:corpus:{self.id}", Kind(self.kind), body)


def read_corpus(path: Path) -> Iterator[LabelledPage]:
    """The pages of a corpus file, in order.

    Raises:
        UsageError: a line is no labelled page; names file, line and field.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: pages hold other line separators
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a file of JSON lines in UTF-8") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield LabelledPage.model_validate_json(line)
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(map(str, problem["loc"])) or "line"
            raise UsageError(f"{path}:{number}: {where}: {problem['msg']}") from None
