"""Policies of one's own besides the shipped ones, and what another version of the policies would change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from auditor.assets import asset_folder
from tests.policy.test_load import POLICY
from tests.test_cli import ADVERT

OFFER = "us.rx.controlled-offered-without-prescription"
HOUSE = POLICY.replace("core.made.up", "house.no-roses").replace(
    "  claim: {use: claim, value: cure}\n  source: {use: reference}\nfor_each: claim\n"
    "require: {within: section, any: [source]}",
    "  roses: {phrases: [red roses]}\nfor_each: roses\nwhen: {any: [roses]}",
)
HOUSE_TESTS = """\
policy: house.no-roses
tests:
  - {it: sees roses, text: "Red roses are sold here.", expect: violation, quotes: [Red roses]}
  - {it: sees none, text: "Tulips are sold here.", expect: not-applicable}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    pack = tmp_path / "rules" / "packs" / "house"
    pack.mkdir(parents=True)
    (pack / "house.no-roses.yaml").write_text(HOUSE, encoding="utf-8")
    (pack / "house.no-roses.test.yaml").write_text(HOUSE_TESTS, encoding="utf-8")
    return tmp_path / "rules"


def test_added_policies_judge_beside_the_shipped_ones(command, house: Path) -> None:
    Path("page.html").write_text(ADVERT.replace("60 tablets", "Red roses, 60 tablets"))
    assert command("audit", "page.html", "--add-policies", house, "-o", "r.json", "-q").code == 1
    result = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert {"house.no-roses", OFFER} <= {finding["policy"] for finding in result["findings"]}
    Path("auditor.toml").write_text(f"add-policies = [{json.dumps(str(house))}]\npacks = ['house']\n")
    command("audit", "page.html", "-o", "r.json", "-q")
    result = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert [policy["id"] for policy in result["policies"]] == ["house.no-roses"]


def test_they_are_listed_and_tested(command, house: Path) -> None:
    assert "house.no-roses" in command("policies", "list", "--add-policies", house).out
    ended = command("policies", "test", "house.no-roses", "--add-policies", house)
    assert (ended.code, ended.out) == (0, "2 tests, 0 failed\n")


def test_a_folder_without_policies_is_an_error(command, tmp_path: Path) -> None:
    ended = command("policies", "list", "--add-policies", tmp_path / "nowhere")
    assert ended.code == 2
    assert ended.complaint == f"error: {tmp_path / 'nowhere'}: expected the folder packs, with policies in it"


def test_an_id_cannot_be_taken_twice(command, house: Path) -> None:
    ended = command("policies", "list", "--add-policies", house, "--add-policies", house)
    assert ended.code == 2
    assert "already the id of " in ended.complaint


# ------------------------------------------------------------------------------------------------------ update


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The shipped policies with one new, one changed and one removed."""
    folder = tmp_path / "newer"
    shutil.copytree(asset_folder("policies"), folder)
    (folder / "packs" / "house").mkdir()
    (folder / "packs" / "house" / "house.no-roses.yaml").write_text(HOUSE, encoding="utf-8")
    changed = folder / "packs" / "us.rx" / f"{OFFER}.yaml"
    changed.write_text(changed.read_text(encoding="utf-8") + "# Read again.\n", encoding="utf-8")
    for file in (folder / "packs" / "us.rx").glob("us.rx.counterfeit-seller-signals.*"):
        file.unlink()
    return folder


def test_an_update_is_told_by_id(command, newer: Path) -> None:
    ended = command("policies", "update-check", asset_folder("policies"), newer)
    assert ended.code == 0
    lines = [line.split(None, 2) for line in ended.out.splitlines()[1:]]
    assert [(policy, change) for policy, change, _ in lines] == [
        ("house.no-roses", "new"),
        (OFFER, "changed"),
        ("us.rx.counterfeit-seller-signals", "removed"),
    ]
    assert lines[1][2].startswith("its file differs, its version is still ")


def test_what_comes_out_otherwise_on_a_page_is_told(command, newer: Path) -> None:
    Path("page.html").write_text(ADVERT.replace("60 tablets", "Red roses, 60 tablets"))
    ended = command("policies", "update-check", asset_folder("policies"), newer, "--page", "page.html")
    assert ended.code == 1
    assert ended.out.splitlines()[-2:] == [
        "page.html house.no-roses: not there → violation",
        "page.html us.rx.counterfeit-seller-signals: review → not there",
    ]


def test_the_same_policies_change_nothing(command) -> None:
    shipped = asset_folder("policies")
    ended = command("policies", "update-check", shipped, shipped)
    assert (ended.code, ended.out) == (0, "The policies are the same.\n")
