"""`auditor audit --site`: reading a whole site, telling how far it is, and what it came to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from auditor.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

    from auditor.audit import Auditor
    from auditor.commands.evidence import Unkept
    from auditor.evidence.case import Case
    from auditor.model import Fate, PageAudit, Report
    from auditor.sources import SourceOptions
    from auditor.sources.crawl import Plan

_FATES_TOLD = ("read", "missing", "redirect", "not-a-page", "robots", "excluded", "trap")
_UNFIT = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class SiteRun:
    """What is needed to audit a site: what to read, where the crawl is kept, and how the command was called.

    `case` is given every request and its answer when the crawl has ended, and then the captures as they are judged.
    """

    plan: Plan
    file: Path
    options: SourceOptions
    command: str
    show_progress: bool
    case: Case | Unkept


def crawl_file_of(plan: Plan) -> Path:
    """Where a crawl is kept when the call does not say."""
    host = urlsplit(plan.starts[0]).netloc.rpartition("@")[2].lower()
    return Path(f"audit-crawl.{_UNFIT.sub('-', host)}.sqlite")


def check_no_limits(*limits: object) -> None:
    """Accepts a call without --site in which none of the options that limit a crawl is set.

    Raises:
        UsageError: one is.
    """
    if any(limits):
        raise UsageError(
            "--include, --exclude, --depth, --max-minutes, --sample, --ignore-robots and --crawl-file need --site"
        )


def check_plan(plan: Plan) -> None:
    """Accepts a plan with addresses at which a crawl can begin.

    Raises:
        UsageError: it has others, or does not fit together.
    """
    from auditor.sources.hop import without_password
    from auditor.sources.web import check_url

    if plan.sample is not None and plan.sample + len(plan.starts) > plan.max_pages:
        raise UsageError(f"--sample {plan.sample} needs --max-pages {plan.sample + len(plan.starts)} or more")
    for target in plan.starts:
        if "://" not in target:
            raise UsageError(f"{target}: --site reads web sites: expected a URL such as https://example.org/")
        check_url(target)
        if without_password(target) != target:
            raise UsageError(
                f"{without_password(target)}: --site takes no password in the URL: the crawl file would hold it"
            )


def run_site(auditor: Auditor, run: SiteRun) -> Report:
    """Reads the site and judges it.

    Raises:
        UsageError, OutputError: the crawl file cannot be used.
        KeyboardInterrupt: as it came, after what is to be done has been said.
    """
    from auditor.model import Fate
    from auditor.site import audit_site
    from auditor.sources.crawl import Crawl, Store

    with Store(run.file) as store:
        crawl = Crawl(run.plan, store, run.options)
        with _progress(run.show_progress) as progress:
            task = progress.add_task("Going on" if crawl.goes_on else "Reading", total=None)
            try:
                crawl.run(lambda counts: progress.update(task, description=_told(counts)))
            except KeyboardInterrupt:
                progress.stop()
                _say(f"interrupted: {_told(store.counts())}. The same command goes on from here ({run.file})")
                raise
            for exchange in store.exchanges():
                run.case.record(exchange)
            read = store.counts()
            progress.update(task, description=f"{_told(read)}; judging", total=read.get(Fate.READ))

            def after_each(page: PageAudit) -> None:
                run.case.keep(page.capture)
                progress.advance(task)

            return audit_site(auditor, run.plan, store, command=run.command, after_each=after_each)


@contextmanager
def _progress(shown: bool) -> Iterator[Progress]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from auditor.commands.console import stderr

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    shown = shown and stderr().is_terminal
    with Progress(*columns, console=stderr(), transient=True, disable=not shown) as progress:
        yield progress


def _told(counts: Mapping[Fate, int]) -> str:
    """Like `212 read, 31 waiting, 4 redirect, 2 missing`."""
    by_name = {fate.value: count for fate, count in counts.items()}
    parts = [f"{by_name.get('read', 0):,} read", f"{by_name.get('left', 0):,} waiting"]
    parts += [f"{by_name[fate]:,} {fate}" for fate in _FATES_TOLD[1:] if by_name.get(fate)]
    return ", ".join(parts)


def _say(words: str) -> None:
    from rich.text import Text

    from auditor.commands.console import printable, stderr

    stderr().print(Text(printable(words)))
