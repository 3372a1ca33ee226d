"""Pages as SARIF artifacts: relative URIs, and the bases they are told from."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit

from auditor.model import PageAudit, Report
from auditor.triage.places import below, is_file

ROOT = "ROOT"  # the folder that files are told from; what a checkout is on another machine
_SAFE = "/%:@!$&'()*+,;=~-._"
Json = dict[str, Any]


class Places:
    """The artifacts of one run: each page once, below the root folder or below its site."""

    def __init__(self, report: Report) -> None:
        self._base = report.base
        self._sites: dict[str, str] = {}  # origin to the id of its base
        self._artifacts: dict[str, tuple[int, Json]] = {}  # by what they hold: none may be listed twice
        self._of_page = {id(page): self._listed(self._artifact(page)) for page in report.pages}

    def bases(self) -> Json:
        """The run's `originalUriBaseIds`."""
        root = {ROOT: {"uri": self._base}} if self._base else {}
        return root | {name: {"uri": origin} for origin, name in self._sites.items()}

    def artifacts(self) -> list[Json]:
        """The run's `artifacts`, in the order of the pages; pages of one source are one artifact."""
        return [artifact for _, artifact in self._artifacts.values()]

    def of(self, page: PageAudit) -> Json:
        """The `artifactLocation` of a page."""
        number, artifact = self._of_page[id(page)]
        location: Json = artifact["location"]
        return location | {"index": number}

    def _listed(self, artifact: Json) -> tuple[int, Json]:
        return self._artifacts.setdefault(json.dumps(artifact), (len(self._artifacts), artifact))

    def _artifact(self, page: PageAudit) -> Json:
        artifact: Json = {"location": self._location(page), "roles": ["analysisTarget"]}
        if page.source:  # size and hash are those of the page that was built from it
            return artifact
        artifact["length"] = page.capture.size
        if page.capture.sha256:
            artifact["hashes"] = {"sha-256": page.capture.sha256}
        if page.capture.kind == "html":
            artifact["mimeType"] = "text/html"
        return artifact

    def _location(self, page: PageAudit) -> Json:
        if page.source:
            return {"uri": quote(page.source, safe=_SAFE.replace("%", "")), "uriBaseId": ROOT}
        if is_file(page):
            relative = below(page.url, self._base)
            if relative is None:
                return {"uri": _uri(page.url)}
            return {"uri": _uri(page.url.removeprefix(self._base)), "uriBaseId": ROOT}
        return self._web(page.url)

    def _web(self, url: str) -> Json:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return {"uri": _uri(url)}
        origin = f"{parts.scheme}://{_uri(parts.netloc)}/"
        name = self._sites.setdefault(origin, f"SITE{len(self._sites) + 1}")
        path = _uri(parts.path.lstrip("/")) or "./"
        return {"uri": path + (f"?{_uri(parts.query)}" if parts.query else ""), "uriBaseId": name}


def _uri(text: str) -> str:
    """`text` without what may not stand in a URI; what is encoded already stays so."""
    return quote(text.partition("#")[0], safe=_SAFE + "?")
