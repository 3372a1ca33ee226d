"""A site read as a whole is kept so that its findings come out again, with what its pages say of each other."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.evidence.manifest import MANIFEST
from tests.conftest import Ended
from tests.evidence.casework import members, with_json, with_result, write_members
from tests.site import world
from tests.site.world import LocalSite

Run = Callable[..., Ended]

SITES = {
    "shop": lambda: world.rogue_shop(12),
    "publisher": world.publisher,
    "pharmacy": world.pharmacy,
    "traps": world.trap_site,
    "hostile": world.hostile_site,
    "script": world.script_site,
}


def kept(command: Run, site: LocalSite) -> None:
    words = ("--site", "--allow-private", "--delay", 0, "--max-pages", 60, "--timeout", 5, "-q", "--fail-on", "none")
    command("audit", f"{site.url}/", *words, "-j", "us", "-o", "result.json", "--evidence", "case.wacz")


def checks(command: Run, case: str | Path = "case.wacz") -> dict[str, tuple[bool | None, str]]:
    told = json.loads(command("verify", case, "--format", "json").out)
    return {check["about"]: (check["ok"], check["says"]) for check in told["checks"]}


@pytest.mark.parametrize("name", SITES)
def test_every_finding_of_a_site_comes_out_again(command: Run, name: str) -> None:
    site = SITES[name]()
    try:
        kept(command, site)
    finally:
        site.close()
    found = checks(command)
    assert {about: says for about, (ok, says) in found.items() if ok is False} == {}
    assert "from what went over the wire" in found["captures"][1]
    assert "from their content alone" not in found["captures"][1]
    validate = [sys.executable, "-m", "wacz", "validate", "-f", "case.wacz"]
    assert subprocess.run(validate, capture_output=True, check=False).returncode == 0


def test_a_page_left_out_of_a_site_is_told(command: Run) -> None:
    site = SITES["shop"]()
    try:
        kept(command, site)
    finally:
        site.close()
    content = members(Path("case.wacz"))
    dropped = with_result(content, lambda result: result["pages"].pop())
    assert checks(command, write_members(Path("page.wacz"), dropped))["result"][0] is False
    edited = with_result(content, lambda result: result["sites"][0].update(judged=99))
    assert checks(command, write_members(Path("site.wacz"), edited))["everything else"][0] is False
    fewer = with_json(content, MANIFEST, lambda manifest: manifest["captures"].pop())
    assert checks(command, write_members(Path("capture.wacz"), fewer))["result"][0] is False
