"""`auditor audit`: the main job."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from auditor.commands.decide import against, load_baseline, load_waivers
from auditor.commands.evidence import open_case
from auditor.commands.options import (
    DEFAULT_FAIL_ON,
    AddedPolicies,
    AllowPrivate,
    AuditDate,
    BaselineFile,
    ChangedSince,
    ChosenFormat,
    ChosenKind,
    ConfigFile,
    Connections,
    Contact,
    CrawlFile,
    Delay,
    Depth,
    EvidenceFile,
    Exclude,
    IgnoreRobots,
    Include,
    Jurisdictions,
    MaxMinutes,
    MaxPages,
    MaxSize,
    NewOnly,
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
    WaiversFile,
    WholeSite,
    parse_day,
)
from auditor.commands.output import STDOUT, check_output, write_output
from auditor.commands.site import SiteRun, check_no_limits, check_plan, crawl_file_of, run_site
from auditor.errors import UsageError
from auditor.report.formats import SUFFIXES, format_of, render

if TYPE_CHECKING:
    from auditor.audit import Auditor, Inputs, Rules
    from auditor.commands.evidence import Unkept
    from auditor.config import Config
    from auditor.evidence.case import Case
    from auditor.model import PageAudit, Report
    from auditor.sources import SourceOptions


def audit(  # noqa: PLR0913, PLR0917  (one parameter an option)
    targets: Targets = None,
    output: Output = None,
    format: ChosenFormat = None,  # noqa: A002  (the name of the option)
    fail_on: Threshold = None,
    baseline: BaselineFile = None,
    new_only: NewOnly = False,
    waivers: WaiversFile = None,
    jurisdiction: Jurisdictions = None,
    audit_date: AuditDate = None,
    policy: OnlyPolicies = None,
    policies: PoliciesFolder = None,
    add_policies: AddedPolicies = None,
    config: ConfigFile = None,
    changed_since: ChangedSince = None,
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
    chosen = format or format_of(output or "")
    target = output or f"audit-report{SUFFIXES[chosen]}"
    check_output(target)
    day = parse_day(audit_date)

    from auditor.audit import Auditor, Inputs
    from auditor.config import find_config
    from auditor.triage.gate import exit_code
    from auditor.triage.waivers import waive

    settings = find_config(config, Path.cwd())
    known_file = baseline or settings.path(settings.settings.baseline)
    known = load_baseline(known_file)
    waived = load_waivers(waivers or settings.path(settings.settings.waivers))
    sources = replace(_source_options(kind, timeout, max_size, allow_private), contact=contact)
    plan, inputs = None, Inputs(())
    if site:
        from auditor.sources.crawl import Plan

        plan = Plan(
            starts=tuple(targets or ()),
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
        check_plan(plan)
    else:
        limits = (include, exclude, depth is not None, max_minutes, sample, ignore_robots.strip(), crawl_file)
        check_no_limits(*limits)
        inputs = _inputs(targets, settings, changed_since)
    if evidence:
        _check_rules_kept(add_policies, settings)
    auditor = Auditor(
        _rules(policies, add_policies, settings),
        only=policy or (),
        jurisdictions=jurisdiction or settings.settings.jurisdictions,
        audit_date=day,
        sources=sources,
        root=settings.folder,
    )
    command = shlex.join(["auditor", *sys.argv[1:]])
    case = open_case(evidence, sign_key, tsa, auditor, policies or settings.path(settings.settings.policies))
    if plan:
        run = SiteRun(plan, crawl_file or crawl_file_of(plan), sources, command, not quiet, case)
        judged = run_site(auditor, run)
    else:
        judged = _run(auditor, inputs, case, command, show_progress=not quiet)
    judged = judged.model_copy(update={"evidence": case.name, "config": settings.told})
    report = waive(auditor.placed(judged), waived or (), in_pages=settings.settings.waivers_in_pages)
    report = against(report, known, known_file, new_only=new_only or settings.settings.new_only)
    write_output(target, render(report, chosen))
    _tell(report, target, quiet, verbose)
    case.finish(judged)  # what can be made again: places in files and decisions cannot
    raise typer.Exit(exit_code(report, fail_on or settings.settings.fail_on or DEFAULT_FAIL_ON))


def _inputs(targets: list[str] | None, config: Config, changed_since: str | None) -> Inputs:
    """The pages that the call or the settings name, but those left out.

    Raises:
        UsageError, CaptureError: none is named; as `locate_all`.
    """
    from auditor.audit import locate_all

    named = targets or [str(config.path(name)) for name in config.settings.paths]
    if not named:
        raise UsageError("name a page, a folder or a URL to audit (or set `paths` in auditor.toml)")
    inputs = locate_all(named)
    if config.settings.exclude:
        from auditor.narrow import without

        inputs = without(inputs, config.settings.exclude, config.folder)
    if changed_since is not None:
        from auditor.narrow import only_changed
        from auditor.sources.changed import changed_files

        inputs = only_changed(inputs, changed_files(changed_since, config.folder), changed_since, config.folder)
    return inputs


def _check_rules_kept(added: list[Path] | None, config: Config) -> None:
    """A case keeps one folder of rules as it is.

    Raises:
        UsageError: the call or the settings change the rules in a way that a case does not keep.
    """
    settings = config.settings
    if added or settings.add_policies or settings.packs or settings.disable or settings.severity:
        raise UsageError(
            "--evidence: a case keeps one folder of policies; leave out --add-policies and, in the settings, "
            "add-policies, packs, disable and severity"
        )


def _rules(folder: Path | None, added: list[Path] | None, config: Config) -> Rules:
    """The rules to judge by, chosen as the settings say."""
    from auditor.audit import load_rules
    from auditor.policy.choose import choose

    settings = config.settings
    more = added or [config.folder / name for name in settings.add_policies]
    rules = load_rules(folder or config.path(settings.policies), more)
    chosen = choose(rules.policies, packs=settings.packs, disable=settings.disable, severity=settings.severity)
    return replace(rules, policies=chosen)


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
