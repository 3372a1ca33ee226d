"""Weighing models as data: named evidence, its weight in log-odds, and what it says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from auditor.errors import PolicyError
from auditor.model import Factor
from auditor.yamlfile import load_yaml


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
        return 1 / (1 + math.exp(-self.bias - sum(factor.weight for factor in factors)))


def load_model(path: Path) -> WeighingModel:
    """Read a model file.

    Raises:
        PolicyError: naming file and field.
    """
    try:
        return WeighingModel.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise PolicyError([f"{path}: missing; the policies folder needs it"]) from None
    except yaml.YAMLError as error:
        raise PolicyError([f"{path}: not YAML: {error}"]) from None
    except ValidationError as error:
        raise PolicyError(
            [f"{path}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        ) from None
