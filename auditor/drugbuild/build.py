"""Entries -> substances with their names and what the law says of them. What the dumps disagree on stays empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.drugbuild.entries import Claim, Entry, claims_of, entries_of
from auditor.drugbuild.records import Dump, Source
from auditor.errors import PolicyError
from auditor.vocabulary.drugnames import needs_flag
from auditor.vocabulary.drugs import Ambiguity, Name, NameKind
from auditor.vocabulary.lexicon import Lexicon, name_key

UNCLASSIFIED = "unclassified"
_KINDS = tuple(NameKind)


@dataclass(frozen=True, slots=True)
class BuiltName:
    """A name for the file; `schedule` and `rx` are what all products of this name say, empty where they differ."""

    name: Name
    sources: tuple[Source, ...]
    schedule: str = ""
    rx: str = ""


@dataclass(frozen=True, slots=True)
class BuiltSubstance:
    """A substance for the file. `law_sources` are those that say something of its law."""

    inn: str
    drug_class: str
    names: tuple[BuiltName, ...]
    schedule: str = ""
    rx: str = ""
    law_sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """What came of the dumps; `uncertain` says what was left out or empty, and why."""

    substances: tuple[BuiltSubstance, ...]
    uncertain: tuple[str, ...]


def build(dumps: Sequence[Dump], lexicon: Lexicon, flags: Mapping[str, Ambiguity], common: frozenset[str]) -> Build:
    """The substances of the dumps, with their names.

    Args:
        dumps: what was read.
        lexicon: names it has keep their substance and their ambiguity: a person looked at them.
        flags: name key to ambiguity, for names the lexicon does not have.
        common: everyday words, as name keys.

    Raises:
        PolicyError: a name is an everyday word or too short, and has no flag; names all of them.
    """
    uncertain = [f"{brand}: its ingredients are not said" for dump in dumps for brand in dump.unplaced]
    names: dict[str, list[BuiltName]] = defaultdict(list)
    for key, entries in _grouped(entries_of(dumps, lexicon)).items():
        doubt = _doubt(key, entries, lexicon)
        if doubt:
            uncertain.append(f"{entries[0].surface}: {doubt}")
        else:
            built = _name(key, entries, lexicon, flags)
            names[built.name.substance].append(built)
    _refuse_unflagged(names, lexicon, common)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims_of(dumps, lexicon):
        claims[claim.substance].append(claim)
    for inn in names:
        uncertain += _disagreements(inn, claims[inn])
    # A combination names its other substances, which have to be described even if every name of theirs is in doubt.
    inns = names.keys() | {inn for built in names.values() for each in built for inn in each.name.also}
    return Build(
        tuple(_substance(inn, names.get(inn, []), claims[inn], lexicon) for inn in sorted(inns)),
        tuple(sorted(uncertain)),
    )


def _grouped(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by name key, those of one key in a fixed order whatever the order of the dumps."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if key := name_key(entry.surface):
            grouped[key].append(entry)
    return {key: sorted(grouped[key], key=_order) for key in sorted(grouped)}


def _order(entry: Entry) -> tuple[int, bool, str, Source]:
    return _KINDS.index(entry.kind), entry.surface.isupper(), entry.surface, entry.source


def _doubt(key: str, entries: Sequence[Entry], lexicon: Lexicon) -> str:
    """Why it is not certain what a name stands for; empty when it is."""
    held = {entry.substances for entry in entries}
    if len(held) > 1:
        return "stands for " + " or ".join(" + ".join(inns) for inns in sorted(held))
    known = {name.substance for name in lexicon.names.get(key, ())}
    inns = next(iter(held))
    if known and not known & set(inns):
        return f"is {', '.join(sorted(known))} in the lexicon, {' + '.join(inns)} in the dumps"
    return ""


def _name(key: str, entries: Sequence[Entry], lexicon: Lexicon, flags: Mapping[str, Ambiguity]) -> BuiltName:
    first = entries[0]
    known = lexicon.names.get(key, ())
    main = next((name.substance for name in known if name.substance in first.substances), first.substances[0])
    surface = first.surface.title() if first.surface.isupper() else first.surface
    name = Name(
        surface=surface,
        substance=main,
        kind=first.kind,
        ambiguity=known[0].ambiguity if known else flags.get(key, Ambiguity.FREE),
        exact_case=bool(known) and known[0].exact_case,
        also=tuple(inn for inn in first.substances if inn != main),
    )
    return BuiltName(
        name=name,
        sources=tuple(sorted({entry.source for entry in entries})),
        schedule=_agreed(entry.schedule for entry in entries),
        rx=_agreed(entry.status for entry in entries),
    )


def _substance(inn: str, names: Sequence[BuiltName], claims: Sequence[Claim], lexicon: Lexicon) -> BuiltSubstance:
    known = lexicon.substances.get(inn)
    classes = sorted({claim.drug_class for claim in claims if claim.drug_class})
    return BuiltSubstance(
        inn=inn,
        drug_class=known.drug_class if known else classes[0] if classes else UNCLASSIFIED,
        names=tuple(sorted(names, key=lambda built: (_KINDS.index(built.name.kind), built.name.key))),
        schedule=_agreed(claim.schedule for claim in claims),
        rx=_agreed(claim.status for claim in claims),
        law_sources=tuple(sorted({claim.source for claim in claims if claim.schedule or claim.status})),
    )


def _agreed(said: Iterable[str]) -> str:
    """What is said, if all that say something say the same."""
    values = {str(value) for value in said if value}
    return values.pop() if len(values) == 1 else ""


def _disagreements(inn: str, claims: Sequence[Claim]) -> list[str]:
    told = {
        "schedule.us": {claim.schedule for claim in claims if claim.schedule},
        "rx.us": {str(claim.status) for claim in claims if claim.status},
    }
    return [
        f"{inn}: {cell}: {' or '.join(sorted(values))}, left empty" for cell, values in told.items() if len(values) > 1
    ]


def _refuse_unflagged(names: Mapping[str, Sequence[BuiltName]], lexicon: Lexicon, common: frozenset[str]) -> None:
    problems = [
        f"{built.sources[0].title}: {fault}"
        for filed in names.values()
        for built in filed
        if built.name.key not in lexicon.names and (fault := needs_flag(built.name, common))
    ]
    if problems:
        raise PolicyError(sorted(problems))
