"""What a sample says of a whole site: the share of its pages in violation, with its confidence interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from auditor.evaluation.score import wilson
from auditor.model import Outcome, PageAudit, Sample, Stratum
from auditor.sources.crawl.draw import stratum_of


def sample_of(pages: Sequence[PageAudit], drawn_from: Mapping[str, int]) -> Sample:
    """The sample that `pages` are, drawn from so many addresses of each stratum, in proportion."""
    read = Counter(stratum_of(page.url) for page in pages)
    judged = [page for page in pages if page.judged]
    violating = sum(any(each.outcome is Outcome.VIOLATION for each in page.findings) for page in judged)
    rate = wilson(violating, len(judged))
    return Sample(
        strata=tuple(
            Stratum(name=name, addresses=count, read=read[name]) for name, count in sorted(drawn_from.items())
        ),
        judged=len(judged),
        in_violation=violating,
        share=rate.value,
        low=rate.low,
        high=rate.high,
    )
