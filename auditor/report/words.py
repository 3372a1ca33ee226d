"""The words of the report: a name for each value of the model, and what each state of a capture means for a reader."""

from __future__ import annotations

import datetime as dt
import shlex
from dataclasses import dataclass

from auditor.model import Assertion, BlockKind, Completeness, Fate, Match, Outcome, Role, Severity, Visibility
from auditor.report.states import State

OUTCOME = {
    Outcome.VIOLATION: "Violation",
    Outcome.REVIEW: "To review",
    Outcome.PASS: "Passed",
    Outcome.NOT_APPLICABLE: "Not applicable",
    Outcome.NOT_ASSESSED: "Not assessed",
}
OUTCOMES_PLURAL = {**OUTCOME, Outcome.VIOLATION: "Violations"}
OUTCOME_MEANING = {
    Outcome.VIOLATION: "The page's own words, or what it leaves out, break the policy.",
    Outcome.REVIEW: "Something a person has to decide: the page alone does not settle it.",
    Outcome.PASS: "The policy applies to this page and is met.",
    Outcome.NOT_APPLICABLE: "The page holds nothing this policy is about.",
    Outcome.NOT_ASSESSED: "The policy was not judged, for the reason given.",
}
SEVERITY = {severity: severity.value.capitalize() for severity in Severity}
SEVERITY_MEANING = {
    Severity.CRITICAL: "a direct route to serious harm or unlawful supply",
    Severity.HIGH: "serious misinformation, or breach of a clear rule",
    Severity.MEDIUM: "weakens safe use or trust",
    Severity.LOW: "formal or minor",
    Severity.ADVICE: "a hint on quality, never a violation",
}
STATE = {
    State.NEW: "New",
    State.PARTLY_NEW: "Partly new",
    State.OPEN: "Open",
    State.KNOWN: "Known",
    State.WAIVED: "Waived",
}
STATE_MEANING = {
    State.NEW: "not in the baseline",
    State.PARTLY_NEW: "more of it than the baseline holds",
    State.OPEN: "not waived",
    State.KNOWN: "in the baseline",
    State.WAIVED: "let pass for the reason given, until the day given",
}
JURISDICTION = {
    "global": "Everywhere",
    "us": "United States",
    "uk": "United Kingdom",
    "eu": "European Union",
    "in": "India",
    "ca": "Canada",
    "au": "Australia",
    "platform": "Platform rules",
}
FATE = {
    Fate.READ: "Read",
    Fate.SAME: "Same as another page",
    Fate.REDIRECT: "Redirect",
    Fate.MISSING: "Missing",
    Fate.NOT_A_PAGE: "Not a page",
    Fate.LISTING: "Sitemap, feed or robots.txt",
    Fate.ROBOTS: "Closed to robots",
    Fate.EXCLUDED: "Out of scope",
    Fate.TRAP: "Without end",
    Fate.LEFT: "Left unread",
}
FATE_MEANING = {
    Fate.READ: "The page came, and is one of the pages below.",
    Fate.SAME: "The page came; its words and its findings are those of another one, which is below.",
    Fate.REDIRECT: "The address leads to another one, which is counted for itself.",
    Fate.MISSING: "The server says that there is no such page.",
    Fate.NOT_A_PAGE: "A document, an image or another thing that is no web page.",
    Fate.LISTING: "A list of addresses that could not be read, or not whole.",
    Fate.ROBOTS: "The site asks robots to stay away, and that was obeyed.",
    Fate.EXCLUDED: "On the site, and outside what was asked to be read.",
    Fate.TRAP: "One of many addresses that a program makes; those that were read said nothing new.",
    Fate.LEFT: "Met, and not read before the crawl ended.",
}
ROLE = {
    Role.MAIN: "Main text",
    Role.NAVIGATION: "Navigation",
    Role.HEADER: "Header",
    Role.FOOTER: "Footer",
    Role.ASIDE: "Sidebar",
    Role.FORM: "Form",
    Role.TABLE: "Table",
    Role.CARD: "Product card",
    Role.COMMENT: "Visitor comment",
    Role.QUOTATION: "Quotation",
    Role.META: "Page data",
}
VISIBILITY = {
    Visibility.ARIA_HIDDEN: "hidden from screen readers",
    Visibility.META: "not shown in the page body",
    Visibility.HIDDEN: "hidden from visitors",
    Visibility.TRANSPARENT: "invisible: transparent or the colour of its background",
    Visibility.TINY: "invisible: too small to read",
    Visibility.OFFSCREEN: "invisible: placed off the screen",
    Visibility.NOSCRIPT: "shown only where scripts are off",
}
BLOCK_KIND = {
    BlockKind.BUTTON: "button",
    BlockKind.OPTION: "option",
    BlockKind.FIELD: "field",
    BlockKind.IMAGE: "image",
    BlockKind.TITLE: "title",
    BlockKind.DESCRIPTION: "description",
    BlockKind.STRUCTURED: "structured data",
}
VOICE = {
    Assertion.AFFIRMED: "said in the page's own voice",
    Assertion.DENIED: "denied by the page",
    Assertion.WARNED: "warned against by the page",
    Assertion.ASKED: "asked as a question",
    Assertion.REPORTED: "reported from someone else",
    Assertion.CONDITIONAL: "said under a condition",
}
MATCH = {  # where the words are not plainly there
    Match.MISSPELLING: "recognised as a misspelling",
    Match.OBFUSCATED: "recognised through disguised spelling",
}
VERIFICATION = {
    "verified": "Text verified",
    "verified-secondary": "Confirmed from a secondary source",
    "knowledge": "Not verified: check before relying on it",
}
LEGAL_KINDS = frozenset({"law", "regulation", "enforcement", "statute"})


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a capture that limits what its audit is worth, and what to do about it."""

    lead: str
    text: str
    todo: str


CAPTURE_NOTICE = {
    Completeness.MARKUP_LOST: Notice(
        "Text-only capture.",
        "Links, images, badges, headers and footers may have been lost when this page was saved as text. Words found "
        "are proof; what seems to be missing from links or footers is put up for review instead.",
        "To settle those reviews, audit the page's HTML or its URL.",
    ),
    Completeness.TRUNCATED: Notice(
        "The capture is cut off.",
        "The end of the page is missing. Nothing is called missing on the strength of this capture.",
        "Capture the page again, with a larger size limit if one was set.",
    ),
    Completeness.BLOCKED: Notice(
        "Not judged: the site did not show the page.",
        "What came back is a robot check or a login form, not the page.",
        "Save the page as HTML from a browser that can open it, and audit that file.",
    ),
    Completeness.SCRIPT_ONLY: Notice(
        "Not judged: the page is drawn by script.",
        "The capture holds almost no text of its own; a browser builds it afterwards.",
        "Open the page in a browser, save it once it has loaded, and audit that file.",
    ),
    Completeness.EMPTY: Notice(
        "Not judged: the capture is empty.",
        "There is no text in it. An empty capture says nothing about the page.",
        "Check the address or the file, and capture it again.",
    ),
    Completeness.UNSUPPORTED: Notice(
        "Not judged: this is not a web page.",
        "The capture is of a kind that is not read: an image, a PDF, an archive.",
        "Audit the page it came from, or a text version of it.",
    ),
    Completeness.ERROR: Notice(
        "Not judged: the capture failed.",
        "The page could not be fetched or read.",
        "Try again; if it keeps failing, save the page from a browser and audit the file.",
    ),
}
LANGUAGE_NOTICE = Notice(
    "Language not covered.",
    "The policies' wordings are not written for this page's language, so most of them could not be judged.",
    "Have a person who reads the language look at it.",
)


def jurisdiction(code: str) -> str:
    """The name of a jurisdiction code; an unknown one is shown as it is."""
    return JURISDICTION.get(code, code.upper())


def day(date: dt.date) -> str:
    """A date as "22 November 2026"."""
    return f"{date.day} {date:%B} {date.year}"


def moment(time: dt.datetime) -> str:
    """A time as "22 November 2026, 20:49:05 UTC"; one without a zone is shown without."""
    if time.tzinfo is None:
        return f"{day(time)}, {time:%H:%M:%S}"
    utc = time.astimezone(dt.UTC)
    return f"{day(utc)}, {utc:%H:%M:%S} UTC"


def plural(count: int, one: str, many: str = "") -> str:
    """`count` with its noun: "1 page", "2 pages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share of one as a whole percentage; only certainty itself is shown as 100 % or 0 %."""
    rounded = round(share * 100)
    if 0 < share < 1:
        rounded = min(99, max(1, rounded))
    return f"{rounded}\u00a0%"


def verify_command(case: str) -> str:
    """The command that checks a case."""
    return shlex.join(["auditor", "verify", case])
