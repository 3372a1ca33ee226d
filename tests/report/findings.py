"""The findings of the sample article: every severity, absences, weighed evidence, hidden and overlapping quotes."""

from __future__ import annotations

import datetime as dt
import hashlib

from auditor.model import Absence, Assertion, Authority, Finding, Match, Voice, Weighed
from tests.report.sheet import Sheet

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
                Weighed(
                    name="pharmacy", weight=-0.6, says="calls itself a pharmacy:", quote="Licensed Online Pharmacy"
                ),
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
            3,
            "us.rx.boxed-warning-omitted",
            title="The boxed warning of the medicine is left out",
            outcome="violation",
            severity="high",
            jurisdictions=("us",),
            confidence=0.94,
            statement="Promotes temazepam and lists side effects, but gives none of its three boxed-warning topics.",
            evidence=(
                at(
                    "Some people notice:",
                    signal="side effects",
                    headings=("Sleep better with Restolam", "Side effects"),
                ),
            ),
            absences=(
                Absence(
                    looked_for="a warning on use together with opioids",
                    where="on the whole page",
                    nearest="“It is best not to drink much while you take it.”",
                    nearest_why_not="names alcohol, not opioids",
                ),
                Absence(looked_for="a warning on abuse, misuse and addiction", where="on the whole page"),
                Absence(
                    looked_for="a warning on dependence and withdrawal",
                    where="on the whole page",
                    nearest="“drowsiness the next day”",
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
            4,
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
            5,
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
            6,
            "core.trust.unsupported-trust-claim",
            title="A trust claim that cannot be checked",
            outcome="review",
            severity="high",
            confidence=0.62,
            statement="Calls itself a “Licensed Online Pharmacy”; no licence number or register entry was found.",
            because="a badge may carry a link that this capture does not show",
            evidence=(at("Licensed Online Pharmacy", signal="trust-claim", **under_card),),
            absences=(Absence(looked_for="a licence number, certifier or register link", where="on the whole page"),),
            authority=(DISCERN,),
            why="A badge without a register entry proves nothing, and readers trust it.",
            fix="Link the badge to the register entry of the pharmacy.",
        ),
        finding(
            7,
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
                Absence(looked_for="a reference: link, DOI, PMID or citation", where="in the section “How it works”"),
            ),
            authority=(DISCERN, SILBERG),
            why="A study that cannot be found cannot be checked.",
            fix="Give authors, title, journal and year, with a link.",
        ),
        finding(
            8,
            "core.safety.hidden-warning",
            title="A safety statement is there but nobody can see it",
            outcome="review",
            severity="medium",
            confidence=0.7,
            statement="Says that the medicine needs a prescription, in text that visitors cannot see.",
            because="whether the text is hidden on purpose cannot be told from the page",
            evidence=(at("Restolam is available on prescription only.", signal="hidden", match=Match.FOLDED),),
            authority=(DISCERN,),
            why="Text that only machines read protects nobody.",
            fix="Show the statement beside the product.",
        ),
        finding(
            9,
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
