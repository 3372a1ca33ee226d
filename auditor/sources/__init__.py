"""Where captures come from: files, folders, standard input, archives and the web.

    for item in load("https://example.org/", SourceOptions()):
        ...  # a Capture, or a Skipped with its reason

A page that could not be had is a Capture with its completeness and reason, so that a run over many goes on. What can
only be a slip in the call (no such file, a folder without pages, an unknown scheme) is an error at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.evidence.exchange import Recorder, unrecorded
from auditor.model import Capture, Skipped
from auditor.sources.files import is_archive, locate_path, read_file, read_stdin
from auditor.sources.options import SourceOptions

__all__ = ["SourceOptions", "capture", "captures", "load", "locate"]


def load(target: str, options: SourceOptions | None = None) -> Iterator[Capture | Skipped]:
    """Captures of `target`: a file, a folder (its pages, in order of path), an archive, `-`, or an http(s) URL.

    Raises:
        UsageError: `target` is a URL that cannot be fetched, such as one of another scheme.
        CaptureError: there is no such file or folder, or the folder holds no page.
    """
    pages, skipped = locate(target)
    return _load_each(pages, skipped, options or SourceOptions())


def _load_each(pages: list[str], skipped: list[Skipped], options: SourceOptions) -> Iterator[Capture | Skipped]:
    for page in pages:
        yield from captures(page, options)
    yield from skipped


def locate(target: str) -> tuple[list[str], list[Skipped]]:
    """The pages that `target` names, without reading them, and what is there and is no page.

    Raises:
        UsageError, CaptureError: as `load`.
    """
    if target == "-":
        return [target], []
    if "://" in target:
        from auditor.sources.web import check_url

        check_url(target)
        return [target], []
    return locate_path(target)


def captures(page: str, options: SourceOptions, record: Recorder = unrecorded) -> Iterator[Capture | Skipped]:
    """What `locate` named: one page, or all that an archive holds. `record` is given each exchange with the web."""
    if is_archive(page):
        from auditor.sources.archive import read_archive

        yield from read_archive(page, options)
    else:
        yield capture(page, options, record)


def capture(page: str, options: SourceOptions, record: Recorder = unrecorded) -> Capture:
    """One page that `locate` named. Whatever goes wrong is a capture with its reason.

    `record` is given each request to the web and its answer.
    """
    if page == "-":
        return read_stdin(options)
    if "://" in page:
        from auditor.sources.web import fetch

        return fetch(page, options, record)
    return read_file(page, options)
