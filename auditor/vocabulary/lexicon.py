"""The drug lexicon: which names stand for which substance, and what is known of each substance.

The data is `policies/drugs/*.yaml`; its README describes the format.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import PolicyError
from auditor.vocabulary.categories import read_categories
from auditor.vocabulary.checked import CheckedYaml
from auditor.vocabulary.drugfile import DrugFile, WordLists, read_common_words, read_drug_file
from auditor.vocabulary.drugs import Ambiguity, Category, Name, NameKind, Substance, name_key
from auditor.vocabulary.marked import nearest

__all__ = ["Ambiguity", "Category", "Found", "Lexicon", "Name", "NameKind", "Substance", "load_lexicon", "name_key"]

_LISTS = ("common-words.txt", "topics.yaml", "categories.yaml")


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
    missing = [folder / name for name in _LISTS if not (folder / name).is_file()]
    if missing:
        raise PolicyError([f"{path}:1: (file): missing; every lexicon has one" for path in missing])
    topics, headings = CheckedYaml(folder / "topics.yaml"), CheckedYaml(folder / "categories.yaml")
    lists = WordLists(read_common_words(folder / "common-words.txt"), frozenset(topics.mapping((), topics.data)))
    paths = [path for path in sorted(folder.glob("*.yaml")) if path not in {topics.file, headings.file}]
    files = [read_drug_file(path, lists) for path in paths]
    categories = read_categories(headings)
    substances = _substances(files)
    names = _names(files, substances)
    problems = [
        problem for source in (topics, headings, *(file.source for file in files)) for problem in source.problems
    ]
    if problems:
        raise PolicyError(problems)
    return Lexicon(names, substances, categories)


def _substances(files: Iterable[DrugFile]) -> dict[str, Substance]:
    known: dict[str, Substance] = {}
    for file in files:
        for substance, path in file.substances:
            if substance.inn in known:
                file.source.fault(
                    (*path, "inn"), f"{substance.inn} is described already, in {known[substance.inn].group}"
                )
            known[substance.inn] = substance
    return known


def _names(files: Iterable[DrugFile], substances: Mapping[str, Substance]) -> dict[str, tuple[Name, ...]]:
    filed: dict[str, tuple[Name, ...]] = {}
    for file in files:
        for name, path in file.names:
            others = filed.get(name.key, ())
            for fault in _misfit(name, others, substances):
                file.source.fault(path, fault)
            filed[name.key] = (*others, name)
    return filed


def _misfit(name: Name, others: Iterable[Name], substances: Mapping[str, Substance]) -> Iterator[str]:
    """What is wrong with `name` in the light of all the files; `others` are filed under the same key."""
    for other in name.also:
        if other not in substances:
            yield f"with: {other} is no substance of this lexicon{nearest(other, substances)}"
    for namesake in others:
        if namesake.substance == name.substance:
            yield f"{name.surface} is listed twice for {name.substance}"
        elif {name.ambiguity, namesake.ambiguity} != {Ambiguity.NEVER_ALONE}:
            yield f"{name.surface} already is {namesake.substance}; only never-alone names may be shared"


def _likeness(key: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, key, other).ratio(), 3)
