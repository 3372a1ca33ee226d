"""What a page is called where runs on several machines are compared: its path below the base folder, or its URL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from auditor.model import PageAudit, Report

STDIN = "stdin:"


def base_uri(folder: Path) -> str:
    """`folder` as the `base` of a report."""
    return folder.resolve().as_uri().rstrip("/") + "/"


def is_file(page: PageAudit) -> bool:
    """Whether the page was read from a file, and so may be its auditor's own."""
    return page.url.startswith("file:")


def place(page: PageAudit, report: Report) -> str:
    """The page's path below the report's base, or its URL; the same wherever the same folder is audited."""
    if not is_file(page):
        return page.url.partition("#")[0]
    relative = below(page.url, report.base)
    return relative if relative is not None else unquote(urlsplit(page.url).path)


def below(url: str, base: str) -> str | None:
    """The path of `url` below the folder `base`, None when it is elsewhere."""
    return unquote(url.removeprefix(base)) if base and url.startswith(base) else None
