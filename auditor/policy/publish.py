"""Writes what is generated from the policies of a checkout: the JSON Schema for editors, and the catalogue.

Run it after a change to the policy language or to a policy: `python -m auditor.policy.publish`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.assets import asset_folder
from auditor.policy.catalogue import catalogue
from auditor.policy.load import PolicySet, check_policies, read_policies
from auditor.policy.schema import Policy, TestFile
from auditor.vocabulary import load_vocabulary

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def policy_schema() -> dict[str, Any]:
    """The JSON Schema of a policy file."""
    return {"$schema": _DRAFT, **Policy.model_json_schema(by_alias=True)}


def case_schema() -> dict[str, Any]:
    """The JSON Schema of a policy's test file."""
    return {"$schema": _DRAFT, **TestFile.model_json_schema(by_alias=True)}


def schema_files(policies: Path) -> dict[Path, str]:
    """The schema files under a policies folder, and what they should hold."""
    schemas = {"policy": policy_schema(), "test": case_schema()}
    return {
        policies / "schema" / f"{name}.schema.json": json.dumps(schema, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def catalogue_files(policies: PolicySet, docs: Path) -> dict[Path, str]:
    """The catalogue pages under a docs folder, and what they should hold."""
    return {docs / "policies" / name: text for name, text in catalogue(policies).items()}


def _main() -> None:
    folder = asset_folder("policies")
    written = read_policies(folder)
    policies = check_policies(written, load_vocabulary(folder, written.inline_phrases()))
    docs = folder.parent / "docs"
    files = schema_files(folder) | catalogue_files(policies, docs)
    for stale in set((docs / "policies").glob("*.md")) - set(files):
        stale.unlink()
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
