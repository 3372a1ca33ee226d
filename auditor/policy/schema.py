"""The policy language: what an analyst may write in a policy file, as pydantic models.

The JSON Schema that editors use is generated from these models. Names that depend on the vocabulary (signal kinds,
values, attributes) and names that refer to each other are checked by `auditor.policy.check`.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag, model_validator

from auditor.model import Authority, Completeness, Outcome, Severity, Share
from auditor.policy.registry import KindEntry
from auditor.policy.signal_spec import Name, Spec, Words, WrittenSignal


class Status(StrEnum):
    """How far a policy is trusted: a draft asks for review at most, a deprecated one is not assessed."""

    DRAFT = "draft"
    TEST = "test"
    STABLE = "stable"
    DEPRECATED = "deprecated"


Jurisdiction = Literal["global", "us", "uk", "eu", "in", "ca", "au", "platform"]
ID_PATTERN = r"^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$"


class Scope(StrEnum):
    """How far from the subject a condition looks."""

    SUBJECT = "subject"  # the subject itself: is it one of the signals called so?
    SENTENCE = "sentence"
    BLOCK = "block"
    ROW = "row"
    CARD = "card"
    SECTION = "section"
    PAGE = "page"
    SITE = "site"  # this page, and what other pages of the same site were found to say


# ------------------------------------------------------------------------------------------------ conditions


class Group(Spec):
    """Conditions taken together. Where several of all, any and none are written, each of them must hold.

    `at_least` says how many conditions of `any` must hold. `within` rules everything inside that has none of its own.
    """

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()
    at_least: Annotated[int, Field(ge=1)] = 1
    within: Scope | None = None

    @model_validator(mode="after")
    def _has_conditions(self) -> Group:
        if not (self.all or self.any or self.none):
            raise ValueError("expected a list of conditions under all, any or none")
        if self.at_least > 1 and not self.any:
            raise ValueError("expected at_least beside any")
        return self


class Count(Spec):
    """At least so many of one signal; `distinct` counts different values."""

    signal: Name
    at_least: Annotated[int, Field(ge=1)] = 1
    distinct: bool = False
    within: Scope | None = None


class Each(Spec):
    """Every value of the subject's attribute `each` must be found as the value of some `found_as` signal."""

    each: Words
    found_as: Name
    within: Scope | None = None


def _condition_form(value: object) -> str:
    if isinstance(value, str):
        return "<name>"
    if isinstance(value, Spec):
        return {Count: "<count>", Each: "<each>"}.get(type(value), "<group>")
    keys = value if isinstance(value, dict) else {}
    if "each" in keys or "found_as" in keys:
        return "<each>"
    return "<count>" if "signal" in keys else "<group>"


Condition = Annotated[
    Annotated[str, Tag("<name>")]
    | Annotated[Group, Tag("<group>")]
    | Annotated[Count, Tag("<count>")]
    | Annotated[Each, Tag("<each>")],
    Discriminator(_condition_form),
]


class ReasonedGroup(Group):
    """A group with the reason it gives."""

    because: Words


class ReasonedCount(Count):
    """A count with the reason it gives."""

    because: Words


class ReasonedEach(Each):
    """An each-condition with the reason it gives."""

    because: Words


def _reasoned_form(value: object) -> str:
    form = _condition_form(value)
    if isinstance(value, Spec):
        return {ReasonedCount: "<count>", ReasonedEach: "<each>"}.get(type(value), "<group>")
    return "<group>" if form == "<name>" else form


Reasoned = Annotated[
    Annotated[ReasonedGroup, Tag("<group>")]
    | Annotated[ReasonedCount, Tag("<count>")]
    | Annotated[ReasonedEach, Tag("<each>")],
    Discriminator(_reasoned_form),
]

# --------------------------------------------------------------------------------------------------- policy


class Effective(Spec):
    """When the rule is in force; both days included."""

    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None


class Outcomes(Spec):
    """The sentence for each outcome. Placeholders: {subject}, {subject.<attribute>}, {count}, {missing}."""

    violation: Words | None = None
    review: Words
    pass_: Words = Field(alias="pass")
    not_applicable: Words | None = Field(default=None, alias="not-applicable")


class Policy(Spec):
    """One policy, as its file says it."""

    id: Annotated[str, Field(pattern=ID_PATTERN)]
    version: Words
    title: Words
    status: Status
    severity: Severity
    jurisdictions: tuple[Jurisdiction, ...] = Field(min_length=1)
    languages: tuple[Words, ...] | Literal["any"]
    effective: Effective = Effective()
    authority: tuple[Authority, ...] = ()
    why: Words
    fix: Words
    duty: str = ""
    confidence: Share = 0.9
    signals: dict[Name, WrittenSignal] = Field(min_length=1)
    applies_when: Condition | None = None
    exempt_when: tuple[Reasoned, ...] = ()
    for_each: Name | None = None
    when: Condition | None = None
    require: Condition | None = None
    review_instead_when: tuple[Reasoned, ...] = ()
    needs_review_when: tuple[Reasoned, ...] = ()
    outcomes: Outcomes
    _file: Path = PrivateAttr(default=Path())
    _sha256: str = PrivateAttr(default="")
    _kinds: dict[str, KindEntry] = PrivateAttr(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where the policy was read from."""
        return self._file

    @property
    def sha256(self) -> str:
        """Digest of the policy's file."""
        return self._sha256

    @property
    def pack(self) -> str:
        """The pack (folder) the policy belongs to."""
        return self._file.parent.name

    @property
    def kinds(self) -> dict[str, KindEntry]:
        """Name of a signal to what the register says of its kind."""
        return self._kinds

    @cached_property
    def descriptions(self) -> dict[str | int, str]:
        """Conditions in words, by name or identity: filled as they are described."""
        return {}

    @property
    def accuses(self) -> bool:
        """Whether the policy can find a violation at all."""
        return self.severity is not Severity.ADVICE and (self.when is not None or self.require is not None)


# ---------------------------------------------------------------------------------------------------- tests


class Case(Spec):
    """One test of a policy: a page, and what the policy must say of it."""

    it: Words
    text: str | None = None
    html: str | None = None
    page: str | None = None
    url: str = ""
    jurisdiction: Jurisdiction | None = None
    audit_date: dt.date | None = None
    completeness: Literal[Completeness.TRUNCATED] | None = None
    expect: Outcome
    quotes: tuple[Words, ...] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Case:
        if sum(source is not None for source in (self.text, self.html, self.page)) != 1:
            raise ValueError("expected exactly one of text, html and page")
        return self


class TestFile(Spec):
    """The tests of one policy."""

    __test__ = False  # not a pytest class

    policy: Words
    tests: tuple[Case, ...] = Field(min_length=1)
