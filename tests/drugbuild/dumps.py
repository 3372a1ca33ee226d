"""Small dumps in the real formats. Medicines that the lexicon knows keep their names, the others are made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RX, OTC = "HUMAN PRESCRIPTION DRUG", "HUMAN OTC DRUG"


def listing(brand: str, *ingredients: str, schedule: str = "", kind: str = RX, **more: Any) -> dict[str, Any]:
    """One product of openFDA's NDC directory."""
    return {
        "product_ndc": "0000-0001",
        "brand_name": brand,
        "generic_name": ", ".join(ingredients),
        "active_ingredients": [{"name": name, "strength": "10 mg/1"} for name in ingredients],
        "product_type": kind,
        **({"dea_schedule": schedule} if schedule else {}),
        **more,
    }


def openfda(path: Path, *listings: dict[str, Any], day: str = "2026-11-20") -> Path:
    path.write_text(json.dumps({"meta": {"last_updated": day}, "results": listings}))
    return path


def rxnorm(path: Path, *names: tuple[str, str], suppressed: str = "N") -> Path:
    """Lines of RXNCONSO.RRF from pairs of a type and a text."""
    lines = [
        f"{number}|ENG||||||{number}|{number}|{number}||RXNORM|{kind}|{number}|{text}||{suppressed}|4096|\n"
        for number, (kind, text) in enumerate(names, 1)
    ]
    path.write_text("".join(lines))
    return path


def unii(path: Path, headings: str, *rows: str) -> Path:
    """A tab-separated file; the arguments have spaces for tabs, and ~ for spaces."""
    path.write_text("".join("\t".join(row.split(" ")).replace("~", " ") + "\n" for row in (headings, *rows)))
    return path


def label(
    path: Path, name: str, *ingredients: str, schedule: str = "", kind: str = "HUMAN PRESCRIPTION DRUG LABEL"
) -> Path:
    """A DailyMed label."""
    active = "".join(
        f'<ingredient classCode="ACTIB"><ingredientSubstance><name>{each}</name></ingredientSubstance></ingredient>'
        for each in ingredients
    )
    law = f'<subjectOf><policy classCode="DEADrugSchedule"><code displayName="{schedule}"/></policy></subjectOf>'
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3">
<code code="34391-3" displayName="{kind}"/>
<effectiveTime value="20261101"/>
<component><structuredBody><component><section><subject>
<manufacturedProduct><manufacturedProduct><name>{name}</name>{active}
<ingredient classCode="IACT"><ingredientSubstance><name>TALC</name></ingredientSubstance></ingredient>
</manufacturedProduct>{law if schedule else ""}</manufacturedProduct>
</subject></section></component></structuredBody></component>
</document>
"""
    )
    return path
