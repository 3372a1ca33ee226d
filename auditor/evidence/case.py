"""Writing a case: what is fetched is kept at once, and packed with the result when the audit is over."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

from auditor.errors import CaptureError, OutputError
from auditor.evidence.exchange import Exchange
from auditor.evidence.manifest import CONFIG, MANIFEST, RESULT, RULES, WARC, Config, KeptCapture, Manifest
from auditor.evidence.package import (
    PAGES,
    Content,
    datapackage_files,
    index_files,
    kept_file,
    pages_file,
    write_package,
)
from auditor.evidence.rebuilt import same_page, watched_capture
from auditor.evidence.rulesfile import pack_rules
from auditor.evidence.seal import Sealer
from auditor.evidence.warcfile import WarcFile
from auditor.model import Capture, Report
from auditor.report.jsonio import write_json

_LEVEL = 6  # of compression: the highest takes twice as long and saves a fortieth
_MIME = {"html": "text/html", "text": "text/plain", "markdown": "text/markdown"}


class Case:
    """A case being written.

    Exchanges are recorded (from any thread), then the captures they led to are kept, and `finish` packs both with the
    result. Until then they
    stand in the folder `CASE.wacz.recording`; a run that is killed leaves it there, its WARC file readable up to the
    last whole record, and the next run to the same file goes on with it.

    Args:
        target: the file to write.
        config: how the audit was called.
        rules: the folder of policies it is held to.
        sealer: signs and stamps the manifest.

    Raises:
        OutputError: the file is there already or cannot be written.
    """

    def __init__(self, target: Path, config: Config, rules: Path, sealer: Sealer) -> None:
        if target.exists():
            raise OutputError(f"cannot write {target}: it is there already, and evidence is never written over")
        self._target = target
        self._config = config
        self._rules = rules
        self._sealer = sealer
        self._captures: list[KeptCapture] = []
        self._options = config.sources.options()
        self._folder = target.with_name(f"{target.name}.recording")
        try:
            self._folder.mkdir(exist_ok=True)
            self._warc = WarcFile(self._folder / "data.warc.gz")
        except OSError as error:
            raise OutputError(f"cannot write {target}: {error.strerror or error}") from error

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._target.name

    def record(self, exchange: Exchange) -> None:
        """Keeps a request and its answer."""
        self._warc.append(exchange)

    def keep(self, capture: Capture) -> None:
        """Keeps a capture: by the exchanges that make it again, or else its content as it is."""
        records = self._exchanges_of(capture)
        watched = bool(records)
        if not watched and capture.body:
            mime = _MIME.get(capture.kind.value, "application/octet-stream")
            records = (self._warc.append_resource(capture.url, capture.body, mime, capture.captured_at),)
        self._captures.append(KeptCapture(capture=capture, records=records, watched=watched))

    def finish(self, report: Report) -> None:
        """Packs the case with the result it led to, and removes what it was collected in.

        Raises:
            OutputError: the file cannot be written; or it is written, but the authority gave no time stamp.
        """
        failure = ""
        try:
            self._warc.close()
            files = self._evidence(report)
            files[MANIFEST] = manifest = self._manifest(report, files)
            files |= self._sealer.signature(manifest)
            try:
                files |= self._sealer.time_stamp(manifest)
            except OutputError as error:
                failure = f"{error}; {self._target} is written without it"
            listed = [kept_file(path, content) for path, content in files.items()]
            write_package(self._target, files | datapackage_files(listed, _title(report), report.created_at))
        except OSError as error:
            raise OutputError(f"cannot write {self._target}: {error.strerror or error}") from error
        shutil.rmtree(self._folder)
        if failure:
            raise OutputError(failure)

    def _evidence(self, report: Report) -> dict[str, Content]:
        """The files that the manifest lists."""
        return {
            WARC: self._warc.path,
            **index_files(self._warc.path),
            PAGES: pages_file(report, self._captures, self._warc.read),
            RESULT: gzip.compress(write_json(report).encode(), _LEVEL, mtime=0),
            CONFIG: self._config.model_dump_json(indent=1).encode(),
            RULES: pack_rules(self._rules),
        }

    def _manifest(self, report: Report, files: Mapping[str, Content]) -> bytes:
        manifest = Manifest(
            created_at=report.created_at,
            files=tuple(kept_file(path, content) for path, content in files.items()),
            captures=tuple(self._captures),
        )
        return manifest.model_dump_json(indent=1).encode()

    def _exchanges_of(self, capture: Capture) -> tuple[int, ...]:
        """The places of the answers that make this capture again; none when they do not."""
        places: list[int] = []
        before: float = float("inf")
        for url in reversed([*(hop.url for hop in capture.redirects), capture.url]):
            earlier = [place for place in self._warc.answers(url) if place < before]
            if not earlier:
                return ()
            before = earlier[-1]
            places.insert(0, earlier[-1])
        try:
            again = watched_capture(capture.requested, [self._warc.read(place) for place in places], self._options)
        except CaptureError:
            return ()
        return tuple(places) if same_page(again, capture) else ()


def _title(report: Report) -> str:
    return f"Audit of {report.pages[0].requested}" if len(report.pages) == 1 else f"Audit of {len(report.pages)} pages"
