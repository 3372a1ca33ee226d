from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from auditor.assets import asset_folder
from auditor.commands.console import printable

ADVERT = (
    "<!doctype html><html lang=en><title>Ambien</title><main><h1>Order Ambien online</h1><div class=product>"
    "<h2>Ambien (zolpidem) 10 mg</h2><p>60 tablets: $149.00</p><p>Overnight shipping to all 50 states. No prescription "
    "required.</p><button>Add to cart</button></div></main>"
)
CLEAN = "<!doctype html><html lang=en><title>Garden</title><h1>The garden in spring</h1><p>Roses are cut in March.</p>"

CLEAN_RUN, FINDINGS, NOT_JUDGED = 0, 1, 3
OFFER_POLICY = "us.rx.controlled-offered-without-prescription"


@pytest.fixture
def advert(tmp_path: Path) -> Path:
    file = tmp_path / "advert.html"
    file.write_text(ADVERT)
    return file


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    file = tmp_path / "clean.html"
    file.write_text(CLEAN)
    return file


def in_a_process(*words: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, words)],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


# --------------------------------------------------------------------------------------------------- start-up


@pytest.mark.parametrize("words", [["--help"], ["audit", "--help"], ["policies", "--help"], ["--version"]])
def test_help_imports_nothing_that_only_an_audit_needs(words: list[str]) -> None:
    script = (
        "import sys; sys.argv = ['auditor', *sys.argv[1:]]\n"
        "from auditor.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, check=True, text=True)
    loaded = set(ended.stderr.split())
    heavy = {"requests", "selectolax", "jinja2", "yaml", "phonenumbers", "ahocorasick_rs", "auditor.model"}
    assert "auditor.cli" in loaded
    assert not loaded & heavy


def test_an_audit_of_a_file_does_not_import_the_web(clean: Path) -> None:
    script = "import sys; from auditor.audit import Auditor\nreport = Auditor().run(sys.argv[1])\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script, clean], capture_output=True, check=True, text=True)
    assert not set(ended.stdout.split()) & {"requests", "urllib3", "jinja2", "rich", "bs4"}


def test_the_version(command) -> None:
    from auditor import __version__

    ended = command("--version")
    assert (ended.code, ended.out) == (0, f"auditor {__version__}\n")


# ------------------------------------------------------------------------------------------------------ audit


def test_a_page_with_findings(command, advert: Path) -> None:
    ended = command("audit", advert)
    assert ended.code == FINDINGS
    assert ended.out == "audit-report.html\n"
    assert "critical" in ended.err
    assert "Ambien" in ended.err
    assert Path("audit-report.html").read_text().startswith("<!doctype html>")


def test_a_clean_page(command, clean: Path) -> None:
    ended = command("audit", clean)
    assert ended.code == CLEAN_RUN
    assert "No violation found" in ended.err


def test_json_holds_what_tools_ask_for_and_fits_its_schema(command, advert: Path) -> None:
    command("audit", advert, "--format", "json", "-o", "r.json", "-q")
    result = json.loads(Path("r.json").read_text())
    schema = json.loads(command("schema", "result").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(result, schema, cls=jsonschema.Draft202012Validator)
    (page,) = result["pages"]
    assert page["findings"]
    for flat, full in zip(result["findings"], page["findings"], strict=True):
        assert (
            flat.items() >= {name: full[name] for name in ("id", "policy", "outcome", "severity", "confidence")}.items()
        )
        assert [each["quote"] for each in flat["evidence"]] == [each["quote"] for each in full["evidence"]]
        assert all(page["text"][each["start"] : each["end"]] == each["quote"] for each in flat["evidence"])
    assert [each["policy"] for each in result["results"]] == [each["id"] for each in result["policies"]]


def test_the_format_follows_the_file_name(command, clean: Path) -> None:
    command("audit", clean, "-o", "r.json", "-q")
    assert json.loads(Path("r.json").read_text())["format"]


def test_a_report_made_again_is_the_same(command, advert: Path) -> None:
    command("audit", advert, "-o", "r.json", "-q")
    assert command("report", "r.json", "-o", "one.html").code == 0
    ended = command("report", "r.json", "-o", "-")
    assert Path("one.html").read_text() == ended.out
    from auditor.report.html import render_html
    from auditor.report.jsonio import read_json, write_json

    stored = Path("r.json").read_text()
    assert write_json(read_json(stored)) == stored
    assert render_html(read_json(stored)) == ended.out


def test_standard_output_gets_the_report_alone(command, advert: Path) -> None:
    ended = command("audit", advert, "--format", "json", "-o", "-")
    assert json.loads(ended.out)["findings"]
    assert ended.code == FINDINGS


def test_standard_input(command) -> None:
    ended = command("audit", "-", "--format", "json", "-o", "-", stdin=ADVERT.encode())
    (page,) = json.loads(ended.out)["pages"]
    assert (page["capture"]["kind"], ended.code) == ("html", FINDINGS)


def test_several_inputs_and_folders(command, advert: Path, clean: Path) -> None:
    ended = command("audit", advert, clean, advert.parent, "--format", "json", "-o", "-")
    pages = json.loads(ended.out)["pages"]
    assert [Path(page["requested"]).name for page in pages] == ["advert.html", "clean.html"] * 2
    assert "4 pages, 4 judged" in ended.err


def test_findings_of_several_pages_are_shown_when_asked_for(command, advert: Path, clean: Path) -> None:
    assert "F1 " not in command("audit", advert, clean).err
    assert "F1 " in command("audit", advert, clean, "-v").err


def test_a_url(command, site) -> None:
    site.serve("/old", b"", 301, Location="/new")
    site.serve("/new", ADVERT.encode())
    ended = command("audit", f"{site.url}/old", "--allow-private", "--format", "json", "-o", "-")
    (page,) = json.loads(ended.out)["pages"]
    assert page["url"] == f"{site.url}/new"
    assert page["capture"]["redirects"] == [{"url": f"{site.url}/old", "status": 301}]
    assert ended.code == FINDINGS


# -------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("inputs", "fail_on", "code"),
    [
        (["clean"], "low", CLEAN_RUN),
        (["advert"], "low", FINDINGS),
        (["advert"], "critical", FINDINGS),
        (["advert"], "none", CLEAN_RUN),
        (["clean", "missing"], "low", NOT_JUDGED),
        (["advert", "missing"], "low", FINDINGS),
        (["advert", "missing"], "none", NOT_JUDGED),
    ],
)
def test_exit_codes(  # noqa: PLR0917
    command, advert: Path, clean: Path, inputs: list[str], fail_on: str, code: int
) -> None:
    files = {"advert": advert, "clean": clean, "missing": "missing.html"}
    assert command("audit", *(files[name] for name in inputs), "--fail-on", fail_on, "-q").code == code


def test_severities_below_the_threshold_do_not_fail(command, advert: Path) -> None:
    from auditor.model import Severity
    from auditor.report.jsonio import read_json
    from auditor.triage.gate import exit_code

    command("audit", advert, "-o", "r.json", "-q")
    report = read_json(Path("r.json").read_text())
    (page,) = report.pages
    mild = tuple(finding.model_copy(update={"severity": Severity.MEDIUM}) for finding in page.findings)
    report = report.model_copy(update={"pages": (page.model_copy(update={"findings": mild}),)})
    assert exit_code(report, "high") == CLEAN_RUN
    assert exit_code(report, "medium") == FINDINGS


def test_an_interruption(command, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auditor.audit.Auditor.run_inputs", interrupt)
    ended = command("audit", clean)
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_a_fault_of_the_auditor_is_the_result_of_that_page_alone(
    command, advert: Path, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor import audit

    real = audit.detect

    def faulty(page, *more):
        if "garden" in page.text:
            raise ZeroDivisionError("deep inside")
        return real(page, *more)

    monkeypatch.setattr(audit, "detect", faulty)
    ended = command("audit", clean, advert, "-o", "r.json", "-q")
    first, second = json.loads(Path("r.json").read_text())["pages"]
    assert first["completeness"] == "error"
    assert first["reason"] == "the auditor failed on this page (ZeroDivisionError: deep inside)"
    assert {result["outcome"] for result in first["results"]} == {"not-assessed"}
    assert second["findings"]
    assert ended.code == FINDINGS


# -------------------------------------------------------------------------------------------------- judgement


def outcomes(command, *words: object) -> dict[str, str]:
    ended = command("audit", *words, "--format", "json", "-o", "-", "-q")
    return {each["policy"]: each["outcome"] for each in json.loads(ended.out)["results"]}


def test_a_country_is_assessed_when_addressed_or_asked_for(command, advert: Path) -> None:
    silent, asked, everyone = (outcomes(command, advert, *more) for more in ([], ["-j", "uk"], ["-j", "all"]))
    uk, india = ([policy for policy in silent if policy.startswith(f"{code}.")] for code in ("uk", "in"))
    assert uk
    assert india
    assert {silent[policy] for policy in uk + india} == {"not-assessed"}
    assert "not-assessed" not in {asked[policy] for policy in uk}
    assert {asked[policy] for policy in india} == {"not-assessed"}
    assert "not-assessed" not in {everyone[policy] for policy in uk + india}


def test_the_audience_is_in_the_result_with_its_words(command, advert: Path) -> None:
    ended = command("audit", advert, "--format", "json", "-o", "-", "-q")
    audience = {each["jurisdiction"]: each for each in json.loads(ended.out)["pages"][0]["audience"]}
    assert audience["us"]["assessed"]
    assert audience["us"]["quotes"]
    assert not audience["in"]["assessed"]
    assert audience["in"]["reason"]


def test_chosen_policies_alone(command, advert: Path) -> None:
    every = outcomes(command, advert)
    chosen = sorted(every)[:2]
    assert list(outcomes(command, advert, "-p", chosen[1], "-p", chosen[0])) == chosen


def test_the_audit_date_is_noted(command, clean: Path) -> None:
    ended = command("audit", clean, "--audit-date", "2024-02-29", "--format", "json", "-o", "-")
    assert json.loads(ended.out)["audit_date"] == "2024-02-29"
    assert "2024-02-29" in ended.err


def test_the_same_input_gives_the_same_result(command, advert: Path) -> None:
    results = []
    for name in ("a.json", "b.json"):
        command("audit", advert, "-o", name, "-q", "--audit-date", "2026-11-22")
        result = json.loads(Path(name).read_text())
        result["pages"][0]["capture"].pop("captured_at")
        results.append({name: value for name, value in result.items() if name not in ("created_at", "command")})
    assert results[0] == results[1]


# ---------------------------------------------------------------------------------------------------- terminal


def test_quiet_says_nothing(command, advert: Path) -> None:
    ended = command("audit", advert, "-q")
    assert (ended.out, ended.err) == ("", "")


def test_verbose_says_why_countries_were_left_out(command, advert: Path) -> None:
    assert "in not assessed: nothing on the page" in command("audit", advert, "-v").err


def test_no_colour_when_not_wanted(advert: Path, tmp_path: Path) -> None:
    plain = in_a_process("audit", advert, "-o", tmp_path / "r.html", NO_COLOR="1", FORCE_COLOR="1")
    assert b"\x1b[3" not in plain.stderr


def test_a_reader_that_goes_away_is_no_error(advert: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "auditor", "audit", advert, "-o", "-", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == FINDINGS


def test_words_of_a_page_cannot_steer_the_terminal(command, tmp_path: Path) -> None:
    file = tmp_path / "advert.html"
    file.write_text(ADVERT.replace("Ambien (", "[bold red]Ambien\x1b[2J\u202e ("))
    ended = command("audit", file)
    assert "\x1b[2J" not in ended.err
    assert "\u202e" not in ended.err


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1b[31mb", "a[31mb"), ("a\nb\tc", "a b c"), ("\u202eevil", "evil"), ("é “q”", "é “q”")]
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


# ---------------------------------------------------------------------------------------------- other commands


def test_policies_are_listed_and_shown(command) -> None:
    header, first, *_ = command("policies", "list").out.splitlines()
    assert header.split()[:3] == ["Policy", "Severity", "Status"]
    identifier = first.split()[0]
    assert identifier in command("policies", "show", identifier).out


def test_the_tests_of_a_policy_are_run(command) -> None:
    ended = command("policies", "test", OFFER_POLICY)
    assert ended.code == 0, ended.out
    assert ended.out.rstrip().endswith(" 0 failed")


def test_a_policy_test_that_fails_ends_with_1(command, tmp_path: Path) -> None:
    own = tmp_path / "policies"
    shutil.copytree(asset_folder("policies"), own)
    (tests,) = own.rglob(f"{OFFER_POLICY}.test.yaml")
    tests.write_text(tests.read_text().replace("expect: violation", "expect: pass", 1))
    (policy,) = own.rglob(f"{OFFER_POLICY}.yaml")
    policy.write_text(policy.read_text().replace("status: stable", "status: test"))
    ended = command("policies", "test", OFFER_POLICY, "--policies", own)
    assert (ended.code, "expected pass, got violation" in ended.out) == (FINDINGS, True)


def test_a_verdict_is_explained(command, advert: Path, clean: Path) -> None:
    fired = command("policies", "explain", OFFER_POLICY, advert)
    assert f"{OFFER_POLICY} " in fired.out
    assert "violation" in fired.out
    assert "Ambien" in fired.out
    silent = command("policies", "explain", OFFER_POLICY, clean, "-j", "us")
    assert "not-applicable" in silent.out


def test_what_cannot_be_explained(command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"%PDF-1.7")
    ended = command("policies", "explain", OFFER_POLICY, tmp_path / "page.html")
    assert ended.code == NOT_JUDGED
    assert ended.complaint.endswith("this is a PDF document, not a web page")


def test_the_shipped_policies_have_no_points_of_style(command) -> None:
    ended = command("policies", "lint")
    assert ended.code == 0, ended.out


def test_a_new_policy_loads_and_its_tests_pass(command, tmp_path: Path) -> None:
    own = tmp_path / "policies"
    shutil.copytree(asset_folder("policies"), own)
    files = command("policies", "new", "core.own.first", "--policies", own).out.split()
    assert [Path(file).name for file in files] == ["core.own.first.yaml", "core.own.first.test.yaml"]
    ended = command("policies", "test", "core.own.first", "--policies", own)
    assert ended.code == 0, ended.out


def test_the_policy_schema_is_printed(command) -> None:
    schema = json.loads(command("policies", "schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "severity" in schema["properties"]


def test_a_drug_is_looked_up(command) -> None:
    ended = command("drugs", "lookup", "Ambien")
    assert ended.code == 0
    assert ended.out.startswith("Ambien (brand): zolpidem\n")
    assert "schedule.us: IV" in ended.out


def test_a_misspelt_drug_gets_a_suggestion(command) -> None:
    ended = command("drugs", "lookup", "zolpidemm")
    assert "zolpidem" in ended.complaint.lower()


def test_the_example_of_the_readme_has_faults_of_several_kinds(command) -> None:
    (example,) = asset_folder("examples").glob("*.html")
    ended = command("audit", example, "--format", "json", "-o", "-", "-q")
    found = {each["policy"].partition(".")[0] for each in json.loads(ended.out)["findings"]}
    assert {"core", "us"} <= found
