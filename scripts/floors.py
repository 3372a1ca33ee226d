"""Checks that no floor of tests/corpus/floors.yaml is lower than in an earlier commit: floors only go up.

python scripts/floors.py [REVISION]    compares with REVISION; with the version before the last change when left out
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from auditor.evaluation.floors import Floors, lowered, read_floors

_ROOT = Path(__file__).resolve().parent.parent
_FILE = "tests/corpus/floors.yaml"


def main() -> int:
    """Prints what fell, and ends with 1 if something did."""
    revisions = sys.argv[1:] or _git("log", "-2", "--format=%H", "--", _FILE).split()  # the file itself may be changed
    now = read_floors(_ROOT / _FILE)
    fallen = {each for revision in revisions for each in lowered(_floors(revision), now)}
    for each in sorted(fallen, key=str):
        sys.stderr.write(f"{_FILE}: {each.policy} {each.figure} fell from {each.floor:g} to {each.value:g}\n")
    return 1 if fallen else 0


def _floors(revision: str) -> Floors:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "floors.yaml"
        file.write_text(_git("show", f"{revision}:{_FILE}"), encoding="utf-8")
        return read_floors(file)


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=_ROOT, check=False, capture_output=True, text=True)  # noqa: S603, S607
    if done.returncode:
        sys.exit(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
