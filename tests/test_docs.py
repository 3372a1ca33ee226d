"""The written documents are complete, and what they show is taken as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import yaml

from auditor.config import Settings
from auditor.faults import field_names
from auditor.model import Kind
from auditor.report.formats import SUFFIXES, Format
from auditor.sources.build import capture_of
from auditor.triage.inline import page_waivers
from auditor.triage.waivers import WaiverFile

DOCS = Path(__file__).resolve().parent.parent / "docs"
GATE = (DOCS / "gate.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first block of code in this language."""
    found = re.search(rf"```{language}\n(.*?)```", GATE, re.DOTALL)
    assert found
    return found[1]


def test_every_format_is_told_with_its_suffix() -> None:
    rows = re.findall(r"^\| (\w+) \| (\.\w+) \|", (DOCS / "formats.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == SUFFIXES
    assert set(SUFFIXES) == set(get_args(Format))


def test_the_settings_shown_are_all_there_are() -> None:
    shown = tomllib.loads(block("toml"))
    assert set(shown) == set(field_names(Settings))
    Settings.model_validate(shown)


def test_the_waivers_shown_are_waivers() -> None:
    (waiver,) = WaiverFile.model_validate(yaml.safe_load(block("yaml"))).waivers
    assert waiver.policy == "core.author.missing"
    (asked,) = page_waivers(capture_of("a", "file:///a.html", Kind.HTML, block("html").encode()))
    assert (asked.policy, asked.fault) == ("core.author.missing", "")
