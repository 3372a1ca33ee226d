from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("cause", "Cramps are caused by a lack of salt. The exact cause is unknown."),
        ("dependence", "It is not habit forming. Stop slowly to avoid withdrawal."),
        ("seriousness", "Hiccups are harmless. This is a serious condition."),
        ("food", "Take it with food. It works on an empty stomach."),
        ("alcohol", "It is safe with alcohol. Avoid alcohol with it."),
    ],
)
def test_both_sides_are_taken(found, topic, text):
    assert [each.value for each in found("contradiction", text)] == [topic]


@pytest.mark.parametrize(
    "text",
    [
        "Cramps are caused by a lack of salt.",
        "Gout is caused by crystals. Fibromyalgia is a disorder of unknown cause.",
        "Diazepam is addictive. Melatonin is not addictive.",
        "The exact cause is unknown, but cramps may be due to a lack of salt.",
        "In children it is not serious. In adults it is a serious condition.",
        "Is it addictive? It is not addictive.",
    ],
)
def test_no_contradiction(found, text):
    assert found("contradiction", text) == []
