"""The folder of policies as one file of a case: the same folder always makes the same bytes."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from auditor.errors import CaptureError
from auditor.evidence.zipped import BROKEN_ZIP, add_file, checked_members

_SUFFIXES = frozenset({".yaml", ".tsv", ".txt", ".md", ".json"})
_LARGEST = 100_000_000


def pack_rules(folder: Path) -> bytes:
    """A ZIP of all the rules in `folder`, tests included."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in rules_in(folder):
            add_file(archive, name, content, compressed=True)
    return packed.getvalue()


def unpack_rules(packed: bytes, folder: Path) -> None:
    """Writes the rules of `pack_rules` into an empty folder.

    Raises:
        CaptureError: it is not such a file, or one that would write elsewhere or too much.
    """
    for name, content in packed_rules(packed):
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except (OSError, ValueError) as error:
            raise CaptureError(f"the policies in the case cannot be unpacked: {error}") from error


def rules_digest(rules: Iterable[tuple[str, bytes]]) -> str:
    """One digest of all rules: policies, wordings, medicines, models."""
    hasher = hashlib.sha256()
    for name, content in sorted(rules):
        hasher.update(f"{name}\0{len(content)}\0".encode() + content)
    return hasher.hexdigest()


def rules_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of rules in a folder: name and content, in order of their names."""
    for path in sorted(_files(folder)):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def packed_rules(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of rules in a file of `pack_rules`.

    Raises:
        CaptureError: while iterating, as `unpack_rules`.
    """
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            for member in checked_members(archive, _LARGEST):
                yield member.filename, archive.read(member)
    except BROKEN_ZIP as error:
        raise CaptureError(f"the policies in the case cannot be read: {error}") from error


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder, followlinks=True):
        yield from (Path(parent, name) for name in names if Path(name).suffix in _SUFFIXES)
