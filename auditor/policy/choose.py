"""Choosing among policies: whole packs, without some, and with another severity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from auditor.errors import UsageError
from auditor.model import Severity
from auditor.policy.load import PolicySet
from auditor.policy.schema import Policy
from auditor.vocabulary.marked import nearest


def choose(
    policies: PolicySet, *, packs: Collection[str], disable: Collection[str], severity: Mapping[str, Severity]
) -> PolicySet:
    """The policies of `packs` (of all when empty) but those to `disable`, with the severities given by id.

    Raises:
        UsageError: a pack or an id is not known.
    """
    _check(packs, {policy.pack for policy in policies}, "packs", "pack")
    for setting, ids in (("disable", disable), ("severity", severity)):
        _check(ids, {policy.id for policy in policies}, setting, "policy")
    chosen = (each for each in policies if (not packs or each.pack in packs) and each.id not in disable)
    return replace(policies, policies=tuple(_weighed(each, severity.get(each.id)) for each in chosen))


def _check(named: Collection[str], known: Collection[str], setting: str, noun: str) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise UsageError(f"{setting}: no {noun} is called {unknown[0]!r}{nearest(unknown[0], known)}")


def _weighed(policy: Policy, severity: Severity | None) -> Policy:
    return policy if severity is None else policy.model_copy(update={"severity": severity})
