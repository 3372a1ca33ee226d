"""`auditor drugs build`: what it prints, compares with and refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.drugbuild.dumps import listing, openfda, rxnorm

CLEAN, USAGE = 0, 2


def test_a_first_build_is_compared_with_the_lexicon(command: Callable[..., Any], tmp_path: Path) -> None:
    dump = openfda(
        tmp_path / "ndc.json",
        listing("Ambien", "ZOLPIDEM TARTRATE", schedule="CII"),
        listing("Zolpimax", "ZOLPIDEM TARTRATE", schedule="CII"),
    )
    ended = command("drugs", "build", dump, "-o", "dumps.yaml")
    assert ended.code == CLEAN
    assert ended.out.splitlines() == ["added Zolpimax: zolpidem", "rescheduled zolpidem: IV -> II"]
    assert "1 substance, 4 names, 2 changes" in ended.err


def test_a_later_build_tells_what_is_added_removed_and_rescheduled(command: Callable[..., Any], tmp_path: Path) -> None:
    old = openfda(
        tmp_path / "old.json",
        listing("Restolam", "RESTOLAMINE"),
        listing("Calmox", "CALMOXINE", schedule="CIII"),
        listing("Calmopan", "CALMOXINE", "ACETAMINOPHEN", schedule="CIV"),
    )
    new = openfda(
        tmp_path / "new.json",
        listing("Restolux", "RESTOLAMINE", schedule="CIV"),
        listing("Calmox", "CALMOXINE", schedule="CII"),
        listing("Calmopan", "CALMOXINE", "ACETAMINOPHEN", schedule="CIII"),
    )
    command("drugs", "build", old, "-o", "dumps.yaml")
    command("drugs", "build", old, "-o", "kept.yaml")
    changed = [
        "added Restolux: restolamine",
        "removed Restolam: restolamine",
        "rescheduled Calmopan: IV -> III",
        "rescheduled calmoxine: III -> II",
        "rescheduled restolamine: none -> IV",
    ]
    assert command("drugs", "build", new, "-o", "dumps.yaml").out.splitlines() == changed
    assert command("drugs", "build", new, "-o", "dumps.yaml").out == ""
    assert command("drugs", "build", new, "-o", "dumps.yaml", "--since", "kept.yaml").out.splitlines() == changed


def test_everyday_words_are_refused_and_nothing_is_written(command: Callable[..., Any], tmp_path: Path) -> None:
    dump = openfda(tmp_path / "n.json", listing("Night", "RESTOLAMINE"), listing("Plinth", "RESTOLAMINE"))
    ended = command("drugs", "build", dump, "-o", "dumps.yaml")
    assert ended.code == USAGE
    assert "Night is an everyday word: give it an ambiguity" in ended.err
    assert not Path("dumps.yaml").exists()
    words, flags = tmp_path / "words.txt", tmp_path / "flags.yaml"
    words.write_text("plinth\n")
    flags.write_text("night: needs-context\n")
    assert (
        "Plinth is an everyday"
        in command("drugs", "build", dump, "-o", "d.yaml", "--words", words, "--ambiguity", flags).err
    )
    assert command("drugs", "build", dump, "-o", "dumps.yaml", "--ambiguity", flags).code == CLEAN
    assert "ambiguity: needs-context" in Path("dumps.yaml").read_text()


def test_the_day_of_a_dump_that_says_none_is_asked_for(command: Callable[..., Any], tmp_path: Path) -> None:
    dump = rxnorm(tmp_path / "RXNCONSO.RRF", ("IN", "restolamine"))
    ended = command("drugs", "build", dump, "-o", "dumps.yaml")
    assert (ended.code, "--published YYYY-MM-DD" in ended.complaint) == (USAGE, True)
    assert command("drugs", "build", dump, "-o", "dumps.yaml", "--published", "2026-11-01").code == CLEAN
    assert "checked: 2026-11-01" in Path("dumps.yaml").read_text()
    assert "--published: expected a day" in command("drugs", "build", dump, "-o", "d", "--published", "soon").complaint


def test_what_cannot_be_read_or_written_is_refused(command: Callable[..., Any], tmp_path: Path) -> None:
    dump = openfda(tmp_path / "n.json", listing("Restolam", "RESTOLAMINE"))
    assert command("drugs", "build", tmp_path / "none", "-o", "d.yaml").code == USAGE
    assert "name a file" in command("drugs", "build", dump, "-o", "-").complaint
    assert "there is no folder nowhere" in command("drugs", "build", dump, "-o", "nowhere/d.yaml").complaint
    Path("bad.yaml").write_text("colour: red\n")
    ended = command("drugs", "build", dump, "-o", "d.yaml", "--since", "bad.yaml")
    assert ended.code == USAGE
    assert "no such field" in ended.err
