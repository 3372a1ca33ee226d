"""Settings of a project: `auditor.toml`, or `[tool.auditor]` in pyproject.toml. Options of a call come before them."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.errors import UsageError
from auditor.faults import faults, field_names
from auditor.model import Severity
from auditor.vocabulary.marked import field_name

OWN_FILE = "auditor.toml"
SHARED_FILE = "pyproject.toml"
Names = tuple[str, ...]


class Settings(BaseModel):
    """What can be set, under its name in the file. Paths are told from the folder of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"))

    paths: Names = ()
    exclude: Names = ()
    packs: Names = ()
    disable: Names = ()
    severity: dict[str, Severity] = Field(default_factory=dict)
    jurisdictions: Names = ()
    fail_on: Literal["critical", "high", "medium", "low", "none"] | None = None
    baseline: Annotated[str, Field(min_length=1)] | None = None
    new_only: bool = False
    waivers: Annotated[str, Field(min_length=1)] | None = None
    waivers_in_pages: bool = True
    policies: Annotated[str, Field(min_length=1)] | None = None
    add_policies: Names = ()


@dataclass(frozen=True, slots=True)
class Config:
    """Settings with the folder their paths are told from. `told`: the file and its SHA-256, "" without a file."""

    settings: Settings
    folder: Path
    told: str = ""

    def path(self, name: str | None) -> Path | None:
        """A path of the file, from where the call is made."""
        return None if name is None else self.folder / name


def find_config(chosen: Path | None, start: Path) -> Config:
    """The settings in `chosen`, else in the nearest file at or above `start`, else none.

    Raises:
        UsageError: the file cannot be read or holds what is no setting.
    """
    if chosen is not None:
        return _read(chosen, _table(chosen) or {})
    for folder in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            file = folder / name
            if file.is_file():
                table = _table(file)
                if table is not None:
                    return _read(file, table)
    return Config(Settings(), start)


def _table(file: Path) -> dict[str, Any] | None:
    """The settings as written; None for a pyproject.toml that has none."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not TOML: {error}") from error
    if file.name != SHARED_FILE:
        return content
    tools = content.get("tool", {})
    table = tools.get("auditor") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None


def _read(file: Path, table: dict[str, Any]) -> Config:
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        found = faults(error, lambda where: () if where else field_names(Settings))
        raise UsageError("\n".join(f"{file}: {field_name(where)}: {message}" for where, message in found)) from error
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Config(settings, file.parent.resolve(), f"{file.name} SHA-256 {digest}")
