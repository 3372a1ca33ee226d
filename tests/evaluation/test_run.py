"""An evaluation: pages through the whole audit, misses explained, flips and floors told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Auditor
from auditor.errors import UsageError
from auditor.evaluation.compare import compared, flips
from auditor.evaluation.corpus import read_corpus
from auditor.evaluation.floors import below_floors, lowered, raised, read_floors, write_floors
from auditor.evaluation.results import Evaluation, read_evaluation
from auditor.evaluation.run import evaluate
from tests.evaluation.labelled import CONTROLLED, NOTHING, OFFER, OTHER, row, write_corpus


@cache
def auditor() -> Auditor:
    return Auditor(only=[CONTROLLED, OTHER], jurisdictions=["us"])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(
        tmp_path / "corpus.jsonl",
        row("hit", OFFER, "violation", category="rogue", lang="en", site="a"),
        row("missed", NOTHING, "violation", category="rogue", lang="en", site="b"),
        row("alarm", OFFER, "pass", category="news", lang="de", site="b"),
        row("clean", NOTHING, "pass", category="news", lang="en", site="c"),
        row("doubtful", OFFER, "review", category="news", lang="en", site="c"),
    )


def evaluated(corpus: Path, **more: Any) -> Evaluation:
    return evaluate(auditor(), {corpus: list(read_corpus(corpus))}, **more)


def test_outcomes_are_set_against_the_labels(corpus: Path) -> None:
    (found,) = evaluated(corpus).figures
    assert found.policy == CONTROLLED
    assert found.pages == 5
    assert (found.precision.hits, found.precision.of) == (1, 2)
    assert (found.recall.hits, found.recall.of) == (1, 2)


def test_every_outcome_of_every_page_is_kept(corpus: Path) -> None:
    pages = evaluated(corpus).pages
    assert [page.id for page in pages] == ["hit", "missed", "alarm", "clean", "doubtful"]
    assert pages[0].outcomes[CONTROLLED] == "violation"
    assert set(pages[0].outcomes) == {CONTROLLED, OTHER}
    assert 0.8 <= pages[0].confidences[CONTROLLED] <= 1
    assert CONTROLLED not in pages[3].confidences


def test_misses_are_explained(corpus: Path) -> None:
    misses = {miss.id: miss for miss in evaluated(corpus).misses}
    assert set(misses) == {"missed", "alarm"}
    assert "tramadol" in misses["alarm"].explanation.lower()
    assert misses["missed"].explanation


def test_a_violation_left_for_review_is_a_miss_and_a_benign_page_that_does_not_apply_is_none(tmp_path: Path) -> None:
    spam = "Board index. New topic. Post reply.\n\nBuy tramadol without a prescription: $99. Message us on WhatsApp."
    corpus = write_corpus(tmp_path / "c.jsonl", row("forum", spam), row("rose", NOTHING, "pass"))
    (miss,) = evaluated(corpus).misses
    assert (miss.id, miss.outcome) == ("forum", "review")


@pytest.mark.parametrize(
    ("key", "groups"), [("category", ["news", "rogue"]), ("lang", ["de", "en"]), ("site", ["a", "b", "c"])]
)
def test_figures_for_each_group(corpus: Path, key: str, groups: list[str]) -> None:
    found = evaluated(corpus, group_by=key).groups
    assert list(found) == groups
    assert sum(figures.pages for rows in found.values() for figures in rows) == 5


def test_without_a_group_there_are_none(corpus: Path) -> None:
    assert evaluated(corpus).groups == {}


def test_the_pages_of_a_site_may_count_as_one(corpus: Path) -> None:
    (found,) = evaluated(corpus, sites=True).figures
    assert found.pages == 3
    assert (found.recall.hits, found.recall.of) == (2, 2)


def test_figures_for_one_policy_alone(corpus: Path, tmp_path: Path) -> None:
    assert [each.policy for each in evaluated(corpus, policies=[OTHER]).figures] == [OTHER]
    assert [each.policy for each in evaluated(corpus, policies=[CONTROLLED]).figures] == [CONTROLLED]


def test_a_policy_that_does_not_judge_a_page_has_not_assessed_it(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c.jsonl", row("a", OFFER, "violation", policy="core.no-such-policy"))
    (found,) = evaluated(corpus).figures
    assert found.confusion == {"violation": {"not-assessed": 1}}


def test_several_corpora_are_one_evaluation(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(OFFER)
    other = write_corpus(tmp_path / "b.jsonl", {"id": "f", "path": "page.txt", "labels": {CONTROLLED: "violation"}})
    found = evaluate(auditor(), {path: list(read_corpus(path)) for path in (corpus, other)})
    assert found.corpora == ("corpus.jsonl", "b.jsonl")
    assert found.figures[0].recall.of == 3


# ------------------------------------------------------------------------------------------------ saved, flips


def test_an_evaluation_is_read_as_it_was_saved(corpus: Path, tmp_path: Path) -> None:
    found = evaluated(corpus, group_by="lang")
    file = tmp_path / "e.json"
    file.write_text(found.model_dump_json())
    assert read_evaluation(file) == found


@pytest.mark.parametrize("content", ["{", "{}", '{"format": "1.0"}', "[]"])
def test_what_is_no_evaluation_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "e.json"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"e\.json: not a saved evaluation"):
        read_evaluation(file)


def changed(found: Evaluation, name: str, **outcomes: str) -> Evaluation:
    pages = (
        page.model_copy(update={"outcomes": page.outcomes | outcomes}) if page.id == name else page
        for page in found.pages
    )
    return found.model_copy(update={"pages": tuple(pages)})


def test_pages_that_came_out_otherwise_before_are_told(corpus: Path) -> None:
    now = evaluated(corpus)
    before = changed(now, "hit", **{CONTROLLED: "pass", OTHER: "violation"})
    (flip,) = flips(now, before)
    assert (flip.id, flip.policy, flip.label) == ("hit", CONTROLLED, "violation")
    assert (flip.before, flip.now) == ("pass", "violation")


def test_nothing_flips_against_itself_or_for_new_pages(corpus: Path) -> None:
    now = evaluated(corpus)
    assert flips(now, now) == ()
    assert flips(now, now.model_copy(update={"pages": now.pages[:2]})) == ()


# ------------------------------------------------------------------------------------------------------- floors


@pytest.mark.parametrize(
    ("floors", "below"),
    [
        ({}, []),
        ({CONTROLLED: {"precision": 0.5, "recall": 0.5, "f1": 0.5}}, []),
        ({CONTROLLED: {"precision": 0.51, "recall": 0.4}}, [("precision", 0.51, 0.5)]),
        ({CONTROLLED: {"f1": 0.9, "recall": 0.9}}, [("f1", 0.9, 0.5), ("recall", 0.9, 0.5)]),
    ],
)
def test_figures_under_their_floor_are_told(
    corpus: Path, floors: Mapping[str, Mapping[str, float]], below: list[tuple[str, float, float]]
) -> None:
    found = below_floors(evaluated(corpus), floors)
    assert [(each.figure, each.floor, each.value) for each in found] == below


def test_a_figure_that_is_not_there_is_under_every_floor(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c.jsonl", row("rose", NOTHING, "pass"))
    (below,) = below_floors(evaluated(corpus), {CONTROLLED: {"recall": 0.1}})
    assert below.value == 0.0


def test_a_policy_that_was_not_measured_is_under_its_floor(corpus: Path) -> None:
    (below,) = below_floors(evaluated(corpus), {OTHER: {"recall": 0.1}})
    assert (below.policy, below.value) == (OTHER, 0.0)


def test_an_unknown_figure_is_refused(corpus: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown figure 'accuracy' \(known: precision, recall, f1\)"):
        below_floors(evaluated(corpus), {CONTROLLED: {"accuracy": 0.1}})


def test_floors_are_read_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "floors.yaml"
    file.write_text("some.policy: {precision: 0.9, recall: 1}\n")
    assert read_floors(file) == {"some.policy": {"precision": 0.9, "recall": 1.0}}


@pytest.mark.parametrize("content", ["p: [", "p: 0.9", "p: {recall: high}", "- p"])
def test_what_is_no_table_of_floors_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "floors.yaml"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"floors\.yaml: no table of floors: "):
        read_floors(file)


def test_floors_are_raised_to_what_was_measured_and_never_lowered(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "floors.yaml"
    file.write_text(f"# Why\n# these.\n{CONTROLLED}: {{precision: 0.25, recall: 0.735}}\n{OTHER}: {{f1: 0.8}}\n")
    write_floors(file, raised(evaluated(corpus), read_floors(file)))
    assert (
        file.read_text() == f"# Why\n# these.\n{CONTROLLED}: {{precision: 0.5, recall: 0.735}}\n{OTHER}: {{f1: 0.8}}\n"
    )


@pytest.mark.parametrize(
    ("now", "fell"),
    [
        ({CONTROLLED: {"precision": 0.5, "recall": 0.6}}, []),
        ({CONTROLLED: {"precision": 0.9, "recall": 0.9}, OTHER: {"f1": 0.1}}, []),
        ({CONTROLLED: {"precision": 0.4, "recall": 0.9}}, [("precision", 0.5, 0.4)]),
        ({CONTROLLED: {"precision": 0.5}}, [("recall", 0.6, 0.0)]),
        ({}, [("precision", 0.5, 0.0), ("recall", 0.6, 0.0)]),
    ],
)
def test_a_floor_that_fell_or_went_is_told(
    now: Mapping[str, Mapping[str, float]], fell: list[tuple[str, float, float]]
) -> None:
    before = {CONTROLLED: {"precision": 0.5, "recall": 0.6}}
    assert [(each.figure, each.floor, each.value) for each in lowered(before, now)] == fell


def test_what_was_compared_with_is_kept(corpus: Path) -> None:
    now = evaluated(corpus)
    before = now.model_copy(update={"pages": now.pages[1:], "auditor": "0.0.9"})
    beside = compared(now, before).compared
    assert beside is not None
    assert (beside.auditor, beside.new, beside.gone, beside.figures) == ("0.0.9", 1, 0, now.figures)


def test_misses_quote_the_page_or_say_what_came_nearest(corpus: Path) -> None:
    misses = {miss.id: miss for miss in evaluated(corpus).misses}
    (quote, *_) = misses["alarm"].quotes
    assert (quote.prefix + quote.exact + quote.suffix).startswith("Buy tramadol\nTramadol 50 mg, 60 tablets: $99.")
    assert "tramadol" in quote.exact.lower()
    asked = OFFER.replace("No prescription needed", "A prescription is required")
    (miss,) = evaluated(write_corpus(corpus, row("asked", asked))).misses
    assert any("prescription" in line for line in miss.nearest)
