"""What differs between two audits, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from auditor.audit import Auditor, Rules, load_rules
from auditor.model import Kind, Report
from auditor.sources.build import capture_of
from auditor.triage.compare import Cause, Comparison, Difference, Side, compare

SHOP = (
    "<!doctype html><html lang=en><title>Ambien</title><main><h1>Order Ambien online</h1><div class=product>"
    "<h2>Ambien 10 mg</h2><p>60 tablets: $149.00. Overnight shipping to all 50 states. No prescription required.</p>"
    "<button>Add to cart</button></div></main>"
)
OFFER = "us.rx.controlled-offered-without-prescription"
DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def audited(rules: Rules, *pages: tuple[str, str], **call: object) -> Report:
    auditor = Auditor(rules, **({"audit_date": DAY, "only": [OFFER]} | call))  # type: ignore[arg-type]
    return auditor.run_captures(capture_of(name, f"file:///{name}", Kind.HTML, html.encode()) for name, html in pages)


def changes(comparison: Comparison) -> list[tuple[str, Difference, tuple[Cause, ...]]]:
    return [(each.page, each.difference, each.causes) for each in comparison.findings]


def test_the_same_audit_twice(rules: Rules) -> None:
    report = audited(rules, ("a", SHOP), ("b", SHOP))
    comparison = compare(Side(report), Side(audited(rules, ("a", SHOP), ("b", SHOP))))
    assert changes(comparison) == []
    assert comparison.causes == ()
    assert comparison.findings_same == len(report.findings) > 0
    assert comparison.pages_same == ("a", "b")


def test_a_page_that_was_mended_and_one_that_broke(rules: Rules) -> None:
    mended = SHOP.replace("No prescription required.", "A valid prescription is required.")
    comparison = compare(
        Side(audited(rules, ("a", SHOP), ("b", mended))), Side(audited(rules, ("a", mended), ("b", SHOP)))
    )
    assert changes(comparison) == [("b", Difference.NEW, (Cause.PAGE,)), ("a", Difference.GONE, (Cause.PAGE,))]
    assert comparison.pages_changed == ("a", "b")


def test_pages_of_one_side_only(rules: Rules) -> None:
    comparison = compare(Side(audited(rules, ("a", SHOP))), Side(audited(rules, ("b", SHOP))))
    assert (comparison.pages_gone, comparison.pages_new) == (("a",), ("b",))
    assert {(each.page, each.difference) for each in comparison.findings} == {
        ("a", Difference.GONE),
        ("b", Difference.NEW),
    }
    assert {each.causes for each in comparison.findings} == {(Cause.NO_PAGE,)}


def test_one_more_medicine_changes_the_finding(rules: Rules) -> None:
    more = SHOP.replace(
        "</div>", "</div><div class=product><h2>Xanax 2 mg</h2><p>$99. No prescription required.</p></div>"
    )
    (changed,) = compare(Side(audited(rules, ("a", SHOP))), Side(audited(rules, ("a", more)))).findings
    assert (changed.difference, changed.policy, changed.causes) == (Difference.CHANGED, OFFER, (Cause.PAGE,))
    assert "the words judged" in changed.differs


def test_moved_text_is_the_same_finding(rules: Rules) -> None:
    moved = SHOP.replace("<main>", "<main><p>Welcome to our shop.</p>")
    comparison = compare(Side(audited(rules, ("a", SHOP))), Side(audited(rules, ("a", moved))))
    assert changes(comparison) == []
    assert comparison.pages_changed == ("a",)


def test_what_changed_for_the_whole_audit(rules: Rules) -> None:
    before = audited(rules, ("a", SHOP))
    after = audited(rules, ("a", SHOP), audit_date=dt.date(2026, 1, 1), jurisdictions=["uk"])
    after = after.model_copy(update={"auditor": "99.0"})
    comparison = compare(Side(before, "1"), Side(after, "2"))
    assert comparison.causes == (Cause.RULES, Cause.DAY, Cause.JURISDICTIONS, Cause.AUDITOR)
    assert comparison.policies_changed == ()


def test_another_policy_is_named(rules: Rules) -> None:
    before, after = audited(rules, ("a", SHOP)), audited(rules, ("a", SHOP), only=["core.author.missing"])
    comparison = compare(Side(before), Side(after))
    assert set(comparison.policies_changed) == {OFFER, "core.author.missing"}
    assert {(each.difference, each.policy) for each in comparison.findings} >= {(Difference.GONE, OFFER)}
    assert all(Cause.POLICY in each.causes for each in comparison.findings)
