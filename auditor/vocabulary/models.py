"""Weighing models as data: named evidence, its weight in log-odds, and what it says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.errors import PolicyError
from auditor.model import Factor
from auditor.yamlfile import load_yaml

_FEWEST_WORDS = 8  # fewer words than these say no more than their share
_MOST_NAMED = 4  # words that a line of evidence names


class Feature(BaseModel):
    """One named piece of evidence. `weight` is in log-odds; negative speaks against."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    weight: float
    says: str


class WeighingModel(BaseModel):
    """A logistic model small enough to read: confidence = logistic(bias + sum of weights of the evidence found)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    version: str
    bias: float
    features: Mapping[str, Feature]
    stances: Mapping[str, str] = {}  # what a report says of each stance on prescriptions

    def factor(self, name: str, start: int = -1, end: int = -1, share: float = 1.0) -> Factor:
        """The line of evidence `name`, found at a span; `share` (0 to 1) scales evidence that is only partly there."""
        feature = self.features[name]
        return Factor(name, feature.weight * share, feature.says, start, end)

    def confidence(self, factors: Iterable[Factor]) -> float:
        """What the evidence adds up to, between 0 and 1."""
        return _logistic(self.bias, factors)


class WordingModel(BaseModel):
    """A model fitted on labelled pages: the evidence of an expert's model with weights of its own, and words.

    `weights` are for the features of the expert's model, `words` what a word near a medicine says before it is shared
    among all the words there. Both are in log-odds.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    version: str
    bias: float
    says: str
    says_against: str
    weights: Mapping[str, float]
    words: Mapping[str, float] = Field(default_factory=dict)

    def reweighed(self, factors: Iterable[Factor], expert: WeighingModel) -> Iterator[Factor]:
        """`factors` of the expert's model with the weights of this one; those that weigh nothing here are left out."""
        for factor in factors:
            weight = factor.weight * self.weights[factor.name] / expert.features[factor.name].weight
            if weight:
                yield Factor(factor.name, weight, factor.says, factor.start, factor.end)

    def wording(self, words: Mapping[str, tuple[int, int]]) -> Iterator[Factor]:
        """The line of evidence that `words`, each with its place, amount to; the more of them, the less each says."""
        weights = {word: self.words[word] for word in words.keys() & self.words.keys()}
        total = sum(sorted(weights.values())) * word_share(len(weights))
        if not total:
            return
        sign = math.copysign(1, total)
        telling = sorted(weights, key=lambda word: (-sign * weights[word], word))[:_MOST_NAMED]
        says = f"{self.says if total > 0 else self.says_against}: {', '.join(telling)}"
        yield Factor("wording", total, says, *words[telling[0]])

    def confidence(self, factors: Iterable[Factor]) -> float:
        """What the evidence adds up to, between 0 and 1."""
        return _logistic(self.bias, factors)


def word_share(known: int) -> float:
    """The part of its weight that each of so many known words is given."""
    return 1 / math.sqrt(max(known, _FEWEST_WORDS))


def _logistic(bias: float, factors: Iterable[Factor]) -> float:
    return 1 / (1 + math.exp(-bias - sum(factor.weight for factor in factors)))


Model = TypeVar("Model", WeighingModel, WordingModel)


def load_model(path: Path, shape: type[Model]) -> Model:
    """Read a model file.

    Raises:
        PolicyError: naming file and field.
    """
    try:
        return shape.model_validate(load_yaml(_read(path)))
    except yaml.YAMLError as error:
        raise PolicyError([f"{path}: not YAML: {error}"]) from None
    except ValidationError as error:
        raise PolicyError(
            [f"{path}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        ) from None


def load_wording_model(path: Path, words: Path, expert: WeighingModel) -> WordingModel:
    """Read a fitted model and the weights of its words: lines of weight, tab, word or pair; `#` opens a remark.

    Raises:
        PolicyError: naming file and field or line; a feature of the expert's model has no weight.
    """
    model = load_model(path, WordingModel)
    missing = sorted(expert.features.keys() - model.weights.keys())
    if missing:
        raise PolicyError([f"{path}: weights: expected one for every feature of {expert.name}; none for {missing[0]}"])
    weights: dict[str, float] = {}
    for number, line in enumerate(_read(words).splitlines(), 1):
        if line and not line.startswith("#"):
            weight, _, word = line.partition("\t")
            try:
                weights[word] = float(weight)
            except ValueError:
                problem = f"{words}:{number}: expected a weight, a tab and a word, got {line[:60]!r}"
                raise PolicyError([problem]) from None
    return model.model_copy(update={"words": weights})


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PolicyError([f"{path}: missing; the policies folder needs it"]) from None
