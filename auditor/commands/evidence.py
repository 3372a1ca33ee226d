"""What the commands that write and read evidence share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.audit import Auditor
    from auditor.evidence.case import Case
    from auditor.evidence.exchange import Exchange
    from auditor.model import Capture, Report


class Unkept:
    """Stands for the case of an audit that keeps no evidence."""

    name = ""

    def record(self, exchange: Exchange) -> None:
        """Keeps nothing."""

    def keep(self, capture: Capture) -> None:
        """Keeps nothing."""

    def finish(self, report: Report) -> None:
        """Writes nothing."""


def open_case(
    target: Path | None, sign_key: Path | None, tsa: str | None, auditor: Auditor, policies: Path | None
) -> Case | Unkept:
    """The case that an audit is to be kept in, when it is.

    Raises:
        UsageError: it is to be sealed but not kept, the key cannot be used, or what writes evidence is not installed.
        OutputError: the file cannot be written.
    """
    if target is None:
        if sign_key or tsa:
            raise UsageError("--sign-key and --tsa seal the evidence: say with --evidence where that goes")
        return Unkept()
    if target.suffix.lower() != ".wacz":
        raise UsageError(f"--evidence: expected a file name that ends in .wacz, got {str(target)!r}")
    require_evidence()

    from auditor.assets import asset_folder
    from auditor.evidence.case import Case
    from auditor.evidence.manifest import Config
    from auditor.evidence.seal import Sealer

    return Case(target, Config.of(auditor), policies or asset_folder("policies"), Sealer(sign_key, tsa))


def require_evidence() -> None:
    """Accepts an installation that can write and check evidence.

    Raises:
        UsageError: it lacks the libraries.
    """
    try:
        import cdxj_indexer  # type: ignore[import-untyped]  # noqa: F401
        import cryptography  # noqa: F401
        import rfc3161_client  # noqa: F401
        import warcio  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"evidence needs the library {error.name}: pip install 'health-content-auditor[evidence]'"
        ) from error
