"""What a policy may look for: the signals of the policy language, with their filters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from auditor.model import Assertion, Role, Share


class Spec(BaseModel):
    """Base of everything written in a policy file: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Words = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


class Described(Spec):
    """What every form of signal may carry for those who read the result."""

    called: Annotated[
        Words | None, Field(description='What is looked for, in plain words: "a warning about alcohol".')
    ] = None
    nearest: Annotated[
        tuple[Name, ...],
        Field(description="Signals of this policy to show, as the nearest thing, where this one is not found."),
    ] = ()


def _as_word(value: object) -> object:
    """YAML reads a bare yes, no or 2 as something else than a word; policies mean the word."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


class NumberFilter(Spec):
    """A number that must reach `at_least` and stay `below`."""

    at_least: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _limits(self) -> NumberFilter:
        if self.at_least is None and self.below is None:
            raise ValueError("expected at_least, below, or both")
        return self


class NoneOf(Spec):
    """None of these values (an attribute that is not there at all satisfies this too)."""

    none_of: tuple[Words, ...] = Field(min_length=1)

    @field_validator("none_of", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return _listed(value)


class Present(Spec):
    """Whether the attribute is there at all."""

    present: bool


AnyOf = Annotated[tuple[Words, ...], Field(min_length=1)]
Filter = AnyOf | NumberFilter | NoneOf | Present
_FILTER_FORMS: dict[str, type[Spec]] = {
    "at_least": NumberFilter,
    "below": NumberFilter,
    "none_of": NoneOf,
    "present": Present,
}


def _listed(value: object) -> object:
    return tuple(_as_word(each) for each in value) if isinstance(value, list | tuple) else (_as_word(value),)


def _filter(name: str, value: object) -> Filter:
    """The filter that a written value means: a word, a list of words, or one of the mapping forms."""
    if isinstance(value, dict):
        for key, form in _FILTER_FORMS.items():
            if key in value:
                return form.model_validate(value)  # type: ignore[return-value]
    listed = _listed(value)
    if isinstance(listed, tuple) and listed and all(isinstance(word, str) and word for word in listed):
        return listed
    forms = "a word, a list of words, {at_least, below}, {none_of: [...]} or {present: true|false}"
    raise ValueError(f"expected of {name}: {forms}")


def _flatten(extra: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in extra.items():
        name = f"{prefix}{_as_word(key)}"
        if isinstance(value, dict) and not value.keys() & _FILTER_FORMS.keys():
            yield from _flatten(value, f"{name}.")
        else:
            yield name, value


class Builtin(Described):
    """A signal the auditor finds itself, filtered. Every further field is a filter on an attribute of that signal.

    Left out, `assertion` is `affirmed` (said by the page in its own voice) and `seen` is true.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    use: Name
    value: Annotated[Any, Field(description="A value, a list of values, or {none_of: [...]}.")] = None
    assertion: tuple[Assertion, ...] | Literal["any"] = (Assertion.AFFIRMED,)
    seen: bool | Literal["any"] = True
    role: tuple[Role, ...] | None = None
    confidence: NumberFilter | None = None

    @field_validator("assertion", "role", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) and value != "any" else value

    @model_validator(mode="after")
    def _has_filters(self) -> Builtin:
        _ = self.values, self.attributes  # raises ValueError where a filter is not one
        return self

    @cached_property
    def values(self) -> Filter | None:
        """The filter on the signal's value."""
        return None if self.value is None else _filter("value", self.value)

    @cached_property
    def attributes(self) -> tuple[tuple[str, Filter], ...]:
        """Filters on attributes, by dotted name."""
        return tuple((name, _filter(name, value)) for name, value in _flatten(self.model_extra or {}))

    @cached_property
    def key(self) -> str:
        """The same for all specifications that ask for the same signals."""
        return self.model_dump_json(exclude={"called", "nearest"})


class Phrases(Described):
    """Wordings of this policy alone, written as in the vocabulary; a mapping gives them by language."""

    phrases: tuple[Words, ...] | dict[str, tuple[Words, ...]]
    assertion: tuple[Assertion, ...] | Literal["any"] = (Assertion.AFFIRMED,)
    seen: bool | Literal["any"] = True

    @field_validator("assertion", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) and value != "any" else value


class Elements(Described):
    """Elements of the page, by CSS selector."""

    elements: tuple[Words, ...] = Field(min_length=1)
    seen: bool | Literal["any"] = True


class Wording(Described):
    """A wording that rules prescribe: found when this share of its words stands on the page, in order and seen."""

    wording: Words
    share: Share = 0.8


SignalSpec = Builtin | Phrases | Elements | Wording
# Names of union members stand in angle brackets, so that they can be told from fields in the path of a fault.
_SIGNAL_FORMS = {"use": "<use>", "phrases": "<phrases>", "elements": "<elements>", "wording": "<wording>"}


def _signal_form(value: object) -> str:
    keys = value if isinstance(value, dict) else value.model_fields_set if isinstance(value, Spec) else ()
    return next((form for field, form in _SIGNAL_FORMS.items() if field in keys), "<use>")


WrittenSignal = Annotated[
    Annotated[Builtin, Tag("<use>")]
    | Annotated[Phrases, Tag("<phrases>")]
    | Annotated[Elements, Tag("<elements>")]
    | Annotated[Wording, Tag("<wording>")],
    Discriminator(_signal_form),
]
