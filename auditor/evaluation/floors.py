"""Floors: figures that may not fall, kept beside the corpora they were measured on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from auditor.errors import UsageError
from auditor.yamlfile import load_yaml

_FLOORS = TypeAdapter(dict[str, dict[str, float]])


def read_floors(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Policy id to figure ("precision", "recall", "f1") to the least value it may have.

    Raises:
        UsageError: the file is no table of floors.
    """
    try:
        return _FLOORS.validate_python(load_yaml(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: no table of floors: {str(error).splitlines()[0]}") from None
