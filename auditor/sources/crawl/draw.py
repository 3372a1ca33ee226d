"""Drawing a sample: at random within strata, each stratum in proportion, and the same again for the same addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit


def stratum_of(key: str) -> str:
    """The part of the site an address is of: the first folder of its path."""
    first, _, rest = urlsplit(key).path.lstrip("/").partition("/")
    return f"/{first}/" if rest else "/"


def draw(keys: Iterable[str], size: int) -> set[str]:
    """`size` of the addresses, or all when there are fewer: of each stratum its share, rounded by largest remainder."""
    strata: dict[str, list[str]] = {}
    for key in keys:
        strata.setdefault(stratum_of(key), []).append(key)
    total = sum(map(len, strata.values()))
    size = min(size, total)
    shares = {name: size * len(members) / total for name, members in strata.items()}
    taken = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(strata, key=lambda name: (taken[name] - shares[name], name))
    for name in by_remainder[: size - sum(taken.values())]:
        taken[name] += 1
    return {key for name, members in strata.items() for key in sorted(members, key=_lot)[: taken[name]]}


def _lot(key: str) -> bytes:
    """The lot of an address: as good as random, and nothing that a site could set."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), key=b"health-content-auditor").digest()
