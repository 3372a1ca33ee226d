"""A hazard counts as a warning when it is linked with its consequence, or with what to do, for this medicine."""

from __future__ import annotations

import pytest
import yaml

from auditor.assets import asset_folder
from auditor.vocabulary import Vocabulary

PAGE = "# Diazepam\n\nDiazepam is a medicine for anxiety. {}\n"
OPIOID_PAGE = "# Oxycodone\n\nOxycodone is a medicine for pain. {}\n"
FULL = [
    ("Never mix it with alcohol.", "alcohol-cns"),
    ("Alcohol makes the drowsiness worse and can stop your breathing.", "alcohol-cns"),
    ("Stay off the booze while you take it.", "alcohol-cns"),
    ("Do not combine it with other sedatives.", "alcohol-cns"),
    ("Don't get behind the wheel the next morning.", "driving"),
    ("It may impair your ability to drive or use machines.", "driving"),
    ("Wait until you know how it affects you before operating heavy machinery.", "driving"),
    ("Stop gradually: the dose should be reduced slowly over weeks.", "dependence-withdrawal"),
    ("Quitting cold turkey can bring on seizures.", "dependence-withdrawal"),
    ("Do not stop taking it suddenly.", "dependence-withdrawal"),
    ("Withdrawal symptoms may follow.", "dependence-withdrawal"),
    ("It is habit-forming.", "abuse-addiction"),
    ("It can lead to addiction.", "abuse-addiction"),
    ("Misuse can cause overdose and death, and people get hooked on it.", "abuse-addiction"),
    ("It can harm your unborn baby.", "pregnancy"),
    ("Tell your doctor if you are pregnant or breast-feeding.", "pregnancy"),
    ("Older people fall more often: there is a risk of hip fractures in seniors.", "older-adults"),
    ("With opioids it can cause coma and death.", "opioid-co-use"),
    ("Avoid narcotic pain medicines.", "opioid-co-use"),
    ("Taking morphine with it can be fatal.", "opioid-co-use"),
    ("It can slow your breathing.", "respiratory-depression"),
    ("You may walk or drive while not fully awake and have accidents.", "complex-sleep"),
    ("An overdose can be fatal.", "overdose"),
]
NOTHING = [
    ("It eases the symptoms of drug withdrawal.", "dependence-withdrawal"),
    ("It is given for antihistamine overdose and chloroquine overdose.", "overdose"),
    ("Tell us about a history of depression.", "respiratory-depression"),
    ("Side effects: drowsiness.", "driving"),
    ("Older adults who use sedative drugs have a risk of falls.", "alcohol-cns"),
    ("In a study morphine combined with diazepam reduced cramps.", "opioid-co-use"),
    ("It causes no dependence and no withdrawal.", "dependence-withdrawal"),
    ("It is not addictive.", "abuse-addiction"),
    ("Is it habit-forming?", "driving"),
    ("It is used in acute alcohol withdrawal.", "alcohol-cns"),
    ("The effect on sex drive is unknown.", "driving"),
    ("The effect is dose-dependent.", "dependence-withdrawal"),
    ("A pregnancy test is sold here.", "pregnancy"),
    ("Wipe with isopropyl alcohol; avoid the eyes.", "alcohol-cns"),
]


def topics(signals, strength=None):
    return {signal.value for signal in signals if strength is None or signal.attributes["strength"] == (strength,)}


@pytest.mark.parametrize(("words", "topic"), FULL)
def test_a_hazard_with_its_link_is_a_full_warning(found, words, topic):
    assert topic in topics(found(PAGE.format(words), "warning"), "full")


@pytest.mark.parametrize(("words", "topic"), NOTHING)
def test_a_hazard_word_alone_is_no_warning(found, words, topic):
    assert topic not in topics(found(PAGE.format(words), "warning"))


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("It has the potential to be abused.", "abuse-addiction"),
        ("It can cause dependence.", "dependence-withdrawal"),
        ("For short-term use only.", "dependence-withdrawal"),
        ("Tell your doctor if you drink alcohol.", "alcohol-cns"),
        ("It interacts with opioids.", "opioid-co-use"),
    ],
)
def test_a_hazard_that_is_only_touched_on_is_partial(found, words, topic):
    warnings = found(PAGE.format(words), "warning")
    assert topic in topics(warnings, "partial")
    assert topic not in topics(warnings, "full")


def test_the_next_sentence_can_complete_a_hazard(found):
    warnings = found(PAGE.format("Some people drink alcohol in the evening. This can stop the breathing."), "warning")
    assert "alcohol-cns" in topics(warnings, "full")


def test_another_thought_does_not_complete_it(found):
    warnings = found(PAGE.format("Some people drink alcohol. Shops close early. Stairs are dangerous."), "warning")
    assert "alcohol-cns" not in topics(warnings)


def test_a_lead_in_rules_its_list(found):
    text = "# Diazepam\n\nDo not take diazepam if you:\n\n- are pregnant\n- drink alcohol\n"
    assert {"pregnancy", "alcohol-cns"} <= topics(found(text, "warning"), "full")


def test_a_heading_that_names_the_hazard_is_completed_below(found):
    text = "# Diazepam\n\nDiazepam calms.\n\n## Alcohol\n\nAvoid it completely.\n"
    assert "alcohol-cns" in topics(found(text, "warning"), "full")


def test_a_list_of_interactions_warns_by_where_it_stands(found):
    text = "# Diazepam\n\nDiazepam calms.\n\n## Drug interactions\n\n- Opioids\n- Cimetidine\n"
    assert "opioid-co-use" in topics(found(text, "warning"), "full")


def test_a_warning_about_another_medicine_is_marked(found):
    text = "# Diazepam\n\nDiazepam calms.\n\n## Other medicines\n\nBaclofen must not be stopped suddenly.\n"
    [warning] = [each for each in found(text, "warning") if each.value == "dependence-withdrawal"]
    assert warning.attributes["about"] == ("other",)
    assert warning.attributes["inn"] == ("baclofen",)


def test_on_a_page_about_an_opioid_the_sedative_is_the_hazard(found):
    assert "opioid-co-use" in topics(found(OPIOID_PAGE.format("Benzodiazepines with it can be fatal."), "warning"))
    assert "opioid-co-use" not in topics(found(OPIOID_PAGE.format("Opioids can be fatal."), "warning"))


def test_every_topic_of_a_boxed_warning_has_wordings(vocabulary: Vocabulary):
    topics_of_boxes = yaml.safe_load((asset_folder("policies") / "drugs" / "topics.yaml").read_text(encoding="utf-8"))
    by_side_effect = {"fetal-harm", "driving-impairment"}  # the warnings of pregnancy and driving carry them
    assert set(topics_of_boxes) - by_side_effect <= vocabulary.kinds["hazard"]
