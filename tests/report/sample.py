"""A report rich enough to lay out every part of the HTML: made by hand, of pages of our own writing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from auditor.model import (
    Audience,
    Capture,
    Completeness,
    Condition,
    Finding,
    Kind,
    Outcome,
    PageAudit,
    PolicyResult,
    PolicySummary,
    Redirect,
    Report,
    Severity,
    Skipped,
)
from tests.report.findings import DISCERN, article_findings, finding
from tests.report.sheet import URL, Sheet

WHEN = dt.datetime(2026, 11, 22, 9, 41, 7, tzinfo=dt.UTC)


def article() -> Sheet:
    sheet = Sheet()
    sheet.put("Sleep better with Restolam | Calm Harbour Wellness", "title", "meta", "meta")
    sheet.put("Tired of lying awake? Learn how Restolam works and where to get it.", "description", "meta", "meta")
    sheet.put("Home", "item", "navigation")
    sheet.put("Articles", "item", "navigation")
    sheet.put("Shop", "item", "navigation")
    sheet.put("Sleep better with Restolam", "heading", level=1)
    sheet.put("Medically reviewed by the Calm Harbour team. Updated in spring.")
    sheet.put(
        "About one in every three adults sleeps badly for part of the year. Restolam (temazepam) belongs to the "
        "benzodiazepines and calms the signals that keep you up. Compared with other sleeping pills it is completely "
        "safe, and it cures insomnia in nearly everyone who takes it."
    )
    sheet.put("How it works", "heading", level=2)
    sheet.put(
        "Restolam strengthens GABA, the messenger that tells nerve cells to rest. In Okonjo's trial patients fell "
        "asleep twice as fast and stayed asleep until morning."
    )
    sheet.put("Usual amounts", "heading", level=2)
    sheet.put("Adults", "cell", "table", row=1)
    sheet.put("7.5 mg to 30 mg before bed", "cell", "table", row=1)
    sheet.put("Older adults", "cell", "table", row=2)
    sheet.put("30 mg before bed", "cell", "table", row=2)
    sheet.put("Side effects", "heading", level=2)
    sheet.put("Some people notice:")
    sheet.put("drowsiness the next day", "item")
    sheet.put("a dry mouth", "item")
    sheet.put("dizziness when getting up", "item")
    sheet.put("It is best not to drink much while you take it.")
    sheet.put("Why wait? Sleep tonight, not next week", "heading", "card", level=3, card=1)
    sheet.put("Restolam (temazepam) 30 mg, 60 capsules", role="card", card=1)
    sheet.put("$89.00 with free tracked delivery in 5 days", role="card", card=1)
    sheet.put("Licensed Online Pharmacy", "image", "card", card=1)
    sheet.put("Order now, no doctor visit needed", "button", "card", card=1)
    sheet.put("Restolam is available on prescription only. Talk to your doctor before you take it.", seen="transparent")
    sheet.put("Comments", "heading", level=2)
    sheet.put("Marlene: got mine in four days, slept like a stone!", role="comment")
    sheet.put("Ask them for the bulk price, they answer on the messenger.", role="comment")
    sheet.put("© Calm Harbour Wellness. All rights reserved.", role="footer")
    return sheet


def results(findings: Sequence[Finding], sheet: Sheet) -> tuple[PolicyResult, ...]:
    """A result for each finding, and a few of the quiet outcomes."""
    loud = [
        PolicyResult(
            policy=each.policy,
            version=each.policy_version,
            title=each.title,
            severity=each.severity,
            outcome=Outcome(each.outcome),
            statement=each.statement,
            reason=each.because,
            confidence=each.confidence,
            trace=(
                Condition(
                    asks="applies when the page names a medicine",
                    met=True,
                    evidence=(sheet.evidence(sheet.text.split()[3], signal="drug"),),
                ),
                Condition(
                    asks="all of",
                    met=True,
                    children=(
                        Condition(asks="the pattern is there", met=True, evidence=each.evidence),
                        Condition(
                            asks="none of: a prescription is asked for",
                            met=True,
                            nearest_miss="“available on prescription only”: no visitor sees it",
                            denied_by="only",
                        ),
                    ),
                ),
            ),
        )
        for each in findings
    ]
    quiet = [
        ("core.author.missing", "No named author", "medium", "not-assessed", "Header not in the capture", ""),
        ("core.contact.missing", "No way to reach the publisher", "low", "pass", "A messenger is named.", ""),
        ("fact.class-wrong", "A medicine is put in the wrong class", "high", "pass", "The class given is right.", ""),
        (
            "core.refs.statistics-unsourced",
            "A statistic has no source",
            "medium",
            "pass",
            "No figure is stated as a fact.",
            "“one in every three” is said as an estimate",
        ),
        ("eu.advertising.rx-to-public", "Advertises a prescription medicine to the public", "critical", "not-assessed",
         "Not judged.", "nothing on the page addresses readers in the European Union"),
        ("uk.advertising.pom-to-public", "Advertises a prescription medicine to the public", "critical", "not-assessed",
         "Not judged.", "nothing on the page addresses readers in the United Kingdom"),
        ("core.children.dosing", "A dose for children without an age", "high", "not-applicable", "No child dose.", ""),
        ("us.claims.supplement-disclaimer", "A supplement claim lacks its disclaimer", "medium", "not-applicable",
         "No supplement is named.", ""),
    ]  # fmt: skip
    return (
        *loud,
        *(
            PolicyResult(
                policy=policy,
                version="1.0",
                title=title,
                severity=Severity(severity),
                outcome=Outcome(outcome),
                statement=statement,
                reason=reason,
                trace=(Condition(asks="applies when the page names it", met=outcome == "pass"),),
            )
            for policy, title, severity, outcome, statement, reason in quiet
        ),
    )


def capture(body: str, url: str = URL, **more: object) -> Capture:
    raw = body.encode()
    defaults: dict[str, object] = {
        "requested": url,
        "url": url,
        "kind": Kind.HTML,
        "status": 200,
        "headers": (("content-type", "text/html; charset=utf-8"), ("server", "harbour/2")),
        "size": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "captured_at": WHEN,
    }
    return Capture.model_validate(defaults | more)


AUDIENCE = (
    Audience(jurisdiction="global", assessed=True, reason="applies to every page"),
    Audience(jurisdiction="us", assessed=True, reason="the page addresses readers there:", quotes=("$89.00",)),
    Audience(jurisdiction="uk", assessed=False, reason="nothing on the page addresses readers there"),
    Audience(jurisdiction="eu", assessed=False, reason="nothing on the page addresses readers there"),
    Audience(jurisdiction="in", assessed=False, reason="nothing on the page addresses readers there"),
    Audience(jurisdiction="platform", assessed=False, reason="only on request"),
)


def article_page() -> PageAudit:
    sheet = article()
    findings = article_findings(sheet)
    return PageAudit(
        requested="https://calmharbour.example/go/sleep",
        url=URL,
        title="Sleep better with Restolam | Calm Harbour Wellness",
        language="en",
        capture=capture(sheet.text, redirects=(Redirect(url="https://calmharbour.example/go/sleep", status=302),)),
        completeness=Completeness.COMPLETE,
        text=sheet.text,
        blocks=tuple(sheet.blocks),
        audience=AUDIENCE,
        results=results(findings, sheet),
        findings=findings,
        verdict="A controlled medicine is offered for delivery, and the page says that no doctor visit is needed.",
    )


def notes_page() -> PageAudit:
    """A text capture with one finding for review."""
    sheet = Sheet()
    sheet.put("Travelling with your medicines", "heading", level=1)
    sheet.put("Written by Ines Aldana, pharmacist. 3 March 2026.")
    sheet.put("Studies show that most people forget a dose on the day they fly.")
    sheet.put("Carry medicines in their own packs, with a copy of the prescription.")
    findings = (
        finding(
            1,
            "core.refs.study-named-without-citation",
            title="A study or author is named but not cited",
            outcome="review",
            severity="medium",
            confidence=0.55,
            statement="Says “Studies show” and gives no reference in that section.",
            because="references may have been lost when the page was saved as text",
            evidence=(sheet.evidence("Studies show that", signal="study"),),
            authority=(DISCERN,),
            why="A study that cannot be found cannot be checked.",
            fix="Give authors, title, journal and year, with a link.",
        ),
    )
    return PageAudit(
        requested="saved/travel-notes.txt",
        url="file:///cases/saved/travel-notes.txt",
        title="Travelling with your medicines",
        language="en",
        capture=capture(
            sheet.text, url="file:///cases/saved/travel-notes.txt", kind=Kind.TEXT, status=None, headers=()
        ),
        completeness=Completeness.MARKUP_LOST,
        text=sheet.text,
        blocks=tuple(sheet.blocks),
        audience=AUDIENCE[:1] + AUDIENCE[2:],
        results=results(findings, sheet),
        findings=findings,
        verdict="Nothing proven; one point for a person to look at.",
    )


def blocked_page() -> PageAudit:
    url = "https://pillpalace.example/"
    return PageAudit(
        requested=url,
        url=url,
        title="Just a moment",
        language="",
        capture=capture("<title>Just a moment</title>", url=url, status=403, completeness=Completeness.BLOCKED),
        completeness=Completeness.BLOCKED,
        reason="The server answered 403 with a robot check.",
        text="",
        blocks=(),
        verdict="This page could not be judged: the site showed a robot check.",
    )


def report(*pages: PageAudit, skipped: tuple[Skipped, ...] = ()) -> Report:
    policies = {result.policy: result for page in pages for result in page.results}
    return Report(
        auditor="0.1.0",
        created_at=WHEN + dt.timedelta(seconds=3),
        audit_date=WHEN.date(),
        command="auditor audit https://calmharbour.example/go/sleep --audit-date 2026-11-22 -o report.html",
        pages=pages,
        skipped=skipped,
        policies=tuple(
            PolicySummary(
                id=policy,
                version=result.version,
                title=result.title,
                severity=result.severity,
                jurisdictions=(policy.split(".")[0] if policy.split(".")[0] in {"us", "uk", "eu"} else "global",),
                status="stable",
                sha256=hashlib.sha256(policy.encode()).hexdigest(),
                pack=".".join(policy.split(".")[: 2 if policy.startswith("us.") else 1]),
            )
            for policy, result in sorted(policies.items())
        ),
        policies_sha256=hashlib.sha256(b"policies").hexdigest(),
    )


def one_page() -> Report:
    return report(article_page())


def several_pages() -> Report:
    return report(
        article_page(),
        notes_page(),
        blocked_page(),
        skipped=(Skipped(requested="cases/brochure.pdf", reason="a PDF file, not a web page"),),
    )
