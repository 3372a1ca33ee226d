"""Fits the weights of an offer without a prescription to labelled pages.

What is learned is whether a page that asks for no prescription offers a medicine. One example is one medicine of one
page. The weights of offer.yaml are the prior: a line of evidence keeps its sign, and moves from its prior (all of them
scaled by one factor) as far as the examples carry it. Words start from nothing. Logistic regression with quadratic
penalties, by L-BFGS; deterministic. Needs the extra `fit`.

    python scripts/fit_unprescribed.py tests/corpus/*-dev*.jsonl tests/corpus/passages-plain.jsonl [--cross-validate]
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from auditor.audit import Auditor
from auditor.evaluation.corpus import LabelledPage, read_corpus
from auditor.signals import read_signals
from auditor.signals.offers import UNASKED, Candidate, candidates, legal_status
from auditor.vocabulary.models import WeighingModel, word_share

MODEL = Path("policies/models/unprescribed.yaml")
WORDS = Path("policies/models/unprescribed-words.tsv")
POLICIES = {
    "controlled.us": "us.rx.controlled-offered-without-prescription",
    "prescription.us": "us.rx.noncontrolled-rx-without-prescription",
}
FEWEST_IDEAS = 4  # a word that stands in fewer ideas says nothing yet
PENALTY_WORDS, PENALTY_EVIDENCE = 0.03, 1.0
PAGE_WEIGHT = 1.5  # a whole page counts as so many passages
LONG = 1_500  # characters from which a text is a whole page
FOLDS = 5


class Example(NamedTuple):
    """One medicine of one page: the evidence for an offer of it by name and share, the words around it, the truth."""

    idea: str
    weight: float
    offered: bool
    evidence: dict[str, float]
    words: frozenset[str]


class Fitted(NamedTuple):
    """The weights that were found."""

    bias: float
    evidence: dict[str, float]
    words: dict[str, float]

    def logit(self, example: Example) -> float:
        """What the evidence of an example adds up to."""
        known = [self.words[word] for word in example.words if word in self.words]
        told = sum(self.evidence[name] * share for name, share in example.evidence.items())
        return self.bias + told + sum(known) * word_share(len(known))


def main() -> None:
    """Fit, and write the weights or say how well they hold on ideas that were left out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--cross-validate", action="store_true", help="measure on left-out ideas and write nothing")
    asked = parser.parse_args()
    auditor = Auditor(jurisdictions=["us"])
    model = auditor.vocabulary.offer_model
    examples = [each for corpus in asked.corpora for page in read_corpus(corpus) for each in _examples(auditor, page)]
    offered = sum(example.offered for example in examples)
    print(f"{len(examples)} medicines in {len({each.idea for each in examples})} ideas, {offered} offered")
    if asked.cross_validate:
        _cross_validate(examples, model)
    else:
        _write(fit(examples, model))


def _examples(auditor: Auditor, page: LabelledPage) -> Iterator[Example]:
    """The medicines of a labelled page on which its label is a verdict."""
    read = auditor.read(page.capture(Path()))
    reading = read_signals(read, auditor.vocabulary, auditor.audit_date)
    found = [(each, _truth(each, page)) for each in candidates(reading)]
    told = [(each, truth) for each, truth in found if truth is not None and each.stance.value in UNASKED]
    size = PAGE_WEIGHT if len(read.text) > LONG else 1
    model = auditor.vocabulary.offer_model
    for each, truth in told:
        shares = {factor.name: factor.weight / model.features[factor.name].weight for factor in each.factors}
        yield Example(page.idea or page.site or page.id, size / len(told), truth, shares, frozenset(each.words))


def _truth(candidate: Candidate, page: LabelledPage) -> bool | None:
    """Whether the page is labelled as offering this kind of medicine; None where the label is no verdict on it."""
    medicine = candidate.mentions[0]
    if candidate.foreign or medicine.kind != "drug":
        return None
    status = legal_status(medicine)
    policy = next((policy for field, policy in POLICIES.items() if field in status), "")
    return {"violation": True, "pass": False}.get(page.labels.get(policy, ""))


