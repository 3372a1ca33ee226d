"""`auditor eval`: figures on labelled pages, comparison, floors, and how the command ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.evaluation.floors import read_floors
from tests.evaluation.labelled import CONTROLLED, NOTHING, OFFER, OTHER, row, write_corpus

CORPUS = Path(__file__).parent / "corpus"
CLEAN, FINDINGS, USAGE = 0, 1, 2


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(
        tmp_path / "corpus.jsonl",
        row("hit", OFFER, "violation", site="a", lang="en"),
        row("missed", NOTHING, "violation", site="a", lang="[bold]de"),
        row("clean", NOTHING, "pass", site="b", lang="en"),
    )


def floors(folder: Path, **figures: float) -> Path:
    file = folder / "floors.yaml"
    file.write_text(f"{CONTROLLED}: {json.dumps(figures)}\n")
    return file


def test_the_figures_are_shown(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus)
    assert (ended.code, ended.out) == (CLEAN, "")
    (line,) = (line for line in ended.err.splitlines() if CONTROLLED in line)
    assert line.split()[:4] == [CONTROLLED, "3", "1.000", "(0.21-1.00)"]
    assert "0.500 (0.09-0.91)" in line


def test_quiet_says_nothing(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus, "-q")
    assert (ended.code, ended.out, ended.err) == (CLEAN, "", "")


def test_figures_for_each_group_show_what_the_corpus_says_as_text(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus, "--by", "lang")
    assert f"  [bold]de: {CONTROLLED}" in ended.err
    assert f"  en: {CONTROLLED}" in ended.err


def test_the_pages_of_a_site_may_count_as_one(command: Callable[..., Any], corpus: Path) -> None:
    assert f"{CONTROLLED}  2" in command("eval", corpus, "--sites").err


def test_figures_for_one_policy(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus, "--policy", OTHER)
    assert OTHER in ended.err
    assert CONTROLLED not in ended.err


# -------------------------------------------------------------------------------------------------- the result


def test_the_whole_evaluation_goes_to_a_file(command: Callable[..., Any], corpus: Path) -> None:
    assert command("eval", corpus, "-q", "--format", "json").code == CLEAN
    saved = json.loads(Path("evaluation.json").read_text(encoding="utf-8"))
    assert [page["id"] for page in saved["pages"]] == ["hit", "missed", "clean"]
    assert [miss["id"] for miss in saved["misses"]] == ["missed"]
    assert saved["corpora"] == ["corpus.jsonl"]


def test_without_being_asked_for_no_file_is_written(command: Callable[..., Any], corpus: Path) -> None:
    command("eval", corpus)
    assert list(Path().iterdir()) == []


def test_a_dash_is_standard_output(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus, "-q", "-o", "-")
    assert json.loads(ended.out)["figures"][0]["policy"] == CONTROLLED


def test_a_place_that_cannot_be_written_is_refused_before_any_work(command: Callable[..., Any], corpus: Path) -> None:
    corpus.write_text("no corpus")
    ended = command("eval", corpus, "-o", "nowhere/e.json")
    assert ended.code == USAGE
    assert "there is no folder nowhere" in ended.complaint


def test_html_when_the_file_is_called_so_or_asked_for(command: Callable[..., Any], corpus: Path) -> None:
    command("eval", corpus, "-q", "-o", "e.html")
    command("eval", corpus, "-q", "--format", "html")
    for name in ("e.html", "evaluation.html"):
        assert Path(name).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_corpus_in_other_words_is_read_by_a_file_of_labels(
    command: Callable[..., Any], corpus: Path, tmp_path: Path
) -> None:
    corpus.write_text(json.dumps({"id": "a", "text": OFFER, "labels": {"sells": True}}) + "\n")
    words = tmp_path / "labels.yaml"
    words.write_text(f"content: text\noutcomes: {{true: violation}}\nlabels: {{sells: {CONTROLLED}}}\n")
    assert "1.000 (0.21-1.00)" in command("eval", corpus, "--labels", words).err
    words.write_text("labels: {sells: us.rx.controled}\n")
    ended = command("eval", corpus, "--labels", words)
    assert ended.code == USAGE
    assert "no policy has the id 'us.rx.controled'" in ended.complaint


def test_what_each_wording_adds_is_shown_when_asked(command: Callable[..., Any], corpus: Path) -> None:
    assert "Wrong" not in command("eval", corpus).err
    write_corpus(corpus, row("hit", OFFER), row("alarm", OFFER, "pass"), row("doubt", OFFER, "review"))
    told = command("eval", corpus, "--wordings").err.splitlines()
    assert told[told.index(next(line for line in told if line.endswith("Wrong"))) + 1].split()[-2:] == ["1", "1"]
    lines = [line for line in told if line.strip().startswith("add to cart")]
    assert lines
    assert all(line.split()[-2:] == ["1", "1"] for line in lines)


def test_misses_are_shown_when_asked(command: Callable[..., Any], corpus: Path) -> None:
    assert "miss " not in command("eval", corpus).err
    (line,) = (line for line in command("eval", corpus, "--misses").err.splitlines() if line.startswith("miss "))
    assert line.startswith(f"miss missed {CONTROLLED}: not-applicable (label violation): ")


# -------------------------------------------------------------------------------------------------- comparison


def test_pages_that_flipped_are_told(command: Callable[..., Any], corpus: Path) -> None:
    command("eval", corpus, "-q", "-o", "before.json")
    assert "flipped" not in command("eval", corpus, "--compare", "before.json").err
    write_corpus(corpus, row("hit", NOTHING), row("missed", NOTHING), row("new", OFFER))
    ended = command("eval", corpus, "--compare", "before.json")
    assert ended.code == CLEAN
    (line,) = (line for line in ended.err.splitlines() if line.startswith("flipped"))
    assert line == f"flipped hit {CONTROLLED}: violation -> not-applicable (label violation)"


def test_what_is_no_evaluation_is_refused(command: Callable[..., Any], corpus: Path) -> None:
    Path("before.json").write_text("{}")
    ended = command("eval", corpus, "--compare", "before.json")
    assert ended.code == USAGE
    assert "not a saved evaluation" in ended.complaint


# ------------------------------------------------------------------------------------------------------ floors


def test_a_figure_under_its_floor_ends_with_findings(command: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    ended = command("eval", corpus, "--floors", floors(tmp_path, precision=0.9, recall=0.6))
    assert ended.code == FINDINGS
    assert f"below its floor: {CONTROLLED} recall 0.500 < 0.600" in ended.err.splitlines()
    assert "precision 1" not in ended.err


def test_quiet_still_tells_what_is_under_its_floor(command: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    ended = command("eval", corpus, "-q", "--floors", floors(tmp_path, recall=0.6))
    assert ended.code == FINDINGS
    assert ended.complaint == f"below its floor: {CONTROLLED} recall 0.500 < 0.600"


def test_figures_above_their_floors_end_clean(command: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    assert command("eval", corpus, "-q", "--floors", floors(tmp_path, precision=1.0, recall=0.5)).code == CLEAN


def test_floors_are_raised_when_asked(command: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    kept = floors(tmp_path, precision=0.4, recall=0.9)
    assert command("eval", corpus, "-q", "--floors", kept, "--raise-floors").code == FINDINGS
    assert read_floors(kept) == {CONTROLLED: {"precision": 1.0, "recall": 0.9}}


def test_raising_needs_a_file_of_floors(command: Callable[..., Any], corpus: Path) -> None:
    ended = command("eval", corpus, "--raise-floors")
    assert ended.code == USAGE
    assert "--floors FILE" in ended.complaint


def test_floors_of_policies_that_are_left_out_are_left_out(
    command: Callable[..., Any], corpus: Path, tmp_path: Path
) -> None:
    assert command("eval", corpus, "-q", "-p", OTHER, "--floors", floors(tmp_path, recall=0.9)).code == CLEAN


# ------------------------------------------------------------------------------------------------------ errors


def test_a_bad_line_is_named(command: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"id": "a", "content": "x", "labels": {}}\n{"id": "b"}\n')
    ended = command("eval", file)
    assert ended.code == USAGE
    assert f"{file}:2: " in ended.complaint


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--policy", "us.rx.controled"], "no policy has the id 'us.rx.controled'"),
        (["--by", "colour"], "'colour' is not one of"),
        (["--floors", "none.yaml"], "'none.yaml' does not exist"),
        (["--audit-date", "tomorrow"], "expected a day such as"),
        (["--jurisdiction", "mars"], "mars"),
    ],
)
def test_a_wrong_call_is_refused(command: Callable[..., Any], corpus: Path, words: list[str], complaint: str) -> None:
    ended = command("eval", corpus, *words)
    assert ended.code == USAGE
    assert complaint in ended.complaint


def test_a_corpus_that_is_not_there_is_refused(command: Callable[..., Any]) -> None:
    ended = command("eval", "none.jsonl")
    assert ended.code == USAGE
    assert "does not exist" in ended.complaint


# --------------------------------------------------------------------------------------------- the kept figures


def test_the_shipped_policies_keep_their_floors(command: Callable[..., Any]) -> None:
    kept = CORPUS / "floors.yaml"
    ended = command("eval", CORPUS / "passages-dev.jsonl", CORPUS / "pages-dev.jsonl", "--floors", kept, "-q")
    assert (ended.code, ended.err) == (CLEAN, "")
    assert set(read_floors(kept)) == {CONTROLLED, OTHER}
