"""The wording files: `policies/vocabulary/<language>/<theme>.yaml`, read, checked and expanded to plain phrases.

A phrase is words in order; `{name}` stands for any wording of that set, `...` for up to four words. No regular
expressions, so nothing an analyst writes can make matching slow.
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from auditor.errors import PolicyError
from auditor.vocabulary.fold import fold_phrase
from auditor.yamlfile import load_yaml

GAP = "..."
GAP_WORDS = 4
MAX_EXPANSIONS = 20_000
COMFORTABLE_EXPANSIONS = 1_500
_SLOT = re.compile(r"\{([a-z0-9_]+)\}")


def _plain_strings(phrases: object) -> object:
    """Numbers, dates, truth values and null that YAML saw in a list of words, as words again."""
    if isinstance(phrases, list):
        return [_word(phrase) for phrase in phrases]
    return phrases


def _word(value: object) -> object:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float | dt.date) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ContextSpec(_Strict):
    """A context in which an entry does not count, and why."""

    phrases: list[str] = Field(min_length=1)
    within: Literal["sentence", "block", "section", "page"] = "sentence"
    because: str

    _plain = field_validator("phrases", mode="before")(_plain_strings)


class EntrySpec(_Strict):
    """One signal with its phrases, as written in a vocabulary file."""

    signal: str
    value: str
    attributes: dict[str, str | list[str]] = Field(default_factory=dict)
    phrases: list[str] = Field(min_length=1)
    not_: list[ContextSpec] = Field(default_factory=list, alias="not")
    inside_words: bool = False
    voice: Literal["own", "any"] = "own"

    _plain = field_validator("phrases", mode="before")(_plain_strings)


class FileSpec(_Strict):
    """A vocabulary file."""

    language: str
    sets: dict[str, list[str]] = Field(default_factory=dict)
    signals: list[EntrySpec] = Field(default_factory=list)
    abbreviations: list[str] = Field(default_factory=list)
    first_person: list[str] = Field(default_factory=list)
    second_person: list[str] = Field(default_factory=list)

    _plain = field_validator("abbreviations", "first_person", "second_person", mode="before")(_plain_strings)

    @field_validator("sets", mode="before")
    @classmethod
    def _plain_sets(cls, sets: object) -> object:
        return {name: _plain_strings(words) for name, words in sets.items()} if isinstance(sets, dict) else sets


@dataclass(frozen=True, slots=True)
class Context:
    """Folded phrases near which an entry does not count."""

    phrases: tuple[str, ...]
    within: str
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One signal a wording stands for. Compared by identity."""

    signal: str
    value: str
    language: str
    voice: str
    inside_words: bool
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: tuple[Context, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of an entry, expanded: each part lists the literal wordings that may stand there.

    `gaps[n]` is how many words may stand between part n and part n + 1: a phrase is cut at its "...", and where writing
    out every combination of its sets would be too many.
    """

    entry: Entry
    written: str
    parts: tuple[tuple[str, ...], ...]
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wordings:
    """All wordings of all languages, and the small words that sentences are read by."""

    phrases: list[Phrase]
    abbreviations: frozenset[str]  # they do not end a sentence
    first_person: frozenset[str]  # folded
    second_person: frozenset[str]  # folded
    sets: Mapping[str, Mapping[str, list[str]]]  # named wording sets, by language folder


def read_wordings(folder: Path) -> Wordings:
    """All wordings under `folder`, one sub-folder a language.

    Raises:
        PolicyError: naming file, line and field of every problem.
    """
    problems: list[str] = []
    phrases: list[Phrase] = []
    abbreviations: set[str] = set()
    persons: tuple[set[str], set[str]] = (set(), set())
    all_sets: dict[str, Mapping[str, list[str]]] = {}
    for language_folder in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = {path: _read_file(path, problems) for path in sorted(language_folder.glob("*.yaml"))}
        loaded = {path: spec for path, spec in files.items() if spec}
        shared = all_sets[language_folder.name] = _shared_sets(loaded.values())
        for path, spec in loaded.items():
            abbreviations.update(word.lower() for word in spec.abbreviations)
            persons[0].update(map(fold_phrase, spec.first_person))
            persons[1].update(map(fold_phrase, spec.second_person))
            for number, entry in enumerate(spec.signals):
                phrases += _phrases_of(entry, spec.language, shared | spec.sets, f"{path}: signals[{number}]", problems)
    if problems:
        raise PolicyError(problems)
    return Wordings(phrases, frozenset(abbreviations), frozenset(persons[0]), frozenset(persons[1]), all_sets)


def _read_file(path: Path, problems: list[str]) -> FileSpec | None:
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
        return FileSpec.model_validate(data)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problems.append(f"{path}:{line}: not YAML: {getattr(error, 'problem', error)}")
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(map(str, problem["loc"]))
            problems.append(f"{path}: {where}: {problem['msg']}")
    return None


def _shared_sets(files: Iterable[FileSpec]) -> dict[str, list[str]]:
    """The sets of a language that every file may use: those that no two files define differently."""
    shared: dict[str, list[str]] = {}
    differing: set[str] = set()
    for spec in files:
        for name, wordings in spec.sets.items():
            if shared.setdefault(name, wordings) != wordings:
                differing.add(name)
    return {name: wordings for name, wordings in shared.items() if name not in differing}


def _phrases_of(
    spec: EntrySpec, language: str, sets: Mapping[str, list[str]], where: str, problems: list[str]
) -> Iterator[Phrase]:
    contexts = tuple(
        Context(tuple(_expand_all(context.phrases, sets, f"{where}.not", problems)), context.within, context.because)
        for context in spec.not_
    )
    attributes = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in spec.attributes.items()}
    entry = Entry(spec.signal, spec.value, language, spec.voice, spec.inside_words, attributes, contexts, where)
    for written in spec.phrases:
        yield from phrase_of(entry, written, sets, where, problems)


def phrase_of(
    entry: Entry, written: str, sets: Mapping[str, list[str]], where: str, problems: list[str]
) -> Iterator[Phrase]:
    """The phrase `written`, expanded; none, and a line in `problems`, where it cannot be."""
    parts: list[tuple[str, ...]] = []
    gaps: list[int] = []
    for piece in written.split(GAP):
        for number, chunk in enumerate(_chunks(piece, sets)):
            if parts:
                gaps.append(0 if number else GAP_WORDS)
            parts.append(tuple(_expand_all([chunk], sets, where, problems)))
    if all(parts):
        yield Phrase(entry, written, tuple(parts), tuple(gaps))
    elif not problems:
        problems.append(f"{where}: phrase {written!r}: a part has no words")


def _chunks(piece: str, sets: Mapping[str, list[str]]) -> list[str]:
    """`piece` cut between words so that no chunk has too many expansions; a chunk always has at least one word."""
    chunks: list[str] = []
    for word in piece.split():
        if chunks and _belongs(chunks[-1], word, sets):
            chunks[-1] += f" {word}"
        else:
            chunks.append(word)
    return chunks or [piece]


def _belongs(chunk: str, word: str, sets: Mapping[str, list[str]]) -> bool:
    """Whether `word` continues `chunk`: one of them may come to nothing, or both together stay few."""
    if _optional(chunk, sets) or _optional(word, sets):
        return True
    return _count(f"{chunk} {word}", sets) <= COMFORTABLE_EXPANSIONS


def _optional(chunk: str, sets: Mapping[str, list[str]]) -> bool:
    """Whether `chunk` can come to nothing."""
    slots = _SLOT.findall(chunk)
    return bool(slots) and not _SLOT.sub("", chunk).strip() and all("" in sets.get(slot, ()) for slot in slots)


def _count(chunk: str, sets: Mapping[str, list[str]]) -> int:
    """How many wordings `chunk` stands for; sets inside sets count as written."""
    return math.prod(len(sets.get(slot, ())) for slot in _SLOT.findall(chunk))


def _expand_all(
    phrases: Iterable[str], sets: Mapping[str, list[str]], where: str, problems: list[str]
) -> dict[str, None]:
    """Literal folded wordings of `phrases`, in order, without repeats."""
    wordings: dict[str, None] = {}
    for phrase in phrases:
        try:
            for wording in itertools.islice(_expand(phrase, sets, ()), MAX_EXPANSIONS + 1):
                folded = fold_phrase(wording)
                if folded:
                    wordings[folded] = None
        except KeyError as error:
            name = str(error.args[0])
            near = difflib.get_close_matches(name, sets, 1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            problems.append(f"{where}: phrase {phrase!r}: unknown set {name!r}{hint}")
        except RecursionError:
            problems.append(f"{where}: phrase {phrase!r}: a set contains itself")
        if len(wordings) > MAX_EXPANSIONS:
            problems.append(f"{where}: phrase {phrase!r}: expands to more than {MAX_EXPANSIONS} wordings; split it")
            break
    return wordings


def _expand(phrase: str, sets: Mapping[str, list[str]], open_sets: tuple[str, ...]) -> Iterator[str]:
    slot = _SLOT.search(phrase)
    if not slot:
        yield phrase
        return
    name = slot.group(1)
    if name in open_sets:
        raise RecursionError
    head, tail = phrase[: slot.start()], phrase[slot.end() :]
    middles = [text for wording in sets[name] for text in _expand(wording, sets, (*open_sets, name))]
    for middle, rest in itertools.product(middles, list(_expand(tail, sets, open_sets))):
        yield f"{head}{middle}{rest}"
