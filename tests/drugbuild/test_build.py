"""Drug files from dumps: what is taken, what stays empty, what is refused."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

from auditor.assets import asset_folder
from auditor.drugbuild.build import Build, build
from auditor.drugbuild.dumps import read_dump
from auditor.drugbuild.flags import read_flags, read_words
from auditor.drugbuild.ingredients import base_name, substance_of
from auditor.drugbuild.write import drug_file
from auditor.errors import PolicyError, UsageError
from auditor.vocabulary.lexicon import Ambiguity, Lexicon, load_lexicon
from tests.drugbuild.dumps import OTC, label, listing, openfda, rxnorm, unii

SHIPPED = asset_folder("policies") / "drugs"
DAY = dt.date(2026, 11, 22)
RECORDS = "UNII PT RN INN_ID INGREDIENT_TYPE"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(SHIPPED)


def built(lexicon: Lexicon, *files: Path, **flags: str) -> Build:
    given = {name: Ambiguity(flag) for name, flag in flags.items()}
    common = read_words([SHIPPED / "common-words.txt"])
    return build([read_dump(file, DAY) for file in files], lexicon, given, common)


def loaded(made: Build, folder: Path) -> Lexicon:
    """The written file, read back as a lexicon of its own."""
    drugs = folder / "drugs"
    drugs.mkdir()
    for name in ("common-words.txt", "topics.yaml"):
        shutil.copy(SHIPPED / name, drugs / name)
    (drugs / "categories.yaml").write_text("categories: []\n")
    (drugs / "dumps.yaml").write_text(drug_file(made), encoding="utf-8")
    return load_lexicon(drugs)


def names(made: Build) -> dict[str, str]:
    """Every name with its substance."""
    return {each.name.surface: substance.inn for substance in made.substances for each in substance.names}


# ----------------------------------------------------------------------------------------------------- formats


def test_openfda_gives_names_schedule_and_status(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(
        tmp_path / "ndc.json",
        listing("ZOLPIMAX", "ZOLPIDEM TARTRATE", schedule="CIV"),
        listing("Zolpidem Tartrate", "ZOLPIDEM TARTRATE", schedule="CIV"),
    )
    made = built(lexicon, dump)
    (substance,) = made.substances
    assert (substance.inn, substance.schedule, substance.rx) == ("zolpidem", "IV", "rx")
    assert [(each.name.surface, each.name.kind.value) for each in substance.names] == [
        ("zolpidem", "generic"),
        ("zolpidem tartrate", "generic"),
        ("Zolpimax", "brand"),
    ]
    assert made.uncertain == ()


def test_rxnorm_gives_ingredients_and_brands_with_their_contents(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = rxnorm(
        tmp_path / "RXNCONSO.RRF",
        ("IN", "zolpidem"),
        ("PIN", "zolpidem tartrate"),
        ("BN", "Zolpimax"),
        ("BN", "Nowhere"),
        ("SBDC", "zolpidem tartrate 10 MG [Zolpimax]"),
        ("SBDC", "acetaminophen 325 MG / hydrocodone bitartrate 7.5 MG/ML [Norcomax]"),
        ("SCD", "zolpidem tartrate 10 MG Oral Tablet"),
    )
    made = built(lexicon, dump)
    assert names(made)["Zolpimax"] == "zolpidem"
    (norcomax,) = (each.name for each in made.substances[0].names if each.name.surface == "Norcomax")
    assert {norcomax.substance, *norcomax.also} == {"hydrocodone", "paracetamol"}
    assert made.uncertain == ("Nowhere: its ingredients are not said",)
    assert all(substance.schedule == substance.rx == "" for substance in made.substances)


def test_rxnorm_names_that_are_suppressed_are_left_out(lexicon: Lexicon, tmp_path: Path) -> None:
    assert built(lexicon, rxnorm(tmp_path / "r", ("IN", "zolpidem"), suppressed="O")).substances == ()


def test_unii_gives_international_names_and_names_of_medicines_alone(lexicon: Lexicon, tmp_path: Path) -> None:
    records = unii(tmp_path / "records.txt", RECORDS, "A1 RESTOLAMINE 1 9001 S", "A2 SUNFLOWER~OIL 2  S")
    synonyms = unii(
        tmp_path / "names.txt",
        "Name TYPE UNII PT",
        "RESTOLAM of A1 RESTOLAMINE",
        "RESTABRAND bn A1 RESTOLAMINE",
        "2-RESTOL-3 sys A1 RESTOLAMINE",
        "HELIANTHUS~OIL of A2 SUNFLOWER~OIL",
        "ZOLPIMAX bn A3 ZOLPIDEM",
    )
    assert names(built(lexicon, records, synonyms)) == {
        "restolamine": "restolamine",
        "restolam": "restolamine",
        "Restabrand": "restolamine",
        "Zolpimax": "zolpidem",
    }


def test_a_label_gives_its_product(lexicon: Lexicon, tmp_path: Path) -> None:
    (substance,) = built(lexicon, label(tmp_path / "l.xml", "Zolpimax", "ZOLPIDEM TARTRATE", schedule="CIV")).substances
    assert (substance.inn, substance.schedule, substance.rx) == ("zolpidem", "IV", "rx")
    assert [source.published for source in substance.law_sources] == [dt.date(2026, 11, 1)]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is none of openFDA NDC"),
        ("hello", "is none of openFDA NDC"),
        ("PK\x03\x04...", "is packed; unpack it"),
        ('{"results": []', "Expecting"),
        ('{"a": 1}', "no openFDA NDC dump"),
        ('{"results": ' + "[" * 100_000, "recursion"),
        ("UNII\tINN_ID\n1\t" + "x" * 200_000 + "\n", "field larger than field limit"),
        ('{"meta": {"last_updated": "soon"}, "results": []}', "Invalid isoformat string"),
        ('{"meta": {"last_updated": "2026-11-20"}, "results": [{"brand_name": 3}]}', "results[0].brand_name: "),
        ("1|ENG|x||||||||||\n", "line 1: expected 18 fields"),
        ("A\tB\n1\t2\n", "has neither the headings"),
        ("<html/>", "no DailyMed label"),
        ("<document", "no XML that can be read safely"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no XML that can be read safely"),
        ('<document xmlns="urn:hl7-org:v3"/>', "says no day"),
    ],
)
def test_what_is_no_dump_is_refused_by_name(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "dump"
    file.write_text(content)
    with pytest.raises(UsageError) as refused:
        read_dump(file, DAY)
    assert str(refused.value).startswith(f"{file}: ")
    assert complaint in str(refused.value)


@pytest.mark.parametrize("kind", ["rxnorm", "unii", "openfda"])
def test_a_dump_that_says_no_day_needs_one(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "dump"
    if kind == "rxnorm":
        rxnorm(file, ("IN", "zolpidem"))
    elif kind == "unii":
        unii(file, RECORDS, "A1 X 1 9001 S")
    else:
        file.write_text('{"results": []}')
    with pytest.raises(UsageError, match="--published YYYY-MM-DD"):
        read_dump(file, None)


# ------------------------------------------------------------------------------------------------------- rules


def test_over_the_counter_products_give_no_names_but_count_for_the_status(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(
        tmp_path / "ndc.json",
        listing("Glowcream", "AVOBENZONE", kind=OTC),
        listing("Restolam", "RESTOLAMINE"),
        listing("Restolam OTC", "RESTOLAMINE", kind=OTC),
    )
    made = built(lexicon, dump)
    assert names(made) == {"restolamine": "restolamine", "Restolam": "restolamine"}
    assert made.substances[0].rx == ""
    assert made.uncertain == ("restolamine: rx.us: otc or rx, left empty",)


def test_schedules_that_differ_stay_empty_and_stand_with_the_products(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(
        tmp_path / "ndc.json",
        listing("Restolam", "RESTOLAMINE", schedule="CIV"),
        listing("Restolam Forte", "RESTOLAMINE", schedule="CII"),
        listing("Restolam Plain", "RESTOLAMINE"),
    )
    made = built(lexicon, dump)
    assert made.substances[0].schedule == ""
    assert made.uncertain == ("restolamine: schedule.us: II or IV, left empty",)
    found = loaded(made, tmp_path)
    assert [found.lookup(name)[0].name.law["schedule.us"][0].values for name in ("Restolam", "Restolam Forte")] == [
        ("IV",),
        ("II",),
    ]
    assert found.lookup("Restolam Plain")[0].name.law == {}


def test_a_schedule_that_is_none_is_not_taken(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(tmp_path / "n.json", listing("Restolam", "RESTOLAMINE", schedule="C-4"))
    assert built(lexicon, dump).substances[0].schedule == ""


def test_a_name_that_stands_for_several_substances_is_left_out(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(tmp_path / "n.json", listing("Restolam", "RESTOLAMINE"), listing("Restolam", "CALMOXINE"))
    made = built(lexicon, dump)
    assert "Restolam" not in names(made)
    assert made.uncertain == ("Restolam: stands for calmoxine or restolamine",)


def test_a_name_that_the_lexicon_gives_another_substance_is_left_out(lexicon: Lexicon, tmp_path: Path) -> None:
    made = built(lexicon, openfda(tmp_path / "n.json", listing("Ambien", "RESTOLAMINE")))
    assert made.uncertain == ("Ambien: is zolpidem in the lexicon, restolamine in the dumps",)


def test_an_everyday_word_is_refused_without_a_flag(lexicon: Lexicon, tmp_path: Path) -> None:
    dump = openfda(
        tmp_path / "n.json",
        listing("Bright", "RESTOLAMINE"),
        listing("Evening", "RESTOLAMINE"),
        listing("Zq", "RESTOLAMINE"),
    )
    common = frozenset({"bright", "evening"})
    with pytest.raises(PolicyError) as refused:
        build([read_dump(dump, DAY)], lexicon, {"evening": Ambiguity.NEVER_ALONE}, common)
    assert refused.value.problems == [
        "openFDA NDC (n.json): Bright is an everyday word: give it an ambiguity (needs-context, never-alone)",
        "openFDA NDC (n.json): Zq is too short to stand alone: give it an ambiguity, or case: exact",
    ]


def test_names_of_the_lexicon_keep_their_ambiguity(lexicon: Lexicon, tmp_path: Path) -> None:
    made = built(lexicon, openfda(tmp_path / "n.json", listing("SOMA", "CARISOPRODOL", schedule="CIV")))
    (soma,) = (each.name for each in made.substances[0].names if each.name.surface == "Soma")
    assert soma.ambiguity is Ambiguity.NEEDS_CONTEXT


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("ZOLPIDEM  TARTRATE", "zolpidem"),
        ("Potassium Chloride", "potassium chloride"),
        ("codeine phosphate hemihydrate", "codeine"),
        ("sodium", "sodium"),
        ("insulin human", "insulin human"),
    ],
)
def test_the_salt_is_no_part_of_the_name(name: str, base: str) -> None:
    assert base_name(name) == base


def test_ingredients_are_the_substances_of_the_lexicon(lexicon: Lexicon) -> None:
    assert substance_of("ACETAMINOPHEN", lexicon) == "paracetamol"
    assert substance_of("DEXTROAMPHETAMINE SULFATE", lexicon) == "dexamfetamine"
    assert substance_of("RESTOLAMINE HYDROCHLORIDE", lexicon) == "restolamine"


# -------------------------------------------------------------------------------------------------------- file


def everything(folder: Path) -> list[Path]:
    return [
        openfda(
            folder / "ndc.json",
            listing("ZOLPIMAX", "ZOLPIDEM TARTRATE", schedule="CIV", pharm_class=["Hypnotic [EPC]", "Sleepy [PE]"]),
            listing("Restolam", "RESTOLAMINE", schedule="CIV", pharm_class=["Calmant [EPC]", "Sleepy [PE]"]),
            listing("Restopan", "RESTOLAMINE", "ACETAMINOPHEN", schedule="CIII"),
        ),
        label(folder / "l.xml", "Restolam", "RESTOLAMINE", schedule="CIV"),
        rxnorm(folder / "RXNCONSO.RRF", ("IN", "restolamine"), ("SBDC", "restolamine 5 MG [Restolam]")),
        unii(folder / "u.txt", RECORDS, "A1 RESTOLAMINE 1 9001 S"),
    ]


def test_the_file_is_a_drug_file_whose_cells_say_where_they_come_from(lexicon: Lexicon, tmp_path: Path) -> None:
    found = loaded(built(lexicon, *everything(tmp_path)), tmp_path)
    restolamine = found.substances["restolamine"]
    assert restolamine.drug_class == "calmant"
    assert [cell.values for cell in restolamine.law["schedule.us"]] == [("IV",)]
    where = restolamine.evidence["schedule.us"]
    assert (where.source, where.checked) == ("DailyMed (l.xml); openFDA NDC (ndc.json)", dt.date(2026, 11, 20))
    assert "RxNorm (RXNCONSO.RRF)" in restolamine.evidence["names"].source
    restopan = found.lookup("Restopan")[0].name
    assert {restopan.substance, *restopan.also} == {"restolamine", "paracetamol"}
    assert found.attributes(restopan, DAY)["schedule.us"] == ("III",)


def test_the_order_of_the_dumps_does_not_matter(lexicon: Lexicon, tmp_path: Path) -> None:
    files = everything(tmp_path)
    first = drug_file(built(lexicon, *files))
    for seed in range(4):
        random.Random(seed).shuffle(files)
        assert drug_file(built(lexicon, *files)) == first


@pytest.mark.parametrize(
    ("written", "complaint"),
    [("[a]", "valid dictionary"), ("Bright: maybe", "Bright: Input should be"), ("{", "not YAML")],
)
def test_a_bad_file_of_flags_is_named(tmp_path: Path, written: str, complaint: str) -> None:
    file = tmp_path / "flags.yaml"
    file.write_text(written)
    with pytest.raises(UsageError) as refused:
        read_flags(file)
    assert str(refused.value).startswith(f"{file}: ")
    assert complaint in str(refused.value)
