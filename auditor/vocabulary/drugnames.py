"""Reads the names of a substance, and refuses those that would be found where no medicine is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditor.vocabulary.checked import CheckedYaml
from auditor.vocabulary.drugs import Ambiguity, Cell, Name, NameKind, name_key
from auditor.vocabulary.marked import FieldPath

_NAME_FIELDS = frozenset({"name", "ambiguity", "case", "language", "with", "schedule", "rx", "forms"})
_DEFAULT_AMBIGUITY = {NameKind.STREET: Ambiguity.NEVER_ALONE, NameKind.IMPRINT: Ambiguity.NEEDS_CONTEXT}
_SHORTEST_FREE = 4  # letters; a shorter name must be flagged or bound to its case

Placed = tuple[Name, FieldPath]
ReadLaw = Callable[[CheckedYaml, FieldPath, Mapping[str, Any]], dict[str, tuple[Cell, ...]]]


def read_names(
    source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any], common: frozenset[str], read_law: ReadLaw
) -> list[Placed]:
    """All names of the substance written at `path`, each with its place.

    Args:
        source: the file, which takes the faults.
        path: where the substance stands in it.
        raw: the substance as written.
        common: everyday words, as name keys, that no name may equal without an ambiguity flag.
        read_law: reads `schedule:` and `rx:` of a single product.
    """
    named = list(_names(source, path, raw, read_law))
    filed = {name.key for name, _ in named}
    # Accents are folded away: diazépam is filed under diazepam already.
    named += [placed for placed in _in_languages(source, path, raw) if placed[0].key not in filed]
    for name, at in named:
        _check(source, at, name, common)
    return named


def _names(source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any], read_law: ReadLaw) -> Iterator[Placed]:
    for kind_word, items in source.mapping((*path, "names"), raw.get("names")).items():
        kind = source.choice((*path, "names", kind_word), NameKind, kind_word)
        for index, item in enumerate(source.sequence((*path, "names", kind_word), items) if kind else ()):
            at = (*path, "names", kind_word, index)
            fields = item if isinstance(item, dict) else {"name": item}
            if kind and _is_name(source, at, fields):
                yield _name(source, at, fields, raw["inn"], kind, read_law(source, at, fields)), at


def _is_name(source: CheckedYaml, path: FieldPath, fields: Mapping[str, Any]) -> bool:
    surface = fields.get("name")
    if isinstance(surface, str) and name_key(surface):
        return True
    source.fault(path, f"expected a name in letters, found {surface!r} (quote a number)")
    return False


def _name(  # noqa: PLR0913, PLR0917  (what a name is made of, in one place)
    source: CheckedYaml, path: FieldPath, fields: Mapping[str, Any], inn: str, kind: NameKind,
    law: Mapping[str, tuple[Cell, ...]],
) -> Name:  # fmt: skip
    source.check_fields(path, fields, _NAME_FIELDS)
    ambiguity = _DEFAULT_AMBIGUITY.get(kind, Ambiguity.FREE)
    if "ambiguity" in fields:
        ambiguity = source.choice((*path, "ambiguity"), Ambiguity, fields["ambiguity"]) or ambiguity
    if fields.get("case", "exact") != "exact":
        source.fault((*path, "case"), "expected exact, or nothing")
    return Name(
        surface=fields["name"],
        substance=inn,
        kind=kind,
        languages=(str(fields["language"]),) if "language" in fields else (),
        ambiguity=ambiguity,
        exact_case="case" in fields,
        also=tuple(source.words((*path, "with"), fields.get("with"))),
        law=law,
        forms=tuple(source.words((*path, "forms"), fields.get("forms"))),
    )


def _in_languages(source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any]) -> Iterator[Placed]:
    """The generic name in other languages; a word shared by several languages is one name."""
    spoken: dict[str, list[tuple[str, str]]] = {}
    for language, words in source.mapping((*path, "in_languages"), raw.get("in_languages")).items():
        for word in source.words((*path, "in_languages", language), words):
            spoken.setdefault(name_key(word), []).append((language, word))
    for uses in spoken.values():
        languages = tuple(dict.fromkeys(language for language, _ in uses))
        yield Name(uses[0][1], raw["inn"], NameKind.GENERIC, languages), (*path, "in_languages", uses[0][0])


def _check(source: CheckedYaml, path: FieldPath, name: Name, common: frozenset[str]) -> None:
    if fault := needs_flag(name, common):
        source.fault(path, fault)


def needs_flag(name: Name, common: frozenset[str]) -> str:
    """Why a name may not stand without an ambiguity flag; empty when it may, or has one."""
    if name.ambiguity is not Ambiguity.FREE:
        return ""
    if name.key in common:
        return f"{name.surface} is an everyday word: give it an ambiguity (needs-context, never-alone)"
    if len(name.key) < _SHORTEST_FREE and not name.exact_case:
        return f"{name.surface} is too short to stand alone: give it an ambiguity, or case: exact"
    return ""
