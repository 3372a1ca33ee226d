"""UNII records and UNII names of the FDA's substance register: tab-separated, with a line of headings."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping

from auditor.drugbuild.records import Dump, Source, Term

_OFFICIAL, _BRAND = "of", "bn"  # of the types of names; common, systematic and code names are no names to look for


def read_unii(lines: Iterable[str], file: str, day: dt.date | None) -> Dump:
    """Records with an international name, or the official names and brands of substances.

    Raises:
        ValueError: the headings are those of neither file, or no day is given: the dump says none.
    """
    if day is None:
        raise ValueError("says no day; give the one it was published on with --published YYYY-MM-DD")
    source = Source(f"UNII ({file})", day)
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    headings = set(rows.fieldnames or ())
    if {"UNII", "INN_ID"} <= headings:
        named = [_preferred(row) for row in rows if row.get("INN_ID")]
        return Dump(terms=[Term(name, name, source) for name in named if name])
    if {"Name", "TYPE", "UNII"} <= headings:
        return Dump(terms=[term for row in rows if (term := _name(row, source))])
    raise ValueError("has neither the headings of UNII records (UNII, PT, INN_ID) nor of UNII names (Name, TYPE, UNII)")


def _name(row: Mapping[str, str | None], source: Source) -> Term | None:
    preferred, name, kind = _preferred(row), row.get("Name"), row.get("TYPE")
    if not preferred or not name or kind not in (_OFFICIAL, _BRAND):
        return None
    return Term(name, preferred, source, brand=kind == _BRAND, certain=False)


def _preferred(row: Mapping[str, str | None]) -> str:
    return row.get("PT") or row.get("Display Name") or ""
