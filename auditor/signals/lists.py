"""Lists of names that detectors compare with. Data, in vocabulary/lists.yaml."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

import yaml

from auditor.assets import asset_folder


@cache
def names(list_name: str) -> frozenset[str]:
    """One list, lower-cased."""
    return frozenset(str(name).lower() for name in _lists()[list_name])


@cache
def _lists() -> dict[str, list[str]]:
    source = (asset_folder("policies") / "vocabulary" / "lists.yaml").read_bytes()
    return dict(yaml.load(source, Loader=yaml.CSafeLoader))


def host_of(url: str) -> str:
    """The host name of `url`, lower-cased, or "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def host_in(host: str, hosts: str, suffixes: str = "") -> bool:
    """Whether `host` is, or lies under, one of the list `hosts`, or ends as one of the list `suffixes` says."""
    labels = host.split(".")
    parents = {".".join(labels[at:]) for at in range(len(labels))}
    if parents & names(hosts):
        return True
    return bool(suffixes) and any(f".{host}".endswith(suffix) for suffix in names(suffixes))
