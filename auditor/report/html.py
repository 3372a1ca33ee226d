"""Report -> one HTML file that needs nothing else: no request, no inline handler, nothing a scanned page can script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from auditor.assets import asset_folder
from auditor.model import Outcome, Report, Severity
from auditor.report import words
from auditor.report.address import address
from auditor.report.counts import BAR_WIDTH
from auditor.report.text import clip, plain, run_in, shown
from auditor.report.view import view

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(report: Report) -> str:
    """The report as one HTML document. The same report gives the same text.

    The only style and script it runs are the shipped ones: the Content Security Policy names them by their hashes.
    """
    style, script = (shipped(folder) for folder in ("styles", "scripts"))
    return template("report.html.j2").render(
        report=view(report), style=style, script=script, style_hash=digest(style), script_hash=digest(script)
    )


@cache
def template(name: str) -> Template:
    """A template with the filters and words that all documents share."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(asset_folder("reports") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown,
        "run_in": run_in,
        "plain": plain,
        "clip": clip,
        "address": address,
        "jurisdiction": words.jurisdiction,
        "day": words.day,
        "moment": words.moment,
        "percent": words.percent,
        "number": lambda value: f"{value:,}",
    }
    environment.globals |= {
        "words": words,
        "plural": words.plural,
        "Outcome": Outcome,
        "Severity": Severity,
        "bar_width": BAR_WIDTH,
    }
    return environment.get_template(name)


@cache
def shipped(folder: str) -> Markup:
    """The files of an assets folder as one text, in the order of their names."""
    files = sorted(path for path in Path(asset_folder("reports") / folder).iterdir() if path.is_file())
    return Markup("\n".join(path.read_text(encoding="utf-8") for path in files))  # noqa: S704  (ours, not a page's)


def digest(content: str) -> str:
    """How a Content Security Policy names a style or script."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
