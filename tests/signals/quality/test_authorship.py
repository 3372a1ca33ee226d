from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Medically reviewed by our expert team\n# Pain\nPain hurts.",
        "Fact-checked by a panel of doctors\n# Pain\nPain hurts.",
        "<main><h1>Pain</h1><span>Clinically reviewed</span><p>Pain hurts.</p></main>",
    ],
)
def test_review_without_a_name(found, text):
    assert [each.value for each in found("reviewer", text)] == ["unnamed"]


def test_reviewer_with_degree_is_named_and_not_verifiable(found):
    reviewer = found("reviewer", "12 May 2024\nMedically reviewed by\nTomas Havel\nM. Pharm\n\n# Pain\nPain hurts.")[0]
    assert reviewer.value == "person"
    assert reviewer.attributes["name"] == ("Tomas Havel",)
    assert reviewer.attributes["verifiable"] == ("no",)


@pytest.mark.parametrize(
    "text",
    [
        "Reviewed by Ana Ruiz, PharmD (registration 45-221)\n# Pain\nPain hurts.",
        '<main><h1>Pain</h1><p>Medically reviewed by <a href="/team/ana-ruiz">Ana Ruiz, MD</a></p></main>',
    ],
)
def test_reviewer_who_can_be_checked(found, text):
    assert found("reviewer", text)[0].attributes["verifiable"] == ("yes",)


@pytest.mark.parametrize(
    "text",
    [
        "Your order is reviewed by a pharmacist.",
        "Have the mole checked by your doctor.",
        "Our prices were reviewed in May.",
    ],
)
def test_no_review_of_the_text(found, text):
    assert found("reviewer", text) == []


def test_team_as_author(found):
    authors = found("author", "# Pain\nWritten by the National Poisons Unit editorial team\nPain hurts.")
    assert [each.value for each in authors] == ["organisation"]


@pytest.mark.parametrize(
    ("text", "value", "age"),
    [
        ("Last reviewed: 22 November 2024\n# Pain\nPain hurts.", "reviewed", "24"),
        ("Last updated: 23 November 2024\n# Pain\nPain hurts.", "updated", "23"),
        ("12 October 2022\n# Pain\nPain hurts.", "bare", "49"),
    ],
)
def test_dates_and_their_age(found, text, value, age):
    date = found("date", text)[0]
    assert (date.value, date.attributes["age_months"]) == (value, (age,))
