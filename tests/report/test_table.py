"""Findings as a table: read back by readers of other hands, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import OutputError
from auditor.model import Report
from auditor.report.formats import render
from auditor.report.table import COLUMNS, rows
from tests.report.decided import decided_pages
from tests.report.hostile import PAYLOADS, poisoned
from tests.report.sample import one_page, report, several_pages

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\uff1d1", "|calc", "\ufeff=1")
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBERS = {"confidence", "start", "end", "line", "occurrences", "new_occurrences"}


def read_csv(made: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(made, "csv").decode(), newline=""), strict=True))


def read_parquet(made: Report) -> pyarrow.Table:
    return pyarrow.parquet.read_table(io.BytesIO(render(made, "parquet")))


def test_a_row_a_finding_with_its_words() -> None:
    made = decided_pages()
    read = read_csv(made)
    assert [row["fingerprint"] for row in read] == [each.fingerprint for each in made.findings]
    assert [row["statement"] for row in read] == [each.statement for each in made.findings]
    assert read[3]["waived"] == "true"
    assert read[3]["waived_until"] == "2027-01-31"
    assert read[0]["law"] == "21 U.S.C. 829(e)"
    assert all(tuple(row) == COLUMNS for row in rows(made))


@pytest.mark.parametrize("words", [*FORMULAS, *PAYLOADS.values()])
def test_no_cell_can_be_a_formula(words: str) -> None:
    for row in read_csv(poisoned(words)):
        for name, cell in row.items():
            if name not in NUMBERS:
                assert not cell.lstrip(" \u00a0\u200b\ufeff").startswith(ACTIVE)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_words_come_back_from_the_csv(words: str) -> None:
    made = one_page()
    page = made.pages[0]
    first = page.findings[0].model_copy(update={"statement": words})
    pages = (page.model_copy(update={"findings": (first,)}),)
    text = render(made.model_copy(update={"pages": pages}), "csv").decode("utf-8", "surrogatepass")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert row["statement"].removeprefix("'") == words.replace("\0", "\ufffd").removeprefix("'")


def test_parquet_has_types_and_the_same_rows() -> None:
    made = decided_pages()
    table = read_parquet(made)
    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == len(made.findings)
    assert table.column("quotes").to_pylist() == [[each.quote for each in one.evidence] for one in made.findings]
    assert table.column("confidence").to_pylist() == [each.confidence for each in made.findings]
    assert str(table.schema.field("waived_until").type) == "date32[day]"
    assert read_parquet(report()).schema == table.schema


def test_parquet_takes_what_a_page_holds() -> None:
    assert read_parquet(poisoned("\ud800 half a pair \0")).num_rows == len(several_pages().findings)


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'health-content-auditor\[parquet\]'"):
        render(one_page(), "parquet")


def test_the_format_is_told_from_the_name(command, tmp_path: Path) -> None:
    stored = tmp_path / "r.json"
    stored.write_bytes(render(one_page(), "json"))
    assert command("report", stored, "-o", "findings.csv").out == "findings.csv\n"
    assert Path("findings.csv").read_bytes() == render(one_page(), "csv")
