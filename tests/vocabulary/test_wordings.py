"""Wording files: what their phrases expand to, and what is refused, where and why."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from auditor.assets import asset_folder
from auditor.errors import PolicyError
from auditor.vocabulary.load import load_vocabulary
from auditor.vocabulary.wordings import COMFORTABLE_EXPANSIONS, MAX_EXPANSIONS, read_wordings
from auditor.yamlfile import load_yaml
from tests.vocabulary.wording import entry, expanded, hits, wordings


def problems(folder: Path, **files: str) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        wordings(folder, **files)
    return str(refused.value).splitlines()


# -------------------------------------------------------------------------------------------------- expansion


def test_a_phrase_is_looked_for_folded(tmp_path: Path) -> None:
    assert expanded(tmp_path, "No-Prescription, Needed!") == [(("no prescription needed",),)]


def test_a_set_stands_for_each_of_its_wordings(tmp_path: Path) -> None:
    sets = "  rx: [prescription, doctor's note]\n  need: [needed, required]\n"
    assert expanded(tmp_path, '"no {rx} {need}"', sets=sets) == [
        (
            (
                "no prescription needed",
                "no prescription required",
                "no doctor s note needed",
                "no doctor s note required",
            ),
        )
    ]


def test_an_empty_wording_makes_a_set_optional(tmp_path: Path) -> None:
    assert expanded(tmp_path, '"without {a} script"', sets='  a: ["", any]\n') == [
        (("without script", "without any script"),)
    ]


def test_a_phrase_of_optional_sets_alone_leaves_out_the_empty_wording(tmp_path: Path) -> None:
    assert expanded(tmp_path, '"{a}"', sets='  a: ["", any]\n') == [(("any",),)]


def test_sets_may_hold_sets(tmp_path: Path) -> None:
    sets = "  paper: [script, note]\n  rx: [prescription, '{paper}']\n"
    assert expanded(tmp_path, '"no {rx}"', sets=sets) == [(("no prescription", "no script", "no note"),)]


def test_equal_wordings_are_kept_once(tmp_path: Path) -> None:
    assert expanded(tmp_path, '"{a} day"', sets="  a: [next, Next, next-]\n") == [(("next day",),)]


def test_a_gap_cuts_a_phrase_in_parts(tmp_path: Path) -> None:
    (phrase,) = wordings(tmp_path, en_x=entry("buy ... online ... now")).phrases
    assert phrase.parts == (("buy",), ("online",), ("now",))
    assert phrase.gaps == (4, 4)


def test_a_phrase_with_too_many_combinations_is_cut_between_words(tmp_path: Path) -> None:
    words = ", ".join(f"w{number}" for number in range(60))
    assert COMFORTABLE_EXPANSIONS < 60 * 60
    (phrase,) = wordings(tmp_path, en_x=entry('"{a} {a}"', sets=f"  a: [{words}]\n")).phrases
    assert [len(part) for part in phrase.parts] == [60, 60]
    assert phrase.gaps == (0,)
    assert hits(tmp_path, "So w1 w59, so w3 so w4", '"{a} {a}"', sets=f"  a: [{words}]\n") == ["w1 w59"]


# ------------------------------------------------------------------------------------------------------- gaps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("buy it online", ["buy it online"]),
        ("buy online", ["buy online"]),
        ("buy one two three four online", ["buy one two three four online"]),
        ("buy one two three four five online", []),
        ("buy it. Online", []),
        ("buy it! Online", []),
        ("buy it\nonline", []),
        ("buy approx.two online", ["buy approx.two online"]),
        ("buy, then online", ["buy, then online"]),
        ("online you buy", []),
    ],
)
def test_a_gap_is_up_to_four_words_within_a_sentence(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert hits(tmp_path, text, "buy ... online") == expected


def test_the_nearest_end_of_a_gap_counts(tmp_path: Path) -> None:
    assert hits(tmp_path, "buy pills online, yes online", "buy ... online") == ["buy pills online"]


# -------------------------------------------------------------------------------------------- words, not data


def test_words_that_yaml_takes_for_data_stay_words(tmp_path: Path) -> None:
    found = expanded(tmp_path, "no", "yes", "on", "off", "true", "null", "24", "1.5", "2026-11-22")
    assert [parts[0][0] for parts in found] == [
        "no", "yes", "on", "off", "true", "null", "24", "1 5", "2026 11 22",
    ]  # fmt: skip


def test_words_that_yaml_takes_for_data_stay_words_in_sets(tmp_path: Path) -> None:
    sets = "  a: [no, 24, null, true]\n"
    assert expanded(tmp_path, '"{a} hours"', sets=sets) == [
        (("no hours", "24 hours", "null hours", "true hours"),),
    ]


@pytest.mark.parametrize(
    ("text", "data"),
    [("no", "no"), ("Yes", "Yes"), ("off", "off"), ("true", True), ("false", False), ("True", "True"), ("7", 7)],
)
def test_only_true_and_false_are_truth_values(text: str, data: object) -> None:
    assert load_yaml(text) == data


def test_yaml_makes_no_objects() -> None:
    with pytest.raises(yaml.YAMLError):
        load_yaml("!!python/object/apply:os.getcwd []")


# ------------------------------------------------------------------------------------------------------ scope


def test_sets_are_shared_by_the_files_of_a_language(tmp_path: Path) -> None:
    shared = "sets:\n  rx: [prescription]\n"
    found = wordings(tmp_path, en_a=shared, en_b=entry('"no {rx}"')).phrases
    assert [phrase.parts for phrase in found] == [(("no prescription",),)]


def test_sets_are_not_shared_between_languages(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_a="sets:\n  rx: [prescription]\n", de_b=entry('"kein {rx}"'))
    assert "unknown set 'rx'" in problem


def test_a_file_may_define_a_set_of_its_own_that_another_defines_differently(tmp_path: Path) -> None:
    found = wordings(tmp_path, en_a=entry('"{x}"', sets="  x: [one]\n"), en_b=entry('"{x}"', sets="  x: [two]\n"))
    assert [phrase.parts[0] for phrase in found.phrases] == [("one",), ("two",)]


def test_a_set_that_two_files_define_differently_is_no_set_of_a_third(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_a="sets:\n  x: [one]\n", en_b="sets:\n  x: [two]\n", en_c=entry('"go {x}"'))
    assert "c.yaml: signals[0]: phrase 'go {x}': unknown set 'x'" in problem


def test_contexts_use_sets_too(tmp_path: Path) -> None:
    more = '    not:\n      - {phrases: ["over {x} counter"], within: block, because: ordinary goods}\n'
    (phrase,) = wordings(tmp_path, en_x=entry("no script", sets="  x: [the, a]\n", more=more)).phrases
    (context,) = phrase.entry.contexts
    assert context.phrases == ("over the counter", "over a counter")
    assert (context.within, context.because) == ("block", "ordinary goods")


def test_an_entry_knows_where_it_was_written(tmp_path: Path) -> None:
    more = "    attributes: {strength: strong, topics: [a, b]}\n"
    (phrase,) = wordings(tmp_path, en_x=entry("buy", more=more)).phrases
    assert phrase.entry.source == f"{tmp_path / 'en' / 'x.yaml'}: signals[0]"
    assert phrase.entry.language == "en"
    assert phrase.entry.attributes == {"strength": ("strong",), "topics": ("a", "b")}


def test_the_small_words_of_all_languages_are_collected(tmp_path: Path) -> None:
    found = wordings(
        tmp_path,
        en_x="abbreviations: [Dr, e.g, no]\nfirst_person: [we, we'll]\nsecond_person: [you]\n",
        de_x="abbreviations: [bzw]\nfirst_person: [wir]\n",
    )
    assert found.abbreviations == {"dr", "e.g", "no", "bzw"}
    assert found.first_person == {"we", "we ll", "wir"}
    assert found.second_person == {"you"}


def test_an_empty_folder_holds_no_wordings(tmp_path: Path) -> None:
    found = read_wordings(tmp_path)
    assert (found.phrases, found.sets) == ([], {})


# ----------------------------------------------------------------------------------------------------- errors


def test_an_unknown_set_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_x=entry('"no {presciption}"', sets="  prescription: [script]\n"))
    assert problem.endswith(
        "x.yaml: signals[0]: phrase 'no {presciption}': unknown set 'presciption' (did you mean 'prescription'?)"
    )


def test_a_set_that_contains_itself_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_x=entry('"{a}"', sets='  a: ["x {b}"]\n  b: ["y {a}"]\n'))
    assert "signals[0]: phrase '{a}': a set contains itself" in problem


def test_a_phrase_of_no_words_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_x=entry('"buy ... !"'))
    assert problem.endswith("signals[0]: phrase 'buy ... !': a part has no words")


def test_sets_that_multiply_without_end_are_refused(tmp_path: Path) -> None:
    words = ", ".join(f"w{number}" for number in range(150))
    sets = f"  a: [{words}]\n  b: ['{{a}} {{a}} {{a}}']\n"
    assert MAX_EXPANSIONS < 150**3
    (problem,) = problems(tmp_path, en_x=entry('"{b}"', sets=sets))
    assert f"expands to more than {MAX_EXPANSIONS} wordings" in problem


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, en_x="signals:\n  - signal: act\n   value: [\n")
    assert problem.startswith(f"{tmp_path / 'en' / 'x.yaml'}:4: not YAML: ")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("signals:\n  - {signal: act, phrases: [buy]}\n", "x.yaml: signals.0.value: Field required"),
        ("signals:\n  - {signal: act, value: v, phrases: []}\n", "x.yaml: signals.0.phrases: List should have"),
        ("signals:\n  - {signal: act, value: v, phrases: [a], vioce: own}\n", "x.yaml: signals.0.vioce: Extra inputs"),
        ("signals:\n  - {signal: act, value: v, phrases: [a], voice: his}\n", "x.yaml: signals.0.voice: Input should"),
        ("signals:\n  - {signal: act, value: v, phrases: [[a]]}\n", "x.yaml: signals.0.phrases.0: Input should be"),
        ("sets: [a]\n", "x.yaml: sets: Input should be a valid dict"),
        ("sets: {a: b}\n", "x.yaml: sets.a: Input should be a valid list"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    (problem,) = problems(tmp_path, en_x=content)
    assert complaint in problem


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, en_a="sets: 7\n", en_b="signals: [\n", en_c=entry('"{x}"', '"{y}"'))
    assert len(found) == 4


def test_what_policies_bring_along_may_use_the_sets_of_their_language() -> None:
    folder = asset_folder("policies")
    (name,) = (name for name in read_wordings(folder / "vocabulary").sets["en"] if name == "seller")
    vocabulary = load_vocabulary(folder, [("inline:a", [f"{{{name}}} of wonders"], "en")])
    assert vocabulary.kinds["inline:a"] == {"found"}


def test_an_error_in_what_policies_bring_along_names_it() -> None:
    with pytest.raises(PolicyError, match=r"inline:a: phrase '\{nothing\}': unknown set 'nothing'"):
        load_vocabulary(asset_folder("policies"), [("inline:a", ["{nothing}"], "en")])
