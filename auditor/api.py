"""Three lines to audit a string.

    >>> from auditor import audit_html
    >>> page = audit_html("<p>Buy Ambien here: $99, add to cart, no prescription needed. US shipping.</p>")
    >>> {(finding.severity.value, finding.evidence[0].quote) for finding in page.findings} >= {("critical", "Ambien")}
    True

To audit many pages, make one `auditor.Auditor` and keep it: it loads policies and vocabulary once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from auditor.audit import Auditor
from auditor.model import Kind, PageAudit
from auditor.sources.build import capture_of


def audit_html(
    html: str | bytes,
    *,
    url: str = "about:blank",
    jurisdictions: Iterable[str] = (),
    audit_date: dt.date | None = None,
) -> PageAudit:
    """The audit of a page given as HTML.

    Args:
        html: the document; bytes are decoded as a browser would.
        url: where the page stands, for its links and for where it is addressed to.
        jurisdictions: countries whose rules to assess whomever the page addresses, or `all`.
        audit_date: the day whose rules apply; today when left out.

    Returns:
        The audit: `findings`, worst first; `results`, one a policy; `verdict`, one sentence; `judged`, False when the
        page could not be judged, with the `reason`.

    Raises:
        UsageError: there are no policies for a jurisdiction.
        PolicyError: the shipped policies cannot be loaded.
    """
    return _audit(html, Kind.HTML, url, jurisdictions, audit_date)


def audit_text(
    text: str | bytes,
    *,
    url: str = "about:blank",
    jurisdictions: Iterable[str] = (),
    audit_date: dt.date | None = None,
) -> PageAudit:
    """The audit of a page given as plain text, its markup lost. Arguments and result as of `audit_html`."""
    return _audit(text, Kind.TEXT, url, jurisdictions, audit_date)


def _audit(
    content: str | bytes, kind: Kind, url: str, jurisdictions: Iterable[str], audit_date: dt.date | None
) -> PageAudit:
    encoded = isinstance(content, bytes)
    body = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    day = audit_date or dt.datetime.now(dt.UTC).date()
    captured = capture_of("string", url, kind, body, encoding_hint="" if encoded else "utf-8")
    return _auditor(tuple(sorted(jurisdictions)), day).audit_capture(captured)


@cache
def _auditor(jurisdictions: tuple[str, ...], day: dt.date) -> Auditor:
    return Auditor(jurisdictions=jurisdictions, audit_date=day)
