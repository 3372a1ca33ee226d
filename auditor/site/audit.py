"""Captures of a site to its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from auditor.audit import Auditor, SitePass
from auditor.model import Capture, Fate, Outcome, PageAudit, Report, Severity, Site, Skipped, Tally
from auditor.policy.site import SiteFacts
from auditor.policy.verdict import CAUGHT
from auditor.site.causes import causes_of
from auditor.site.duplicates import Duplicates
from auditor.site.sample import sample_of
from auditor.sources.crawl import Plan, Store, Visit

_MOST_LISTED = 1_000  # addresses listed for one fate; they are all counted

After = Callable[[PageAudit], object]


def audit_site(
    auditor: Auditor,
    plan: Plan,
    store: Store,
    *,
    command: str = "",
    after_each: After = lambda _: None,
) -> Report:
    """The report of what a crawl by `plan` has read into `store`."""
    visits = [visit for visit in store.visits() if visit.role == "page"]
    read = [visit for visit in visits if visit.fate is Fate.READ]
    audited = _judged(auditor, [partial(store.capture, visit.key) for visit in read], after_each)
    drawn = [page for visit, page in zip(read, audited, strict=True) if visit.depth]  # the starts are read in any case
    pages, same = _told_once(audited)
    fates = Counter(visit.fate for visit in visits)
    fates[Fate.SAME] = len(same)
    fates[Fate.READ] -= len(same)
    judged = sum(page.judged for page in pages)
    site = Site(
        starts=plan.starts,
        robots=f"robots.txt was not obeyed: {plan.ignore_robots}" if plan.ignore_robots else "robots.txt was obeyed",
        coverage=tuple(Tally(fate=fate, pages=fates[fate]) for fate in Fate if fates[fate]),
        judged=judged,
        not_judged=len(pages) - judged,
        stopped=store.stopped,
        # A sample that was not read to its end is none: what was left is not left at random.
        sample=sample_of(drawn, store.drawn) if store.drawn and not store.stopped else None,
        causes=causes_of(pages),
    )
    skipped = [*same, *_left_out(store)]
    return auditor.report(pages, skipped, [site], command=command)


def audit_site_again(auditor: Auditor, captures: Sequence[Capture], told: Report) -> Report:
    """The report that the captures of a site make, in the order in which they were read.

    What only the crawl knew is as `told`: what was left out, and how much of the site was read.
    """
    audited = _judged(auditor, [partial(_given, capture) for capture in captures], lambda _: None)
    pages, same = _told_once(audited)
    judged = sum(page.judged for page in pages)
    made = {"judged": judged, "not_judged": len(pages) - judged, "causes": causes_of(pages)}
    skipped = [*same, *(each for each in told.skipped if each.fate is not Fate.SAME)]
    return auditor.report(pages, skipped, [site.model_copy(update=made) for site in told.sites])


def _given(capture: Capture) -> Capture:
    return capture


def _judged(auditor: Auditor, read: Sequence[Callable[[], Capture]], after_each: After) -> list[PageAudit]:
    """The audits of the pages read, in their order.

    What is missing on a page may stand on another: a page that was faulted for something that counts anywhere on the
    site is judged once more when all have been read.
    """
    facts = SiteFacts(auditor.policies)
    pages = []
    for capture in read:
        pages.append(auditor.audit_capture(capture(), SitePass({}, facts.learn)))
        after_each(pages[-1])
    for place, (capture, page) in enumerate(zip(read, pages, strict=True)):
        caught = {result.policy for result in page.results if result.outcome in CAUGHT}
        elsewhere = facts.elsewhere(page.url, caught)
        if elsewhere:
            pages[place] = auditor.audit_capture(capture(), SitePass(elsewhere))
    return pages


def _told_once(audited: Sequence[PageAudit]) -> tuple[list[PageAudit], list[Skipped]]:
    """The pages that say something of their own, by risk, and those that say what one of them says."""
    duplicates = Duplicates()
    pages, same = [], []
    for page in audited:
        twin = duplicates.twin_of(page) if page.judged else ""
        if twin:
            same.append(Skipped(requested=page.url, reason=f"says the same as {twin}", fate=Fate.SAME))
        else:
            pages.append(page)
    pages.sort(key=_risk)
    return pages, same


def _left_out(store: Store) -> Iterator[Skipped]:
    """Every address that is no audited page, and why; sitemaps and the like only where they were a problem."""
    listed: Counter[Fate] = Counter()
    for visit in store.visits():
        if visit.fate is Fate.READ or (visit.fate is Fate.LISTING and not visit.reason):
            continue
        listed[visit.fate] += 1
        if listed[visit.fate] <= _MOST_LISTED:
            yield Skipped(requested=visit.url, reason=_reason(visit), fate=visit.fate)
    for fate, count in listed.items():
        if count > _MOST_LISTED:
            reason = f"{count - _MOST_LISTED:,} more addresses are counted and not listed"
            yield Skipped(requested="", reason=reason, fate=fate)


def _reason(visit: Visit) -> str:
    if visit.fate is Fate.LEFT:
        return visit.reason or "still to be read when the crawl ended"
    if visit.fate is Fate.MISSING and visit.found_on:
        return f"{visit.reason}; linked from {visit.found_on}"
    return visit.reason


def _risk(page: PageAudit) -> tuple[int, ...]:
    """Pages to look at first: most violations of the worst severity, then most to review; those not judged last."""
    counts = Counter((finding.outcome, finding.severity) for finding in page.findings)
    violations = (-counts[(Outcome.VIOLATION, severity)] for severity in Severity)
    reviews = (-counts[(Outcome.REVIEW, severity)] for severity in Severity)
    return (not page.judged, *violations, *reviews)
