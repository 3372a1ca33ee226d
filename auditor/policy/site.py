"""What policies look for anywhere on a site, and where pages of it say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from auditor.model import Signal
from auditor.policy.conditions import signal_name
from auditor.policy.facts import Elsewhere, FactIndex, spec_key, told_elsewhere
from auditor.policy.schema import Condition, Group, Policy, Scope

_MOST = 3  # pages named for one thing


class SiteFacts:
    """What the pages of a site say of the things that policies look for `within: site`."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._sought: dict[str, tuple[Policy, str]] = {}
        self._sought_by: dict[str, set[str]] = {}
        for policy in policies:
            for name in sought_on_site(policy):
                key = spec_key(policy.signals[name], policy.id, name)
                self._sought[key] = (policy, name)
                self._sought_by.setdefault(key, set()).add(policy.id)
        self._told: dict[str, dict[str, Signal]] = {key: {} for key in self._sought}

    def learn(self, index: FactIndex) -> None:
        """Notes what one page says, as far as it is news."""
        for key, (policy, name) in self._sought.items():
            told = self._told[key]
            if len(told) <= _MOST:  # one more than is shown: a page does not answer for itself
                found = index.found(policy.signals[name], policy.id, name)
                if found:
                    told[index.page.url] = told_elsewhere(found[0], index.page)

    def elsewhere(self, url: str, policies: AbstractSet[str]) -> Elsewhere:
        """What pages other than `url` say of the things that these policies (by id) look for."""
        others = {
            key: [signal for page, signal in told.items() if page != url][:_MOST]
            for key, told in self._told.items()
            if self._sought_by[key] & policies
        }
        return {key: signals for key, signals in others.items() if signals}


def sought_on_site(policy: Policy) -> set[str]:
    """Names of the signals that `policy` looks for anywhere on the site."""
    reasoned = (*policy.exempt_when, *policy.review_instead_when, *policy.needs_review_when)
    conditions: list[Condition | None] = [policy.applies_when, policy.when, policy.require, *reasoned]
    return {name for condition in conditions if condition is not None for name in _sought(condition, wide=False)}


def _sought(condition: Condition, *, wide: bool) -> Iterator[str]:
    if not isinstance(condition, str) and condition.within is not None:
        wide = condition.within is Scope.SITE
    if isinstance(condition, Group):
        for child in (*condition.all, *condition.any, *condition.none):
            yield from _sought(child, wide=wide)
    elif wide:
        yield signal_name(condition)
