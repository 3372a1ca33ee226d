"""`auditor audit`: the main job."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from auditor.commands.evidence import open_case
from auditor.commands.options import (
    AllowPrivate,
    AuditDate,
    ChosenFormat,
    ChosenKind,
    Connections,
    Contact,
    CrawlFile,
    Delay,
    Depth,
    EvidenceFile,
    Exclude,
    Format,
    IgnoreRobots,
    Include,
    Jurisdictions,
    MaxMinutes,
    MaxPages,
    MaxSize,
    OnlyPolicies,
    Output,
    PoliciesFolder,
    Quiet,
    SampleSize,
    SignKey,
    Targets,
    Threshold,
    Timeout,
    Tsa,
    Verbose,
    WholeSite,
    parse_day,
)
from auditor.commands.output import STDOUT, check_output, render, write_output
from auditor.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOT_JUDGED

if TYPE_CHECKING:
    from auditor.audit import Auditor, Inputs
    from auditor.commands.evidence import Unkept
    from auditor.evidence.case import Case
    from auditor.model import PageAudit, Report
    from auditor.sources import SourceOptions


def audit(  # noqa: PLR0913, PLR0917  (one parameter an option)
    targets: Targets,
    output: Output = None,
    format: ChosenFormat = None,  # noqa: A002  (the name of the option)
    fail_on: Threshold = "low",
    jurisdiction: Jurisdictions = None,
    audit_date: AuditDate = None,
    policy: OnlyPolicies = None,
    policies: PoliciesFolder = None,
    kind: ChosenKind = None,
    timeout: Timeout = 60.0,
    max_size: MaxSize = None,
    allow_private: AllowPrivate = False,
    contact: Contact = "",
    site: WholeSite = False,
    max_pages: MaxPages = 500,
    max_minutes: MaxMinutes = None,
    sample: SampleSize = None,
    depth: Depth = None,
    include: Include = None,
    exclude: Exclude = None,
    delay: Delay = 1.0,
    connections: Connections = 8,
    ignore_robots: IgnoreRobots = "",
    crawl_file: CrawlFile = None,
    evidence: EvidenceFile = None,
    sign_key: SignKey = None,
    tsa: Tsa = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Audit pages and write a report.

    A page that could not be judged (a robot check, an empty page, a PDF) is in the report with its reason, and never
    counts as clean.

    With --site, each URL is where a crawl begins. It obeys robots.txt, goes on where it was interrupted, and every
    address it met is in the report with what became of it.
    """
    chosen = format or _format_of(output)
    target = output or f"audit-report.{chosen}"
    check_output(target)
    day = parse_day(audit_date)

    from auditor.audit import Auditor, locate_all
    from auditor.commands.site import SiteRun, check_plan, crawl_file_of, run_site
    from auditor.sources.crawl.plan import Plan

    sources = replace(_source_options(kind, timeout, max_size, allow_private), contact=contact)
    plan = Plan(
        starts=tuple(targets),
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        depth=depth,
        max_pages=max_pages,
        max_seconds=None if max_minutes is None else max_minutes * 60,
        sample=sample,
        delay=delay,
        connections=connections,
        ignore_robots=ignore_robots.strip(),
    )
    check_plan(plan, site=site, crawl_file=crawl_file)
    inputs = locate_all(() if site else targets)
    auditor = Auditor(policies, only=policy or (), jurisdictions=jurisdiction or (), audit_date=day, sources=sources)
    command = shlex.join(["auditor", *sys.argv[1:]])
    case = open_case(evidence, sign_key, tsa, auditor, policies)
    if site:
        run = SiteRun(plan, crawl_file or crawl_file_of(plan), sources, command, not quiet, case)
        report = run_site(auditor, run)
    else:
        report = _run(auditor, inputs, case, command, show_progress=not quiet)
    report = report.model_copy(update={"evidence": case.name})
    write_output(target, render(report, chosen))
    _tell(report, target, quiet, verbose)
    case.finish(report)
    raise typer.Exit(exit_code(report, fail_on))


def exit_code(report: Report, fail_on: str) -> int:
    """What the command ends with: findings at or above `fail_on` come before pages that could not be judged."""
    from auditor.model import SEVERITY_ORDER, Outcome, Severity

    if fail_on != "none":
        limit = SEVERITY_ORDER[Severity(fail_on)]
        violations = (finding for finding in report.findings if finding.outcome is Outcome.VIOLATION)
        if any(SEVERITY_ORDER[finding.severity] <= limit for finding in violations):
            return EXIT_FINDINGS
    return EXIT_CLEAN if report.pages and all(page.judged for page in report.pages) else EXIT_NOT_JUDGED


def _format_of(output: str | None) -> Format:
    return "json" if output and output.lower().endswith(".json") else "html"


def _source_options(kind: str | None, timeout: float, max_size: float | None, allow_private: bool) -> SourceOptions:
    from auditor.model import Kind
    from auditor.sources.options import MEGABYTE, SourceOptions

    standard = SourceOptions()
    limit = None if max_size is None else int(max_size * MEGABYTE)
    return SourceOptions(
        kind=Kind(kind) if kind else None,
        max_download=limit or standard.max_download,
        max_file=limit or standard.max_file,
        connect_timeout=min(timeout, standard.connect_timeout),
        read_timeout=min(timeout, standard.read_timeout),
        total_timeout=timeout,
        allow_private=allow_private,
    )


def _run(auditor: Auditor, inputs: Inputs, case: Case | Unkept, command: str, *, show_progress: bool) -> Report:
    """The audit of all inputs, with a bar on a terminal when there is more than one page."""

    def run(advance: Callable[[], object]) -> Report:
        def after_each(page: PageAudit) -> None:
            case.keep(page.capture)
            advance()

        return auditor.run_inputs(inputs, command=command, after_each=after_each, record=case.record)

    if not show_progress or len(inputs.pages) < 2:
        return run(lambda: None)

    from rich.progress import Progress

    from auditor.commands.console import stderr

    with Progress(console=stderr(), transient=True, disable=not stderr().is_terminal) as progress:
        task = progress.add_task("Auditing", total=len(inputs.pages))
        return run(lambda: progress.advance(task))


def _tell(report: Report, target: str, quiet: bool, verbose: bool) -> None:
    from auditor.commands.summary import print_problems, print_summary

    print_problems(report)
    if quiet:
        return
    print_summary(report, verbose=verbose)
    if target != STDOUT:
        typer.echo(target)
