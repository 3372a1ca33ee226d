"""The options of the commands; those of `auditor audit` in the order and groups in which its help shows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import typer

from auditor.errors import UsageError
from auditor.report.formats import Format

FailOn = Literal["critical", "high", "medium", "low", "none"]
DEFAULT_FAIL_ON: FailOn = "low"

_RESULT = "The result"
_JUDGEMENT = "The judgement"
_DECISIONS = "What is known and waived"
_INPUT = "The input"
_SITE = "A whole site"
_EVIDENCE = "The evidence"

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PAGE",
        help="HTML, text or Markdown files, folders of them, WARC and WACZ archives, URLs; - for standard input.",
        show_default="the paths in the settings",
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where the report goes; - for standard output.",
        show_default="audit-report with the suffix of the format",
        rich_help_panel=_RESULT,
    ),
]
ChosenFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="What the report is written in.",
        show_default="told from the suffix of FILE, else html",
        rich_help_panel=_RESULT,
    ),
]
Threshold = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        help="Exit with 1 for violations of this severity or worse.",
        show_default=DEFAULT_FAIL_ON,
        rich_help_panel=_RESULT,
    ),
]
ReportThreshold = Annotated[
    FailOn,
    typer.Option("--fail-on", help="Exit with 1 for violations of this severity or worse.", rich_help_panel=_RESULT),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Findings that are known: mark what is new, and tell what is gone.",
        rich_help_panel=_DECISIONS,
    ),
]
NewOnly = Annotated[
    bool,
    typer.Option(
        "--new-only",
        help="Only what the baseline does not hold counts for --fail-on.",
        rich_help_panel=_DECISIONS,
    ),
]
WaiversFile = Annotated[
    Path | None,
    typer.Option(
        "--waivers",
        metavar="FILE",
        help="Findings to let pass: each with reason, name and last day. They are shown as waived.",
        rich_help_panel=_DECISIONS,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings of the project.",
        show_default="the nearest auditor.toml, or pyproject.toml with [tool.auditor]",
        rich_help_panel=_INPUT,
    ),
]
ChangedSince = Annotated[
    str | None,
    typer.Option(
        "--changed-since",
        metavar="REV",
        help="Only files that git says changed since this revision, or whose source did.",
        rich_help_panel=_INPUT,
    ),
]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option(
        "--jurisdiction",
        "-j",
        metavar="CODE",
        help="Assess this country's rules too, whomever the page addresses: us, uk, eu, in ... or all. Repeatable.",
        rich_help_panel=_JUDGEMENT,
    ),
]
AuditDate = Annotated[
    str | None,
    typer.Option(
        "--audit-date",
        metavar="YYYY-MM-DD",
        help="The day whose rules apply.",
        show_default="today",
        rich_help_panel=_JUDGEMENT,
    ),
]
OnlyPolicies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", "-p", metavar="ID", help="Judge by this policy alone. Repeatable.", rich_help_panel=_JUDGEMENT
    ),
]
PoliciesFolder = Annotated[
    Path | None,
    typer.Option(
        "--policies",
        metavar="FOLDER",
        help="Policies, vocabulary and drugs of your own instead of the shipped ones.",
        rich_help_panel=_JUDGEMENT,
    ),
]
AddedPolicies = Annotated[
    list[Path] | None,
    typer.Option(
        "--add-policies",
        metavar="FOLDER",
        help="Policies of your own besides the others, in FOLDER/packs. Repeatable.",
        rich_help_panel=_JUDGEMENT,
    ),
]
ChosenKind = Annotated[
    Literal["html", "text", "markdown"] | None,
    typer.Option(
        "--kind",
        help="What the inputs are.",
        show_default="told from name, header and content",
        rich_help_panel=_INPUT,
    ),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.1, help="The longest a page may take to come.", rich_help_panel=_INPUT
    ),
]
MaxSize = Annotated[
    float | None,
    typer.Option(
        "--max-size",
        metavar="MB",
        min=0.001,
        help="Longer pages are cut there.",
        show_default="10 from the web, 50 from disk",
        rich_help_panel=_INPUT,
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Also fetch from loopback and private addresses, such as your own staging site.",
        rich_help_panel=_INPUT,
    ),
]
Contact = Annotated[
    str,
    typer.Option(
        "--contact",
        metavar="WHO",
        help="A mail address or web page of yours, told to each site in the User-Agent.",
        envvar="AUDITOR_CONTACT",
        show_default="none",
        rich_help_panel=_INPUT,
    ),
]
WholeSite = Annotated[
    bool,
    typer.Option(
        "--site",
        help="Read the whole site from each URL on: its host, and the folder of its path.",
        rich_help_panel=_SITE,
    ),
]
MaxPages = Annotated[
    int, typer.Option("--max-pages", metavar="N", min=1, help="Read at most so many pages.", rich_help_panel=_SITE)
]
MaxMinutes = Annotated[
    float | None,
    typer.Option(
        "--max-minutes",
        metavar="M",
        min=0,
        help="Stop reading after so long; the same command goes on from there.",
        show_default="no limit",
        rich_help_panel=_SITE,
    ),
]
SampleSize = Annotated[
    int | None,
    typer.Option(
        "--sample",
        metavar="N",
        min=1,
        help="Read only N pages, drawn at random from those the start and sitemaps name, each folder in proportion.",
        show_default="all",
        rich_help_panel=_SITE,
    ),
]
Depth = Annotated[
    int | None,
    typer.Option(
        "--depth",
        metavar="N",
        min=0,
        help="Follow so many links from the start.",
        show_default="no limit",
        rich_help_panel=_SITE,
    ),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include", metavar="GLOB", help="Read only paths like this: '/health/*'. Repeatable.", rich_help_panel=_SITE
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="GLOB", help="Read no path like this. Repeatable.", rich_help_panel=_SITE),
]
Delay = Annotated[
    float,
    typer.Option(
        "--delay",
        metavar="SECONDS",
        min=0,
        help="Between two requests to one host, at least; 0, for a site of your own, lets them overlap.",
        rich_help_panel=_SITE,
    ),
]
Connections = Annotated[
    int,
    typer.Option(
        "--connections", metavar="N", min=1, max=64, help="Requests under way at once.", rich_help_panel=_SITE
    ),
]
IgnoreRobots = Annotated[
    str,
    typer.Option(
        "--ignore-robots",
        metavar="REASON",
        help="Do not obey robots.txt, for a scan that is authorised; the reason is in the report.",
        show_default="obey it",
        rich_help_panel=_SITE,
    ),
]
CrawlFile = Annotated[
    Path | None,
    typer.Option(
        "--crawl-file",
        metavar="FILE",
        help="Where the crawl is kept: it goes on from there when interrupted, and asks for changes alone when done.",
        show_default="audit-crawl.HOST.sqlite",
        rich_help_panel=_SITE,
    ),
]
EvidenceFile = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="CASE.wacz",
        help="Keep what was fetched, the policies and the result in a file that `auditor verify` checks.",
        rich_help_panel=_EVIDENCE,
    ),
]
SignKey = Annotated[
    Path | None,
    typer.Option(
        "--sign-key",
        metavar="FILE",
        help="Sign the evidence with this Ed25519 private key (PEM).",
        rich_help_panel=_EVIDENCE,
    ),
]
Tsa = Annotated[
    str | None,
    typer.Option(
        "--tsa",
        metavar="URL",
        help="Have the evidence time-stamped by this authority (RFC 3161).",
        rich_help_panel=_EVIDENCE,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show every finding, and why each country was or was not assessed.")
]


def parse_day(written: str | None, option: str = "--audit-date") -> dt.date:
    """The day that an option names, today when it is left out.

    Raises:
        UsageError: it is no day.
    """
    if written is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"{option}: expected a day such as 2026-11-22, got {written!r}") from error
