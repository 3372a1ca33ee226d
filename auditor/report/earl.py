"""Report -> EARL 1.0 as JSON-LD: every policy on every page as an assertion with the outcome words of W3C."""

from __future__ import annotations

import json
from typing import Any

from auditor.model import Finding, Outcome, PageAudit, PolicyResult, Report

_CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "info": "earl:info",
    "pointer": "earl:pointer",
    "title": "dct:title",
    "description": "dct:description",
    "identifier": "dct:identifier",
    "hasVersion": "dct:hasVersion",
    "source": "dct:source",
    "date": {"@id": "dct:date", "@type": "xsd:dateTime"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}
_OUTCOMES = {
    Outcome.VIOLATION: "earl:failed",
    Outcome.REVIEW: "earl:cantTell",
    Outcome.PASS: "earl:passed",
    Outcome.NOT_APPLICABLE: "earl:inapplicable",
    Outcome.NOT_ASSESSED: "earl:untested",
}
_AUDITOR = "_:auditor"
Json = dict[str, Any]


def write_earl(report: Report) -> str:
    """A graph of the auditor, the pages, the policies, and an assertion for each policy on each page.

    The vocabulary is written out in the document: reading it fetches nothing. Pages are blank nodes that name their
    address as text, because an address that a page gives need not be a valid IRI.
    """
    laws = {finding.policy: [each.cite for each in finding.authority] for finding in report.findings}
    graph: list[Json] = [_assertor(report)]
    graph += [_subject(number, page) for number, page in enumerate(report.pages)]
    titles = {result.policy: result.title for page in report.pages for result in page.results}
    graph += [_criterion(policy, title, laws.get(policy, [])) for policy, title in titles.items()]
    for number, page in enumerate(report.pages):
        graph += [_assertion(report, number, page, result) for result in page.results]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1) + "\n"


def _assertor(report: Report) -> Json:
    return {"@id": _AUDITOR, "@type": "earl:Software", "title": "Health-content auditor", "hasVersion": report.auditor}


def _subject(number: int, page: PageAudit) -> Json:
    return {"@id": _page(number), "@type": "earl:TestSubject", "title": page.title, "source": page.url}


def _criterion(policy: str, title: str, laws: list[str]) -> Json:
    return {"@id": _test(policy), "@type": "earl:TestCriterion", "identifier": policy, "title": title, "source": laws}


def _assertion(report: Report, number: int, page: PageAudit, result: PolicyResult) -> Json:
    findings = [finding for finding in page.findings if finding.policy == result.policy]
    told: Json = {
        "@type": "earl:TestResult",
        "outcome": _OUTCOMES[result.outcome],
        "description": result.statement,
        "date": report.created_at.isoformat(),
        "info": [result.reason] if result.reason else [],
        "pointer": [quote for finding in findings for quote in _quotes(finding)],
    }
    told["info"] += [
        f"Waived until {each.waiver.until} by {each.waiver.by}: {each.waiver.reason}"
        for each in findings
        if each.waiver
    ]
    return {
        "@type": "earl:Assertion",
        "assertedBy": _AUDITOR,
        "subject": _page(number),
        "test": _test(result.policy),
        "mode": "earl:automatic",
        "result": told,
    }


def _quotes(finding: Finding) -> list[Json]:
    return [
        {"@type": "oa:TextQuoteSelector", "exact": each.quote, "prefix": each.prefix, "suffix": each.suffix}
        for each in finding.evidence
    ]


def _page(number: int) -> str:
    return f"_:page{number + 1}"


def _test(policy: str) -> str:
    return f"urn:health-content-auditor:policy:{policy}"
