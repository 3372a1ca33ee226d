"""Settings: where they are found, what they do, and what is no setting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.config import find_config
from auditor.errors import UsageError
from tests.test_cli import ADVERT, CLEAN

USAGE = 2


def settings(folder: Path, text: str, name: str = "auditor.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def audit(command, *words: object) -> tuple[int, dict]:
    ended = command("audit", *words, "-o", "r.json", "-q")
    return ended.code, json.loads(Path("r.json").read_text(encoding="utf-8"))


@pytest.fixture
def site() -> Path:
    """A site in the working folder."""
    folder = Path("site")
    folder.mkdir()
    (folder / "advert.html").write_text(ADVERT)
    (folder / "clean.html").write_text(CLEAN)
    return folder


def test_the_nearest_file_at_or_above_holds(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    settings(tmp_path, "[tool.auditor]\nfail-on = 'high'\n", "pyproject.toml")
    assert find_config(None, below).settings.fail_on == "high"
    settings(tmp_path / "a", "[tool.other]\n", "pyproject.toml")
    assert find_config(None, below).settings.fail_on == "high"
    settings(tmp_path / "a", "fail-on = 'low'\n")
    found = find_config(None, below)
    assert (found.settings.fail_on, found.folder) == ("low", tmp_path / "a")
    assert found.told.startswith("auditor.toml SHA-256 ")
    assert find_config(settings(tmp_path, "fail-on = 'none'", "other.toml"), below).settings.fail_on == "none"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fail_on = 'high'", "fail_on: unknown (did you mean fail-on?)"),
        ("colour = 1", "colour: unknown (known: add-policies, baseline, disable, exclude, "),
        ("fail-on = 'severe'", "fail-on: expected 'critical', 'high', 'medium', 'low' or 'none'"),
        ("paths = 'site'", "paths: expected a valid tuple"),
        ("severity = {'core.author.missing' = 'huge'}", "severity.core.author.missing: expected 'critical'"),
        ("fail-on = ", "not TOML: "),
    ],
)
def test_a_fault_names_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    file = settings(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        find_config(None, tmp_path)
    assert str(raised.value).startswith(f"{file}: {says}")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml: No such file"):
        find_config(tmp_path / "nowhere.toml", tmp_path)


def test_paths_and_exclusions(command, site: Path) -> None:
    settings(Path(), "paths = ['site']\nexclude = ['site/adv*']\n")
    code, result = audit(command)
    assert code == 0
    assert [Path(page["requested"]).name for page in result["pages"]] == ["clean.html"]
    assert [each["reason"] for each in result["skipped"]] == ["excluded by the settings"]
    assert result["config"].startswith("auditor.toml SHA-256 ")


def test_without_paths_the_call_has_to_name_something(command) -> None:
    ended = command("audit")
    assert ended.code == USAGE
    assert ended.complaint.startswith("error: name a page, a folder or a URL to audit")


def test_packs_disabled_policies_and_severities(command, site: Path) -> None:
    settings(
        Path(),
        "packs = ['us.rx']\ndisable = ['us.rx.counterfeit-seller-signals']\n"
        "severity = {'us.rx.controlled-offered-without-prescription' = 'medium'}\n",
    )
    code, result = audit(command, site)
    listed = {policy["id"]: policy["severity"] for policy in result["policies"]}
    assert code == 1
    assert {policy["pack"] for policy in result["policies"]} == {"us.rx"}
    assert "us.rx.counterfeit-seller-signals" not in listed
    assert listed["us.rx.controlled-offered-without-prescription"] == "medium"
    found = {finding["policy"]: finding["severity"] for finding in result["findings"]}
    assert found["us.rx.controlled-offered-without-prescription"] == "medium"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("packs = ['us.rxx']", "packs: no pack is called 'us.rxx' (did you mean us.rx?)"),
        (
            "disable = ['core.author.mising']",
            "disable: no policy is called 'core.author.mising' (did you mean core.author.missing?)",
        ),
        ("severity = {'core.x' = 'low'}", "severity: no policy is called 'core.x'"),
    ],
)
def test_names_that_are_none(command, site: Path, text: str, says: str) -> None:
    settings(Path(), text)
    ended = command("audit", site, "-q")
    assert (ended.code, ended.complaint.startswith(f"error: {says}")) == (USAGE, True)


def test_an_option_comes_before_the_settings(command, site: Path) -> None:
    settings(Path(), "fail-on = 'none'\njurisdictions = ['uk']\n")
    assert audit(command, site)[0] == 0
    code, result = audit(command, site, "--fail-on", "low", "-j", "us")
    assert code == 1
    assert result["jurisdictions_requested"] == ["us"]


def test_settings_name_baseline_and_waivers_from_their_own_folder(command, site: Path, monkeypatch) -> None:
    audit(command, site)
    command("baseline", "r.json", "-o", "known.json")
    settings(Path(), "paths = ['site']\nbaseline = 'known.json'\nnew-only = true\n")
    assert audit(command)[0] == 0
    monkeypatch.chdir("site")
    assert audit(command)[0] == 0
    Path("more.html").write_text(ADVERT)
    code, result = audit(command)
    assert code == 1
    assert {finding["baseline"] for finding in result["pages"][0]["findings"]} == {"unchanged"}
