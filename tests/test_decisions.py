"""Baseline, waivers and changed files from the command line, as a publisher uses them before a release."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.test_cli import ADVERT, CLEAN

FINDINGS, USAGE = 1, 2
POLICY = "us.rx.controlled-offered-without-prescription"


@pytest.fixture
def page() -> Path:
    file = Path("page.html")
    file.write_text(ADVERT)
    return file


def result() -> dict:
    return json.loads(Path("r.json").read_text(encoding="utf-8"))


def test_a_baseline_lets_what_is_known_pass_and_nothing_else(command, page: Path) -> None:
    assert command("audit", page, "-o", "r.json", "-q").code == FINDINGS
    assert command("baseline", "r.json").out == "baseline.json\n"
    words = ("audit", page, "--baseline", "baseline.json", "--new-only", "-o", "r.json")
    ended = command(*words)
    assert ended.code == 0
    assert "against baseline.json: 0 new, " in ended.err
    page.write_text(ADVERT.replace("<p>60 tablets", "<p>A new leaflet is inside.</p><p>60 tablets"))
    assert command(*words).code == 0
    page.write_text(ADVERT.replace("</main>", "<h2>Xanax (alprazolam) 2 mg</h2><p>$99</p></main>"))
    ended = command(*words)
    assert ended.code == FINDINGS
    assert {"unchanged", "updated"} <= {finding["baseline"] for finding in result()["pages"][0]["findings"]}


def test_what_is_gone_is_told(command, page: Path) -> None:
    command("audit", page, "-o", "r.json", "-q")
    command("baseline", "r.json")
    page.write_text(CLEAN)
    ended = command("audit", page, "--baseline", "baseline.json", "-o", "r.json")
    assert f"gone page.html: {POLICY}: " in ended.err


def test_new_only_needs_a_baseline(command, page: Path) -> None:
    ended = command("audit", page, "--new-only", "-q")
    assert (ended.code, ended.complaint.startswith("error: --new-only needs --baseline FILE")) == (USAGE, True)


def test_a_stored_result_can_be_gated_without_judging_again(command, page: Path) -> None:
    command("audit", page, "-o", "r.json", "-q")
    command("baseline", "r.json")
    assert command("report", "r.json", "-o", "x.html").code == 0
    assert command("report", "r.json", "-o", "x.html", "--fail-on", "high").code == FINDINGS
    gated = ("report", "r.json", "-o", "marked.json", "--fail-on", "high", "--baseline", "baseline.json")
    assert command(*gated).code == FINDINGS
    assert command(*gated, "--new-only").code == 0
    assert command("report", "marked.json", "-o", "again.json", "--fail-on", "low").code == 0
    assert Path("again.json").read_bytes() == Path("marked.json").read_bytes()


def test_waivers_from_a_file_and_from_the_page(command, page: Path) -> None:
    reason = 'until=2099-01-01 reason="A page about rogue shops." by="Ines"'
    policies = {finding["policy"] for finding in _audited(command, page)}
    comments = "".join(f"<!-- auditor: waive {each} {reason} -->" for each in policies - {POLICY})
    page.write_text(ADVERT + comments)
    assert command("audit", page, "-o", "r.json", "-q").code == FINDINGS
    Path("waivers.yaml").write_text(
        f"waivers:\n- {{policy: {POLICY}, page: page.html, until: 2099-01-01, reason: Sold out., by: Omar}}\n"
        "- {policy: core.author.missing, page: other.html, until: 2099-01-01, reason: x, by: Omar}\n"
    )
    ended = command("audit", page, "--waivers", "waivers.yaml", "-o", "r.json")
    assert ended.code == 0
    assert f"{len(policies)} waived" in ended.err
    assert "waiver waivers.yaml line 3: core.author.missing: unused: it fits no finding of this audit" in ended.err
    waived = {finding["policy"]: finding["waiver"]["by"] for finding in result()["pages"][0]["findings"]}
    assert waived == {policy: "Omar" if policy == POLICY else "Ines" for policy in policies}


def test_a_page_of_the_web_cannot_waive_itself(command, site) -> None:
    comment = f'<!-- auditor: waive {POLICY} until=2099-01-01 reason="Nothing to see." -->'
    url = site.serve("/", (ADVERT + comment).encode())
    ended = command("audit", url, "--allow-private", "-o", "r.json")
    assert ended.code == FINDINGS
    assert f"{POLICY}: ignored: a page that is not read from your own files" in ended.err
    assert all(finding["waiver"] is None for finding in result()["pages"][0]["findings"])


@pytest.mark.parametrize("option", ["--baseline", "--waivers", "--config"])
def test_a_file_that_is_not_there(command, page: Path, option: str) -> None:
    ended = command("audit", page, option, "nowhere", "-q")
    assert (ended.code, ended.complaint) == (USAGE, "error: nowhere: No such file or directory")


# ----------------------------------------------------------------------------------------------- changed files


def git(*words: str) -> None:
    identity = ("-c", "user.name=Ines", "-c", "user.email=ines@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


def audited_names() -> list[str]:
    return [page["requested"] for page in result()["pages"]]


def test_only_changed_files_and_pages_built_from_them(command) -> None:
    git("init", "-q")
    for name in ("docs/tea.md", "docs/coffee.md", "notes.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("# Tea\n")
    git("add", ".")
    git("commit", "-qm", "first")
    for name in ("tea", "coffee"):
        Path("site", name).mkdir(parents=True)
        Path("site", name, "index.html").write_text(CLEAN)
    Path(".gitignore").write_text("site/\n*.json\n")
    Path("docs/tea.md").write_text("# Green tea\n")
    Path("new.html").write_text(CLEAN)
    ended = command("audit", "site", "notes.html", "new.html", "--changed-since", "HEAD", "-o", "r.json")
    assert ended.code == 0
    assert audited_names() == ["site/tea/index.html", "new.html"]
    assert result()["pages"][0]["source"] == "docs/tea.md"
    assert "2 pages have not changed since HEAD" in ended.err


def test_a_finding_of_a_built_page_points_into_its_source(command) -> None:
    Path("docs").mkdir()
    Path("docs/zolp.md").write_text("# Sleep\n\nWords.\n\nNo prescription required.\n")
    Path("site/zolp").mkdir(parents=True)
    Path("site/zolp/index.html").write_text(ADVERT)
    command("audit", "site", "-o", "r.json", "-q")
    lines = {
        each["quote"]: each["line"] for finding in result()["pages"][0]["findings"] for each in finding["evidence"]
    }
    assert lines["No prescription required"] == 5
    assert lines["Add to cart"] == 0
    command("report", "r.json", "-o", "r.sarif")
    (artifact,) = json.loads(Path("r.sarif").read_text())["runs"][0]["artifacts"]
    assert artifact == {"location": {"uri": "docs/zolp.md", "uriBaseId": "ROOT"}, "roles": ["analysisTarget"]}


@pytest.mark.parametrize(
    ("revision", "says"),
    [("no-such-rev", "--changed-since: bad revision 'no-such-rev'"), ("--output=x", "expected a revision")],
)
def test_a_revision_that_is_none(command, page: Path, revision: str, says: str) -> None:
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    ended = command("audit", page, f"--changed-since={revision}", "-q")
    assert ended.code == USAGE
    assert says in ended.complaint
    assert not Path("x").exists()


def test_no_repository(command, page: Path) -> None:
    ended = command("audit", page, "--changed-since", "HEAD", "-q")
    assert (ended.code, "not a git repository" in ended.complaint) == (USAGE, True)


def _audited(command, page: Path) -> list[dict]:
    command("audit", page, "-o", "r.json", "-q")
    return result()["findings"]
