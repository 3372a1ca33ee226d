from __future__ import annotations

import pytest

CASES = {
    "In Kowalski's study the pain fell by half.": "Kowalski's study",
    "In Kowalski’s 2015 randomised trial the pain fell by half.": "Kowalski’s 2015 randomised trial",
    "In 1972 BROWN AND MILLS concluded that it acts on the cord.": "In 1972 BROWN AND MILLS concluded that",
    "Haas and his colleagues showed a first effect.": "Haas and his colleagues showed",
    "Okafor et al. found fewer cramps.": "Okafor et al",
    "Okafor and Lindqvist reported that cramps were fewer.": "Okafor and Lindqvist reported that",
    "This was noted by Okafor (2011) in adults.": "Okafor (2011)",
    "A study conducted by Lindqvist looked at sleep.": "study conducted by Lindqvist",
    "Dr. Lindqvist found a rise in sleep.": "Dr. Lindqvist found",
    "The BRAVO-2 trial enrolled adults.": "The BRAVO-2 trial",
    "Research has shown a benefit.": "Research has shown",
    "Recent studies suggest that it helps.": "Recent studies suggest",
    "Scientists have discovered a cure.": "Scientists have discovered",
    "It works, according to early data.": "according to early data",
}


@pytest.mark.parametrize(("text", "quote"), CASES.items())
def test_study_is_found_with_its_words(words, text, quote):
    assert words("study", text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Parkinson's research is funded by the hospital.",
        "The Women's study group meets on Monday.",
        "There is no evidence that research has shown this.",
        "More research is needed, and no studies have found an effect.",
        "In March and April patients reported that it helped.",
        "Diazepam and Baclofen showed an effect.",
        "Today's study tip: sleep early.",
    ],
)
def test_no_study_is_called_upon(words, text):
    assert words("study", text) == []


def test_study_with_a_numbered_note_is_cited(found):
    text = (
        "Okafor and Lindqvist reported that cramps were fewer [1].\n## References\n1. Okafor B. Cramps. "
        "Pain. 2011;12:20-4."
    )
    assert [study.attributes["cited"] for study in found("study", text)] == [("yes",)]


def test_author_in_the_list_of_references_is_cited(found):
    text = (
        "Okafor and Lindqvist (2011) saw fewer cramps.\n## References\nOkafor B, Lindqvist S. Cramps. "
        "Pain. 2011;12:20-4."
    )
    assert [study.attributes["cited"] for study in found("study", text)] == [("yes",)]


def test_study_named_alone_is_not_cited(found):
    study = found("study", "In 1972 BROWN AND MILLS concluded that it acts on the cord.")[0]
    assert study.attributes == {"author": ("BROWN", "MILLS"), "year": ("1972",), "cited": ("no",)}
