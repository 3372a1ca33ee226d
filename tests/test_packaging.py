"""The wheel, installed elsewhere, does what the checkout does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "sleep-advertorial.html"

# What differs between two runs of the same audit.
MOMENTS = ("created_at", "command")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    ended = subprocess.run(build, capture_output=True, check=False, text=True)
    if "No matching distribution found for hatchling" in ended.stderr:
        pytest.skip("the build needs hatchling, which cannot be had here")
    assert ended.returncode == 0, ended.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that holds the wheel; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-installed", "--target"]
    subprocess.run([*install, packages, wheel], check=True, capture_output=True)
    return python


def audited(python: Path, folder: Path) -> dict[str, object]:
    words = ["audit", EXAMPLE, "--format", "json", "-o", "-", "-q", "--fail-on", "none", "--audit-date", "2026-11-22"]
    run = [python, "-m", "auditor", *words]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ended = subprocess.run(run, cwd=folder, capture_output=True, check=False, env=environment)
    assert ended.returncode == 0, ended.stderr.decode()
    result = json.loads(ended.stdout)
    result["pages"][0]["capture"].pop("captured_at")
    return {name: value for name, value in result.items() if name not in MOMENTS}


def test_the_wheel_audits_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed, "-c", "import auditor; print(auditor.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.parent.parent) in where.stdout
    from_wheel, from_checkout = audited(installed, tmp_path), audited(Path(sys.executable), tmp_path)
    assert from_wheel["findings"]
    assert from_wheel == from_checkout


def test_the_wheel_holds_its_data_and_nothing_at_the_top(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"auditor"}
    for wanted in ("auditor/py.typed", "auditor/_assets/examples/sleep-advertorial.html"):
        assert wanted in names
    for folder in ("policies/packs", "policies/vocabulary", "policies/drugs", "reports/templates", "reports/styles"):
        assert any(name.startswith(f"auditor/_assets/{folder}/") for name in names)


def test_the_command_is_installed(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "auditor = auditor.cli:main" in archive.read(entry_points).decode()


def test_the_door_of_the_checkout_works_from_anywhere(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "cli.py", "--version"], cwd=tmp_path, capture_output=True, check=True
    )
    assert ended.stdout.startswith(b"auditor ")
