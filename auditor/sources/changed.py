"""The files of a git repository that differ from a revision, with those not yet added."""

from __future__ import annotations

import subprocess
from pathlib import Path

from auditor.errors import UsageError

_TIMEOUT = 120


def changed_files(revision: str, folder: Path) -> frozenset[Path]:
    """Every file of the repository around `folder` that is not as it was at `revision`. Deleted ones are left out.

    Raises:
        UsageError: there is no git, no repository, or no such revision.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    if revision.startswith("-"):
        raise UsageError(f"--changed-since: expected a revision, got {revision!r}")
    differing = _git(top, "diff", "--name-only", "-z", "--diff-filter=d", "--no-ext-diff", revision, "--")
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in (differing + untracked).split("\0") if name)


def _git(folder: Path, *words: str) -> str:
    try:
        ended = subprocess.run(  # noqa: S603  (no shell)
            ["git", "-C", str(folder), *words],  # noqa: S607  (the git of the caller's path)
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
        )
    except FileNotFoundError as error:
        raise UsageError("--changed-since needs git, and there is none on this machine") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"--changed-since: git did not answer within {_TIMEOUT} s") from error
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise UsageError(f"--changed-since: {said[0].removeprefix('fatal: ')}")
    return ended.stdout.decode(errors="surrogateescape")
