"""Corpora in other words: which labels and outcomes they stand for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Auditor
from auditor.errors import UsageError
from auditor.evaluation.corpus import LabelledPage, read_corpus
from auditor.evaluation.labels import read_label_words
from auditor.evaluation.run import evaluate
from tests.evaluation.labelled import CONTROLLED, NOTHING, OFFER, OTHER, write_corpus

WORDS = f"""\
content: text
outcomes: {{true: violation, false: pass, borderline: review}}
labels:
  controlled: {CONTROLLED}
  any: [{CONTROLLED}, {OTHER}]
"""


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "labels.yaml"
    file.write_text(WORDS)
    return file


def line(name: str, text: str = OFFER, **labels: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "labels": labels}


def read(words: Path, *lines: dict[str, Any]) -> list[LabelledPage]:
    corpus = write_corpus(words.parent / "c.jsonl", *lines)
    return list(read_corpus(corpus, read_label_words(words)))


def test_labels_are_read_in_the_words_of_the_corpus(words: Path) -> None:
    first, second, third = read(
        words, line("a", controlled=True, any=True), line("b", controlled=False), line("c", controlled="borderline")
    )
    assert first.labels == {CONTROLLED: "violation", "any": "violation"}
    assert first.content == OFFER
    assert (second.labels, third.labels) == ({CONTROLLED: "pass"}, {CONTROLLED: "review"})


def test_what_the_file_does_not_name_is_no_label(words: Path) -> None:
    (page,) = read(words, line("a", controlled=True, drugs=["tramadol"], has_date=False))
    assert page.labels == {CONTROLLED: "violation"}


def test_a_value_without_a_meaning_is_refused(words: Path) -> None:
    with pytest.raises(UsageError, match=r"c\.jsonl:1: labels\..*: Input should be 'violation', 'review' or 'pass'"):
        read(words, line("a", controlled="perhaps"))


def test_our_own_words_need_no_meaning(words: Path) -> None:
    (page,) = read(words, line("a", controlled="review"))
    assert page.labels == {CONTROLLED: "review"}


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("labels: [a]", "labels: Input should be a valid dictionary"),
        ("outcomes: {true: bad}", "outcomes.true: Input should be 'violation', 'review' or 'pass'"),
        ("colour: red", "colour: Extra inputs are not permitted"),
        ("{", "not YAML"),
    ],
)
def test_a_bad_file_is_named(words: Path, written: str, complaint: str) -> None:
    words.write_text(written)
    with pytest.raises(UsageError) as refused:
        read_label_words(words)
    assert str(refused.value).startswith(f"{words}: {complaint}")


def test_several_policies_answer_one_label_with_their_worst_outcome(words: Path) -> None:
    other = OFFER.replace("tramadol", "sildenafil").replace("Tramadol", "Sildenafil")
    pages = read(
        words,
        line("controlled", any=True),
        line("other", other, any=True),
        line("neither", NOTHING, any=True),
    )
    auditor = Auditor(only=[CONTROLLED, OTHER], jurisdictions=["us"])
    found = evaluate(auditor, {words: pages}, combined=read_label_words(words).combined)
    assert [page.outcomes["any"] for page in found.pages] == ["violation", "violation", "not-applicable"]
    assert found.pages[1].outcomes[CONTROLLED] != "violation"
    assert found.pages[0].confidences["any"] == found.pages[0].confidences[CONTROLLED]
    assert [(miss.policy, miss.id) for miss in found.misses] == [("any", "neither")]
    assert json.loads(found.model_dump_json())["figures"][0]["recall"]["hits"] == 2
