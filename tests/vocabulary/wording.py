"""Vocabularies of a few lines, written for one test."""

from __future__ import annotations

from pathlib import Path

from auditor.vocabulary.fold import fold
from auditor.vocabulary.matcher import Hit, Matcher
from auditor.vocabulary.wordings import Phrase, Wordings, read_wordings


def wordings(folder: Path, **files: str) -> Wordings:
    """The wordings of files named `<language>_<theme>`, each with the given YAML."""
    for name, content in files.items():
        language, _, theme = name.partition("_")
        (folder / language).mkdir(exist_ok=True)
        (folder / language / f"{theme}.yaml").write_text(f"language: {language}\n{content}", encoding="utf-8")
    return read_wordings(folder)


def entry(*phrases: str, signal: str = "act", value: str = "sell", more: str = "", sets: str = "") -> str:
    """YAML of one entry: `more` are further lines of it, `sets` the lines of the sets."""
    lines = "".join(f"      - {phrase}\n" for phrase in phrases)
    return (
        f"sets:\n  none_: [none]\n{sets}signals:\n  - signal: {signal}\n    value: {value}\n    phrases:\n{lines}{more}"
    )


def expanded(folder: Path, *phrases: str, sets: str = "") -> list[tuple[tuple[str, ...], ...]]:
    """What the phrases are looked for as: for each, its parts with their literal wordings."""
    return [phrase.parts for phrase in wordings(folder, en_x=entry(*phrases, sets=sets)).phrases]


def hits(folder: Path, text: str, *phrases: str, sets: str = "", more: str = "") -> list[str]:
    """The words of `text` in which the phrases are found, in text order."""
    matcher = Matcher(wordings(folder, en_x=entry(*phrases, sets=sets, more=more)).phrases)
    return [text[hit.start : hit.end] for hit in scan(matcher, text)]


def scan(matcher: Matcher, text: str) -> list[Hit]:
    """All hits in text order, longest first."""
    return sorted(matcher.scan(text, fold(text)), key=lambda hit: (hit.start, -hit.end))


def value_of(hit: Hit) -> str:
    """The value of the entry that was hit."""
    assert isinstance(hit.target, Phrase)
    return hit.target.entry.value
