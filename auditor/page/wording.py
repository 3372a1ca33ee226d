"""The reader's own vocabulary: names and labels that say what a part of a page is. Data in vocabulary/page.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from auditor.assets import asset_folder


@cache
def wording() -> dict[str, Any]:
    """The vocabulary as loaded, by section."""
    source = (asset_folder("policies") / "vocabulary" / "page.yaml").read_bytes()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(source, Loader=loader))  # noqa: S506  (a safe loader, in C where it is built)


@cache
def words(section: str, name: str = "") -> frozenset[str]:
    """One list of the vocabulary, lower-cased."""
    listed = wording()[section]
    return frozenset(str(word).lower() for word in (listed[name] if name else listed))
