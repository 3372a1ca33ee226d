"""Report -> SARIF 2.1.0: findings as results, policies as rules.

Only violations and reviews are results: viewers such as GitHub code scanning show every result as an alert, whatever
its `kind`, and refuse a whole file for one result without a location. What passed, did not apply or was not assessed
is counted in the properties of the run; a page that could not be judged is a notification.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from auditor.model import Evidence, Finding, Outcome, PageAudit, Report
from auditor.report.sarif_places import Places
from auditor.report.sarif_rules import LEVELS, rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RELATED = 100  # what GitHub shows of a result's locations; `occurrenceCount` tells how many there are
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_SLOT = re.compile(r"\{(\d+)\}")
Json = dict[str, Any]


def write_sarif(report: Report) -> str:
    """The SARIF document of `report`: one run."""
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}, indent=1) + "\n"


def _run(report: Report) -> Json:
    places = Places(report)
    listed = rules(report)
    index = {rule["id"]: number for number, rule in enumerate(listed)}
    results = [
        _result(finding, page, places) | {"ruleIndex": index[finding.policy]}
        for page in report.pages
        for finding in page.findings
    ]
    driver = {"name": "Health-content auditor", "version": report.auditor, "rules": listed}
    outcomes = Counter(result.outcome.value for page in report.pages for result in page.results)
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "health-content-auditor/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": places.bases(),
        "artifacts": places.artifacts(),
        "invocations": [_invocation(report, places)],
        "results": results,
        "properties": {
            "auditDate": report.audit_date.isoformat(),
            "policiesSha256": report.policies_sha256,
            "outcomes": dict(sorted(outcomes.items())),
            "goneFromBaseline": len(report.baseline.gone) if report.baseline else 0,
        },
    }


def _invocation(report: Report, places: Places) -> Json:
    """Pages that could not be judged, and inputs left out, are told; they do not make the run a failed one."""
    told = [
        {
            "level": "error",
            "message": {"text": plain_message(f"Not judged: {page.reason}")},
            "locations": [{"physicalLocation": {"artifactLocation": places.of(page)}}],
        }
        for page in report.pages
        if not page.judged
    ]
    told += [
        {"level": "note", "message": {"text": plain_message(f"Skipped {each.requested}: {each.reason}")}}
        for each in report.skipped
    ]
    told += [
        {"level": "warning", "message": {"text": plain_message(f"Waiver of {each.policy}, {each.where}: {each.says}")}}
        for each in report.waiver_notes
    ]
    end = report.created_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"executionSuccessful": True, "endTimeUtc": end, "toolExecutionNotifications": told}


def _result(finding: Finding, page: PageAudit, places: Places) -> Json:
    violation = finding.outcome is Outcome.VIOLATION
    judged_first = sorted(finding.evidence, key=lambda each: not each.subject)
    locations = [_location(each, page, places) for each in judged_first[: _MOST_RELATED + 1]] or [_whole(page, places)]
    result: Json = {
        "ruleId": finding.policy,
        "kind": "fail" if violation else "review",
        "level": LEVELS[finding.severity] if violation else "none",
        "message": {"text": plain_message(_says(finding))},
        "locations": locations[:1],
        "relatedLocations": [each | {"id": number} for number, each in enumerate(locations[1:], 1)],
        "occurrenceCount": finding.occurrences,
        "rank": round(finding.confidence * 100, 1),
        "fingerprints": {"auditorFinding/v1": finding.fingerprint},
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
        "suppressions": _suppressions(finding),
        "properties": {
            "severity": finding.severity.value,
            "confidence": finding.confidence,
            "findingId": finding.id,
            "jurisdictions": list(finding.jurisdictions),
        },
    }
    if finding.baseline:
        result["baselineState"] = finding.baseline.value
    return result


def _says(finding: Finding) -> str:
    parts = [finding.statement]
    if finding.because:
        parts.append(f"For review: {finding.because}.")
    if finding.fix:
        parts.append(f"To fix: {finding.fix}")
    return " ".join(parts)


def _suppressions(finding: Finding) -> list[Json]:
    """SARIF: an empty list says that nothing is suppressed."""
    if not finding.waiver:
        return []
    waiver = finding.waiver
    return [
        {
            "kind": "inSource" if waiver.in_page else "external",
            "status": "accepted",
            "justification": waiver.reason,
            "properties": {"by": waiver.by, "until": waiver.until.isoformat(), "where": waiver.where},
        }
    ]


def _location(evidence: Evidence, page: PageAudit, places: Places) -> Json:
    """Where the words stand. The line is that of the file; without one, the whole file is meant, told as line 1."""
    region: Json = {"startLine": evidence.line or 1}
    location: Json = {
        "physicalLocation": {"artifactLocation": places.of(page), "region": region},
        "message": {"text": plain_message(f"“{evidence.quote}”")},
    }
    if evidence.path:
        location["logicalLocations"] = [{"fullyQualifiedName": evidence.path, "kind": "element"}]
    return location


def _whole(page: PageAudit, places: Places) -> Json:
    return {"physicalLocation": {"artifactLocation": places.of(page), "region": {"startLine": 1}}}


def plain_message(text: str) -> str:
    """`text` as SARIF wants plain messages: nothing in it is a link or a place for an argument."""
    return _SLOT.sub(r"{{\1}}", _LINK.sub(r"\\[", text))
