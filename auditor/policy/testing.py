"""Running the tests that stand beside policies: each is a page, and what the policy must say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.model import Kind, Outcome, PageAudit
from auditor.policy.load import PolicySet
from auditor.policy.schema import Case, Policy

_KINDS = {".html": Kind.HTML, ".htm": Kind.HTML, ".md": Kind.MARKDOWN, ".txt": Kind.TEXT}


@dataclass(frozen=True, slots=True)
class CasePage:
    """The page of one test, and what it is to be audited under."""

    policy: str
    kind: Kind
    body: bytes
    url: str
    jurisdictions: tuple[str, ...]
    audit_date: dt.date | None
    truncated: bool


Audit = Callable[[CasePage], PageAudit]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one test of a policy came out; `faults` say what differs from what was expected, none when it passed."""

    policy: str
    it: str
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.faults


def run_tests(policies: PolicySet, chosen: Iterable[Policy], audit: Audit, pages: Path) -> Iterator[CaseResult]:
    """Run the tests of the `chosen` policies, in order.

    Args:
        policies: the set that holds the tests.
        chosen: the policies to test.
        audit: judges a page, offline.
        pages: the folder that `page:` names files of.
    """
    for policy in chosen:
        tests = policies.tests.get(policy.id)
        for case in tests.tests if tests else ():
            yield run_case(policy, case, audit, pages)


def run_case(policy: Policy, case: Case, audit: Audit, pages: Path) -> CaseResult:
    """Run one test."""
    try:
        page = _page(policy, case, pages)
    except OSError as error:
        return CaseResult(policy.id, case.it, (f"cannot read the page: {error}",))
    audited = audit(page)
    return CaseResult(policy.id, case.it, tuple(_faults(policy, case, audited)))


def _page(policy: Policy, case: Case, pages: Path) -> CasePage:
    if case.page is not None:
        file = pages / case.page
        kind, body = _KINDS.get(file.suffix, Kind.TEXT), file.read_bytes()
    else:
        kind = Kind.TEXT if case.html is None else Kind.HTML
        body = (case.text or case.html or "").encode()
    return CasePage(
        policy=policy.id,
        kind=kind,
        body=body,
        url=case.url,
        jurisdictions=(case.jurisdiction,) if case.jurisdiction else (),
        audit_date=case.audit_date,
        truncated=case.completeness is not None,
    )


def _faults(policy: Policy, case: Case, audited: PageAudit) -> Iterator[str]:
    result = next((result for result in audited.results if result.policy == policy.id), None)
    if result is None:
        yield f"expected {case.expect}, but the page was not judged by this policy: {audited.reason}"
        return
    if result.outcome is not case.expect:
        reason = f" ({result.reason})" if result.reason else ""
        yield f"expected {case.expect}, got {result.outcome}{reason}: {result.statement}"
    if case.quotes is not None:
        yield from _quote_faults(policy, case.quotes, audited)


def _quote_faults(policy: Policy, expected: Iterable[str], audited: PageAudit) -> Iterator[str]:
    """The words judged must be the expected ones: all of them, and no others."""
    findings = [finding for finding in audited.findings if finding.policy == policy.id]
    judged = {words.quote: None for finding in findings for words in finding.evidence if words.subject}
    expected = list(expected)
    for quote in expected:
        if not any(_same(quote, each) for each in judged):
            yield f"expected the quote “{quote}”, which is not among the words judged"
    for each in judged:
        if not any(_same(quote, each) for quote in expected):
            yield f"judged “{each}”, which is not among the quotes expected"


def _same(expected: str, quoted: str) -> bool:
    """Whether a quote is the expected one: a test may quote a little more or less than the exact words judged."""
    wanted, found = _plain(expected), _plain(quoted)
    return wanted in found or found in wanted


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def untested(policies: PolicySet) -> list[tuple[str, Outcome]]:
    """Outcomes that no test of a policy expects: (policy id, outcome)."""
    wanted = (Outcome.VIOLATION, Outcome.REVIEW, Outcome.PASS, Outcome.NOT_APPLICABLE)
    missing = []
    for policy in policies:
        tests = policies.tests.get(policy.id)
        met = {case.expect for case in tests.tests} if tests else set()
        missing += [(policy.id, outcome) for outcome in wanted if outcome not in met and _possible(policy, outcome)]
    return missing


def _possible(policy: Policy, outcome: Outcome) -> bool:
    if outcome is Outcome.VIOLATION:
        return policy.accuses
    return outcome is not Outcome.NOT_APPLICABLE or policy.outcomes.not_applicable is not None
