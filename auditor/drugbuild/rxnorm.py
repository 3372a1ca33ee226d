"""RxNorm's RXNCONSO.RRF: fields between bars, one name a line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from auditor.drugbuild.records import Dump, Product, Source, Term

_FIELDS = 18
_LANGUAGE, _VOCABULARY, _TYPE, _TEXT, _SUPPRESSED = 1, 11, 12, 14, 16
_GENERIC = ("IN", "PIN")
_BRANDED = re.compile(r"(?P<contents>.+) \[(?P<brand>[^][]+)\]")  # zolpidem tartrate 10 MG [Ambien]
_STRENGTH = re.compile(r" [\d.,]+ [A-Z%][A-Z%/\[\]']*(/[\w%]+)?$", re.IGNORECASE)


def read_rxnorm(lines: Iterable[str], file: str, day: dt.date | None) -> Dump:
    """RxNorm's own ingredients, and its brands with the ingredients that their strengths name.

    Raises:
        ValueError: a line does not have the fields, or no day is given: the dump says none.
    """
    if day is None:
        raise ValueError("says no day; give the one it was published on with --published YYYY-MM-DD")
    source = Source(f"RxNorm ({file})", day)
    dump = Dump()
    brands = set()
    for number, line in enumerate(lines, 1):
        fields = line.rstrip("\r\n").split("|")
        if len(fields) <= _FIELDS:
            raise ValueError(f"line {number}: expected {_FIELDS} fields, each closed by a bar, found {len(fields) - 1}")
        if (fields[_LANGUAGE], fields[_VOCABULARY], fields[_SUPPRESSED]) != ("ENG", "RXNORM", "N"):
            continue
        text = fields[_TEXT]
        if fields[_TYPE] in _GENERIC:
            dump.terms.append(Term(text, text, source))
        elif fields[_TYPE] == "BN":
            brands.add(text)
        elif fields[_TYPE] == "SBDC" and (found := _BRANDED.fullmatch(text)):
            contents = (_STRENGTH.sub("", each) for each in found["contents"].split(" / "))
            dump.products.append(Product(found["brand"], tuple(contents), source))
    dump.unplaced = sorted(brands - {product.brand for product in dump.products})
    return dump
