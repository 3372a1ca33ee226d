"""The style of policies: what loads, but would not stand before a regulator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.assets import asset_folder
from auditor.model import Authority
from auditor.policy.check import conditions
from auditor.policy.conditions import positive_names
from auditor.policy.facts import WHOLE_PAGE_KINDS
from auditor.policy.load import PolicySet
from auditor.policy.schema import Group, Policy, Status
from auditor.policy.signal_spec import Builtin
from auditor.policy.testing import untested
from auditor.yamlfile import load_yaml

_QUOTED = re.compile(r'“[^”]*”|"[^"]*"')


@dataclass(frozen=True, slots=True)
class Remark:
    """One point of style: which policy, which field, what to change."""

    policy: str
    field: str
    says: str

    def __str__(self) -> str:
        return f"{self.policy}: {self.field}: {self.says}"


def lint(policies: PolicySet, chosen: Iterable[Policy]) -> list[Remark]:
    """Every point of style in the `chosen` policies of a set."""
    over_claims = _over_claims(asset_folder("policies") / "schema" / "style.yaml")
    gaps = untested(policies)
    remarks = []
    for policy in chosen:
        found = [*_sentences(policy, over_claims), *_authorities(policy), *_trust(policy), *_uncalled(policy)]
        found += [("tests", f"add a test that expects {outcome}") for owner, outcome in gaps if owner == policy.id]
        remarks += [Remark(policy.id, field, says) for field, says in found]
    return remarks


def _over_claims(file: Path) -> re.Pattern[str]:
    written = load_yaml(file.read_text(encoding="utf-8"))
    assert isinstance(written, dict)  # noqa: S101  (a file of ours, read by tests)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, written['over_claims']))})\b", re.IGNORECASE)


def _sentences(policy: Policy, over_claims: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    outcomes = policy.outcomes.model_dump(by_alias=True, exclude_none=True)
    for name, sentence in outcomes.items():
        if not sentence.rstrip().endswith((".", "?", "!")):
            yield f"outcomes.{name}", "end the sentence with a full stop"
    for field, sentence in {
        "title": policy.title,
        **{f"outcomes.{name}": said for name, said in outcomes.items()},
    }.items():
        claim = over_claims.search(_QUOTED.sub("", sentence))
        if claim:
            yield field, f"{claim.group()!r} claims more than a page can show; say what the page shows"
    if policy.title.rstrip().endswith("."):
        yield "title", "drop the full stop"


def _authorities(policy: Policy) -> Iterator[tuple[str, str]]:
    if not policy.authority:
        yield "authority", "name the law, code or standard this rests on"
    for number, authority in enumerate(policy.authority):
        for says in _authority(authority):
            yield f"authority[{number}]", f"{authority.cite}: {says}"


def _authority(authority: Authority) -> Iterator[str]:
    if not authority.url.startswith("http"):
        yield "give the address (url) of the text"
    if not authority.verification:
        yield "say how the citation was verified (verification)"
    if authority.status != "knowledge" and authority.last_checked is None:
        yield "say when it was last checked (last_checked)"


def _trust(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.status is Status.TEST and all(authority.status == "knowledge" for authority in policy.authority):
        yield "status", "make it a draft: none of its citations has been verified"


def _uncalled(policy: Policy) -> Iterator[tuple[str, str]]:
    """Signals that a report may have to say it did not find."""
    for name in sorted(_reported_missing(policy)):
        spec = policy.signals[name]
        about_page = isinstance(spec, Builtin) and spec.use in WHOLE_PAGE_KINDS
        if not spec.called and not about_page:
            yield f"signals.{name}", "say in plain words what is looked for (called), as its absence may be reported"


def _reported_missing(policy: Policy) -> set[str]:
    names = set() if policy.require is None else positive_names(policy.require)
    for path, condition in conditions(policy):
        if isinstance(condition, Group) and path[0] not in ("applies_when", "exempt_when"):
            names.update(*(positive_names(child) for child in condition.none))
    return names
