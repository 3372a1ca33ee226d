"""The register of signal kinds: what a policy may use, and what it may filter on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from auditor.errors import PolicyError
from auditor.policy.signal_spec import Builtin, SignalSpec, Spec
from auditor.vocabulary.marked import MarkedYaml


class KindEntry(Spec):
    """One kind of signal, as `policies/schema/signals.yaml` describes it."""

    means: str
    called: str = ""  # in plain words: "a warning"
    with_value: str = ""  # the same with {value} for one of its values: "a warning about {value}"
    values: Literal["any"] | dict[str, str]
    is_: str = Field(default="", alias="is")
    attributes: dict[str, str] = Field(default_factory=dict)
    short_of: dict[str, str] = Field(default_factory=dict)  # attribute to what a signal is that fails a filter on it

    def meaning(self, value: str) -> str:
        """A value in words; "" when the register has none for it."""
        return "" if self.values == "any" else self.values.get(value, "")

    def knows_attribute(self, name: str) -> bool:
        """Whether signals of this kind may carry the attribute `name`."""
        return name in self.attributes or any(
            known.endswith(".*") and name.startswith(known[:-1]) for known in self.attributes
        )


class Registry:
    """All kinds of signal that policies can use: the documented ones, and those that wordings add.

    `wordings`: signal kind to the values that the vocabulary gives it.
    """

    def __init__(self, documented: Mapping[str, KindEntry], wordings: Mapping[str, frozenset[str]]) -> None:
        self.documented = documented
        self._wordings = wordings

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind a policy may use."""
        return frozenset(self.documented) | frozenset(self._wordings)

    def values(self, kind: str) -> frozenset[str] | None:
        """The values of a kind; None when they are open."""
        entry = self.documented.get(kind)
        if entry and entry.values == "any":
            return None
        listed = frozenset(entry.values) if entry else frozenset()
        return listed | self._wordings.get(kind, frozenset())

    def entries(self, signals: Mapping[str, SignalSpec]) -> dict[str, KindEntry]:
        """Name of a signal to what the register says of its kind, for the signals of one policy."""
        uses = {name: spec.use for name, spec in signals.items() if isinstance(spec, Builtin)}
        return {name: self.documented[use] for name, use in uses.items() if use in self.documented}

    def attributes(self, kind: str) -> frozenset[str] | None:
        """The attributes of a kind; None when nothing is documented about it."""
        entry = self.documented.get(kind)
        return frozenset(entry.attributes) if entry else None

    def knows_attribute(self, kind: str, name: str) -> bool:
        """Whether signals of `kind` may carry the attribute `name`."""
        entry = self.documented.get(kind)
        return entry is None or entry.knows_attribute(name)


def read_registry(file: Path, wordings: Mapping[str, frozenset[str]]) -> Registry:
    """Read the register of signal kinds.

    Raises:
        PolicyError: the file is not as it should be.
    """
    written = MarkedYaml(file)
    documented = {}
    problems = written.repeated_keys()
    for kind, entry in (written.data or {}).items():
        try:
            documented[kind] = KindEntry.model_validate(entry)
        except ValueError as error:
            problems.append(written.problem((kind,), f"expected means, values and attributes: {error}"))
    if problems:
        raise PolicyError(problems)
    return Registry(documented, wordings)
