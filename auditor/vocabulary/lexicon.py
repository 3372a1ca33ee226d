"""The drug lexicon: which names stand for which substance, and what is known of each substance.

The data is `policies/drugs/*.yaml`; its README describes the format.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import PolicyError
from auditor.vocabulary.drugfile import read_categories, read_common_words, read_drug_file
from auditor.vocabulary.drugs import Ambiguity, Category, Name, NameKind, Substance, name_key
from auditor.vocabulary.marked import nearest

__all__ = ["Ambiguity", "Category", "Found", "Lexicon", "Name", "NameKind", "Substance", "load_lexicon", "name_key"]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to `Lexicon.lookup`: `likeness` is 1.0 for the name itself, less for a near spelling."""

    name: Name
    substance: Substance
    likeness: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names and substances. `names` is filed by `name_key`, `substances` by international name."""

    names: Mapping[str, tuple[Name, ...]]
    substances: Mapping[str, Substance]
    categories: Mapping[str, Category]

    def attributes(self, name: Name, at: dt.date) -> dict[str, tuple[str, ...]]:
        """What a signal for `name` carries on the day `at`: the substance's attributes, then the name's own."""
        known = self.substances[name.substance].attributes(at)
        for key, cells in name.law.items():
            known[key] = tuple(value for cell in cells if cell.holds(at) for value in cell.values)
            known.pop(f"{key}.depends_on", None)
        own = {
            "surface": (name.surface,),
            "name_kind": (name.kind.value,),
            "also": name.also,
            "forms": name.forms,
            "ambiguous": () if name.ambiguity is Ambiguity.FREE else ("yes",),
        }
        return {key: values for key, values in (known | own).items() if values}

    def lookup(self, text: str, near: int = 5) -> list[Found]:
        """Everything filed under `text`; failing that, up to `near` names spelt like it, the likest first."""
        key = name_key(text)
        if key in self.names:
            return self._found(key, 1.0)
        close = difflib.get_close_matches(key, self.names, n=near, cutoff=0.75)
        return [found for other in close for found in self._found(other, _likeness(key, other))]

    def counts(self) -> dict[str, int]:
        """How many substances and names there are, the names also by kind and ambiguity."""
        names = [name for filed in self.names.values() for name in filed]
        tally = {"substances": len(self.substances), "surfaces": len(self.names), "categories": len(self.categories)}
        for kind in NameKind:
            tally[kind.value] = sum(name.kind is kind for name in names)
        for ambiguity in Ambiguity:
            tally[ambiguity.value] = sum(name.ambiguity is ambiguity for name in names)
        return tally

    def _found(self, key: str, likeness: float) -> list[Found]:
        return [Found(name, self.substances[name.substance], likeness) for name in self.names[key]]


def load_lexicon(folder: Path) -> Lexicon:
    """Reads every drug file in `folder`.

    Args:
        folder: `policies/drugs`, or one laid out like it.

    Raises:
        PolicyError: one line "file:line: field: what was expected" for every fault in any file.
    """
    common = read_common_words(folder / "common-words.txt")
    files = [read_drug_file(file, common) for file in sorted(folder.glob("*.yaml")) if file.name != "categories.yaml"]
    categories, problems = read_categories(folder / "categories.yaml")
    problems = [problem for file in files for problem in file.problems] + problems
    substances: dict[str, Substance] = {}
    names: dict[str, list[Name]] = {}
    for file in files:
        for substance in file.substances:
            if substance.inn in substances:
                problems.append(f"{file.where(substance.inn)}: inn: {substance.inn} is described in two files or twice")
            substances[substance.inn] = substance
    for file in files:
        for name in file.names:
            problems += [f"{file.where(name)}: {fault}" for fault in _misfit(name, names, substances)]
            names.setdefault(name.key, []).append(name)
    if problems:
        raise PolicyError(problems)
    return Lexicon({key: tuple(filed) for key, filed in names.items()}, substances, categories)


def _misfit(name: Name, names: Mapping[str, Iterable[Name]], substances: Mapping[str, Substance]) -> list[str]:
    """What is wrong with `name` in the light of all the files."""
    faults = [
        f"with: {other} is no substance of this lexicon{nearest(other, substances)}"
        for other in name.also
        if other not in substances
    ]
    for other in names.get(name.key, ()):
        if other.substance == name.substance:
            faults.append(f"names: {name.surface} is listed twice for {name.substance}")
        elif {name.ambiguity, other.ambiguity} != {Ambiguity.NEVER_ALONE}:
            faults.append(f"names: {name.surface} already is {other.substance}; only never-alone names may be shared")
    return faults


def _likeness(key: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, key, other).ratio(), 3)
