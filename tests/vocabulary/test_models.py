"""Weighing models: what the evidence adds up to, and what is refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.assets import asset_folder
from auditor.errors import PolicyError
from auditor.vocabulary.models import Feature, WeighingModel, load_model

MODEL = WeighingModel(
    name="offer",
    version="1",
    bias=-2.0,
    features={"price": Feature(weight=3.0, says="a price"), "news": Feature(weight=-1.5, says="a report")},
)


def test_no_evidence_leaves_the_bias() -> None:
    assert MODEL.confidence([]) == pytest.approx(1 / (1 + math.exp(2)))


def test_evidence_adds_up_in_log_odds() -> None:
    factors = [MODEL.factor("price"), MODEL.factor("news")]
    assert MODEL.confidence(factors) == pytest.approx(1 / (1 + math.exp(2.0 - 3.0 + 1.5)))


def test_a_line_of_evidence_says_what_it_is_and_where() -> None:
    factor = MODEL.factor("price", 3, 8)
    assert (factor.name, factor.weight, factor.says, factor.start, factor.end) == ("price", 3.0, "a price", 3, 8)


def test_evidence_that_is_partly_there_weighs_less() -> None:
    assert MODEL.factor("price", share=0.5).weight == 1.5


@given(st.lists(st.sampled_from(["price", "news"]), max_size=50))
def test_confidence_stays_between_none_and_all(names: list[str]) -> None:
    assert 0 <= MODEL.confidence(MODEL.factor(name) for name in names) <= 1


def test_evidence_that_the_model_does_not_know_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="prize"):
        MODEL.factor("prize")


# ---------------------------------------------------------------------------------------------------- loading


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("name: [", "not YAML"),
        ("name: offer\nversion: '1'\nfeatures: {}\n", "bias: Field required"),
        ("name: offer\nversion: '1'\nbias: 0\nfeatures: {price: {weight: much, says: x}}\n", "features.price.weight: "),
        ("name: offer\nversion: '1'\nbias: 0\nfeatures: {}\nthreshold: 1\n", "threshold: Extra inputs"),
    ],
)
def test_a_wrong_model_is_refused_with_its_place(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "offer.yaml"
    file.write_text(content)
    with pytest.raises(PolicyError) as refused:
        load_model(file, WeighingModel)
    assert str(refused.value).startswith(f"{file}: ")
    assert complaint in str(refused.value)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"offer\.yaml: missing; the policies folder needs it"):
        load_model(tmp_path / "offer.yaml", WeighingModel)


# --------------------------------------------------------------------------------------------- the shipped one


@pytest.fixture
def shipped() -> WeighingModel:
    return load_model(asset_folder("policies") / "models" / "offer.yaml", WeighingModel)


def test_one_strong_line_alone_is_no_clear_offer(shipped: WeighingModel) -> None:
    for name, feature in shipped.features.items():
        assert shipped.confidence([shipped.factor(name)]) < 0.8, feature


def test_every_line_of_evidence_says_something_else(shipped: WeighingModel) -> None:
    said = [feature.says for feature in shipped.features.values()]
    assert all(said)
    assert len(set(said)) == len(said)


def test_the_card_explains_every_line_of_evidence(shipped: WeighingModel) -> None:
    card = (asset_folder("policies") / "models" / "evaluation.md").read_text(encoding="utf-8")
    assert [name for name in (*shipped.features, *shipped.stances) if f"`{name}`" not in card] == []
