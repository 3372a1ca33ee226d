"""Doses, and statements compared with the lexicon."""

from __future__ import annotations

import pytest

from auditor.signals.amounts import Amount, find_amounts


def facts(found, text, aspect):
    return [each.attributes["verdict"][0] for each in found(text, "drug-fact") if each.value == aspect]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 mg", 5, 5),
        ("2 to 20 mg", 2, 20),
        ("5–10mg", 5, 10),
        ("0.5 mg or 1 mg", 0.5, 1),
        ("500 micrograms", 0.5, 0.5),
        ("1,200 mg", 1200, 1200),
        ("4 g", 4000, 4000),
        ("250 mg to 500 mg", 250, 500),
    ],
)
def test_amounts_are_read_in_milligrams(text, low, high):
    first = next(find_amounts(text, 0, len(text)))
    assert (first.low, first.high) == (low, high)


@pytest.mark.parametrize("text", ["0.2 mg/kg", "10 mg/mL", "5 mg per kg", "1 mg/5 ml", "mg", "page 5"])
def test_amounts_for_something_else_are_left_out(text):
    assert list(find_amounts(text, 0, len(text))) == []


def test_the_second_strength_of_a_combination_is_left_out():
    text = "37.5 mg / 325 mg"
    assert list(find_amounts(text, 0, len(text))) == []


def test_an_amount_by_the_day_is_marked():
    assert list(find_amounts("400 mg/day", 0, 10)) == [Amount(0, 6, 400.0, 400.0, True)]


def test_a_dose_carries_route_frequency_and_people(found):
    [dosing] = found("# Diazepam\n\nAdults take 2 to 10 mg of diazepam by mouth twice daily.\n", "dosing")
    assert dosing.value == "diazepam"
    assert {key: dosing.attributes[key] for key in ("low", "high", "route", "times", "population")} == {
        "low": ("2",), "high": ("10",), "route": ("oral",), "times": ("2",), "population": ("adult",),
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "It is available in 5 mg tablets.",
        "In a clinical trial participants received 40 mg of diazepam daily.",
        "In an overdose people took 500 mg of diazepam.",
        "Diazepam 5 mg is for adults.",
    ],
)
def test_strengths_trials_and_overdoses_are_no_doses(found, words):
    assert found(f"# Diazepam\n\n{words}\n", "dosing") == []


@pytest.mark.parametrize(
    ("title", "words", "verdict"),
    [
        ("Diazepam", "The liver converts diazepam into lorazepam.", "wrong"),
        ("Diazepam", "It is metabolised to oxazepam and temazepam.", "right"),
        ("Diazepam", "Diazepam may be converted to lorazepam.", "loose"),
        ("Codeine", "Morphine is the active metabolite of codeine.", "right"),
        ("Lorazepam", "Lorazepam is broken down to oxazepam.", "wrong"),
    ],
)
def test_metabolites(found, title, words, verdict):
    assert facts(found, f"# {title}\n\n{words}\n", "metabolite") == [verdict]


@pytest.mark.parametrize(
    "words",
    [
        "Lorazepam is not a metabolite of diazepam.",
        "Other benzodiazepines are lorazepam and oxazepam.",
        "Diazepam is metabolised by CYP3A4.",
    ],
)
def test_other_names_are_no_statement_of_metabolites(found, words):
    assert facts(found, f"# Diazepam\n\n{words}\n", "metabolite") == []


@pytest.mark.parametrize(
    ("title", "words", "verdict"),
    [
        ("Tramadol", "Tramadol is an NSAID.", "wrong"),
        ("Ambien", "Ambien belongs to the class of benzodiazepines.", "wrong"),
        ("Tramadol", "Tramadol is a synthetic opioid.", "right"),
        ("Zolpidem", "Zolpidem is a nonbenzodiazepine hypnotic.", "right"),
    ],
)
def test_classes(found, title, words, verdict):
    assert facts(found, f"# {title}\n\n{words}\n", "class") == [verdict]


@pytest.mark.parametrize(
    "words",
    [
        "Tramadol is not an NSAID.",
        "Tramadol is a stronger alternative to NSAIDs.",
        "Tramadol is often given with antidepressants.",
        "Is tramadol an NSAID?",
    ],
)
def test_a_class_beside_the_medicine_is_not_said_of_it(found, words):
    assert facts(found, f"# Tramadol\n\n{words}\n", "class") == []


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Diazepam is suitable for children of all ages.", "wrong"),
        ("It is not recommended for an age of 6 months.", "wrong"),
        ("Diazepam is not for infants under 6 months.", "right"),
        ("Do not give diazepam to babies younger than 3 months of age.", "loose"),
    ],
)
def test_ages(found, words, verdict):
    assert facts(found, f"# Diazepam\n\n{words}\n", "age") == [verdict]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Diazepam is used to treat muscle spasms and anxiety.", "right"),
        ("Diazepam is used to treat migraine.", "wrong"),
        ("Diazepam is used as an anaesthetic before surgery.", "loose"),
    ],
)
def test_indications(found, words, verdict):
    assert facts(found, f"# Diazepam\n\n{words}\n", "indication") == [verdict]


@pytest.mark.parametrize(
    "words",
    [
        "Off-label, diazepam is used to treat migraine.",
        "Diazepam is not approved for migraine.",
        "Benzodiazepines are used for migraine.",
    ],
)
def test_uses_that_are_called_off_label_or_belong_to_a_class_are_not_compared(found, words):
    assert facts(found, f"# Diazepam\n\n{words}\n", "indication") == []


def test_a_combination_knows_whether_it_is_praised(found):
    [praised] = found("# Diazepam\n\nMorphine combined with diazepam relieved the pain.\n", "combination")
    [warned] = found("# Diazepam\n\nMorphine combined with diazepam can stop the breathing.\n", "combination")
    assert (praised.attributes["praised"], warned.attributes["praised"]) == (("yes",), ("no",))
    assert praised.attributes["linked"] == ("sentence",)


def test_a_page_answers_for_what_it_sells_or_doses(found):
    dosed = found("# Diazepam\n\nTake diazepam 5 mg twice daily. Baclofen is another medicine.\n", "medicine")
    assert [(each.value, each.attributes["basis"]) for each in dosed] == [("diazepam", ("dosed",))]
    explained = found("# Diazepam\n\nDiazepam is a sedative.\n", "medicine")
    assert [each.attributes["basis"] for each in explained] == [("explained",)]
