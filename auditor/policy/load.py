"""Reading policy files: every fault is collected, and named by file, line and field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from auditor.assets import asset_folder
from auditor.errors import PolicyError, UsageError
from auditor.model import PolicySummary
from auditor.policy.check import check
from auditor.policy.facts import inline_kind
from auditor.policy.faults import validation_problems
from auditor.policy.registry import read_registry
from auditor.policy.schema import Policy, TestFile
from auditor.policy.signal_spec import Elements, Phrases, Spec
from auditor.vocabulary.marked import MarkedYaml, nearest

TESTS = ".test.yaml"
_AnySpec = TypeVar("_AnySpec", bound=Spec)


class KnownWordings(Protocol):
    """What policies need to know of the vocabulary."""

    @property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """Signal kind to the values its wordings give."""


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Policies in order of their ids, with the tests of each."""

    policies: tuple[Policy, ...]
    tests: Mapping[str, TestFile]

    def __iter__(self) -> Iterator[Policy]:
        return iter(self.policies)

    def __len__(self) -> int:
        return len(self.policies)

    def get(self, policy_id: str) -> Policy:
        """The policy with this id.

        Raises:
            UsageError: there is none.
        """
        for policy in self.policies:
            if policy.id == policy_id:
                return policy
        known = [policy.id for policy in self.policies]
        raise UsageError(f"no policy has the id {policy_id!r}{nearest(policy_id, known)}")

    @property
    def sha256(self) -> str:
        """One digest of all the policies' files."""
        return hashlib.sha256("".join(policy.sha256 for policy in self.policies).encode()).hexdigest()

    def summaries(self) -> tuple[PolicySummary, ...]:
        """The policies as a report lists them."""
        return tuple(_summary(policy) for policy in self.policies)


def _summary(policy: Policy) -> PolicySummary:
    return PolicySummary(
        id=policy.id,
        version=policy.version,
        title=policy.title,
        severity=policy.severity,
        jurisdictions=policy.jurisdictions,
        status=policy.status,
        sha256=policy.sha256,
        pack=policy.pack,
    )


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """A policy that has the right form, with the file it stands in; its names are not checked yet."""

    policy: Policy
    written: MarkedYaml


@dataclass(frozen=True, slots=True)
class WrittenPolicies:
    """All policy files of a folder as read, and the faults met on the way."""

    folder: Path
    found: tuple[WrittenPolicy, ...]
    tests: Mapping[str, TestFile]
    problems: tuple[str, ...]

    def inline_phrases(self) -> list[tuple[str, Sequence[str], str]]:
        """Wordings that policies bring along: (signal kind, phrases, language), for the matcher to look for."""
        return [entry for each in self.found for entry in _inline(each.policy)]


def _inline(policy: Policy) -> Iterator[tuple[str, Sequence[str], str]]:
    for name, spec in policy.signals.items():
        if isinstance(spec, Phrases):
            by_language = spec.phrases
            if not isinstance(by_language, dict):
                by_language = {policy.languages if policy.languages == "any" else policy.languages[0]: by_language}
            for language, phrases in by_language.items():
                yield inline_kind(policy.id, name), phrases, language


def selectors(policies: PolicySet) -> tuple[str, ...]:
    """The CSS selectors that policies look for, each once."""
    specs = (spec for policy in policies for spec in policy.signals.values())
    return tuple(dict.fromkeys(css for spec in specs if isinstance(spec, Elements) for css in spec.elements))


def load_policies(folder: Path, vocabulary: KnownWordings) -> PolicySet:
    """Read and check every policy under `folder`/packs.

    Args:
        folder: holds `packs/`, and `schema/signals.yaml` if it documents signals of its own.
        vocabulary: the wordings that policies may use.

    Raises:
        PolicyError: naming file, line and field of every fault.
    """
    return check_policies(read_policies(folder), vocabulary)


def read_policies(folder: Path, more: Sequence[Path] = ()) -> WrittenPolicies:
    """Read every policy and test file under `folder`/packs and those of `more`, without checking the names in them."""
    problems = [f"{each}: expected the folder packs, with policies in it" for each in more if not _packs(each).is_dir()]
    files = [file for each in (folder, *more) for file in sorted(_packs(each).rglob("*.yaml"))]
    tests: dict[str, TestFile] = {}
    found: dict[str, WrittenPolicy] = {}
    for file in files:
        if file.name.endswith(TESTS):
            _read_tests(file, tests, problems)
        else:
            _read_policy(file, found, problems)
    written = tuple(found[policy_id] for policy_id in sorted(found))
    return WrittenPolicies(folder, written, tests, tuple(problems))


def _packs(folder: Path) -> Path:
    return folder / "packs"


def _read_policy(file: Path, found: dict[str, WrittenPolicy], problems: list[str]) -> None:
    read = _read(file, Policy, problems)
    if read is None:
        return
    policy, written = read
    if policy.id in found:
        problems.append(written.problem(("id",), f"already the id of {found[policy.id].policy.file}"))
    policy._file, policy._sha256 = file, hashlib.sha256(file.read_bytes()).hexdigest()
    found.setdefault(policy.id, WrittenPolicy(policy, written))


def _read_tests(file: Path, tests: dict[str, TestFile], problems: list[str]) -> None:
    read = _read(file, TestFile, problems)
    if read is None:
        return
    spec, written = read
    owner = file.name.removesuffix(TESTS)
    if spec.policy != owner:
        problems.append(written.problem(("policy",), f"expected the policy this file belongs to, {owner!r}"))
    if not file.with_name(f"{owner}.yaml").is_file():
        problems.append(written.problem((), f"there is no policy file {owner}.yaml beside these tests"))
    tests[owner] = spec


def _read(file: Path, form: type[_AnySpec], problems: list[str]) -> tuple[_AnySpec, MarkedYaml] | None:
    try:
        written = MarkedYaml(file)
        problems += written.repeated_keys()
        return form.model_validate(written.data), written
    except PolicyError as error:
        problems += error.problems
    except ValidationError as error:
        problems += validation_problems(written, error)
    return None


def check_policies(read: WrittenPolicies, vocabulary: KnownWordings) -> PolicySet:
    """Check every name in the policies read, and give them as a set.

    Raises:
        PolicyError: naming file, line and field of every fault, those met in reading too.
    """
    own = read.folder / "schema" / "signals.yaml"
    registry = read_registry(
        own if own.is_file() else asset_folder("policies") / "schema" / "signals.yaml", vocabulary.kinds
    )
    problems = list(read.problems)
    for each in read.found:
        each.policy._kinds = registry.entries(each.policy.signals)
        faults = check(each.policy, registry, read.tests.get(each.policy.id))
        problems += [each.written.problem(path, message) for path, message in faults]
    if problems:
        raise PolicyError(problems)
    return PolicySet(tuple(each.policy for each in read.found), read.tests)
