"""Where captures come from: files, folders, standard input and the web.

    for item in load("https://example.org/", SourceOptions()):
        ...  # a Capture, or a Skipped with its reason

A page that could not be had is a Capture with its completeness and reason, so that a run over many goes on. What can
only be a slip in the call (no such file, a folder without pages, an unknown scheme) is an error at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Capture, Skipped
from auditor.sources.files import load_path, load_stdin
from auditor.sources.options import SourceOptions

__all__ = ["SourceOptions", "load"]


def load(target: str, options: SourceOptions | None = None) -> Iterator[Capture | Skipped]:
    """Captures of `target`: a file, a folder (its pages, in order of path), `-` for standard input, or an http(s) URL.

    Raises:
        UsageError: `target` names a scheme other than http and https.
        CaptureError: there is no such file or folder, or the folder holds no page.
    """
    options = options or SourceOptions()
    if target == "-":
        return load_stdin(options)
    if "://" in target:
        from auditor.sources.web import load_url

        return load_url(target, options)
    return load_path(target, options)
