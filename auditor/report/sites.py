"""Sites as the templates want them: what became of their addresses, and their causes with the pages they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from auditor.model import Cause, Fate, Report, Site, Skipped

_MOST_PAGES = 12  # pages of a cause that are linked at once; the others are folded away


@dataclass(frozen=True, slots=True)
class CauseView:
    """A cause and the numbers of its pages, as the report numbers them."""

    cause: Cause
    pages: tuple[int, ...]

    @property
    def shown(self) -> tuple[int, ...]:
        """The pages that are linked at once."""
        return self.pages[:_MOST_PAGES]

    @property
    def folded(self) -> tuple[int, ...]:
        """The others."""
        return self.pages[_MOST_PAGES:]

    @property
    def more_subjects(self) -> int:
        """How many subjects are not listed."""
        return self.cause.subjects_in_all - len(self.cause.subjects)


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site: how many addresses were met, and its causes."""

    site: Site
    met: int
    causes: tuple[CauseView, ...]

    def share(self, pages: int) -> float:
        """The share of the addresses met, for a bar."""
        return pages / self.met if self.met else 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Inputs that were not audited for one reason in kind; None for those that no crawl met."""

    fate: Fate | None
    inputs: tuple[Skipped, ...]


def site_views(report: Report) -> tuple[SiteView, ...]:
    """Each site of the report."""
    return tuple(
        SiteView(
            site,
            sum(tally.pages for tally in site.coverage),
            tuple(CauseView(cause, tuple(index + 1 for index in cause.pages)) for cause in site.causes),
        )
        for site in report.sites
    )


def left_out(skipped: Sequence[Skipped]) -> tuple[LeftOut, ...]:
    """The inputs left out, by what became of them."""
    order = [None, *Fate]
    ranked = sorted(skipped, key=lambda each: order.index(each.fate))
    return tuple(LeftOut(fate, tuple(inputs)) for fate, inputs in groupby(ranked, lambda each: each.fate))
