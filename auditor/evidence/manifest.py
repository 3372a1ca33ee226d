"""What a case says of itself: its captures, its files with their hashes, and how the audit was called."""

from __future__ import annotations

import datetime as dt
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from auditor import __version__
from auditor.model import Capture, Kind, Model
from auditor.sources.options import SourceOptions

if TYPE_CHECKING:
    from auditor.audit import Auditor

MANIFEST_FORMAT = "1.0"

WARC = "archive/data.warc.gz"
RESULT = "audit/result.json.gz"  # 600 KB a page, and a thirtieth of that compressed
CONFIG = "audit/config.json"
RULES = "audit/policies.zip"
MANIFEST = "audit/manifest.json"
SIGNATURE = "audit/manifest.json.sig"
PUBLIC_KEY = "audit/public-key.pem"
TIME_STAMP = "audit/manifest.json.tsr"

# What pages are read with: another release may read the same bytes as another text.
_READERS = ("selectolax", "resiliparse", "markdown-it-py", "ahocorasick-rs", "phonenumbers", "price-parser")


class KeptFile(Model):
    """A file of the case."""

    path: str
    size: int
    sha256: str


class KeptCapture(Model):
    """A capture, and the records of the WARC file it is made from again.

    `records`: where in the file they begin: the redirects and the page, or the one resource; none for a page that
    could not be had. `watched`: whether the records are what went over the wire; otherwise (a file, standard input) the
    content is a resource record and the rest of the capture is told here alone.
    """

    capture: Capture
    records: tuple[int, ...] = ()
    watched: bool = False


class Manifest(Model):
    """The table of contents that a signature and a time stamp cover."""

    format: str = MANIFEST_FORMAT
    auditor: str = __version__
    created_at: dt.datetime
    files: tuple[KeptFile, ...]
    captures: tuple[KeptCapture, ...]


class SourceLimits(Model):
    """The options of reading that decide what a capture holds."""

    kind: Kind | None = None
    max_download: int
    max_file: int

    @classmethod
    def of(cls, options: SourceOptions) -> SourceLimits:
        """Those of `options`."""
        return cls(kind=options.kind, max_download=options.max_download, max_file=options.max_file)

    def options(self) -> SourceOptions:
        """Options of reading with these limits."""
        return SourceOptions(kind=self.kind, max_download=self.max_download, max_file=self.max_file)


class Config(Model):
    """How the audit was called, and with what it was made. `policies`: the ids it was held to; none for all."""

    auditor: str = __version__
    python: str
    libraries: dict[str, str]
    audit_date: dt.date
    jurisdictions: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    sources: SourceLimits

    @classmethod
    def of(cls, auditor: Auditor) -> Config:
        """The configuration of an audit made here and now."""
        return cls(
            python=platform.python_version(),
            libraries=installed_libraries(),
            audit_date=auditor.audit_date,
            jurisdictions=tuple(sorted(auditor.jurisdictions)),
            policies=tuple(sorted(auditor.only)),
            sources=SourceLimits.of(auditor.sources),
        )


def installed_libraries() -> dict[str, str]:
    """What pages are read with here, and in which versions."""
    return {name: _version(name) for name in _READERS}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "unknown"
