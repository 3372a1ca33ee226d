"""Wordings of one idea, put in many ways; and what must not be taken for it."""

from __future__ import annotations

import pytest

SAID = {
    ("disclaimer", "full"): [
        "This article is not intended as a replacement for professional medical guidance.",
        "The information here shouldn't be used as a substitute for advice from your GP.",
        "Nothing on this page should be taken as medical advice.",
        "Content is for educational use.",
        "Do not rely on this information as an alternative to advice from your doctor.",
        "Always seek the guidance of a qualified health provider.",
        "None of this content is a substitute for personalised care from a physician.",
    ],
    ("disclaimer", "partial"): [
        "Ask your own trusted family doctor first.",
        "Use it only as directed by your pharmacist.",
        "Tell your GP about other medicines.",
    ],
    ("study", "unnamed-research"): [
        "As per recent research, ginger reduces nausea.",
        "Trials carried out at a university found fewer cramps.",
        "Science has proven that it works.",
        "Doctors at two clinics have shown it works.",
    ],
    ("pressure", None): [
        "Stock is running out.",
        "The deal expires at midnight.",
        "This price won't last.",
        "Other sites will scam you.",
        "Don't let pain ruin another night.",
        "17 people are looking at this right now.",
    ],
    ("emergency", None): [
        "Phone triple zero.",
        "Take the person to casualty without delay.",
        "Ring the National Poisons Information Service.",
        "Dial 112 and stay with the person.",
    ],
    ("disclosure", "affiliate"): ["We may earn a small commission from links."],
    ("alternative", "no-treatment"): ["Most sprains get better on their own.", "Watchful waiting is an option."],
}
NOT_SAID = {
    ("disclaimer", None): ["No need to see your doctor.", "The new model replaces the old."],
    ("study", None): ["Take part in a clinical trial near you.", "Study the leaflet before use."],
    ("pressure", None): ["The course of treatment ends in May.", "There is a shortage and stock is limited."],
    ("disclosure", "advertising"): ["The trial was sponsored by the maker."],
}


@pytest.mark.parametrize(("meant", "text"), [(meant, text) for meant, texts in SAID.items() for text in texts])
def test_said(found, meant, text):
    assert found(meant[0], text, meant[1])


@pytest.mark.parametrize(("meant", "text"), [(meant, text) for meant, texts in NOT_SAID.items() for text in texts])
def test_not_said(found, meant, text):
    assert found(meant[0], text, meant[1]) == []
