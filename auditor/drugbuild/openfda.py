"""The openFDA NDC dump: JSON with `meta.last_updated` and `results[]`, one a listed product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.drugbuild.records import Dump, Product, Source, Status, schedule_of

_STATUS = {"HUMAN PRESCRIPTION DRUG": Status.PRESCRIPTION, "HUMAN OTC DRUG": Status.OVER_THE_COUNTER}
_CLASS_MARK = " [EPC]"  # the established pharmacologic class, among mechanisms and effects


class _Ingredient(BaseModel):
    name: str


class _Listing(BaseModel):
    product_type: str = ""
    brand_name: str = ""
    brand_name_base: str = ""
    active_ingredients: tuple[_Ingredient, ...] = ()
    dea_schedule: str = ""
    pharm_class: tuple[str, ...] = ()


def read_openfda(data: dict[str, Any], file: str, day: dt.date | None) -> Dump:
    """The prescription and over-the-counter products of the dump.

    Raises:
        ValueError: a result is no listing, or the dump has no date and none is given.
    """
    results = data.get("results")
    if not isinstance(results, list):
        raise ValueError("is JSON without results[]: no openFDA NDC dump")
    source = Source(f"openFDA NDC ({file})", _published(data, day))
    return Dump(products=list(_products(results, source)))


def _products(results: list[Any], source: Source) -> Iterator[Product]:
    for number, raw in enumerate(results):
        try:
            listing = _Listing.model_validate(raw)
        except ValidationError as error:
            problem = error.errors()[0]
            raise ValueError(f"results[{number}].{'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None
        status = _STATUS.get(listing.product_type)
        if status and listing.active_ingredients:
            yield Product(
                brand=listing.brand_name_base or listing.brand_name,
                ingredients=tuple(each.name for each in listing.active_ingredients),
                source=source,
                schedule=schedule_of(listing.dea_schedule),
                status=status,
                drug_class=_class(listing.pharm_class),
            )


def _class(classes: tuple[str, ...]) -> str:
    named = sorted(each.removesuffix(_CLASS_MARK).lower() for each in classes if each.endswith(_CLASS_MARK))
    return named[0] if named else ""


def _published(data: dict[str, Any], day: dt.date | None) -> dt.date:
    written = data["meta"].get("last_updated") if isinstance(data.get("meta"), dict) else None
    if written:
        return dt.date.fromisoformat(str(written))
    if day is None:
        raise ValueError("says no day in meta.last_updated; give it with --published YYYY-MM-DD")
    return day
