"""What a page says about prescriptions: denials turn a statement round, answers settle a question."""

from __future__ import annotations

import pytest

from auditor.model import Assertion, Match
from tests.signals.reading import facts, signals

AFFIRMED, ASKED = Assertion.AFFIRMED, Assertion.ASKED


def said(text: str) -> list[str]:
    """What the page itself states, without mere mentions."""
    found = signals(text, "prescription")
    return [each.value for each in found if each.assertion is AFFIRMED and each.value != "mention"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No prescription needed.", ["waived"]),
        ("Buy Ambien without a prescription.", ["waived"]),
        ("We don't require a prescription.", ["waived"]),
        ("You will not need a prescription.", ["waived"]),
        ("A valid prescription is required.", ["required"]),
        ("Please upload your prescription.", ["required"]),
        ("Just fill in our online questionnaire.", ["questionnaire"]),
        ("Nothing is said of it.", []),
    ],
)
def test_a_statement_is_what_it_says(text: str, expected: list[str]) -> None:
    assert sorted(set(said(text))) == expected


# ------------------------------------------------------------------------------------------------------ denials


@pytest.mark.parametrize(
    "text",
    [
        "We never ship Ambien without a prescription.",
        "Ambien is not available without a prescription.",
        "You cannot buy Ambien without a prescription.",
        "No reputable pharmacy will sell Ambien, and we do not sell it without a prescription.",
    ],
)
def test_a_denied_waiver_asks_for_a_prescription(text: str) -> None:
    assert set(said(text)) == {"required"}


def test_a_turned_statement_names_the_words_that_turned_it() -> None:
    text = "We never ship Ambien without a prescription."
    (turned,) = signals(text, "prescription", "required")
    assert turned.match is Match.DERIVED
    assert [text[start:end] for start, end in turned.because] == ["never"]


def test_a_denial_of_the_own_business_is_a_step_of_the_sale_and_of_the_world_a_statement() -> None:
    (own,) = signals("We never ship Ambien without a prescription.", "prescription")
    (world,) = signals("Ambien is never sold without a prescription.", "prescription")
    assert own.attributes["strength"] == ("process",)
    assert world.attributes["strength"] == ("statement",)


def test_a_denial_turns_one_statement_and_not_the_next() -> None:
    text = "We never ship Xanax without a prescription. We ship Ambien without a prescription."
    assert said(text) == ["required", "waived"]


def test_not_only_turns_nothing() -> None:
    assert said("Not only do we sell Ambien without a prescription, we ship it overnight.") == ["waived"]


@pytest.mark.parametrize(
    "text",
    [
        "Beware of sites that sell Ambien without a prescription.",
        "Police say the shop sold Ambien without a prescription.",
        "The advert said \u201cno prescription needed\u201d in bold letters.",
    ],
)
def test_what_others_say_or_do_is_not_the_pages_own(text: str) -> None:
    assert said(text) == []
    assert signals(text, "prescription", "waived")


# -------------------------------------------------------------------------------------------------- questions


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Do I need a prescription?", "No, we ship it as it is.", "waived"),
        ("Do I need a prescription?", "No. We ship it as it is.", "waived"),
        ("Do I need a prescription?", "Not at all.", "waived"),
        ("Do I need a prescription?", "Yes, please send it.", "required"),
        ("Do you require a prescription?", "Yes.", "required"),
        ("Can I buy Ambien without a prescription?", "Yes, you can.", "waived"),
        ("Can I buy Ambien without a prescription?", "No, you cannot.", "required"),
        ("No prescription?", "No problem!", "waived"),
    ],
)
@pytest.mark.parametrize("layout", ["{} {}", "{}\n\n{}", "# {}\n\n{}"])
def test_an_answer_settles_the_question(question: str, answer: str, expected: str, layout: str) -> None:
    assert said(layout.format(question, answer)) == [expected]


def test_a_question_without_answer_states_nothing() -> None:
    assert said("Do I need a prescription? Ask your doctor.") == []
    assert [each.assertion for each in signals("Do I need a prescription?", "prescription")] == [ASKED]


def test_a_yes_deep_in_the_answer_settles_nothing() -> None:
    assert said("Do I need a prescription? Our friendly team is glad to help, and yes, so am I.") == []


def test_the_next_heading_is_no_answer() -> None:
    assert said("## Do I need a prescription?\n\n## No refunds\n\nYes, we take cards.") == []


def test_the_answer_names_the_question_it_settles() -> None:
    text = "Do I need a prescription? No, we ship it."
    (answer,) = signals(text, "prescription", "waived")
    assert text[answer.start : answer.end] == "No, we ship it."
    assert [text[start:end] for start, end in answer.because] == ["need a prescription"]


def test_a_page_that_ends_with_a_question_is_read() -> None:
    assert said("# No prescription?") == []
    assert facts("# No prescription?").page.text
