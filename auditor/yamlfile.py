"""YAML as analysts expect it: `no`, `yes`, `on` and `off` are words, only `true` and `false` are truth values."""

from __future__ import annotations

import re

import yaml


class Loader(yaml.CSafeLoader):
    """The fast safe loader with the truth values of YAML 1.2."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load_yaml(text: str) -> object:
    """The data in `text`.

    Raises:
        yaml.YAMLError: with a `problem_mark` that holds the zero-based line.
    """
    return yaml.load(text, Loader=Loader)  # noqa: S506  (a safe loader)
