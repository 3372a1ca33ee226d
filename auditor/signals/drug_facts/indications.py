"""What a medicine is said to be for, against its labelled uses, where those are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model import BlockKind, Signal
from auditor.signals.drug_facts.compared import SAID, Statement, Verdict, compared, fact_of, read_as
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, subjects_of

_LISTED = frozenset({BlockKind.ITEM, BlockKind.CELL})
_LISTING_HEADINGS = frozenset({"indications"})


def facts(reading: Reading) -> Iterator[Signal]:
    """One statement a sentence: `wrong` names a use the label does not have and does not call it off-label."""
    about = tuple(central(reading))
    for sentence, start in _statements(reading):
        substance = _substance(reading, sentence, start, about)
        known = fact_of(reading, substance, "indications_us") if substance else None
        if not substance or known is None or _is_disclosed(reading, sentence):
            continue
        uses = _uses(reading, sentence, start)
        if uses:
            labelled = read_as(reading, " | ".join(known.values), "condition")
            verdict, named = _judge(uses, labelled)
            says = ", ".join(dict.fromkeys(reading.text[use.start : use.end] for use in named))
            why = "a labelled use" if verdict is Verdict.RIGHT else f"{says}: no labelled use of {substance}"
            yield compared(reading, Statement("indication", verdict, sentence, substance, known, says, why))


def _statements(reading: Reading) -> Iterator[tuple[tuple[int, int], int]]:
    """Sentences that say what something is for, each with where the uses begin."""
    found = {}
    for heading in reading.signals("heading"):
        if heading.value in _LISTING_HEADINGS:
            for block in reading.section_blocks(reading.page.blocks[heading.block])[1:]:
                if block.kind in _LISTED and reading.is_seen(block.index):
                    found.update({sentence: sentence[0] for sentence in reading.sentences(block)})
    for cue in reading.signals("use-cue"):
        if cue.assertion in SAID and cue.seen and not reading.is_visitors(cue.start):
            found.setdefault(reading.sentence_at(cue.start), cue.start)
    yield from sorted(found.items())


def _substance(reading: Reading, sentence: tuple[int, int], start: int, about: tuple[str, ...]) -> str:
    """The one medicine spoken of; none where the sentence speaks of several, or of a whole class."""
    drugs = _named(reading, sentence)
    before = {drug.value for drug in drugs if drug.start < max(start, sentence[0] + 1)}
    if before:
        return before.pop() if len(before) == 1 else ""
    if drugs or inside(reading, "drug-class", sentence[0], start):
        return ""
    named = subjects_of(reading, sentence[0], about, own=False)
    return next(iter(named)) if len(named) == 1 else ""


def _named(reading: Reading, sentence: tuple[int, int]) -> list[Signal]:
    """Medicines of the sentence but for those in the name of a condition ("chloroquine overdose")."""
    conditions = inside(reading, "condition", *sentence)
    return [
        drug
        for drug in inside(reading, "drug", *sentence)
        if not any(condition.start <= drug.start < condition.end for condition in conditions)
    ]


def _is_disclosed(reading: Reading, sentence: tuple[int, int]) -> bool:
    """Whether the use is called off-label in its sentence, in its paragraph or in the heading above."""
    block = reading.block_at(sentence[0])
    heading = reading.heading_of(block)
    spans = [(block.start, block.end), *([(heading.start, heading.end)] if heading else [])]
    return any(inside(reading, "off-label", *span) for span in spans)


def _uses(reading: Reading, sentence: tuple[int, int], start: int) -> Sequence[Signal]:
    """The conditions named as uses: up to where the sentence turns to whom or what they come from."""
    asides = inside(reading, "use-aside", start, sentence[1])
    end = asides[0].start if asides else sentence[1]
    return inside(reading, "condition", start, end)


def _judge(uses: Sequence[Signal], labelled: set[str]) -> tuple[Verdict, Sequence[Signal]]:
    other = [use for use in uses if use.value not in labelled and not labelled & set(use.attributes.get("near", ()))]
    if not other:
        return Verdict.RIGHT, uses
    outside = [use for use in other if use.attributes.get("setting") != ("hospital",)]
    return (Verdict.WRONG, outside) if outside else (Verdict.LOOSE, other)
