"""Reads one file of the drug lexicon: substances, their legal status over time, and facts with their evidence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.vocabulary.checked import CheckedYaml
from auditor.vocabulary.drugnames import read_names
from auditor.vocabulary.drugs import Cell, Evidence, Fact, Name, Substance, name_key
from auditor.vocabulary.marked import FieldPath, nearest

SCHEDULES: dict[str, frozenset[str]] = {
    "us": frozenset({"I", "II", "III", "IV", "V"}),
    "uk": frozenset({"1", "2", "3", "4-I", "4-II", "5"}),
    "uk_class": frozenset({"A", "B", "C"}),
    "in": frozenset({"G", "H", "H1", "X", "NDPS"}),
    "ca": frozenset({"I", "II", "III", "IV"}),
    "au": frozenset({"S2", "S3", "S4", "S8", "S9"}),
    "un": frozenset({f"1961-{part}" for part in ("I", "II", "III", "IV")})
    | frozenset({f"1971-{part}" for part in ("I", "II", "III", "IV")}),
}
COUNTRIES = ("us", "uk", "eu", "in", "ca", "au")
RX = frozenset({"rx", "otc", "pharmacy", "not-approved", "withdrawn", "depends"})
FACTS = {  # heading: shape of its values
    "boxed_topics": "topics",
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
_STATUSES = frozenset({"verified", "verified-secondary", "knowledge"})
_FILE_FIELDS = frozenset({"about", "evidence", "profiles", "substances"})
_SUBSTANCE_FIELDS = frozenset(
    {"inn", "profile", "class", "groups", "schedule", "rx", "facts", "names", "in_languages", "evidence", "note"}
)
_CELL_FIELDS = frozenset({"is", "from", "until", "when"})
_QUANTITY = re.compile(r"\d+(\.\d+)? (mg|g|mcg|units|months|years)\b.*")


@dataclass(frozen=True, slots=True)
class WordLists:
    """What the files are checked against: everyday words (as name keys) and the ids of boxed-warning topics."""

    common: frozenset[str]
    topics: frozenset[str]


@dataclass(slots=True)
class DrugFile:
    """What one file holds, each item with its place, and the faults found in it."""

    source: CheckedYaml
    substances: list[tuple[Substance, FieldPath]] = field(default_factory=list)
    names: list[tuple[Name, FieldPath]] = field(default_factory=list)


def read_common_words(file: Path) -> frozenset[str]:
    """The everyday words of a plain list (white space apart, # starts a comment), as name keys."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(name_key(word) for line in lines for word in line.partition("#")[0].split())


def read_drug_file(file: Path, lists: WordLists) -> DrugFile:
    """Reads the substances and names of one therapeutic group; faults end up in `source.problems`."""
    source = CheckedYaml(file)
    result = DrugFile(source)
    data = source.mapping((), source.data)
    source.check_fields((), data, _FILE_FIELDS)
    evidence = _evidence(source, ("evidence",), data.get("evidence"))
    profiles = source.mapping(("profiles",), data.get("profiles"))
    for index, raw in enumerate(source.sequence(("substances",), data.get("substances"))):
        path: FieldPath = ("substances", index)
        if not isinstance(raw, dict) or not isinstance(raw.get("inn"), str):
            source.fault(path, "expected a mapping with `inn`, the international name")
            continue
        source.check_fields(path, raw, _SUBSTANCE_FIELDS)
        merged = _with_profile(source, path, raw, profiles)
        result.substances.append((_substance(source, path, merged, evidence, lists), path))
        result.names += read_names(source, path, merged, lists.common, read_law)
    return result


def read_law(source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any]) -> dict[str, tuple[Cell, ...]]:
    """The cells of `schedule:` and `rx:` in `raw`, keyed "schedule.us", "un", "rx.uk", ..."""
    law = {}
    for country, value in source.mapping((*path, "schedule"), raw.get("schedule")).items():
        key = country if country == "un" else f"schedule.{country}"
        law[key] = _cells(source, (*path, "schedule", country), value, SCHEDULES)
    for country, value in source.mapping((*path, "rx"), raw.get("rx")).items():
        law[f"rx.{country}"] = _cells(source, (*path, "rx", country), value, dict.fromkeys(COUNTRIES, RX))
    return law


def _substance(
    source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any], evidence: Evidence, lists: WordLists
) -> Substance:
    if not isinstance(raw.get("class"), str):
        source.fault(path, "expected `class`, here or in its profile")
    own = {
        key: _evidence(source, (*path, "evidence", key), value, evidence)
        for key, value in source.mapping((*path, "evidence"), raw.get("evidence")).items()
    }
    return Substance(
        inn=raw["inn"],
        drug_class=str(raw.get("class")),
        group=source.file.stem,
        groups=tuple(source.words((*path, "groups"), raw.get("groups"))),
        law=read_law(source, path, raw),
        facts=dict(_facts(source, path, raw, lists, own | {"": evidence})),
        evidence=own | {"": evidence},
        note=str(raw.get("note") or ""),
    )


