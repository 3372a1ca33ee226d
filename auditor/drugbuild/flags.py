"""What a person adds to a build: which names are everyday words, and how doubtful they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from auditor.errors import UsageError
from auditor.vocabulary.drugfile import read_common_words
from auditor.vocabulary.drugs import Ambiguity, name_key
from auditor.yamlfile import load_yaml

_FLAGS = TypeAdapter(dict[str, Ambiguity])


def read_flags(path: Path) -> Mapping[str, Ambiguity]:
    """Name key to ambiguity, from a file of lines such as `Alert: needs-context`.

    Raises:
        UsageError: the file holds something else.
    """
    try:
        flags = _FLAGS.validate_python(load_yaml(path.read_text(encoding="utf-8")) or {})
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except ValidationError as error:
        problem = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    return {name_key(name): flag for name, flag in flags.items()}


def read_words(paths: Iterable[Path]) -> frozenset[str]:
    """The everyday words of all these lists, as name keys.

    Raises:
        UsageError: a list cannot be read.
    """
    found: frozenset[str] = frozenset()
    for path in paths:
        try:
            found |= read_common_words(path)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read as a list of words ({error})") from None
    return found
