"""What runs in pipelines: the commands of the action, of the hook and of the GitLab template, in a project of pages."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.test_cli import ADVERT, CLEAN

ROOT = Path(__file__).resolve().parent.parent
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="no bash on this machine")


def read(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a project"
    (folder / "public").mkdir(parents=True)
    (folder / "public" / "advert.html").write_text(ADVERT)
    (folder / "public" / "clean page.html").write_text(CLEAN)
    return folder


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PATH": path, **environment},
    )


# ------------------------------------------------------------------------------------------------------- action


def act(folder: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The action's audit step, as the runner starts it."""
    action = read("action.yml")
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "audit"]
    given = {name: each["default"] for name, each in action["inputs"].items()} | inputs
    names = {name: value.removeprefix("${{ inputs.").removesuffix(" }}") for name, value in step["env"].items()}
    for name in ("summary", "output"):
        (folder / name).write_text("")
    environment = {
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "GITHUB_OUTPUT": str(folder / "output"),
        **{name: given[wanted] for name, wanted in names.items()},
    }
    return run(step["run"], folder, **environment), folder / "temp" / "health-content-audit"


def test_the_action_fails_for_a_violation_and_leaves_all_it_promises(project: Path) -> None:
    ended, made = act(project, paths="public\n")
    assert ended.returncode == 1, ended.stderr
    promised = [each["value"].rpartition("/")[2] for each in read("action.yml")["outputs"].values()]
    assert sorted(promised) == sorted(each.name for each in made.iterdir())
    assert (project / "output").read_text() == f"folder={made}\n"
    assert "## Health-content audit" in (project / "summary").read_text()
    locations = json.loads((made / "audit.sarif").read_text())["runs"][0]["artifacts"]
    assert locations[0]["location"] == {"uri": "public/advert.html", "uriBaseId": "ROOT"}


def test_the_action_takes_paths_with_spaces_and_options_word_for_word(project: Path) -> None:
    ended, _ = act(project, paths="public/clean page.html\n\n")
    assert ended.returncode == 0, ended.stderr
    ended, _ = act(project, paths="public", options="--policy\nus.rx.medwatch-statement-missing")
    assert ended.returncode == 0, ended.stderr
    ended, _ = act(project, paths="$(touch owned)\n`touch owned`", options="")
    assert ended.returncode == 3
    assert not (project / "owned").exists()


def test_the_action_takes_its_paths_from_the_settings(project: Path) -> None:
    (project / "auditor.toml").write_text("paths = ['public/clean page.html']\n")
    assert act(project)[0].returncode == 0


def test_no_input_is_written_into_a_script() -> None:
    scripts = [step["run"] for step in read("action.yml")["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


# --------------------------------------------------------------------------------------------------------- hook


def test_the_hook_tells_what_is_wrong_and_leaves_no_file(project: Path) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    before = sorted(project.rglob("*"))
    ended = run(f"{hook['entry']} public/advert.html {shlex.quote('public/clean page.html')}", project)
    assert ended.returncode == 1
    assert ended.stdout.startswith("## Health-content audit")
    assert "Ambien" in ended.stdout
    assert run(f"{hook['entry']} {shlex.quote('public/clean page.html')}", project).returncode == 0
    assert sorted(project.rglob("*")) == before


# ------------------------------------------------------------------------------------------------------- GitLab


@pytest.mark.parametrize(("fail_on", "code"), [("low", 1), ("none", 0)])
def test_the_gitlab_job(project: Path, fail_on: str, code: int) -> None:
    (job,) = read("docs/gitlab-ci.yml").values()
    ended = run("\n".join(job["script"]), project, **job["variables"] | {"FAIL_ON": fail_on})
    assert ended.returncode == code, ended.stderr
    wanted = {*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]}
    assert wanted <= {each.name for each in project.iterdir()}
