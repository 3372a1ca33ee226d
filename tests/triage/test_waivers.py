"""Waivers: what they cover, until when, and that one which does nothing is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.model import Finding, PageWaiver, Report
from auditor.triage.gate import exit_code
from auditor.triage.waivers import Given, WrittenWaiver, read_waivers, waive
from tests.triage.audited import CLAIMS, audited, report

FAULT = "It cures colds."
UNTIL = dt.date(2027, 1, 31)


def given(**more: object) -> Given:
    written = {"policy": CLAIMS.id, "until": UNTIL, "reason": "It is a novel.", "by": "Ines"} | more
    return Given(WrittenWaiver.model_validate(written), "waivers.yaml line 2")


def in_page(**more: object) -> PageWaiver:
    return PageWaiver.model_validate(
        {"policy": CLAIMS.id, "until": UNTIL, "reason": "It is a novel.", "line": 3} | more
    )


def waived(made: Report) -> list[Finding]:
    return [each for each in made.findings if each.waiver]


def told(made: Report) -> list[str]:
    return [note.says for note in made.waiver_notes]


def test_a_waived_finding_stays_and_does_not_fail() -> None:
    made = waive(report(audited("a.html", FAULT)), [given()])
    (finding,) = made.findings
    assert finding.waiver
    assert (finding.waiver.by, finding.waiver.reason, finding.waiver.until) == ("Ines", "It is a novel.", UNTIL)
    assert finding.waiver.where == "waivers.yaml line 2"
    assert exit_code(made, "low") == 0
    assert exit_code(waive(made, []), "low") == 1


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [
        ("*", ["blog/a.html", "b.html", "https://example.org/c"]),
        ("blog/*", ["blog/a.html"]),
        ("*.html", ["blog/a.html", "b.html"]),
        ("https://example.org/*", ["https://example.org/c"]),
        ("elsewhere/*", []),
    ],
)
def test_a_waiver_covers_the_pages_it_names(pattern: str, covered: list[str]) -> None:
    pages = (audited(place, FAULT) for place in ("blog/a.html", "b.html", "https://example.org/c"))
    made = waive(report(*pages), [given(page=pattern)])
    assert [page.requested for page in made.pages if page.findings[0].waiver] == covered
    assert bool(told(made)) is not bool(covered)


def test_a_source_file_names_its_built_page() -> None:
    made = waive(report(audited("site/a/index.html", FAULT, source="docs/a.md")), [given(page="docs/a.md")])
    assert waived(made)


def test_by_its_fingerprint_a_new_occurrence_is_not_covered() -> None:
    once, twice = report(audited("a.html", FAULT)), report(audited("a.html", FAULT, "It cures warts."))
    exact = given(fingerprint=once.findings[0].fingerprint)
    assert waived(waive(once, [exact]))
    assert not waived(waive(twice, [exact]))
    assert told(waive(twice, [exact])) == ["unused: it fits no finding of this audit"]


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    assert waived(waive(report(audited("a.html", FAULT), audit_date=UNTIL), [given()]))
    late = waive(report(audited("a.html", FAULT), audit_date=UNTIL + dt.timedelta(days=1)), [given()])
    assert not waived(late)
    assert told(late) == ["expired on 2027-01-31: renew it or mend the page"]
    assert exit_code(late, "low") == 1


def test_an_id_that_is_none_is_told_with_the_nearest() -> None:
    made = waive(report(audited("a.html", FAULT)), [given(policy="core.made.upp")])
    assert told(made) == ["unused: no policy of this audit has this id (did you mean core.made.up?)"]


def test_a_page_may_waive_for_itself_alone() -> None:
    made = waive(report(audited("a.html", FAULT, waivers=(in_page(),)), audited("b.html", FAULT)), [])
    first, second = made.findings
    assert first.waiver
    assert (first.waiver.by, first.waiver.where, first.waiver.in_page) == ("the page itself", "a.html line 3", True)
    assert second.waiver is None


def test_a_page_of_the_web_may_not() -> None:
    made = waive(report(audited("https://example.org/a", FAULT, waivers=(in_page(),))), [])
    assert not waived(made)
    assert told(made) == ["ignored: a page that is not read from your own files cannot waive its own findings"]


def test_waivers_in_pages_can_be_switched_off() -> None:
    made = waive(report(audited("a.html", FAULT, waivers=(in_page(),))), [], in_pages=False)
    assert not waived(made)
    assert told(made) == ["ignored: waivers in pages are switched off"]
    assert not waived(waive(made, []))


def test_a_faulty_or_expired_waiver_in_a_page_is_told() -> None:
    page = audited("a.html", FAULT, waivers=(in_page(fault="it gives no reason"), in_page(until=dt.date(2026, 1, 1))))
    made = waive(report(page), [])
    assert not waived(made)
    assert told(made) == ["it gives no reason", "expired on 2026-01-01: renew it or mend the page"]


# ------------------------------------------------------------------------------------------------------ the file


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "waivers.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "waivers:\n  - policy: core.made.up\n    page: blog/*\n    until: 2027-01-31\n    reason: It is a novel.\n"
        "    by: Ines\n  - {policy: core.b, until: 2027-02-01, reason: Later., by: Omar}\n",
    )
    first, second = read_waivers(file)
    assert first == Given(given(page="blog/*").written, "waivers.yaml line 2")
    assert (second.written.policy, second.where) == ("core.b", "waivers.yaml line 7")


@pytest.mark.parametrize("text", ["", "waivers: []\n"])
def test_a_file_may_be_empty(tmp_path: Path, text: str) -> None:
    assert read_waivers(written(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("waivers:\n- policy: a.b\n  until: 2027-01-31\n  by: Ines\n", ":2: waivers[0].reason: is required"),
        ("waivers:\n- policy: a.b\n  reason: x\n  by: Ines\n", ":2: waivers[0].until: is required"),
        ("waivers:\n- {policy: a.b, until: soon, reason: x, by: y}\n", ":2: waivers[0].until: expected a day"),
        ("waivers:\n- {policy: a.b, until: 2027-01-31, reason: ' ', by: y}\n", ":2: waivers[0].reason: "),
        (
            "waivers:\n- policy: a.b\n  untill: 2027-01-31\n  until: 2027-01-31\n  reason: x\n  by: y\n",
            ":3: waivers[0].untill: unknown (did you mean until?)",
        ),
        ("waiver: []\n", ":1: waiver: unknown (did you mean waivers?)"),
        ("- a\n", ": (file): "),
        ("waivers: [\n", ":2"),
        ("waivers:\n- {policy: a.b, policy: a.c, until: 2027-01-31, reason: x, by: y}\n", "written twice"),
    ],
)
def test_a_fault_names_line_and_field(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(AuditorError) as raised:
        read_waivers(file)
    assert str(raised.value).startswith(str(file))
    assert says in str(raised.value)
