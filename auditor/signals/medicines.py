"""The medicines a page makes its own: sold on it, dosed on it, or explained by it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Match, Signal
from auditor.signals.reading import Reading
from auditor.signals.subjects import central, offers

_CLEARLY = 0.5  # confidence from which an offer outweighs that the page also says how to take the medicine
_FACTS = ("boxed_topics", "min_age", "contraindications_us", "indications_us")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `medicine` signal a substance, with `basis` offered, dosed or explained.

    Where a page offers or doses medicines, those are the ones it answers for; what it merely explains beside them is
    left out.
    """
    offered = {offer.value: offer for offer in offers(reading)}
    dosed = {dosing.value for dosing in reading.signals("dosing")}
    found = {
        substance: (offered.get(substance, mention), _basis(substance, offered, dosed))
        for substance, mention in central(reading).items()
    }
    told = [substance for substance, (_, basis) in found.items() if basis != "explained"]
    for substance in told or found:
        mention, basis = found[substance]
        yield _signal(reading, substance, mention, basis)


def _basis(substance: str, offered: dict[str, Signal], dosed: set[str]) -> str:
    offer = offered.get(substance)
    if offer and (offer.confidence >= _CLEARLY or substance not in dosed):
        return "offered"
    return "dosed" if substance in dosed else "explained"


def _signal(reading: Reading, substance: str, mention: Signal, basis: str) -> Signal:
    known = reading.lexicon.substances.get(substance)
    facts = tuple(name for name in _FACTS if known and name in known.facts)
    attributes = {**mention.attributes, "inn": (substance,), "basis": (basis,), "known": facts}
    return Signal(
        "medicine", substance, mention.start, mention.end, mention.block, Match.DERIVED, Assertion.AFFIRMED,
        seen=mention.seen, confidence=mention.confidence, attributes=attributes, because=mention.because,
    )  # fmt: skip
