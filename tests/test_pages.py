"""Whole audits of pages as the web has them, against what an expert would find on each.

Beside each page of tests/pages stands NAME.expected.yaml. Its `findings` are exhaustive: one not listed fails the test,
and so does a listed one that is missing. `known_gaps` lists what the auditor ought to find and does not yet; a gap that
is closed fails the test too, until it is moved to `findings`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from auditor.audit import Auditor, Rules, load_rules
from auditor.model import Capture, Completeness, Finding, Outcome, PageAudit
from auditor.sources import SourceOptions, capture
from auditor.yamlfile import load_yaml

PAGES = Path(__file__).parent / "pages"
SUFFIX = ".expected.yaml"
NAMES = sorted(path.name.removesuffix(SUFFIX) for path in PAGES.glob(f"*{SUFFIX}"))
AUDIT_DATE = dt.date(2026, 11, 22)
_UNCONCERNED = {Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExpectedFinding(Strict):
    """A policy's finding; each quote must stand in some piece of its evidence."""

    policy: str
    outcome: Outcome
    quotes: list[str] = []


class KnownGap(Strict):
    """A finding that is due and missing, or (`unwanted`) one that is made and should not be."""

    policy: str
    outcome: Outcome
    why: str
    unwanted: bool = False


class Expectation(Strict):
    """What an expert says of a page. `shows`: words its text must hold; `applies`: whether any policy is for it."""

    url: str = ""
    audit_date: dt.date = AUDIT_DATE
    jurisdictions: list[str] = []
    completeness: Completeness = Completeness.COMPLETE
    shows: str = ""
    applies: bool = True
    findings: list[ExpectedFinding]
    known_gaps: list[KnownGap] = []


@dataclass
class Compared:
    """The differences of an audit from its expectation, a line each."""

    audit: PageAudit
    expected: Expectation
    lines: list[str] = field(default_factory=list)

    def compare(self) -> list[str]:
        found = {(finding.policy, Outcome(finding.outcome)): finding for finding in self.audit.findings}
        wanted = {(each.policy, each.outcome) for each in self.expected.findings}
        gaps = {(gap.policy, gap.outcome): gap for gap in self.expected.known_gaps}
        for each in self.expected.findings:
            self._of_expected(each, [one for one in self.audit.findings if _is(one, each)])
        for key, finding in found.items():
            if key not in wanted and not (key in gaps and gaps[key].unwanted):
                self.lines.append(f"unexpected {_named(finding)}\n    {finding.statement}\n    {_quotes(finding)}")
        for key, gap in gaps.items():
            if (key in found) != gap.unwanted:
                self.lines.append(f"closed gap {gap.outcome} of {gap.policy}: move it to the findings, or drop it")
        return self.lines

    def _of_expected(self, each: ExpectedFinding, found: list[Finding]) -> None:
        quotes = [evidence.quote for finding in found for evidence in finding.evidence]
        if not found:
            result = next((one for one in self.audit.results if one.policy == each.policy), None)
            says = f"{result.outcome}: {result.statement} {result.reason}" if result else "there is no such policy"
            self.lines.append(f"missing {each.outcome} of {each.policy}\n    it says {says}")
        self.lines += [
            f"missing quote in {each.outcome} of {each.policy}: {wanted!r}\n    quoted are {quotes}"
            for wanted in each.quotes
            if found and not any(wanted in quote for quote in quotes)
        ]


def _is(finding: Finding, expected: ExpectedFinding) -> bool:
    return finding.policy == expected.policy and finding.outcome == expected.outcome


def _named(finding: Finding) -> str:
    return f"{finding.outcome} of {finding.policy} ({finding.confidence:.2f})"


def _quotes(finding: Finding) -> str:
    return f"quotes {[evidence.quote for evidence in finding.evidence]} {finding.because}"


@cache
def rules() -> Rules:
    return load_rules()


@cache
def auditor(jurisdictions: tuple[str, ...], audit_date: dt.date) -> Auditor:
    return Auditor(rules(), jurisdictions=jurisdictions, audit_date=audit_date)


def expectation(name: str) -> Expectation:
    return Expectation.model_validate(load_yaml((PAGES / f"{name}{SUFFIX}").read_text(encoding="utf-8")))


def captured(name: str, url: str) -> Capture:
    """The page of this name, as if it had been fetched from `url`."""
    (path,) = (path for path in PAGES.glob(f"{name}.*") if not path.name.endswith(SUFFIX))
    return capture(str(path), SourceOptions()).model_copy(update={"url": url} if url else {})


def test_every_page_has_its_expectation() -> None:
    pages = {path.stem for path in PAGES.iterdir() if not path.name.endswith(SUFFIX)}
    assert pages == set(NAMES)
    assert len(pages) >= 28


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    expected = expectation(name)
    audit = auditor(tuple(sorted(expected.jurisdictions)), expected.audit_date).audit_capture(
        captured(name, expected.url)
    )
    for gap in expected.known_gaps:
        print(f"known gap on {name}: {gap.outcome} of {gap.policy}: {gap.why}")  # noqa: T201  (pytest -rP shows it)
    assert audit.completeness == expected.completeness, audit.reason
    assert expected.shows in audit.text
    differences = Compared(audit, expected).compare()
    assert not differences, f"{name}\n" + "\n".join(differences)


@pytest.mark.parametrize("name", [name for name in NAMES if not expectation(name).applies])
def test_no_policy_is_for_this_page(name: str) -> None:
    expected = expectation(name)
    audit = auditor(tuple(expected.jurisdictions), expected.audit_date).audit_capture(captured(name, expected.url))
    assert audit.judged
    assert {result.policy: result.outcome for result in audit.results if result.outcome not in _UNCONCERNED} == {}
