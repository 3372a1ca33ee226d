"""Lists of names that detectors compare with. Data, in vocabulary/lists.yaml."""

from __future__ import annotations

from functools import cache, lru_cache
from urllib.parse import urlsplit

import yaml

from auditor.assets import asset_folder

_LONGEST_HOST = 253  # characters that a host name may have


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
    path = url.find("/", 8) if url.startswith(("http://", "https://")) else -1
    return _host(url[:path]) if 0 < path <= _LONGEST_HOST else _split_host(url)


@lru_cache(maxsize=1024)  # the links of a page lead to few sites
def _host(origin: str) -> str:
    return _split_host(origin)


def _split_host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def host_in(host: str, hosts: str, suffixes: str = "") -> bool:
    """Whether `host` is, or lies under, one of the list `hosts`, or ends as one of the list `suffixes` says."""
    return 0 < len(host) <= _LONGEST_HOST and _host_in(host, hosts, suffixes)


@lru_cache(maxsize=1024)
def _host_in(host: str, hosts: str, suffixes: str) -> bool:
    labels = host.split(".")
    parents = {".".join(labels[at:]) for at in range(len(labels))}
    if parents & names(hosts):
        return True
    return bool(suffixes) and any(f".{host}".endswith(suffix) for suffix in names(suffixes))
