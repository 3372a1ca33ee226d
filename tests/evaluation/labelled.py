"""Small labelled corpora and evaluations, written for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.evaluation.score import Judged

CONTROLLED = "us.rx.controlled-offered-without-prescription"
OTHER = "us.rx.noncontrolled-rx-without-prescription"
OFFER = "# Buy tramadol\n\nTramadol 50 mg, 60 tablets: $99. Add to cart. No prescription needed."
NOTHING = "# The garden in spring\n\nRoses are cut in March."


def row(
    name: str, content: str = OFFER, label: str = "violation", policy: str = CONTROLLED, **more: Any
) -> dict[str, Any]:
    """One line of a corpus."""
    return {"id": name, "content": content, "labels": {policy: label}, **more}


def write_corpus(path: Path, *rows: dict[str, Any]) -> Path:
    """A corpus file of these rows."""
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def judged(label: str, outcome: str, confidence: float = 0.9, name: str = "x", site: str = "") -> Judged:
    """What one policy said of one page."""
    return Judged(policy=CONTROLLED, id=name, site=site, label=label, outcome=outcome, confidence=confidence)