def _with_profile(
    source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any], profiles: Mapping[str, Any]
) -> dict[str, Any]:
    """`raw` laid over its profile, map by map; a null written in `raw` takes a cell of the profile away."""
    chosen = raw.get("profile")
    if chosen is not None and chosen not in profiles:
        source.fault((*path, "profile"), f"no profile {chosen} in this file{nearest(str(chosen), profiles)}")
    profile = source.mapping(("profiles", chosen), profiles.get(chosen)) if isinstance(chosen, str) else {}
    merged = {**profile, **raw}
    for key in ("schedule", "rx", "facts"):
        own = source.mapping((*path, key), raw.get(key))
        cells = {**source.mapping(("profiles", str(chosen), key), profile.get(key)), **own}
        merged[key] = {name: value for name, value in cells.items() if value is not None}
    return merged


def _cells(
    source: CheckedYaml, path: FieldPath, value: Any, vocabulary: Mapping[str, frozenset[str]]
) -> tuple[Cell, ...]:
    """A cell is a word, a list of words, or a list of {is, from, until, when} mappings."""
    allowed = vocabulary.get(str(path[-1]))
    if allowed is None:
        source.fault(path, f"no such country{nearest(str(path[-1]), vocabulary)}; expected {', '.join(vocabulary)}")
        return ()
    items = value if isinstance(value, list) else [value]
    plain = tuple(str(item) for item in items if not isinstance(item, dict))
    cells = ([Cell(plain)] if plain else []) + [_dated(source, path, item) for item in items if isinstance(item, dict)]
    for word in (word for cell in cells for word in cell.values):
        if word not in allowed:
            source.fault(path, f"{word} is not one of {', '.join(sorted(allowed))}{nearest(word, allowed)}")
    return tuple(cells)


def _dated(source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any]) -> Cell:
    source.check_fields(path, raw, _CELL_FIELDS)
    values = raw.get("is")
    words = values if isinstance(values, list) else [values]
    since, until = (_day(source, path, key, raw.get(key)) for key in ("from", "until"))
    return Cell(tuple(str(word) for word in words), since, until, str(raw.get("when", "")))


def _day(source: CheckedYaml, path: FieldPath, key: str, value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    source.fault(path, f"{key} must be a date, year-month-day")
    return None


def _facts(
    source: CheckedYaml, path: FieldPath, raw: Mapping[str, Any], lists: WordLists, evidence: Mapping[str, Evidence]
) -> Iterator[tuple[str, Fact]]:
    for key, value in source.mapping((*path, "facts"), raw.get("facts")).items():
        at = (*path, "facts", key)
        if key not in FACTS:
            source.fault(at, f"no such fact{nearest(str(key), FACTS)}; expected one of {', '.join(FACTS)}")
            continue
        values = [_flag(source, at, value)] if FACTS[key] == "flag" else [str(item) for item in _items(value)]
        _check_fact(source, at, values, lists)
        yield key, Fact(tuple(values), evidence.get(key, evidence[""]))


def _items(value: Any) -> Iterable[Any]:
    """The values of a fact; a mapping is a quantity for each use: {anxiety: 4 mg}."""
    if isinstance(value, dict):
        return [f"{amount} ({use})" for use, amount in value.items()]
    return value if isinstance(value, list) else [value]


def _flag(source: CheckedYaml, path: FieldPath, value: Any) -> str:
    if not isinstance(value, bool):
        source.fault(path, "expected yes or no")
    return "yes" if value else "no"


def _check_fact(source: CheckedYaml, path: FieldPath, values: Iterable[str], lists: WordLists) -> None:
    shape = FACTS[str(path[-1])]
    for value in values:
        if shape == "quantities" and not _QUANTITY.fullmatch(value):
            source.fault(path, f"expected a number and a unit such as 40 mg or 12 years, found {value}")
        if shape == "topics" and value not in lists.topics:
            source.fault(path, f"{value} is no topic of topics.yaml{nearest(value, lists.topics)}")


def _evidence(source: CheckedYaml, path: FieldPath, raw: Any, otherwise: Evidence | None = None) -> Evidence:
    """{status, source, checked}; a plain word is the source of something read in a second-hand copy."""
    if isinstance(raw, str) and otherwise:
        return Evidence("verified-secondary", raw, otherwise.checked)
    if not isinstance(raw, dict) or raw.get("status") not in _STATUSES or not raw.get("source"):
        source.fault(path, f"expected status ({', '.join(sorted(_STATUSES))}), source and checked")
        return otherwise or Evidence("knowledge", "", dt.date.min)
    checked = _day(source, path, "checked", raw.get("checked", otherwise.checked if otherwise else None))
    if checked is None:
        source.fault(path, "expected checked, the day of the look-up")
    return Evidence(raw["status"], raw["source"], checked or dt.date.min)
