"""Who wrote and who reviewed the page, and how a reader could check it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import SEEN, Assertion, Match, Person, Role, Signal, Visibility
from auditor.signals.lists import names
from auditor.signals.reading import Reading

_NAME = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s)?[A-Z][^\W\d_]*\.?(?:[ '’-][A-Z][^\W\d_]*\.?){1,4}")
_REGISTRATION = re.compile(
    r"\b(?:registration|registered|reg|licen[cs]e|gmc|gphc|nmc|npi|mci|hcpc)\b[^.\n]{0,24}?\d[\d\-/]{2,}", re.IGNORECASE
)
_AFTER_LABEL = 200  # characters after "reviewed by" in which the name, degree and number stand
_VERIFIES = frozenset({Role.MAIN, Role.ASIDE, Role.HEADER, Role.CARD, Role.TABLE, Role.FORM})


def detect(reading: Reading) -> Iterator[Signal]:
    """`author` and `reviewer` signals: one a person or body the page names, or names without naming."""
    people = [person for person in reading.page.people if person.role in {"author", "reviewer"}]
    for person in people:
        yield _named(reading, person)
    yield from _organisations(reading)
    yield from _unnamed(reading, people)


def _named(reading: Reading, person: Person) -> Signal:
    attributes = {"name": (person.name,), "source": (person.source,), "verifiable": (_verifiable(reading, person),)}
    if person.credentials:
        attributes["credentials"] = (person.credentials,)
    if person.profile:
        attributes["profile"] = (person.profile,)
    value = "organisation" if _is_body(person.name) else "person"
    if person.role == "reviewer" and _is_faceless(person.name):
        value = "unnamed"
    if person.start < 0:
        return Signal(person.role, value, 0, 0, 0, match=Match.STRUCTURE, attributes={**attributes, "shown": ("no",)})
    return reading.signal(
        person.role, value, person.start, person.end, assertion=Assertion.AFFIRMED,
        attributes={**attributes, "shown": (_shown(reading, person.start),)}, because=_degree(reading, person),
    )  # fmt: skip


def _shown(reading: Reading, offset: int) -> str:
    return "yes" if reading.block_at(offset).visibility in SEEN else "no"


def _is_body(name: str) -> bool:
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", name)}
    return bool(words & (names("organisations") | {"team", "staff", "editors", "editorial", "desk", "panel", "unit"}))


def _is_faceless(name: str) -> bool:
    """Whether a "name" is only what anybody could be called: "our medical experts"."""
    return {word.lower() for word in re.findall(r"[^\W\d_]+", name)} <= names("faceless_words")


def _degree(reading: Reading, person: Person) -> tuple[tuple[int, int], ...]:
    if not person.credentials:
        return ()
    at = reading.text.find(person.credentials, person.start, person.end + _AFTER_LABEL)
    return ((at, at + len(person.credentials)),) if at >= person.end else ()


def _verifiable(reading: Reading, person: Person) -> str:
    """Whether the page offers a way to check this person: a profile, a registration number, a linked name."""
    if person.profile:
        return "yes"
    if person.start < 0:
        return "no"
    around = reading.text[person.start : person.end + _AFTER_LABEL]
    linked = any(link.start < person.end and person.start < link.end and link.href for link in reading.page.links)
    return "yes" if linked or _REGISTRATION.search(around) else "no"


def _organisations(reading: Reading) -> Iterator[Signal]:
    for cue in reading.signals("author-cue", "organisation"):
        yield reading.signal(
            "author", "organisation", cue.start, cue.end, assertion=Assertion.AFFIRMED,
            attributes={"name": (reading.text[cue.start : cue.end],), "shown": ("yes",), "verifiable": ("yes",)},
        )  # fmt: skip


def _unnamed(reading: Reading, people: list[Person]) -> Iterator[Signal]:
    """A review that is claimed where no name stands with the claim."""
    placed = [(person.start, person.end) for person in people if person.role == "reviewer" and person.start >= 0]
    for cue in reading.signals("reviewer-cue"):
        seen = reading.block_at(cue.start).visibility is not Visibility.META
        if not seen or any(start - _AFTER_LABEL < cue.start < end for start, end in placed):
            continue
        if cue.value == "label" and _has_name(reading, cue):
            continue
        yield reading.signal(
            "reviewer", "unnamed", cue.start, cue.end, assertion=Assertion.AFFIRMED, attributes={"shown": ("yes",)}
        )


def _has_name(reading: Reading, cue: Signal) -> bool:
    after = reading.text[cue.end : cue.end + _AFTER_LABEL].lstrip(" :\n")
    return bool(_NAME.match(after))
