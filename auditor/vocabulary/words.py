"""The words a disguise may stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

_LEAST_MASKED = 5  # letters of a name that is recognised with some of them masked
NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Words:
    """Single folded words that wordings consist of; names among them are recognised by their shape, too."""

    def __init__(self, known: Iterable[str], names: Mapping[str, str] = NO_NAMES, verbs: Iterable[str] = ()) -> None:
        """`names`: single words, each with what it is the name of. `verbs`: calls that are run into one with a name."""
        self._known = frozenset(known)
        self._names = names
        self._by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
        for name in sorted(names):
            if len(name) >= _LEAST_MASKED and name.isalpha():
                self._by_shape[len(name), name[0]].append(name)
        self.verbs = tuple(sorted(verbs))

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def is_name(self, word: str) -> bool:
        """Whether `word` is a name rather than a word of a phrase."""
        return word in self._names

    def fitting(self, masked: str) -> str:
        """A name that `masked` stands for, with `?` for each letter masked; "" when names of several things fit."""
        shape = re.compile(re.escape(masked).replace(r"\?", "[a-z]"))
        found = [name for name in self._by_shape.get((len(masked), masked[:1]), ()) if shape.fullmatch(name)]
        return found[0] if len({self._names[name] for name in found}) == 1 else ""
