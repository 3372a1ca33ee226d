"""What the body turns a medicine into: "is converted to X", "its active metabolites are X and Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.model import Signal
from auditor.signals.drug_facts.compared import SAID, Statement, Verdict, compared, fact_of, is_hedged
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, subjects_of
from auditor.vocabulary.fold import fold_phrase

_CLAUSE_END = re.compile(r";|\b(?:while|whereas|but|unlike)\b", re.IGNORECASE)
_OF = ("of ", "for ")


def facts(reading: Reading) -> Iterator[Signal]:
    """One statement a sentence. A partial list with no wrong name is right."""
    about = tuple(central(reading))
    judged = set()
    for cue in reading.signals("metabolite-cue"):
        sentence = reading.sentence_at(cue.start)
        if cue.assertion in SAID and sentence not in judged:
            statement = _statement(reading, cue, sentence, about)
            if statement:
                judged.add(sentence)
                yield statement


def _statement(reading: Reading, cue: Signal, sentence: tuple[int, int], about: tuple[str, ...]) -> Signal | None:
    drugs = inside(reading, "drug", *sentence)
    parent, products = _parted(reading, cue, drugs)
    if parent is None:
        parent = _parent_in_context(reading, cue, about)
    known = fact_of(reading, parent, "active_metabolites") if parent else None
    named = [drug for drug in products if drug.value != parent]
    if known is None or not named:
        return None
    wrong = [drug for drug in named if not _is_listed(reading, drug, known.values)]
    verdict = Verdict.RIGHT
    if wrong:
        verdict = Verdict.LOOSE if is_hedged(reading, *sentence) else Verdict.WRONG
    says = ", ".join(reading.text[drug.start : drug.end] for drug in wrong or named)
    why = f"{says} is no active metabolite of {parent}" if wrong else "as the label says"
    return compared(reading, Statement("metabolite", verdict, sentence, str(parent), known, says, why))


def _parted(reading: Reading, cue: Signal, drugs: Sequence[Signal]) -> tuple[str | None, list[Signal]]:
    """The medicine that is metabolised and what it becomes, by their order around the cue."""
    before = [drug for drug in drugs if drug.start < cue.end]
    clause = _CLAUSE_END.search(reading.text, cue.end)
    end = clause.start() if clause else len(reading.text)
    after = [drug for drug in drugs if cue.end <= drug.start < end]
    if reading.text[cue.end : cue.end + 5].lstrip().lower().startswith(_OF) and after:
        return after[0].value, after[1:] or before  # "X is the active metabolite of Y"
    parents = [drug for drug in before if drug.end <= cue.start] or before
    return (parents[-1].value if parents else None), after


def _parent_in_context(reading: Reading, cue: Signal, about: tuple[str, ...]) -> str | None:
    """The medicine last named before the sentence, else the one of the heading or of the page."""
    named = subjects_of(reading, cue.start, about, own=False)
    return next((substance for substance in about if substance in named), next(iter(sorted(named)), None))


def _is_listed(reading: Reading, drug: Signal, metabolites: tuple[str, ...]) -> bool:
    """Whether a name is that of a metabolite, or part of it ("amphetamine" for dexamfetamine)."""
    names = {_spelt(drug.value), _spelt(reading.text[drug.start : drug.end])}
    return any(name in _spelt(metabolite) for name in names for metabolite in metabolites)


def _spelt(name: str) -> str:
    return fold_phrase(name).replace("ph", "f")
