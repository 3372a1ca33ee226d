"""The source file that a static-site generator built a page from: told by the page's edit link, or by the layout.

Only a file that is there, below the root folder, is an answer; otherwise there is none.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

_SOURCE_SUFFIXES = (".md", ".mdx", ".markdown", ".html", ".rst", ".adoc", ".ipynb")
_SOURCE_ENDINGS = tuple(suffix.encode() for suffix in _SOURCE_SUFFIXES)
_LINK = re.compile(rb"""href\s{0,9}=\s{0,9}["']?([^"'\s>?#]{1,1000})(?=["'\s>?#])""")
_EDIT_MARKS = (b"/edit/", b"/_edit/", b"/blob/", b"/tree/", b"/src/", b"/raw/")
_MOST_LINKS = 40  # that are tried
# Folder of built pages, folders of their sources: MkDocs; Hugo; Jekyll; Docusaurus; Sphinx.
_LAYOUTS = (
    ("site", ("docs",)),
    ("public", ("content",)),
    ("_site", (".", "_posts", "_pages", "_docs")),
    ("build", ("docs", "blog", "src/pages", ".")),
    ("_build/html", (".", "docs")),
)
_LONGEST_PATH = 12  # folders of an edit link that are tried


def source_of(page: Path, body: bytes, root: Path) -> Path | None:
    """The source of the built file `page`, whose bytes are `body`, below `root`; None when nothing tells."""
    return _by_edit_link(body, root) or _by_layout(page, root)


def _by_edit_link(body: bytes, root: Path) -> Path | None:
    """The longest end of an edit link's path that is a file below `root`: before it stand host, project and branch."""
    for link in islice(filter(_leads_to_source, (found[1] for found in _LINK.finditer(body))), _MOST_LINKS):
        parts = PurePosixPath(unquote(link.decode("utf-8", "replace"))).parts
        for start in range(max(1, len(parts) - _LONGEST_PATH), len(parts)):
            found = _file(root, PurePosixPath(*parts[start:]))
            if found:
                return found
    return None


def _leads_to_source(link: bytes) -> bool:
    return any(mark in link for mark in _EDIT_MARKS) and link.endswith(_SOURCE_ENDINGS)


def _by_layout(page: Path, root: Path) -> Path | None:
    try:
        relative = page.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None
    for built, sources in _LAYOUTS:
        before, found, after = f"/{relative}".partition(f"/{built}/")
        if not found:
            continue
        for folder in sources:
            for name in _names(PurePosixPath(after)):
                source = _file(root, PurePosixPath(before.lstrip("/"), folder, name))
                if source and source != page.resolve():
                    return source
    return None


def _names(built: PurePosixPath) -> list[PurePosixPath]:
    """What the source of a built page may be called: `a/index.html` comes from a.md, a/index.md or a/_index.md."""
    stems = [built.with_suffix("")]
    if built.stem == "index":
        folder = built.parent
        stems = [folder, folder / "index", folder / "_index", folder / "README"]
    return [stem.parent / f"{stem.name}{suffix}" for stem in stems if stem.name for suffix in _SOURCE_SUFFIXES]


def _file(root: Path, path: PurePosixPath) -> Path | None:
    if ".." in path.parts or path.is_absolute():
        return None
    candidate = (root / path).resolve()
    try:
        inside = candidate.is_file() and candidate.is_relative_to(root.resolve())
    except (OSError, ValueError):
        return None
    return candidate if inside and candidate.suffix in _SOURCE_SUFFIXES else None
