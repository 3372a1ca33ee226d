"""Reads one file of the drug lexicon and says, with line and field, what is wrong in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from auditor.vocabulary.drugs import (
    Ambiguity,
    Category,
    Cell,
    Evidence,
    Fact,
    Likelihood,
    Name,
    NameKind,
    Substance,
    name_key,
)
from auditor.vocabulary.marked import FieldPath, MarkedYaml, nearest

_SCHEDULES: dict[str, frozenset[str]] = {
    "us": frozenset({"I", "II", "III", "IV", "V"}),
    "uk": frozenset({"1", "2", "3", "4-I", "4-II", "5"}),
    "uk_class": frozenset({"A", "B", "C"}),
    "in": frozenset({"G", "H", "H1", "X", "NDPS"}),
    "ca": frozenset({"I", "II", "III", "IV"}),
    "au": frozenset({"S2", "S3", "S4", "S8", "S9"}),
    "un": frozenset(
        {"1961-I", "1961-II", "1961-III", "1961-IV", "1971-I", "1971-II", "1971-III", "1971-IV", "1988-I", "1988-II"}
    ),
}
_COUNTRIES = ("us", "uk", "eu", "in", "ca", "au")
_RX = frozenset({"rx", "otc", "pharmacy", "not-approved", "withdrawn", "depends"})
_STATUSES = frozenset({"verified", "verified-secondary", "knowledge"})
_SUBSTANCE_FIELDS = frozenset(
    {"inn", "profile", "class", "groups", "schedule", "rx", "facts", "names", "in_languages", "evidence", "note"}
)
_FILE_FIELDS = frozenset({"about", "evidence", "profiles", "substances"})
_NAME_FIELDS = frozenset({"name", "ambiguity", "case", "language", "with", "schedule", "rx", "forms"})
_CATEGORY_FIELDS = frozenset({"id", "likely", "wordings", "classes", "ambiguity", "note"})
_QUANTITY = re.compile(r"\d+(\.\d+)? (mg|g|mcg|units|months|years)\b.*")
_DEFAULT_AMBIGUITY = {NameKind.STREET: Ambiguity.NEVER_ALONE, NameKind.IMPRINT: Ambiguity.NEEDS_CONTEXT}
_SHORTEST_FREE = 4  # letters; a shorter name must be flagged or bound to its case

TOPICS = "boxed_topics"
_FACTS = {  # heading: shape of its values
    TOPICS: "topics",
    "active_metabolites": "words",
    "min_age": "quantities",
    "max_daily_dose": "quantities",
    "indications_us": "words",
    "contraindications_us": "words",
    "key_interactions": "words",
    "dependence": "words",
    "impairs_driving": "flag",
    "beers": "flag",
    "pregnancy_risk": "flag",
    "pregnancy": "words",
    "overdose_lethal": "flag",
    "veterinary_only": "flag",
}

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(slots=True)
class DrugFile:
    """What one file holds, and the faults found in it."""

    marked: MarkedYaml
    substances: list[Substance] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    paths: dict[int | str, FieldPath] = field(default_factory=dict)

    def fault(self, path: FieldPath, message: str) -> None:
        """Notes a fault at `path`."""
        self.problems.append(self.marked.problem(path, message))

    def where(self, item: Name | str) -> str:
        """The "file:line" of a name, or of a substance given by its international name."""
        path = self.paths[item if isinstance(item, str) else id(item)]
        return f"{self.marked.file}:{self.marked.line(path)}"


def read_drug_file(file: Path, common: frozenset[str]) -> DrugFile:
    """Reads the substances and names of one therapeutic group.

    Args:
        file: the YAML file.
        common: everyday words, as name keys, that no name may equal without an ambiguity flag.
    """
    marked = MarkedYaml(file)
    result = DrugFile(marked)
    result.problems += marked.repeated_keys()
    data = marked.data if isinstance(marked.data, dict) else {}
    _check_fields(result, (), data, _FILE_FIELDS)
    evidence = _evidence(result, ("evidence",), data.get("evidence"))
    for index in range(len(data.get("substances") or ())):
        _read_substance(result, index, evidence, common)
    return result


def read_common_words(file: Path) -> frozenset[str]:
    """The everyday words of a plain list (white space apart, # starts a comment), as name keys."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(name_key(word) for line in lines for word in line.partition("#")[0].split())


def read_categories(file: Path) -> tuple[dict[str, Category], list[str]]:
    """The categories of shops' lists by id, and the faults found in the file."""
    result = DrugFile(MarkedYaml(file))
    categories = {}
    for index, raw in enumerate(result.marked.data["categories"]):
        path: FieldPath = ("categories", index)
        _check_fields(result, path, raw, _CATEGORY_FIELDS)
        categories[raw["id"]] = Category(
            id=raw["id"],
            likely=_choice(result, (*path, "likely"), Likelihood, raw.get("likely")) or Likelihood.MIXED,
            wordings={language: tuple(words) for language, words in raw["wordings"].items()},
            classes=tuple(raw.get("classes", ())),
            ambiguity=_choice(result, (*path, "ambiguity"), Ambiguity, raw.get("ambiguity")) or Ambiguity.NEEDS_CONTEXT,
            note=raw.get("note", ""),
        )
    return categories, result.problems


# ------------------------------------------------------------------------------------------------- substances


def _read_substance(result: DrugFile, index: int, evidence: Evidence, common: frozenset[str]) -> None:
    path: FieldPath = ("substances", index)
    raw, profiles = result.marked.data["substances"][index], result.marked.data.get("profiles") or {}
    if not isinstance(raw, dict) or not isinstance(raw.get("inn"), str):
        result.fault(path, "expected a mapping with `inn`, the international name")
        return
    _check_fields(result, path, raw, _SUBSTANCE_FIELDS)
    merged = _with_profile(result, path, raw, profiles)
    inn = raw["inn"]
    result.paths[inn] = (*path, "inn")
    if not isinstance(merged.get("class"), str):
        result.fault(path, "expected `class`, here or in its profile")
    own_evidence = {
        key: _evidence(result, (*path, "evidence", key), value, evidence)
        for key, value in (raw.get("evidence") or {}).items()
    }
    result.substances.append(
        Substance(
            inn=inn,
            drug_class=str(merged.get("class")),
            group=result.marked.file.stem,
            groups=tuple(merged.get("groups") or ()),
            law=_law(result, path, merged),
            facts=dict(_facts(result, path, merged.get("facts") or {}, evidence, own_evidence)),
            evidence={"": evidence} | own_evidence,
            note=str(raw.get("note") or ""),
        )
    )
    named = list(_names(result, path, raw, inn))
    filed = {name.key for name, _ in named}
    # Accents are folded away: diazépam is filed under diazepam already.
    named += [found for found in _names_in_languages(result, path, raw, inn) if found[0].key not in filed]
    for name, at in named:
        _check_name(result, at, name, common)
        result.paths[id(name)] = at
        result.names.append(name)


def _with_profile(
    result: DrugFile, path: FieldPath, raw: Mapping[str, Any], profiles: Mapping[str, Any]
) -> dict[str, Any]:
    """`raw` laid over its profile, map by map; a null written in `raw` takes a cell of the profile away."""
    chosen = raw.get("profile")
    if chosen is None:
        return dict(raw)
    if chosen not in profiles:
        result.fault((*path, "profile"), f"no profile {chosen} in this file{nearest(str(chosen), profiles)}")
        return dict(raw)
    merged = {**profiles[chosen], **raw}
    for key in ("schedule", "rx", "facts"):
        cells = {**(profiles[chosen].get(key) or {}), **(raw.get(key) or {})}
        merged[key] = {name: value for name, value in cells.items() if value is not None}
    return merged


def _law(result: DrugFile, path: FieldPath, raw: Mapping[str, Any]) -> dict[str, tuple[Cell, ...]]:
    law = {}
    for country, value in (raw.get("schedule") or {}).items():
        at = (*path, "schedule", country)
        key = country if country == "un" else f"schedule.{country}"
        law[key] = _cells(result, at, value, _SCHEDULES.get(country), tuple(_SCHEDULES))
    for country, value in (raw.get("rx") or {}).items():
        at = (*path, "rx", country)
        law[f"rx.{country}"] = _cells(result, at, value, _RX if country in _COUNTRIES else None, _COUNTRIES)
    return law


def _cells(
    result: DrugFile, path: FieldPath, value: Any, allowed: frozenset[str] | None, countries: Iterable[str]
) -> tuple[Cell, ...]:
    """A cell is a word, a list of words, or a list of {is, from, until, when} mappings."""
    if allowed is None:
        result.fault(path, f"no such country{nearest(str(path[-1]), countries)}; expected {', '.join(countries)}")
        return ()
    items = value if isinstance(value, list) else [value]
    plain = [item for item in items if not isinstance(item, dict)]
    cells = [_dated_cell(result, path, item) for item in items if isinstance(item, dict)]
    if plain:
        cells.insert(0, Cell(tuple(str(item) for item in plain)))
    for word in (word for cell in cells for word in cell.values):
        if word not in allowed:
            result.fault(path, f"{word} is not one of {', '.join(sorted(allowed))}")
    return tuple(cells)


def _dated_cell(result: DrugFile, path: FieldPath, raw: Mapping[str, Any]) -> Cell:
    _check_fields(result, path, raw, frozenset({"is", "from", "until", "when"}))
    days = {}
    for key in ("from", "until"):
        days[key] = raw.get(key)
        if days[key] is not None and not isinstance(days[key], dt.date):
            result.fault(path, f"{key} must be a date, year-month-day")
            days[key] = None
    values = raw.get("is")
    words = values if isinstance(values, list) else [values]
    return Cell(tuple(str(word) for word in words), days["from"], days["until"], str(raw.get("when", "")))


def _facts(
    result: DrugFile, path: FieldPath, raw: Mapping[str, Any], evidence: Evidence, own: Mapping[str, Evidence]
) -> Iterator[tuple[str, Fact]]:
    for key, value in raw.items():
        at = (*path, "facts", key)
        if key not in _FACTS:
            result.fault(at, f"no such fact{nearest(key, _FACTS)}; expected one of {', '.join(_FACTS)}")
            continue
        yield key, Fact(tuple(_fact_values(result, at, value, _FACTS[key])), own.get(key, evidence))


def _fact_values(result: DrugFile, path: FieldPath, value: Any, shape: str) -> Iterator[str]:
    if shape == "flag":
        if not isinstance(value, bool):
            result.fault(path, "expected yes or no")
        yield "yes" if value else "no"
        return
    if isinstance(value, dict):  # a quantity for each use: {anxiety: 4 mg}
        value = [f"{amount} ({use})" for use, amount in value.items()]
    for item in value if isinstance(value, list) else [value]:
        if shape == "quantities" and not _QUANTITY.fullmatch(str(item)):
            result.fault(path, f"expected a number and a unit such as 40 mg or 12 years, found {item}")
        yield str(item)


def _evidence(result: DrugFile, path: FieldPath, raw: Any, otherwise: Evidence | None = None) -> Evidence:
    """{status, source, checked}; a plain word is the source of something read in a second-hand copy."""
    if isinstance(raw, str) and otherwise:
        return Evidence("verified-secondary", raw, otherwise.checked)
    if not isinstance(raw, dict) or raw.get("status") not in _STATUSES or not raw.get("source"):
        result.fault(path, f"expected status ({', '.join(sorted(_STATUSES))}), source and checked")
        return otherwise or Evidence("knowledge", "", dt.date.min)
    checked = raw.get("checked", otherwise.checked if otherwise else None)
    if not isinstance(checked, dt.date):
        result.fault(path, "checked must be a date, year-month-day")
        checked = dt.date.min
    return Evidence(raw["status"], raw["source"], checked)


# ------------------------------------------------------------------------------------------------------ names


def _names(result: DrugFile, path: FieldPath, raw: Mapping[str, Any], inn: str) -> Iterator[tuple[Name, FieldPath]]:
    for kind_word, items in (raw.get("names") or {}).items():
        kind = _choice(result, (*path, "names", kind_word), NameKind, kind_word)
        for index, item in enumerate(items if kind else ()):
            at = (*path, "names", kind_word, index)
            name = _name(result, at, item, inn, kind or NameKind.GENERIC)
            if name:
                yield name, at


def _names_in_languages(
    result: DrugFile, path: FieldPath, raw: Mapping[str, Any], inn: str
) -> Iterator[tuple[Name, FieldPath]]:
    """The generic name in other languages; a word shared by several languages is one name."""
    spoken: dict[str, list[tuple[str, str]]] = {}
    for language, words in (raw.get("in_languages") or {}).items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            result.fault((*path, "in_languages", language), "expected a list of names")
            continue
        for word in words:
            spoken.setdefault(name_key(word), []).append((language, word))
    for uses in spoken.values():
        name = Name(uses[0][1], inn, NameKind.GENERIC, tuple(dict.fromkeys(language for language, _ in uses)))
        yield name, (*path, "in_languages", uses[0][0])


def _name(result: DrugFile, path: FieldPath, raw: Any, inn: str, kind: NameKind) -> Name | None:
    fields = raw if isinstance(raw, dict) else {"name": raw}
    _check_fields(result, path, fields, _NAME_FIELDS)
    surface = fields.get("name")
    if not isinstance(surface, str) or not name_key(surface):
        result.fault(path, f"expected a name in letters, found {surface!r} (quote a number)")
        return None
    ambiguity = _DEFAULT_AMBIGUITY.get(kind, Ambiguity.FREE)
    if "ambiguity" in fields:
        ambiguity = _choice(result, (*path, "ambiguity"), Ambiguity, fields["ambiguity"]) or ambiguity
    return Name(
        surface=surface,
        substance=inn,
        kind=kind,
        languages=(fields["language"],) if "language" in fields else (),
        ambiguity=ambiguity,
        exact_case=fields.get("case") == "exact",
        also=tuple(fields.get("with", ())),
        law=_law(result, path, fields),
        forms=tuple(fields.get("forms", ())),
    )


def _check_name(result: DrugFile, path: FieldPath, name: Name, common: frozenset[str]) -> None:
    if name.ambiguity is not Ambiguity.FREE:
        return
    if name.key in common:
        result.fault(path, f"{name.surface} is an everyday word: give it an ambiguity (needs-context, never-alone)")
    elif len(name.key) < _SHORTEST_FREE and not name.exact_case:
        result.fault(path, f"{name.surface} is too short to stand alone: give it an ambiguity, or case: exact")


# ----------------------------------------------------------------------------------------------------- shared


def _choice(result: DrugFile, path: FieldPath, choices: type[_Choice], value: Any) -> _Choice | None:
    words = [choice.value for choice in choices]
    if value in words:
        return choices(value)
    result.fault(path, f"{value} is not one of {', '.join(words)}{nearest(str(value), words)}")
    return None


def _check_fields(result: DrugFile, path: FieldPath, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in raw:
        if key not in known:
            result.fault((*path, key), f"no such field{nearest(str(key), known)}; expected {', '.join(sorted(known))}")
