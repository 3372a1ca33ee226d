"""Categories under which shops list medicines without naming one ("Anti anxiety", "Sleeping pills")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model import Signal
from auditor.signals.prose import signals_within
from auditor.signals.reading import Reading
from auditor.signals.wording import longest
from auditor.vocabulary.lexicon import Ambiguity, Category
from auditor.vocabulary.matcher import Hit

_LONGEST_NAME = 60  # characters


def detect(reading: Reading) -> Iterator[Signal]:
    """One `category` signal a wording that no drug name covers; a doubtful one only beside another, or a drug."""
    hits = longest([hit for hit in reading.hits if isinstance(hit.target, Category)])
    drugs = reading.signals("drug")
    free = [hit for hit in hits if not _is_named(hit, drugs)]
    named = {hit.target.id for hit in free if isinstance(hit.target, Category)}
    for hit in free:
        assert isinstance(hit.target, Category)  # noqa: S101  (filtered above)
        if hit.target.ambiguity is Ambiguity.NEVER_ALONE and len(named) < 2 and not drugs:
            continue
        if _is_spelled_out(reading, hit.start, hit.target, drugs):
            continue
        attributes = {"likely": (hit.target.likely.value,), "class": hit.target.classes}
        yield reading.signal("category", hit.target.id, hit.start, hit.end, match=hit.match, attributes=attributes)


def _is_named(hit: Hit, drugs: Sequence[Signal]) -> bool:
    """Whether a medicine's name covers or crosses the words of a category."""
    near = signals_within(drugs, hit.start - _LONGEST_NAME, hit.end)
    return any(hit.start < drug.end for drug in near)


def _is_spelled_out(reading: Reading, start: int, category: Category, drugs: Sequence[Signal]) -> bool:
    """Whether the product card in which the category stands names medicines of it: those are what is on offer."""
    card = reading.block_at(start).card
    beside = (drug for drug in drugs if card >= 0 and reading.page.blocks[drug.block].card == card)
    return any(set(drug.attributes.get("class", ())) & set(category.classes) for drug in beside)
