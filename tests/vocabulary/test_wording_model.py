"""The fitted model: the expert's lines with weights of its own, and one line for all the words around a medicine."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from auditor.assets import asset_folder
from auditor.errors import PolicyError
from auditor.vocabulary.models import Feature, WeighingModel, WordingModel, load_model, load_wording_model, word_share

EXPERT = WeighingModel(
    name="expert",
    version="1",
    bias=-3,
    features={"price": Feature(weight=2, says="a price"), "main": Feature(weight=0.5, says="the main one")},
)
FITTED = WordingModel(
    name="fitted",
    version="1",
    bias=-1,
    says="words for",
    says_against="words against",
    weights={"price": 1, "main": 0},
    words={"pack": 3, "pay": 1, "prescription": -5},
)


def test_a_line_keeps_its_share_place_and_words_under_the_new_weight() -> None:
    (line,) = FITTED.reweighed([EXPERT.factor("price", 3, 9, share=0.5)], EXPERT)
    assert (line.name, line.weight, line.says, line.start, line.end) == ("price", 0.5, "a price", 3, 9)


def test_a_line_that_weighs_nothing_is_left_out() -> None:
    assert list(FITTED.reweighed([EXPERT.factor("main")], EXPERT)) == []


def test_words_amount_to_one_line_that_names_the_most_telling() -> None:
    (line,) = FITTED.wording({"pay": (0, 3), "pack": (5, 9), "unknown": (10, 17)})
    assert line.weight == pytest.approx(4 * word_share(2))
    assert line.says == "words for: pack, pay"
    assert (line.start, line.end) == (5, 9)


def test_fewer_words_than_eight_are_given_no_more_than_eight_are() -> None:
    assert word_share(1) == word_share(8) == pytest.approx(1 / math.sqrt(8))
    assert word_share(32) == pytest.approx(1 / math.sqrt(32))


def test_words_against_are_told_as_such() -> None:
    (line,) = FITTED.wording({"pack": (0, 4), "prescription": (5, 17)})
    assert line.weight < 0
    assert line.says.startswith("words against: prescription")


@pytest.mark.parametrize("words", [{}, {"unknown": (0, 7)}])
def test_unknown_words_say_nothing(words: dict[str, tuple[int, int]]) -> None:
    assert list(FITTED.wording(words)) == []


def test_the_confidence_is_the_logistic_of_all_lines() -> None:
    lines = [*FITTED.reweighed([EXPERT.factor("price")], EXPERT), *FITTED.wording({"pay": (0, 3)})]
    assert FITTED.confidence(lines) == pytest.approx(1 / (1 + math.exp(-word_share(1))))


@pytest.mark.parametrize(
    ("model", "words", "complaint"),
    [
        ("weights: {price: 1}", "", "none for main"),
        ("weights: {price: 1, main: 1}", "much\tword\n", "expected a weight, a tab and a word"),
        ("weights: {price: 1, main: 1}\nmore: 1", "", "more: Extra inputs"),
    ],
)
def test_a_wrong_model_is_refused_with_its_place(tmp_path: Path, model: str, words: str, complaint: str) -> None:
    (tmp_path / "m.yaml").write_text(f"name: m\nversion: '1'\nbias: 0\nsays: a\nsays_against: b\n{model}\n")
    (tmp_path / "m.tsv").write_text(words)
    with pytest.raises(PolicyError, match=complaint):
        load_wording_model(tmp_path / "m.yaml", tmp_path / "m.tsv", EXPERT)


def test_missing_words_are_named(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "name: m\nversion: '1'\nbias: 0\nsays: a\nsays_against: b\nweights: {price: 1, main: 1}\n"
    )
    with pytest.raises(PolicyError, match=r"m\.tsv: missing"):
        load_wording_model(tmp_path / "m.yaml", tmp_path / "m.tsv", EXPERT)


def test_the_shipped_model_keeps_the_signs_of_the_expert() -> None:
    folder = asset_folder("policies") / "models"
    expert = load_model(folder / "offer.yaml", WeighingModel)
    fitted = load_wording_model(folder / "unprescribed.yaml", folder / "unprescribed-words.tsv", expert)
    assert fitted.words
    assert all(fitted.weights[name] * feature.weight >= 0 for name, feature in expert.features.items())
