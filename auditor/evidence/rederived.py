"""Whether the result of a case comes out again: its captures from its records, its findings from its captures."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from auditor import __version__
from auditor.assets import asset_folder
from auditor.audit import Auditor
from auditor.errors import CaptureError, PolicyError, UsageError
from auditor.evidence.checks import Check, some
from auditor.evidence.manifest import RULES, WARC, Config, Manifest, installed_libraries
from auditor.evidence.opened import Package
from auditor.evidence.package import PAGES, pages_file
from auditor.evidence.records import read_records
from auditor.evidence.rulesfile import packed_rules, rules_digest, rules_in, unpack_rules
from auditor.model import Capture, Fate, Finding, PageAudit, Report
from auditor.site import audit_site_again

# What the report tells of its making; all else must come out again.
_TOLD = frozenset({"created_at", "command", "evidence", "auditor", "config"})


def captures_again(package: Package, manifest: Manifest) -> tuple[list[Capture], list[str]]:
    """The captures of a case, made from its records, and what is wrong with those that cannot be."""
    options = package.config().sources.options()
    captures, faults = [], []
    for kept in manifest.captures:
        try:
            captures.append(package.capture(kept, options))
        except CaptureError as error:
            faults.append(str(error))
    return captures, faults


def made_of(manifest: Manifest) -> str:
    """What the captures were made again from."""
    kept = manifest.captures
    counts = {
        "from what went over the wire": sum(each.watched for each in kept),
        "from their content alone": sum(bool(each.records) and not each.watched for each in kept),
        "could not be had": sum(not each.records for each in kept),
    }
    return ", ".join(f"{count} {words}" for words, count in counts.items() if count) or "none"


def audited(report: Report, manifest: Manifest) -> Check:
    """Whether the result is about the captures of the case, all of them and no others."""
    told = [kept.capture.model_dump_json() for kept in manifest.captures]
    judged = [page.capture.model_dump_json() for page in report.pages]
    if report.sites:  # pages stand by risk, and some of those read say what another says
        same = sum(each.fate is Fate.SAME for each in report.skipped)
        fits = len(judged) + same == len(told) and not Counter(judged) - Counter(told)
    else:
        fits = judged == told
    fits = fits and (report.created_at, report.auditor) == (manifest.created_at, manifest.auditor)
    says = f"about all {len(told)} captures and no others" if fits else "not about the captures in the manifest"
    return Check(about="result", ok=fits, says=says)


def listed(package: Package, report: Report, manifest: Manifest) -> Check:
    """Whether a player shows the pages that were audited."""
    fits = package.read(PAGES) == pages_file(report, manifest.captures, package.record)
    says = "listed for players" if fits else f"{PAGES} does not list the audited pages"
    return Check(about="pages", ok=fits, says=says)


def unaudited(package: Package, manifest: Manifest) -> Check:
    """Whether the archive holds more than was audited."""
    about = "archive"
    used = {place for kept in manifest.captures for place in kept.records}
    answers = 0
    with package.extracted(WARC).open("rb") as stream:
        for record in read_records(stream, 0):
            if record.offset in used:
                continue
            if record.type == "resource":
                return Check(about=about, ok=False, says=f"{record.url} was kept as a page, and is not in the manifest")
            answers += 1
    if not answers:
        return Check(about=about, ok=True, says="holds what was audited and no more")
    says = f"{answers} answers belong to no audited page (robots.txt, sitemaps, retries, other redirects)"
    return Check(about=about, ok=None, says=says)


def judged_again(package: Package, report: Report, captures: list[Capture]) -> Iterator[Check]:
    """Judges the captures once more, by the policies in the case."""
    config = package.config()
    yield Check(about="auditor", ok=None, says=_which_auditor(config))
    rules = package.read(RULES)
    shipped = rules_digest(packed_rules(rules)) == rules_digest(rules_in(asset_folder("policies")))
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        unpack_rules(rules, Path(folder))
        try:
            auditor = Auditor(
                None if shipped else Path(folder),
                only=config.policies,
                jurisdictions=config.jurisdictions,
                audit_date=config.audit_date,
                sources=config.sources.options(),
            )
        except (PolicyError, UsageError) as error:
            reason = str(error).replace(folder, "policies").splitlines()[0]
            yield Check(about="policies", ok=False, says=f"those in the case cannot be used: {reason}")
            return
    yield _policies(auditor, report, shipped=shipped)
    if report.sites:
        again = audit_site_again(auditor, captures, report)
    else:
        again = auditor.run_captures([*captures, *report.skipped])
    yield _findings(report, again)
    yield _rest(report, again)


def _which_auditor(config: Config) -> str:
    installed = installed_libraries()
    changed = [f"{name} {was}" for name, was in config.libraries.items() if installed.get(name) != was]
    if config.auditor != __version__:
        changed.insert(0, f"version {config.auditor}")
    if not changed:
        return f"{__version__} made it, and the same judges it now"
    return f"made with {some(changed)}; others are installed here, and may find otherwise"


def _policies(auditor: Auditor, report: Report, *, shipped: bool) -> Check:
    recorded = {each.id: each for each in report.policies}
    held_to = {each.id: each for each in auditor.policies.summaries()}
    differing = sorted(name for name in {*recorded, *held_to} if recorded.get(name) != held_to.get(name))
    if differing:
        return Check(
            about="policies", ok=False, says=f"those in the case are not those of the result: {some(differing)}"
        )
    installed = "the same as those installed here" if shipped else "which are not those installed here"
    return Check(about="policies", ok=True, says=f"judged by the {len(held_to)} in the case, {installed}")


def _findings(report: Report, again: Report) -> Check:
    faults: list[str] = []
    for number, page in enumerate(report.pages):
        made = again.pages[number] if number < len(again.pages) else None
        faults += _page_faults(page, made)
    faults += [f"{page.requested}: not in the result" for page in again.pages[len(report.pages) :]]
    total = len(report.findings)
    return Check(about="findings", ok=not faults, says=some(faults) or f"all {total} come out again, word for word")


def _page_faults(page: PageAudit, made: PageAudit | None) -> list[str]:
    if made is None:
        return [f"{page.requested}: dropped from the captures"]
    now = {finding.id: finding for finding in made.findings}
    faults = [
        f"{page.requested}: {_differs(finding, now[finding.id])}"
        if finding.id in now
        else f"{page.requested}: {finding.id} ({finding.policy}) does not come out"
        for finding in page.findings
        if now.get(finding.id) != finding
    ]
    told = {finding.id for finding in page.findings}
    return faults + [
        f"{page.requested}: {finding.id} ({finding.policy}) comes out and is not in the result"
        for finding in made.findings
        if finding.id not in told
    ]


def _differs(told: Finding, made: Finding) -> str:
    fields = [name for name in Finding.model_fields if getattr(told, name) != getattr(made, name)]
    return f"{told.id} ({told.policy}) comes out with another {', '.join(fields)}"


def _rest(report: Report, again: Report) -> Check:
    """Whether all else that the result says (passes, texts, verdicts) comes out too."""
    differing = [
        name
        for name in Report.model_fields
        if name not in {*_TOLD, "pages"} and getattr(report, name) != getattr(again, name)
    ]
    for page, made in zip(report.pages, again.pages, strict=False):
        differing += [
            f"{page.requested}: {name}"
            for name in PageAudit.model_fields
            if name not in {"findings", "capture"} and getattr(page, name) != getattr(made, name)
        ]
    says = f"comes out otherwise: {some(differing)}" if differing else "comes out again"
    return Check(about="everything else", ok=not differing, says=says)
