"""Reads the headings under which shops list medicines without naming one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.vocabulary.checked import CheckedYaml
from auditor.vocabulary.drugs import Ambiguity, Category, Likelihood
from auditor.vocabulary.marked import FieldPath

_FIELDS = frozenset({"id", "likely", "classes", "ambiguity", "wordings", "note"})


def read_categories(source: CheckedYaml) -> dict[str, Category]:
    """The categories of `source` by id; faults end up in `source.problems`."""
    categories: dict[str, Category] = {}
    data = source.mapping((), source.data)
    source.check_fields((), data, frozenset({"categories"}))
    for index, raw in enumerate(source.sequence(("categories",), data.get("categories"))):
        path: FieldPath = ("categories", index)
        if not isinstance(raw, dict) or not isinstance(raw.get("id"), str) or raw["id"] in categories:
            source.fault(path, "expected a mapping with an `id` of its own")
            continue
        categories[raw["id"]] = _category(source, path, raw)
    return categories


def _category(source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any]) -> Category:
    source.check_fields(path, raw, _FIELDS)
    wordings = source.mapping((*path, "wordings"), raw.get("wordings"))
    return Category(
        id=raw["id"],
        likely=source.choice((*path, "likely"), Likelihood, raw.get("likely")) or Likelihood.MIXED,
        classes=tuple(source.words((*path, "classes"), raw.get("classes"))),
        ambiguity=source.choice((*path, "ambiguity"), Ambiguity, raw.get("ambiguity")) or Ambiguity.NEVER_ALONE,
        wordings={
            language: tuple(source.words((*path, "wordings", language), words)) for language, words in wordings.items()
        },
        note=str(raw.get("note", "")),
    )
