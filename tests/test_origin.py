"""Where the page of a file comes from, also where that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import origin
from auditor.audit import Auditor
from auditor.model import PageAudit
from tests.test_cli import ADVERT


@pytest.fixture
def audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageAudit:
    for name, text in (("docs/zolp.md", "# Sleep\n\nNo prescription required.\n"), ("site/zolp/index.html", ADVERT)):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return Auditor(root=tmp_path).run("site").pages[0]


def lines(audited: PageAudit) -> dict[str, int]:
    return {each.quote: each.line for finding in audited.findings for each in finding.evidence}


def test_a_built_page_is_told_by_its_source(audited: PageAudit) -> None:
    assert audited.source == "docs/zolp.md"
    assert lines(audited)["No prescription required"] == 3


def test_a_source_too_large_is_none(audited: PageAudit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "_LARGEST", 5)
    again = Auditor(root=Path.cwd()).run("site").pages[0]
    assert again.source == ""
    assert lines(again)["No prescription required"] == 1
    assert again.completeness == audited.completeness


def test_a_source_that_cannot_be_read_is_none(audited: PageAudit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = origin.with_origin(audited, audited.capture, Path.cwd())
    assert found.source == ""
