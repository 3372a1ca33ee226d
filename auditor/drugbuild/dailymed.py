"""One DailyMed label: HL7 Structured Product Labeling, XML. Read with a parser that expands no entities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.drugbuild.records import Dump, Product, Source, Status, schedule_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NS = {"": "urn:hl7-org:v3"}
_PRODUCT = "{urn:hl7-org:v3}manufacturedProduct"
_ACTIVE = ("ACTIB", "ACTIM", "ACTIR")  # active by base, by moiety, by reference
_STATUS = {
    "HUMAN PRESCRIPTION DRUG LABEL": Status.PRESCRIPTION,
    "HUMAN OTC DRUG LABEL": Status.OVER_THE_COUNTER,
}


def read_dailymed(path: Path) -> Dump:
    """The products of a label.

    Raises:
        ValueError: the file is no label, or says no day.
    """
    root = _parsed(path)
    if root.tag != "{urn:hl7-org:v3}document":
        raise ValueError("is XML, but no DailyMed label (HL7 SPL document)")
    published = _attribute(root, "effectiveTime", "value")[:8]  # 20261101
    if not published:
        raise ValueError("says no day in effectiveTime")
    source = Source(f"DailyMed ({path.name})", dt.date.fromisoformat(published))
    status = _STATUS.get(_attribute(root, "code", "displayName").upper(), Status.UNKNOWN)
    parts = ((outer, outer.find("manufacturedProduct", _NS)) for outer in root.iter(_PRODUCT))
    products = [_product(outer, inner, source, status) for outer, inner in parts if inner is not None]
    return Dump(products=[product for product in products if product.ingredients])


def _product(outer: Element, inner: Element, source: Source, status: Status) -> Product:
    """The product that `inner` describes; `outer`, around it, holds what the law says of it."""
    active = [each for each in inner.findall("ingredient", _NS) if each.get("classCode") in _ACTIVE]
    policies = [each for each in outer.findall("subjectOf/policy", _NS) if each.get("classCode") == "DEADrugSchedule"]
    return Product(
        brand=inner.findtext("name", "", _NS),
        ingredients=tuple(each.findtext("ingredientSubstance/name", "", _NS) for each in active),
        source=source,
        schedule=schedule_of(_attribute(policies[0], "code", "displayName")) if policies else "",
        status=status,
    )


def _attribute(element: Element, child: str, name: str) -> str:
    found = element.find(child, _NS)
    return found.get(name, "") if found is not None else ""


def _parsed(path: Path) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, parse

    try:
        root = parse(path).getroot()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"is no XML that can be read safely ({error})") from None
    if root is None:
        raise ValueError("is empty")
    return root
