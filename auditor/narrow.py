"""Fewer pages than the call names: without excluded ones, or only those that changed. What is left out is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from auditor.audit import Inputs
from auditor.model import Skipped
from auditor.sources.built import source_of

_HEAD = 2_000_000  # bytes of a page in which its edit link is looked for


def without(inputs: Inputs, patterns: Sequence[str], folder: Path) -> Inputs:
    """`inputs` without the files whose path below `folder` fits a pattern; `*` stands for any part, slashes too."""
    kept: list[str] = []
    left_out: list[str] = []
    for page in inputs.pages:
        fits = _is_file(page) and any(fnmatchcase(_below(page, folder), each) for each in patterns)
        (left_out if fits else kept).append(page)
    skipped = (Skipped(requested=page, reason="excluded by the settings") for page in left_out)
    return replace(inputs, pages=tuple(kept), skipped=(*inputs.skipped, *skipped))


def only_changed(inputs: Inputs, changed: Collection[Path], revision: str, root: Path) -> Inputs:
    """`inputs` without the files that did not change, nor the source they were built from. Web pages stay."""
    kept = tuple(page for page in inputs.pages if not _is_file(page) or _has_changed(Path(page), changed, root))
    count = len(inputs.pages) - len(kept)
    if not count:
        return inputs
    pages = "1 page has" if count == 1 else f"{count} pages have"
    told = Skipped(requested=str(root), reason=f"{pages} not changed since {revision}")
    return replace(inputs, pages=kept, skipped=(*inputs.skipped, told))


def _is_file(page: str) -> bool:
    return page != "-" and "://" not in page


def _below(page: str, folder: Path) -> str:
    resolved = Path(page).resolve()
    return (resolved.relative_to(folder) if resolved.is_relative_to(folder) else resolved).as_posix()


def _has_changed(page: Path, changed: Collection[Path], root: Path) -> bool:
    if page.resolve() in changed:
        return True
    try:
        with page.open("rb") as stream:
            source = source_of(page, stream.read(_HEAD), root)
    except OSError:
        return True  # let the audit tell what is wrong with it
    return source in changed
