"""Captures from the web: one polite GET, its redirects followed by hand and written down."""

from __future__ import annotations

from urllib.parse import urlsplit

from auditor.errors import UsageError
from auditor.evidence.exchange import Recorder
from auditor.model import Capture, Redirect
from auditor.sources.build import failed_capture
from auditor.sources.hop import ask, capture_answer, without_password
from auditor.sources.options import SourceOptions
from auditor.sources.wire import Call, session

_MAX_REDIRECTS = 10


def check_url(url: str) -> None:
    """Accepts a URL that can be fetched.

    Raises:
        UsageError: the scheme is not http or https, or there is no host.
    """
    problem = unfit(url)
    if problem:
        raise UsageError(f"{without_password(url)}: {problem}")


def unfit(url: str) -> str:
    """Why `url` is not one to fetch, "" when it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not a well-formed URL"
    if parts.scheme.lower() not in ("http", "https"):
        return f"the scheme {parts.scheme[:20]!r} is not http or https"
    return "" if parts.hostname else "the URL names no host"


def fetch(target: str, options: SourceOptions, record: Recorder = lambda _: None) -> Capture:
    """The page at `target`. Whatever goes wrong on the way is a capture with its reason.

    `record` is called with each request and its answer, in order. Cookies last for the fetch: some sites loop without.
    """
    requested, url = without_password(target), target
    hops: list[Redirect] = []

    def failed(reason: str) -> Capture:
        return failed_capture(requested, without_password(url), reason, redirects=tuple(hops))

    with session() as asking, Call(options) as call:
        while True:
            answer = ask(asking, call, url, options)
            record(answer.exchange)
            if not answer.onward or answer.status is None:
                return capture_answer(requested, without_password(url), answer, options, tuple(hops))
            hops.append(Redirect(url=without_password(url), status=answer.status))
            url = answer.onward
            problem = unfit(url)
            if problem:
                return failed(f"redirected to where no page is: {problem}")
            if len(hops) >= _MAX_REDIRECTS:
                return failed(f"redirected {_MAX_REDIRECTS} times without reaching a page")