def fit(examples: Sequence[Example], model: WeighingModel) -> Fitted:
    """The weights that explain `examples` best without straying from what is known."""
    names = list(model.features)
    prior = np.array([model.features[name].weight for name in names])
    vocabulary = _vocabulary(examples)
    evidence = np.array([[example.evidence.get(name, 0.0) for name in names] for example in examples])
    words = _matrix(examples, vocabulary)
    truth = np.array([float(example.offered) for example in examples])
    weights = _balanced(examples)
    many = len(names)

    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        bias, scale, told, said = x[0], x[1], x[2 : 2 + many], x[2 + many :]
        logits = bias + evidence @ told + words @ said
        away = told - scale * prior
        cost = (weights * (np.logaddexp(0, logits) - truth * logits)).sum()
        cost += PENALTY_EVIDENCE / 2 * (away @ away) + PENALTY_WORDS / 2 * (said @ said)
        error = weights * (1 / (1 + np.exp(-logits)) - truth)
        slope = np.concatenate(
            [
                [error.sum(), -PENALTY_EVIDENCE * (away @ prior)],
                evidence.T @ error + PENALTY_EVIDENCE * away,
                words.T @ error + PENALTY_WORDS * said,
            ]
        )
        return cost, slope

    signs = [(0, None) if each > 0 else (None, 0) for each in prior]
    free: list[tuple[float | None, float | None]] = [(None, None)] * len(vocabulary)
    start = np.concatenate([[0.0, 0.5], 0.5 * prior, np.zeros(len(vocabulary))])
    bounds = [(None, None), (0, None), *signs, *free]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}).x
    said = {word: round(float(weight), 2) for word, weight in zip(vocabulary, found[2 + many :], strict=True)}
    return Fitted(
        round(float(found[0]), 2),
        {name: round(float(weight), 2) for name, weight in zip(names, found[2 : 2 + many], strict=True)},
        {word: weight for word, weight in said.items() if weight},
    )


def _vocabulary(examples: Iterable[Example]) -> dict[str, int]:
    ideas: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for word in example.words:
            ideas[word].add(example.idea)
    return {word: at for at, word in enumerate(sorted(word for word in ideas if len(ideas[word]) >= FEWEST_IDEAS))}


def _matrix(examples: Sequence[Example], vocabulary: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        known = sorted(vocabulary[word] for word in example.words if word in vocabulary)
        rows += [row] * len(known)
        columns += known
        values += [word_share(len(known))] * len(known)
    return csr_matrix((values, (rows, columns)), shape=(len(examples), len(vocabulary)))


def _balanced(examples: Sequence[Example]) -> np.ndarray:
    """The weights of `examples`, with offers and others weighing the same together."""
    total: Counter[bool] = Counter()
    for example in examples:
        total[example.offered] += example.weight  # type: ignore[assignment]
    half = sum(total.values()) / 2
    return np.array([example.weight * half / total[example.offered] for example in examples])


# ------------------------------------------------------------------------------------------------- measure and write


def _cross_validate(examples: Sequence[Example], model: WeighingModel) -> None:
    ideas = sorted({example.idea for example in examples})
    fold_of = {idea: at % FOLDS for at, idea in enumerate(ideas)}
    scored: list[tuple[float, Example]] = []
    for fold in range(FOLDS):
        weights = fit([example for example in examples if fold_of[example.idea] != fold], model)
        scored += [(weights.logit(example), example) for example in examples if fold_of[example.idea] == fold]
    print("confidence  precision  recall  (medicines weighed so that a page counts once)")
    for confidence in (0.5, 0.6, 0.7, 0.8, 0.9):
        flagged = [example for logit, example in scored if 1 / (1 + math.exp(-logit)) >= confidence]
        right = sum(example.weight for example in flagged if example.offered)
        precision = right / max(sum(example.weight for example in flagged), 1e-9)
        recall = right / sum(example.weight for example in examples if example.offered)
        print(f"{confidence:10.1f}  {precision:9.3f}  {recall:6.3f}")


def _write(weights: Fitted) -> None:
    head, _, _ = MODEL.read_text(encoding="utf-8").partition("weights:\n")
    head = re.sub(r"^bias: .*$", f"bias: {weights.bias}", head, flags=re.MULTILINE)
    evidence = "".join(f"  {name}: {weight}\n" for name, weight in weights.evidence.items())
    MODEL.write_text(f"{head}weights:\n{evidence}", encoding="utf-8")
    remarks = [
        "# What words near a medicine say of an offer without a prescription, in log-odds shared among all the words.",
        "# Fitted by scripts/fit_unprescribed.py; MEDICINE is any medicine, 0 any number. See evaluation.md.",
    ]
    ranked = sorted(weights.words.items(), key=lambda each: (-each[1], each[0]))
    body = [f"{weight}\t{word}" for word, weight in ranked]
    WORDS.write_text("\n".join([*remarks, *body]) + "\n", encoding="utf-8")
    print(f"{MODEL} and {WORDS} written: {len(body)} words", file=sys.stderr)


if __name__ == "__main__":
    main()
