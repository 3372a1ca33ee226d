"""Addresses are made absolute as the general rules would."""

from __future__ import annotations

from urllib.parse import urljoin

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.page.urls import Resolver

PARTS = st.sampled_from(
    ["/", "//", "a", "b.html", ".", "..", "?q=1", "#f", ":", "x:y", "https://h.org", "mailto:a@b", ";p"]
)
BASES = ["https://example.org/a/b", "https://example.org", "https://example.org/a/?q=/x#/y", "file:///tmp/a.html"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(BASES), st.lists(PARTS, min_size=1, max_size=4).map("".join))
def test_short_cuts_agree_with_the_general_rules(base: str, href: str) -> None:
    absolute = Resolver(base).absolute(href)
    general = urljoin(base, href)
    assert absolute.rstrip("#?") == general.rstrip("#?") or href.startswith(("http", "mailto"))
