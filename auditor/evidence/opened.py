"""Reading a case that somebody else may have made: nothing is trusted before it is checked."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from pydantic import ValidationError

from auditor.errors import CaptureError, UsageError
from auditor.evidence.manifest import CONFIG, MANIFEST, RESULT, WARC, Config, KeptCapture, Manifest
from auditor.evidence.rebuilt import rebuilt
from auditor.evidence.records import Record, find_originals, read_record_at
from auditor.evidence.zipped import BROKEN_ZIP, checked_members
from auditor.model import Capture, Report
from auditor.report.jsonio import read_json
from auditor.sources.options import SourceOptions

_LARGEST_PACKAGE = 50_000_000_000
_LARGEST_FILE = 2_000_000_000  # of what is read into memory


@dataclass(frozen=True)
class Package:
    """An open WACZ file. `names`: its files in the order in which they stand."""

    path: Path
    archive: zipfile.ZipFile
    folder: Path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The files in it."""
        return tuple(info.filename for info in checked_members(self.archive, _LARGEST_PACKAGE))

    def read(self, name: str) -> bytes:
        """The content of a small file.

        Raises:
            CaptureError: it is not there, too large, or broken.
        """
        try:
            if self.archive.getinfo(name).file_size > _LARGEST_FILE:
                raise CaptureError(f"{name} in the package is too large to be read")
            return self.archive.read(name)
        except KeyError as error:
            raise CaptureError(f"the package has no {name}") from error
        except BROKEN_ZIP as error:
            raise CaptureError(f"{name} in the package is broken: {error}") from error

    def extracted(self, name: str) -> Path:
        """A copy of a file on disk, for reading here and there.

        Raises:
            CaptureError: it is not there or broken.
        """
        target = self.folder / str(self.names.index(name) if name in self.names else len(self.names))
        if not target.exists():
            try:
                with self.archive.open(name) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
            except KeyError as error:
                raise CaptureError(f"the package has no {name}") from error
            except BROKEN_ZIP as error:
                target.unlink(missing_ok=True)
                raise CaptureError(f"{name} in the package is broken: {error}") from error
        return target

    @property
    def is_case(self) -> bool:
        """Whether an audit made it, rather than another crawler."""
        return MANIFEST in self.names

    def manifest(self) -> Manifest:
        """What the case says of itself.

        Raises:
            CaptureError: it says nothing that this version reads.
        """
        try:
            return Manifest.model_validate_json(self.read(MANIFEST))
        except ValidationError as error:
            raise CaptureError(f"{MANIFEST} in the package is not one this version reads") from error

    def config(self) -> Config:
        """How the audit was called.

        Raises:
            CaptureError: it is not there or not readable.
        """
        try:
            return Config.model_validate_json(self.read(CONFIG))
        except ValidationError as error:
            raise CaptureError(f"{CONFIG} in the package is not one this version reads") from error

    def report(self) -> Report:
        """The result of the audit.

        Raises:
            CaptureError: it is not there or not readable.
        """
        try:
            with gzip.open(BytesIO(self.read(RESULT))) as stream:
                content = stream.read(_LARGEST_FILE + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise CaptureError(f"{RESULT} in the package is broken: {error}") from error
        if len(content) > _LARGEST_FILE:
            raise CaptureError(f"{RESULT} in the package is too large to be read")
        try:
            return read_json(content)
        except UsageError as error:
            raise CaptureError(f"{RESULT} in the package: {error}") from error

    def capture(self, kept: KeptCapture, options: SourceOptions) -> Capture:
        """A capture of the case, made again from its records.

        Raises:
            CaptureError: they do not make it.
        """
        return rebuilt(kept, self.record, options)

    def record(self, place: int) -> Record:
        """The record that begins at `place` of the WARC file.

        Raises:
            CaptureError: there is none.
        """
        with self.extracted(WARC).open("rb") as stream:
            return read_record_at(stream, place, self._originals)

    @cached_property
    def _originals(self) -> dict[str, int]:
        with self.extracted(WARC).open("rb") as stream:
            return find_originals(stream)


@contextlib.contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """A WACZ file, open for reading.

    Raises:
        CaptureError: it is none, or one made to do harm.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise CaptureError(f"{path}: no such file or folder") from error
    except BROKEN_ZIP as error:
        raise CaptureError(f"{path}: not a WACZ file: {error}") from error
    with archive, tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        package = Package(path, archive, Path(folder))
        _ = package.names  # checked before anything is read
        yield package
