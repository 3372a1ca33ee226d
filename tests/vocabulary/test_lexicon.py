"""The drug lexicon: what it refuses to load, and spot checks of what it knows."""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
from pathlib import Path

import pytest

from auditor.assets import asset_folder
from auditor.errors import PolicyError
from auditor.vocabulary.lexicon import Ambiguity, Lexicon, NameKind, load_lexicon, name_key

TODAY = dt.date(2026, 11, 22)
SHIPPED = asset_folder("policies") / "drugs"

PREAMBLE = """\
evidence: {status: knowledge, checked: 2026-11-22, source: a test}
profiles:
  sedative: {class: sedative, schedule: {us: IV}, rx: {us: rx, uk: rx}, facts: {beers: yes}}
substances:
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lexicon with the shipped word lists and no substance."""
    for name in ("common-words.txt", "topics.yaml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    (tmp_path / "categories.yaml").write_text("categories: []\n")
    return tmp_path


def load(folder: Path, substances: str) -> Lexicon:
    (folder / "group.yaml").write_text(PREAMBLE + substances, encoding="utf-8")
    return load_lexicon(folder)


def refused(folder: Path, substances: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load(folder, substances)
    return caught.value.problems


# ---------------------------------------------------------------------------------------------- loading


def test_a_profile_lies_under_its_substances_cell_by_cell(folder: Path) -> None:
    known = load(folder, "- {inn: zzdrug, profile: sedative, rx: {uk: null, eu: otc}, names: {generic: [zzdrug]}}\n")
    assert known.substances["zzdrug"].attributes(TODAY) == {
        "class": ("sedative",), "schedule.us": ("IV",), "rx.us": ("rx",), "rx.eu": ("otc",), "beers": ("yes",),
    }  # fmt: skip


def test_a_dated_cell_holds_from_and_until_its_days(folder: Path) -> None:
    dated = "schedule: {us: [{is: III, until: 2014-10-05}, {is: II, from: 2014-10-06}]}"
    substance = load(folder, f"- {{inn: zzdrug, class: opioid, {dated}}}\n").substances["zzdrug"]
    assert substance.attributes(dt.date(2014, 10, 5))["schedule.us"] == ("III",)
    assert substance.attributes(dt.date(2014, 10, 6))["schedule.us"] == ("II",)


def test_an_empty_list_is_known_to_be_empty_and_a_missing_fact_is_unknown(folder: Path) -> None:
    facts = load(folder, "- {inn: zzdrug, class: opioid, facts: {active_metabolites: []}}\n").substances["zzdrug"].facts
    assert facts["active_metabolites"].values == ()
    assert "boxed_topics" not in facts


def test_a_looked_up_fact_carries_its_own_evidence(folder: Path) -> None:
    written = """\
- inn: zzdrug
  class: opioid
  facts: {min_age: 12 years, beers: yes}
  evidence: {min_age: {status: verified, source: the label}}
"""
    facts = load(folder, written).substances["zzdrug"].facts
    assert (facts["min_age"].evidence.status, facts["min_age"].evidence.source) == ("verified", "the label")
    assert facts["beers"].evidence.status == "knowledge"


def test_a_product_may_have_a_law_of_its_own(folder: Path) -> None:
    known = load(
        folder,
        "- {inn: zzdrug, profile: sedative, names: {generic: [zzdrug], brand: [{name: Zzfree, rx: {uk: pharmacy}}]}}\n",
    )
    (brand,) = known.names["zzfree"]
    assert known.attributes(brand, TODAY)["rx.uk"] == ("pharmacy",)
    assert known.attributes(brand, TODAY)["rx.us"] == ("rx",)
    assert known.attributes(known.names["zzdrug"][0], TODAY)["rx.uk"] == ("rx",)


def test_a_word_shared_by_languages_is_one_name_and_accents_make_no_new_one(folder: Path) -> None:
    known = load(
        folder,
        "- inn: zzdrug\n  class: opioid\n  names: {generic: [zzdrug]}\n"
        "  in_languages: {es: [zzdruga], pt: [zzdruga], fr: [zzdrüg]}\n",
    )
    assert known.names["zzdruga"][0].languages == ("es", "pt")
    assert len(known.names["zzdrug"]) == 1


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("- {inn: zzdrug, class: opioid, rx: {usa: rx}}", "rx.usa: no such country"),
        ("- {inn: zzdrug, class: opioid, rx: {us: RX}}", "rx.us: RX is not one of"),
        ("- {inn: zzdrug, class: opioid, schedule: {us: VI}}", "schedule.us: VI is not one of"),
        ("- {inn: zzdrug, class: opioid, schedule: {us: [{is: II, from: soon}]}}", "from must be a date"),
        ("- {inn: zzdrug, class: opioid, schedule: [II]}", "schedule: expected a mapping"),
        ("- {inn: zzdrug, profile: sedativ}", "no profile sedativ in this file (did you mean sedative?)"),
        ("- {inn: zzdrug}", "expected `class`"),
        ("- {class: opioid}", "expected a mapping with `inn`"),
        ("- {inn: zzdrug, class: opioid, brands: [Zzz]}", "brands: no such field"),
        ("- {inn: zzdrug, class: opioid, facts: {boxed_topic: []}}", "(did you mean boxed_topics?)"),
        ("- {inn: zzdrug, class: opioid, facts: {boxed_topics: [suicidal]}}", "suicidal is no topic"),
        ("- {inn: zzdrug, class: opioid, facts: {beers: often}}", "facts.beers: expected yes or no"),
        ("- {inn: zzdrug, class: opioid, facts: {min_age: adults}}", "expected a number and a unit"),
        ("- {inn: zzdrug, class: opioid, names: {brands: [Zzz]}}", "(did you mean brand?)"),
        ("- {inn: zzdrug, class: opioid, names: {brand: Zzz}}", "expected a list"),
        ("- {inn: zzdrug, class: opioid, names: {brand: [2025]}}", "quote a number"),
        ("- {inn: zzdrug, class: opioid, names: {brand: [{name: Zzzz, case: any}]}}", "expected exact"),
        ("- {inn: zzdrug, class: opioid, names: {brand: [{name: Zzzz, with: [zzother]}]}}", "zzother is no substance"),
        ("- {inn: zzdrug, class: opioid, names: {brand: [Zz-Drug, zz drug]}}", "listed twice for zzdrug"),
        ("- {inn: zzdrug, class: opioid}\n- {inn: zzdrug, class: opioid}", "described already"),
        ("- {inn: zzdrug, class: opioid, class: sedative}", "class: written twice in one mapping"),
        ("- {inn: zzdrug, class: opioid, evidence: {rx.us: {status: sure}}}", "expected status"),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(folder: Path, written: str, says: str) -> None:
    problems = refused(folder, written + "\n")
    line = PREAMBLE.count("\n") + written.count("\n") + 1
    place = f"{folder / 'group.yaml'}:{line}:"
    assert any(says in problem and problem.startswith(place) for problem in problems), problems


def test_all_faults_are_told_at_once(folder: Path) -> None:
    assert len(refused(folder, "- {inn: aadrug, rx: {us: no-way}}\n- {inn: zzdrug, class: opioid, fact: {}}\n")) == 3


def test_broken_yaml_is_a_policy_error(folder: Path) -> None:
    assert "not valid YAML" in refused(folder, "- {inn: zzdrug\n")[0]


def test_a_folder_without_its_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"common-words\.txt:1: \(file\): missing"):
        load_lexicon(tmp_path)


# -------------------------------------------------------------------------------------------- ambiguity


@pytest.mark.parametrize("word", ["Soma", "CONTROL", "héroïne"])
def test_an_everyday_word_needs_an_ambiguity_flag(folder: Path, word: str) -> None:
    assert "everyday word" in refused(folder, f"- {{inn: zzdrug, class: opioid, names: {{brand: [{word}]}}}}\n")[0]
    flagged = f"- {{inn: zzdrug, class: opioid, names: {{brand: [{{name: {word}, ambiguity: needs-context}}]}}}}\n"
    assert load(folder, flagged).names[name_key(word)][0].ambiguity is Ambiguity.NEEDS_CONTEXT


def test_a_short_name_needs_a_flag_or_its_case(folder: Path) -> None:
    assert "too short" in refused(folder, "- {inn: zzdrug, class: opioid, names: {generic: [ZZD]}}\n")[0]
    exact = load(folder, "- {inn: zzdrug, class: opioid, names: {generic: [{name: ZZD, case: exact}]}}\n")
    assert exact.names["zzd"][0].exact_case


def test_street_names_are_never_alone_and_may_be_shared_other_names_not(folder: Path) -> None:
    street = "".join(f"- {{inn: {inn}, class: opioid, names: {{street: [zzblues]}}}}\n" for inn in ("aadrug", "zzdrug"))
    assert {name.substance for name in load(folder, street).names["zzblues"]} == {"aadrug", "zzdrug"}
    assert "already is aadrug" in refused(folder, street.replace("street", "brand"))[0]


# ------------------------------------------------------------------------------------- the shipped lexicon


def test_the_shipped_lexicon_is_large_and_says_how_large(lexicon: Lexicon) -> None:
    counts = lexicon.counts()
    print(counts)  # noqa: T201  (pytest -s shows it)
    assert counts["substances"] >= 350
    assert counts["surfaces"] >= 2500
    assert counts["surfaces"] == len(lexicon.names)


def test_names_that_stand_for_several_substances_are_never_alone(lexicon: Lexicon) -> None:
    for key, names in lexicon.names.items():
        if len({name.substance for name in names}) > 1:
            assert all(name.ambiguity is Ambiguity.NEVER_ALONE for name in names), key


def test_every_substance_has_a_name_and_every_combination_its_parts(lexicon: Lexicon) -> None:
    named = {name.substance for names in lexicon.names.values() for name in names}
    assert named == set(lexicon.substances)
    combinations = [name for names in lexicon.names.values() for name in names if name.kind is NameKind.COMBINATION]
    assert all(part in lexicon.substances for name in combinations for part in name.also)


def test_every_misspelling_is_close_to_a_name_of_its_substance(lexicon: Lexicon) -> None:
    right: dict[str, list[str]] = {}
    wrong: list[tuple[str, str]] = []
    for key, names in lexicon.names.items():
        for name in names:
            if name.kind is NameKind.MISSPELLING:
                wrong.append((key, name.substance))
            else:
                right.setdefault(name.substance, []).append(key)
    assert [pair for pair in wrong if not difflib.get_close_matches(pair[0], right[pair[1]], n=1, cutoff=0.7)] == []


@pytest.mark.parametrize(
    ("surface", "substance", "expected"),
    [
        ("Valium", "diazepam", {"schedule.us": ("IV",), "schedule.uk_class": ("C",), "forms": ("tablet",)}),
        ("Xanax", "alprazolam", {"schedule.us": ("IV",), "schedule.in": ("H1", "NDPS"), "beers": ("yes",)}),
        ("Percocet", "oxycodone", {"schedule.us": ("II",), "also": ("paracetamol",), "dependence": ("opioid",)}),
        ("Tramadol", "tramadol", {"schedule.us": ("IV",), "impairs_driving": ("yes",), "overdose_lethal": ("yes",)}),
        ("Ambien", "zolpidem", {"schedule.us": ("IV",), "boxed_topics": ("complex-sleep",)}),
        ("Adderall", "amphetamine", {"schedule.us": ("II",), "boxed_topics": ("abuse-addiction",)}),
        ("Modalert", "modafinil", {"schedule.us": ("IV",), "name_kind": ("export",)}),
        ("Tylenol with Codeine", "codeine", {"schedule.us": ("III",), "also": ("paracetamol",)}),
        ("gabapentin", "gabapentin", {"rx.us": ("rx",), "schedule.uk": ("3",)}),
        ("Kamagra", "sildenafil", {"rx.us": ("rx",), "class": ("PDE5 inhibitor",)}),
        ("Viagra Connect", "sildenafil", {"rx.uk": ("pharmacy",)}),
        ("Prilosec OTC", "omeprazole", {"rx.us": ("otc",)}),
        ("Alli", "orlistat", {"rx.us": ("otc",), "ambiguous": ("yes",)}),
        ("Xenical", "orlistat", {"rx.us": ("rx",)}),
        ("ibuprofen", "ibuprofen", {"rx.us": ("depends",)}),
        ("etizolam", "etizolam", {"schedule.us": ("I",), "rx.us": ("not-approved",)}),
        ("Dianabol", "metandienone", {"schedule.us": ("III",), "rx.us": ("withdrawn",)}),
        ("Ozempic", "semaglutide", {"rx.us": ("rx",), "boxed_topics": ("thyroid-c-cell",)}),
        ("Accutane", "isotretinoin", {"boxed_topics": ("fetal-harm",), "pregnancy_risk": ("yes",)}),
        ("оземпик", "semaglutide", {"rx.us": ("rx",)}),
        ("viagara", "sildenafil", {"name_kind": ("misspelling",)}),
    ],
)
def test_what_is_known_of_a_name(
    lexicon: Lexicon, surface: str, substance: str, expected: dict[str, tuple[str, ...]]
) -> None:
    (name,) = lexicon.names[name_key(surface)]
    known = lexicon.attributes(name, TODAY)
    assert name.substance == substance
    assert {key: known.get(key) for key in expected} == expected


def test_gabapentin_is_not_scheduled_in_the_us(lexicon: Lexicon) -> None:
    assert "schedule.us" not in lexicon.substances["gabapentin"].attributes(TODAY)


def test_hydrocodone_moved_to_schedule_two(lexicon: Lexicon) -> None:
    hydrocodone = lexicon.substances["hydrocodone"]
    assert hydrocodone.attributes(dt.date(2014, 1, 1))["schedule.us"] == ("III",)
    assert hydrocodone.attributes(TODAY)["schedule.us"] == ("II",)


def test_a_depends_cell_says_on_what(lexicon: Lexicon) -> None:
    (condition,) = lexicon.substances["ibuprofen"].attributes(TODAY)["rx.us.depends_on"]
    assert "200 mg" in condition


def test_lorazepam_is_no_metabolite_of_diazepam(lexicon: Lexicon) -> None:
    assert set(lexicon.substances["diazepam"].facts["active_metabolites"].values) == {
        "nordazepam", "desmethyldiazepam", "temazepam", "oxazepam",
    }  # fmt: skip
    assert lexicon.substances["diazepam"].facts["boxed_topics"].evidence.status == "verified"


@pytest.mark.parametrize("surface", ["Soma", "Yaz", "Alli", "Lyrica", "Sonata", "Plan B", "Norco", "Opana"])
def test_known_ambiguous_brands_need_context(lexicon: Lexicon, surface: str) -> None:
    assert {name.ambiguity for name in lexicon.names[name_key(surface)]} == {Ambiguity.NEEDS_CONTEXT}


@pytest.mark.parametrize("surface", ["bars", "blues", "ice", "K", "molly"])
def test_street_words_are_never_alone(lexicon: Lexicon, surface: str) -> None:
    assert {name.ambiguity for name in lexicon.names[name_key(surface)]} == {Ambiguity.NEVER_ALONE}


@pytest.mark.parametrize("category", ["adhd", "anxiety", "sleep", "erectile-dysfunction", "antibiotics"])
def test_categories_name_classes_that_exist(lexicon: Lexicon, category: str) -> None:
    classes = {substance.drug_class for substance in lexicon.substances.values()}
    assert set(lexicon.categories[category].classes) <= classes
    assert lexicon.categories[category].wordings["en"]


# ------------------------------------------------------------------------------------------------ look-up


def test_lookup_finds_a_name_whatever_its_spelling_of_case_and_marks(lexicon: Lexicon) -> None:
    (found,) = lexicon.lookup("pain o soma")
    assert (found.name.surface, found.substance.inn, found.likeness) == ("Pain-O-Soma", "carisoprodol", 1.0)


def test_lookup_offers_near_spellings_the_likest_first(lexicon: Lexicon) -> None:
    found = lexicon.lookup("alprazolaam")
    assert found[0].substance.inn == "alprazolam"
    assert [near.likeness for near in found] == sorted((near.likeness for near in found), reverse=True)
    assert all(near.likeness < 1 for near in found)


def test_lookup_of_nonsense_finds_nothing(lexicon: Lexicon) -> None:
    assert lexicon.lookup("qqqqqqqqqqqq") == []
