"""Which addresses belong to the site that is read."""

from __future__ import annotations

from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from auditor.sources.crawl.addresses import key_of, site_of
from auditor.sources.crawl.plan import Plan


class Scope:
    """The scope of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._places = tuple(dict.fromkeys(_place(key_of(start)) for start in plan.starts))

    def is_on_site(self, key: str) -> bool:
        """Whether the address stands on a host of the site, in or out of scope."""
        return any(site_of(key) == site for site, _ in self._places)

    def why_not(self, key: str, depth: int) -> str:
        """Why an address of the site is left out, "" when it is not."""
        parts = urlsplit(key)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if not any(site_of(key) == site and parts.path.startswith(folder) for site, folder in self._places):
            return f"outside {', '.join(folder for _, folder in self._places)}"
        if self._plan.include and not any(fnmatchcase(path, glob) for glob in self._plan.include):
            return "not among --include"
        unwanted = next((glob for glob in self._plan.exclude if fnmatchcase(path, glob)), "")
        if unwanted:
            return f"--exclude {unwanted}"
        if self._plan.depth is not None and depth > self._plan.depth:
            return f"more than {self._plan.depth} links away from the start"
        return ""


def _place(start: str) -> tuple[str, str]:
    """The site of a start, and the folder of its path."""
    path = urlsplit(start).path
    return site_of(start), path[: path.rfind("/") + 1] or "/"
