"""ZIP files: written so that the same content makes the same bytes, read as what a stranger made."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from auditor.errors import CaptureError

# What a damaged or hostile ZIP file may raise.
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error)

_MOST_MEMBERS = 10_000
_UNIX = 3
_READABLE = 0o644 << 16
_VERSION = 20


def add_file(archive: zipfile.ZipFile, name: str, content: bytes | Path, *, compressed: bool = False) -> None:
    """Adds a file. Nothing of the machine or the moment goes in: no times, no owner, no attributes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.create_version, info.external_attr = _UNIX, _VERSION, _READABLE
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    if isinstance(content, bytes):
        archive.writestr(info, content)
        return
    info.file_size = content.stat().st_size
    with content.open("rb") as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target)


def checked_members(archive: zipfile.ZipFile, largest: int) -> list[zipfile.ZipInfo]:
    """The files of an archive.

    Raises:
        CaptureError: they are too many or come to more than `largest` bytes, a name leads out of the folder or stands
            twice, or one is encrypted.
    """
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > _MOST_MEMBERS:
        raise CaptureError(f"{len(members)} files in one package, which no case has")
    if sum(info.file_size for info in members) > largest:
        raise CaptureError(f"unpacks to more than {largest} bytes")
    for info in members:
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
            raise CaptureError(f"the name {info.filename[:80]!r} in the package leads out of it")
        if info.flag_bits & 1:
            raise CaptureError(f"{info.filename[:80]!r} in the package is encrypted")
    if len({info.filename for info in members}) < len(members):
        raise CaptureError("two files of one name in the package")
    return members
