"""Claims: what a page promises of a medicine, supplement or other product, and with how much reserve.

The wordings find a promise; the sentence decides what it is about. A promise about delivery, a website or exercise is
no claim. One claim a sentence and kind: several words for one promise are one promise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditor.model import Assertion, Role, Signal
from auditor.signals.prose import trimmed
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, inside, neighbours, offers, opens_with, subjects_of

_VOICES = (  # whose voice a sentence has in which a promise is made twice: the most its own
    Assertion.AFFIRMED, Assertion.CONDITIONAL, Assertion.REPORTED, Assertion.WARNED, Assertion.ASKED, Assertion.DENIED,
)  # fmt: skip
_HEDGE_REACH = 60  # characters before the promise in which "perhaps" or "may" softens it
_OUTSIDE = frozenset({Role.NAVIGATION, Role.FOOTER})
_ANYWHERE = frozenset({"approval", "testimonial"})  # kinds that need no medicine in their sentence
_LONGEST = 400  # characters; a flattened page has "sentences" without end, of which only the part around is quoted
_NO_MEDICINE = frozenset({"supplement", "homeopathic"})
_CITED_BY = frozenset({"doi", "pmid", "citation", "numbered", "guideline"})


def detect(reading: Reading) -> Iterator[Signal]:
    """One `claim` signal for each promise, over its sentence."""
    about = tuple(central(reading))
    grouped: dict[tuple[str, tuple[int, int]], list[Signal]] = defaultdict(list)
    for cue in reading.signals("claim-cue"):
        if reading.block_at(cue.start).role not in _OUTSIDE:
            grouped[cue.value, _span(reading, cue)].append(cue)
    for (value, span), cues in grouped.items():
        cue = min(cues, key=lambda each: _VOICES.index(each.assertion))
        drugs = _drugs(reading, cue, span, about)
        if _is_about_product(reading, value, span, drugs, about) and _fits(reading, cue, span, drugs):
            yield _claim(reading, cue, span, cues, drugs)


def _span(reading: Reading, cue: Signal) -> tuple[int, int]:
    start, end = reading.sentence_at(cue.start)
    if end - start > _LONGEST:
        start, end = max(start, cue.start - _LONGEST // 2), min(end, cue.end + _LONGEST // 2)
    return trimmed(reading.text, start, end)


def _drugs(reading: Reading, cue: Signal, span: tuple[int, int], about: tuple[str, ...]) -> tuple[str, ...]:
    """The medicines the promise is about: the one named last before it, else first after it, else by context."""
    own = [drug for drug in inside(reading, "drug", *span) if drug.seen]
    before = [drug.value for drug in own if drug.end <= cue.start]
    if before:
        return (before[-1],)
    return (own[0].value,) if own else tuple(sorted(subjects_of(reading, cue.start, about)))


def _is_about_product(
    reading: Reading, value: str, span: tuple[int, int], drugs: tuple[str, ...], about: tuple[str, ...]
) -> bool:
    """Whether the sentence speaks of a medicine or another product that is taken, not of a service."""
    if reading.is_visitors(span[0]) and value != "testimonial":
        return False
    if value in _ANYWHERE:
        whole = 0, len(reading.text)
        return bool(about or drugs or _within(reading, "product-word", whole, {"supplement", "medicine"}))
    if inside(reading, "drug", *span):
        return True
    taken = {"medicine", "supplement", "homeopathic"}
    if _within(reading, "product-word", span, taken) or _within(reading, "drug-class", span):
        return True
    if _within(reading, "product-word", span, {"service"}):
        return False
    if not about:
        return bool(set(_products(reading, span, drugs)) & _NO_MEDICINE)
    if value == "safety" and offers(reading):
        return True  # "there are no side effects" needs no name where a medicine is sold
    return opens_with(reading, "carry-on", span[0]) or _within(reading, "condition", span)


def _within(reading: Reading, kind: str, span: tuple[int, int], values: set[str] | None = None) -> bool:
    return any(values is None or signal.value in values for signal in inside(reading, kind, *span))


def _fits(reading: Reading, cue: Signal, span: tuple[int, int], drugs: tuple[str, ...]) -> bool:
    """A cure of an infection is no empty promise; "not addictive" is one only of what people come to depend on."""
    if cue.value == "cure" and drugs:
        return "covid-19" in _conditions(reading, span) or not _within(reading, "condition", span, {"infection"})
    if cue.value == "disease":
        return _names_disease(reading, cue, span, drugs)
    if cue.attributes.get("of") != ("dependence",):
        return True
    return any("dependence" in _facts(reading, drug) for drug in drugs)


def _names_disease(reading: Reading, cue: Signal, span: tuple[int, int], drugs: tuple[str, ...]) -> bool:
    """Whether a disease follows "treats" or "prevents" (of what is no medicine, or COVID-19)."""
    named = {condition.value for condition in inside(reading, "condition", cue.end, span[1])}
    return "covid-19" in named or bool(named and set(_products(reading, span, drugs)) & _NO_MEDICINE)


def _facts(reading: Reading, drug: str) -> dict[str, tuple[str, ...]]:
    known = reading.lexicon.substances.get(drug)
    return known.attributes(reading.audit_date) if known else {}


def _claim(reading: Reading, cue: Signal, span: tuple[int, int], cues: list[Signal], drugs: tuple[str, ...]) -> Signal:
    absolute = any(each.attributes.get("absolute") == ("yes",) for each in cues)
    schedules = [value for drug in drugs for value in _facts(reading, drug).get("schedule.us", ())]
    depended_on = any("dependence" in _facts(reading, drug) for drug in drugs)
    return reading.signal(
        "claim", cue.value, *span, assertion=cue.assertion, cues=cue.cues,
        attributes={
            "absolute": ("yes" if absolute else "no",),
            "hedged": ("yes" if _is_hedged(reading, cue) else "no",),
            "qualified": ("yes" if _is_qualified(reading, cue, span) else "no",),
            "cited": ("yes" if _is_cited(reading, span) else "no",),
            "controlled": ("yes" if schedules or depended_on else "no",),
            "product": _products(reading, span, drugs),
            "of": cue.attributes.get("of", ("outcome",)),
            "condition": _conditions(reading, span),
            "approved": _approved(reading, drugs),
            "inn": drugs,
        },
        because=tuple((each.start, each.end) for each in cues),
    )  # fmt: skip


def _conditions(reading: Reading, span: tuple[int, int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(signal.value for signal in inside(reading, "condition", *span)))


def _approved(reading: Reading, drugs: tuple[str, ...]) -> tuple[str, ...]:
    """Whether the FDA has approved the medicines spoken of, where that is known."""
    statuses = {status for drug in drugs for status in _facts(reading, drug).get("rx.us", ())}
    if not statuses:
        return ()
    return ("yes" if statuses & {"rx", "otc", "pharmacy", "depends"} else "no",)


def _products(reading: Reading, span: tuple[int, int], drugs: tuple[str, ...]) -> tuple[str, ...]:
    """What sort of thing is praised: in the sentence itself, else (for what is no medicine) in its section."""
    own = {word.value for word in inside(reading, "product-word", *span)}
    kinds = own & _NO_MEDICINE
    if not kinds and not drugs:
        blocks = reading.section_blocks(reading.block_at(span[0]))
        section = blocks[0].start, blocks[-1].end
        kinds = {value for value in _NO_MEDICINE if _within(reading, "product-word", section, {value})}
    return tuple(sorted(kinds)) or (("medicine",) if drugs or "medicine" in own else ("unknown",))


def _is_hedged(reading: Reading, cue: Signal) -> bool:
    low = max(reading.sentence_at(cue.start)[0], cue.start - _HEDGE_REACH)
    return any(hedge.end <= cue.start for hedge in inside(reading, "hedge", low, cue.start))


def _is_qualified(reading: Reading, cue: Signal, span: tuple[int, int]) -> bool:
    """Whether the sentence limits its promise, or the next one opens by doing so ("However, ...")."""
    following = neighbours(reading, reading.sentence_at(cue.start))[1]
    if following and opens_with(reading, "qualifier", following[0]):
        return True
    return bool(inside(reading, "qualifier", cue.end, span[1]))


def _is_cited(reading: Reading, span: tuple[int, int]) -> bool:
    """Whether a source stands in the sentence or in the one after it."""
    return any(source.value in _CITED_BY for source in inside(reading, "reference", span[0], span[1] + 40))
