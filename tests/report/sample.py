"""A report rich enough to lay out every part of the HTML: made by hand, of pages of our own writing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote as percent_encode

from auditor.model import (
    Absence,
    Assertion,
    Audience,
    Authority,
    BlockKind,
    BlockView,
    Capture,
    Completeness,
    Condition,
    Evidence,
    Finding,
    Kind,
    Match,
    Outcome,
    PageAudit,
    PolicyResult,
    PolicySummary,
    Redirect,
    Report,
    Role,
    Severity,
    Skipped,
    TextPositionSelector,
    TextQuoteSelector,
    Visibility,
    Voice,
    Weighed,
)

WHEN = dt.datetime(2026, 11, 22, 9, 41, 7, tzinfo=dt.UTC)
URL = "https://calmharbour.example/blog/sleep-better-with-restolam"


@dataclass
class Sheet:
    """A page being written: blocks in order, and the text they make."""

    text: str = ""
    blocks: list[BlockView] = field(default_factory=list)

    def put(self, words: str, kind: str = "paragraph", role: str = "main", seen: str = "visible", **more: int) -> None:
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append(
            BlockView(
                start=start,
                end=len(self.text),
                kind=BlockKind(kind),
                role=Role(role),
                visibility=Visibility(seen),
                **more,
            )
        )

    def evidence(self, words: str, signal: str = "offer", around: int = 60, nth: int = 1, **more: object) -> Evidence:
        start = -1
        for _ in range(nth):
            start = self.text.index(words, start + 1)
        end = start + len(words)
        block = next(block for block in self.blocks if block.start <= start < block.end)
        prefix, suffix = self.text[max(0, start - around) : start], self.text[end : end + around]
        return Evidence(
            quote=words,
            start=start,
            end=end,
            prefix=prefix,
            suffix=suffix,
            signal=signal,
            role=block.role,
            visibility=block.visibility,
            link=f"{URL}#:~:text={percent_encode(words, safe='')}",
            selectors=(
                TextQuoteSelector(exact=words, prefix=prefix, suffix=suffix),
                TextPositionSelector(start=start, end=end),
            ),
            **more,  # type: ignore[arg-type]
        )


def article() -> Sheet:
    sheet = Sheet()
    sheet.put("Sleep better with Restolam | Calm Harbour Wellness", "title", "meta", "meta")
    sheet.put(
        "Tired of lying awake? Learn how Restolam works and where to get it.", "description", "meta", "meta"
    )
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
    sheet.put(
        "Restolam is available on prescription only. Talk to your doctor before you take it.", seen="transparent"
    )
    sheet.put("Comments", "heading", level=2)
    sheet.put("Marlene: got mine in four days, slept like a stone!", role="comment")
    sheet.put("Ask them for the bulk price, they answer on the messenger.", role="comment")
    sheet.put("© Calm Harbour Wellness. All rights reserved.", role="footer")
    return sheet


DEA = Authority(
    cite="21 U.S.C. 829(e)",
    title="Controlled substances dispensed by means of the Internet",
    url="https://www.govinfo.gov/app/details/USCODE-2023-title21/USCODE-2023-title21-chap13-subchapI-partC-sec829",
    says="A controlled prescription medicine may not be delivered, distributed or dispensed by means of the Internet "
    "without a valid prescription.",
    binds="anyone who delivers, distributes or dispenses it",
    kind="law",
    status="verified",
    verification="official text read",
    last_checked=dt.date(2026, 11, 22),
)
BOXED = Authority(
    cite="21 CFR 201.57(c)(1)",
    title="Boxed warning in prescription medicine labelling",
    url="https://www.ecfr.gov/current/title-21/section-201.57",
    says="Labelling must show certain serious hazards in a box.",
    binds="manufacturers, packers and distributors",
    kind="regulation",
    status="verified-secondary",
    verification="read in a reputable secondary copy",
    last_checked=dt.date(2026, 11, 20),
)
DISCERN = Authority(
    cite="DISCERN instrument, question 4",
    title="Quality criteria for consumer health information",
    url="https://www.discern.example/ (programme archived)",
    says="It is clear what sources of information were used.",
    kind="literature",
    status="verified",
    verification="instrument read",
    last_checked=dt.date(2026, 11, 22),
)
SILBERG = Authority(
    cite="Silberg and others, JAMA 1997",
    says="Authors, sources, interests and dates are to be shown.",
    kind="literature",
    status="knowledge",
)
FTC = Authority(
    cite="15 U.S.C. 45(a)",
    title="Unfair or deceptive acts or practices",
    url="https://www.law.cornell.edu/uscode/text/15/45",
    says="Deceptive acts or practices in commerce are unlawful.",
    binds="persons, partnerships and corporations in commerce",
    kind="law",
    status="verified",
    verification="official text read",
    last_checked=dt.date(2026, 11, 22),
)


def fingerprint(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def finding(number: int, policy: str, **more: object) -> Finding:
    defaults: dict[str, object] = {
        "id": f"F{number}",
        "fingerprint": fingerprint(policy, str(number)),
        "policy": policy,
        "policy_version": "1.0",
        "jurisdictions": ("global",),
        "confidence": 0.9,
    }
    return Finding.model_validate(defaults | more)


def article_findings(sheet: Sheet) -> tuple[Finding, ...]:
    at = sheet.evidence
    under_card = {"headings": ("Sleep better with Restolam", "Why wait? Sleep tonight, not next week")}
    return (
        finding(
            1,
            "us.rx.controlled-offered-without-prescription",
            title="A controlled medicine is offered and no prescription is asked for",
            outcome="violation",
            severity="critical",
            confidence=0.97,
            jurisdictions=("us",),
            subject="Restolam (temazepam)",
            statement="Offers temazepam (Schedule IV) for delivery and says that no doctor visit is needed.",
            evidence=(
                at(
                    "Restolam (temazepam) 30 mg, 60 capsules",
                    value="temazepam",
                    voice=Voice(assertion=Assertion.AFFIRMED),
                    **under_card,
                ),
                at("$89.00 with free tracked delivery in 5 days", signal="price", **under_card),
                at(
                    "Order now, no doctor visit needed",
                    signal="stance",
                    voice=Voice(assertion=Assertion.AFFIRMED, cues=("no",)),
                    **under_card,
                ),
            ),
            weighed=(
                Weighed(name="price", weight=2.1, says="a price in the same product card:", quote="$89.00"),
                Weighed(name="order", weight=1.9, says="a button that takes orders:", quote="Order now"),
                Weighed(name="waived", weight=2.4, says="a prescription is waived:", quote="no doctor visit needed"),
                Weighed(name="pharmacy", weight=-0.6, says="calls itself a pharmacy:", quote="Licensed Online Pharmacy"),
                Weighed(
                    name="hidden",
                    weight=-0.2,
                    says="a prescription is mentioned, in text no visitor can see:",
                    quote="available on prescription only",
                ),
            ),
            authority=(DEA,),
            duty="The statute binds whoever delivers or dispenses. This page does not show who ships the order.",
            why="Sedatives taken without a prescriber's assessment cause dependence, falls and deaths by overdose.",
            fix="Take the offer down, or sell only through a registered pharmacy that asks for a valid prescription "
            "and says so beside the product.",
        ),
        finding(
            2,
            "us.rx.boxed-warning-omitted",
            title="The boxed warning of the medicine is left out",
            outcome="violation",
            severity="high",
            jurisdictions=("us",),
            confidence=0.94,
            statement="Promotes temazepam and lists side effects, but gives none of its three boxed-warning topics.",
            evidence=(
                at("Some people notice:", signal="side effects", headings=("Sleep better with Restolam", "Side effects")),
            ),
            absences=(
                Absence(
                    looked_for="a warning on use together with opioids",
                    where="the whole page",
                    nearest="It is best not to drink much while you take it.",
                    nearest_why_not="names alcohol, not opioids",
                ),
                Absence(looked_for="a warning on abuse, misuse and addiction", where="the whole page"),
                Absence(
                    looked_for="a warning on dependence and withdrawal",
                    where="the whole page",
                    nearest="drowsiness the next day",
                    nearest_why_not="a side effect, not dependence",
                ),
            ),
            authority=(BOXED, DISCERN),
            duty="Labelling rules bind makers and distributors; whether this publisher is one cannot be seen here.",
            why="These are the hazards that kill. A reader who sees only mild side effects is misled.",
            fix="Add the boxed warning in full, next to the description of benefits.",
            occurrences=3,
        ),
        finding(
            3,
            "us.claims.absolute-safety",
            title="A medicine is called safe without limit",
            outcome="violation",
            severity="high",
            confidence=0.91,
            jurisdictions=("us",),
            statement="Says of temazepam that “it is completely safe”.",
            evidence=(
                at(
                    "Compared with other sleeping pills it is completely safe",
                    signal="claim",
                    voice=Voice(assertion=Assertion.AFFIRMED),
                    headings=("Sleep better with Restolam",),
                ),
            ),
            weighed=(
                Weighed(name="absolute", weight=2.2, says="an absolute word:", quote="completely safe"),
                Weighed(name="comparative", weight=0.4, says="a comparison with no source:", quote="Compared with"),
            ),
            authority=(FTC, SILBERG),
            why="No medicine is completely safe; this one is dependence-forming.",
            fix="Say what the risks are and for whom; leave out absolute words.",
        ),
        finding(
            4,
            "us.claims.cure-promised",
            title="A cure is promised",
            outcome="violation",
            severity="high",
            confidence=0.88,
            jurisdictions=("us",),
            statement="Says that temazepam “cures insomnia in nearly everyone”.",
            evidence=(
                at(
                    "it is completely safe, and it cures insomnia in nearly everyone who takes it",
                    signal="claim",
                    voice=Voice(assertion=Assertion.AFFIRMED),
                    headings=("Sleep better with Restolam",),
                ),
                at("cures insomnia", signal="claim", headings=("Sleep better with Restolam",)),
            ),
            authority=(FTC,),
            why="A promise of cure keeps people from care that works.",
            fix="State what trials showed, in whom, and cite them.",
        ),
        finding(
            5,
            "core.refs.study-named-without-citation",
            title="A study or author is named but not cited",
            outcome="violation",
            severity="medium",
            statement="Names “Okonjo's trial” as evidence and gives no reference in that section.",
            evidence=(
                at(
                    "In Okonjo's trial",
                    signal="study",
                    voice=Voice(assertion=Assertion.REPORTED, cues=("In", "trial")),
                    headings=("Sleep better with Restolam", "How it works"),
                ),
            ),
            absences=(
                Absence(looked_for="a reference: link, DOI, PMID or citation", where="the section “How it works”"),
            ),
            authority=(DISCERN, SILBERG),
            why="A study that cannot be found cannot be checked.",
            fix="Give authors, title, journal and year, with a link.",
        ),
        finding(
            6,
            "core.dates.no-date",
            title="No date that can be read as a date",
            outcome="violation",
            severity="low",
            confidence=0.8,
            statement="Says “Updated in spring” and gives no date.",
            evidence=(at("Updated in spring", signal="date"),),
            authority=(SILBERG,),
            why="Advice on medicines ages; readers have to see how old it is.",
            fix="Give day, month and year of the last update.",
        ),
        finding(
            7,
            "us.rx.import-shipping-signals",
            title="Signs of delivery from abroad",
            outcome="review",
            severity="critical",
            confidence=0.45,
            jurisdictions=("us",),
            statement="Promises delivery of a controlled medicine in 5 days and names no place it ships from.",
            because="a delivery time alone does not show where the parcel starts",
            evidence=(
                at("tracked delivery in 5 days", signal="delivery", **under_card),
                at("got mine in four days", signal="delivery", match=Match.EXACT, headings=("Comments",)),
            ),
            weighed=(
                Weighed(name="delivery", weight=0.7, says="a delivery promise:", quote="delivery in 5 days"),
                Weighed(name="origin", weight=-0.9, says="no foreign origin is named"),
            ),
            authority=(DEA,),
            why="Parcels from abroad pass by the checks that keep counterfeit sedatives out.",
            fix="State the address the medicine is dispensed from.",
        ),
        finding(
            8,
            "core.trust.unsupported-trust-claim",
            title="A trust claim that cannot be checked",
            outcome="review",
            severity="high",
            confidence=0.62,
            statement="Calls itself a “Licensed Online Pharmacy”; no licence number or register entry was found.",
            because="a badge may carry a link that this capture does not show",
            evidence=(at("Licensed Online Pharmacy", signal="trust-claim", **under_card),),
            absences=(Absence(looked_for="a licence number, certifier or register link", where="the whole page"),),
            authority=(DISCERN,),
            why="A badge without a register entry proves nothing, and readers trust it.",
            fix="Link the badge to the register entry of the pharmacy.",
        ),
        finding(
            9,
            "core.safety.hidden-warning",
            title="A safety statement is there but nobody can see it",
            outcome="review",
            severity="medium",
            confidence=0.7,
            statement="Says that the medicine needs a prescription, in text that visitors cannot see.",
            because="whether the text is hidden on purpose cannot be told from the page",
            evidence=(
                at("Restolam is available on prescription only.", signal="hidden", match=Match.FOLDED),
            ),
            authority=(DISCERN,),
            why="Text that only machines read protects nobody.",
            fix="Show the statement beside the product.",
        ),
        finding(
            10,
            "core.style.abrupt-ending",
            title="The page ends without a summary",
            outcome="review",
            severity="advice",
            confidence=0.5,
            statement="Ends with comments; no summary of what to do.",
            because="this is a hint on quality",
            evidence=(),
            authority=(),
            why="Readers remember the end.",
            fix="Close with what to ask a doctor.",
        ),
    )


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
                            nearest_miss="available on prescription only",
                            denied_by="text that no visitor sees",
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
        capture=capture(sheet.text, url="file:///cases/saved/travel-notes.txt", kind=Kind.TEXT, status=None, headers=()),
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
