"""Report -> JUnit XML, for the test view of a CI: a suite for each page, a case for each policy judged there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as Xml

from auditor.model import Finding, Outcome, PageAudit, PolicyResult, Report
from auditor.triage.gate import counts
from auditor.triage.places import place

# What may not stand in XML 1.0, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(report: Report) -> str:
    """Violations fail, unless waived or in the baseline; those, reviews and what was not assessed are skipped."""
    root = Xml.Element("testsuites", name="Health-content audit")
    for page in report.pages:
        root.append(_suite(page, place(page, report), report))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(page: PageAudit, name: str, report: Report) -> Xml.Element:
    made: dict[str, list[Finding]] = {}
    for finding in page.findings:
        made.setdefault(finding.policy, []).append(finding)
    suite = Xml.Element("testsuite", name=_text(name), timestamp=report.created_at.strftime("%Y-%m-%dT%H:%M:%S"))
    if page.judged:
        suite.extend(_case(result, name, made.get(result.policy, ()), report) for result in page.results)
    else:
        case = Xml.SubElement(suite, "testcase", classname=_text(name), name="the page can be judged")
        Xml.SubElement(case, "error", message=_text(page.reason), type=page.completeness.value)
    counts = {
        "tests": "testcase",
        "failures": "testcase/failure",
        "errors": "testcase/error",
        "skipped": "testcase/skipped",
    }
    for count, path in counts.items():
        suite.set(count, str(len(suite.findall(path))))
    return suite


def _case(result: PolicyResult, page: str, findings: Sequence[Finding], report: Report) -> Xml.Element:
    case = Xml.Element("testcase", classname=_text(page), name=_text(f"{result.policy}: {result.title}"))
    failing = [each for each in findings if each.outcome is Outcome.VIOLATION and counts(each, report)]
    if failing:
        failure = Xml.SubElement(case, "failure", message=_text(failing[0].statement), type=result.severity.value)
        failure.text = _text("\n\n".join(map(_told, findings)))
    elif findings:
        Xml.SubElement(case, "skipped", message=_text("; ".join(_why_skipped(findings, report))))
        Xml.SubElement(case, "system-out").text = _text("\n\n".join(map(_told, findings)))
    elif result.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED):
        Xml.SubElement(case, "skipped", message=_text(f"{result.outcome.value}: {result.reason or result.statement}"))
    return case


def _why_skipped(findings: Iterable[Finding], report: Report) -> list[str]:
    reasons = []
    for each in findings:
        if each.waiver:
            reasons.append(f"waived until {each.waiver.until} by {each.waiver.by}: {each.waiver.reason}")
        elif not counts(each, report):
            reasons.append("in the baseline")
        else:
            reasons.append(f"to review: {each.because or each.statement}")
    return list(dict.fromkeys(reasons))


def _told(finding: Finding) -> str:
    lines = [f"{finding.id} {finding.outcome.value}, {finding.severity.value}: {finding.statement}"]
    lines += [f"    “{each.quote}”" for each in finding.evidence if each.subject or len(finding.evidence) == 1]
    lines += [f"  Not found: {each.looked_for}, {each.where}" for each in finding.absences]
    lines += [f"  Law: {each.cite}" for each in finding.authority]
    if finding.fix:
        lines.append(f"  To fix: {finding.fix}")
    return "\n".join(lines)


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
