"""Substances -> a drug file, whose every cell says where it comes from and when that was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from auditor.drugbuild.build import Build, BuiltName, BuiltSubstance
from auditor.drugbuild.records import Source
from auditor.vocabulary.drugs import Ambiguity

_HEAD = "# Written by `auditor drugs build`. Review it before it joins the lexicon: dumps hold what companies listed.\n"


class _Dumper(yaml.SafeDumper):
    """Writes equal values out each time: anchors are hard to read."""

    def ignore_aliases(self, data: object) -> bool:
        """Always."""
        return True


def drug_file(built: Build) -> str:
    """The text of the file. The same build gives the same text."""
    sources = {source for each in built.substances for name in each.names for source in name.sources}
    sources |= {source for each in built.substances for source in each.law_sources}
    data = {
        "about": "Names and United States law as public dumps list them.",
        "evidence": _evidence(sources),
        "substances": [_substance(each) for each in built.substances],
    }
    return _HEAD + yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def _substance(each: BuiltSubstance) -> dict[str, Any]:
    names: dict[str, list[Any]] = {}
    for built in each.names:
        names.setdefault(built.name.kind.value, []).append(_name(built, each))
    evidence = {"names": _evidence({source for built in each.names for source in built.sources})} if names else {}
    evidence |= {key: _evidence(each.law_sources) for key, value in _law(each).items() if value}
    raw = {
        "inn": each.inn,
        "class": each.drug_class,
        "schedule": {"us": each.schedule} if each.schedule else None,
        "rx": {"us": each.rx} if each.rx else None,
        "names": names,
        "evidence": evidence,
    }
    return {key: value for key, value in raw.items() if value}


def _law(each: BuiltSubstance) -> dict[str, str]:
    return {"schedule.us": each.schedule, "rx.us": each.rx}


def _name(built: BuiltName, substance: BuiltSubstance) -> str | dict[str, Any]:
    """The name alone where nothing else is to be said: what its substance says holds for it too."""
    name = built.name
    raw = {
        "name": name.surface,
        "ambiguity": name.ambiguity.value if name.ambiguity is not Ambiguity.FREE else None,
        "case": "exact" if name.exact_case else None,
        "with": list(name.also),
        "schedule": {"us": built.schedule} if built.schedule and (name.also or not substance.schedule) else None,
        "rx": {"us": built.rx} if built.rx and (name.also or not substance.rx) else None,
    }
    said = {key: value for key, value in raw.items() if value}
    return name.surface if len(said) == 1 else said


def _evidence(sources: Iterable[Source]) -> dict[str, str | dt.date]:
    ordered: Sequence[Source] = sorted(set(sources))
    return {
        "status": "verified-secondary",
        "source": "; ".join(source.title for source in ordered) or "the lexicon",
        "checked": max((source.published for source in ordered), default=dt.date.min),
    }
