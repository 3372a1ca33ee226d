"""Where findings stand, as the report tells it."""

from __future__ import annotations

from auditor.report.html import render_html
from auditor.report.states import State, states
from auditor.report.view import view
from tests.report.decided import decided_pages
from tests.report.sample import several_pages


def test_nothing_is_told_where_nothing_is_decided() -> None:
    assert states(several_pages().findings) == ()
    document = render_html(several_pages())
    assert 'class="decisions"' not in document
    assert 'class="decision"' not in document


def test_every_finding_has_one_state_and_none_is_left_out() -> None:
    made = decided_pages()
    told = dict(view(made).states)
    assert told == {State.NEW: 3, State.PARTLY_NEW: 3, State.KNOWN: 3, State.WAIVED: 2}
    assert sum(told.values()) == len(made.findings)
    assert render_html(made).count('<article class="finding ') == len(made.findings)


def test_the_report_tells_who_waived_what_is_gone_and_which_waivers_do_nothing() -> None:
    document = render_html(decided_pages())
    assert "Waived until 31 January 2027</b> by Ines Aldana, editor: The shop closes in January" in document
    assert "in the page, index.html line 4" in document
    assert "1 entry of the baseline gone" in document
    assert "1 waiver does nothing" in document
    assert "only what it does not hold counts" in document
