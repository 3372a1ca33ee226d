from __future__ import annotations

import pytest

DRUG = (
    "# Baclofen\nBaclofen is used to treat muscle spasms. The usual dose is 5 mg. Common side "
    "effects of baclofen include drowsiness in patients."
)
CONDITION = (
    "# Gout: symptoms and treatment\nSymptoms include pain in the toe. It is caused by crystals. "
    "Treatment options are rest and medicines for patients."
)


def values(signals):
    return {signal.value for signal in signals}


def test_drug_information(found):
    assert {"health", "drug-information"} <= values(found("page", DRUG))


def test_medicine_that_the_lexicon_does_not_know(found):
    assert "drug-information" in values(found("page", DRUG.replace("aclofen", "exofenate")))


def test_clinical_advice(found):
    assert "clinical-advice" in values(found("page", CONDITION))
    assert "drug-information" not in values(found("page", CONDITION))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("regulator", "An official website of the United States government\n" + DRUG),
        ("monograph", "# Package leaflet: information for the user\n" + DRUG),
        ("news", "LONDON (Reuters) - The firm said in a statement on Tuesday that a spokesman will follow.\n" + DRUG),
        ("archive", "This page has been archived.\n" + DRUG),
        ("myth-fact", "# Myths and facts about pain\n" + DRUG),
        ("legal", "# Terms and conditions\nPatients order medicine here and pay for treatment with tablets."),
        ("shop", "# Buy baclofen online\n" + DRUG),
    ],
)
def test_genre(found, value, text):
    assert value in values(found("page", text))


@pytest.mark.parametrize(
    "text",
    [
        DRUG + "\nThe Ministry of Health and the Food and Drug Administration have warned of it, and a newspaper too, "
        "among many others who care.\nOne.\nTwo.\nThree.",
        "# How to buy baclofen safely\n" + DRUG,
    ],
)
def test_a_mention_makes_no_genre(found, text):
    assert not values(found("page", text)) & {"regulator", "official", "news", "shop", "legal", "index"}


@pytest.mark.parametrize(
    "text",
    [
        (
            "# Install guide\nRun the program and treat warnings as errors. The medicine cabinet module is "
            "a plugin for the editor and reads its file at start."
        ),
        "# Rose care\nCut diseased stems in spring and feed the plants with a high dose of potash.",
        (
            "# Politics\nThe health of the economy is in question, said the minister, and the remedy is "
            "unknown to all parties of the house."
        ),
    ],
)
def test_not_about_health(found, text):
    assert not values(found("page", text)) & {"health", "drug-information", "clinical-advice"}


def test_official_address(found):
    assert "official" in {each.value for each in found("page", DRUG, url="https://www.nhs.uk/medicines/baclofen")}
    assert "official" not in {each.value for each in found("page", DRUG, url="https://nhs.uk.example.com/baclofen")}


def test_words_of_visitors_make_a_forum(found):
    comments = "<div class='comments'><p>I take these tablets and feel fine today.</p></div>"
    html = f"<main><h1>Board</h1><p>Hello.</p></main>{comments}"
    assert "forum" in values(found("page", html))


def test_documentation_of_a_program_about_medicines_is_not_about_health(found):
    html = f"<main><p>{DRUG}</p><pre>GET /drugs</pre><pre>PUT /drugs</pre></main>"
    assert "health" not in values(found("page", html))


def test_medicines_for_animals(found):
    text = DRUG + "\nAsk your vet before you give it to your dog. Not for human use."
    assert "veterinary" in values(found("page", text))
