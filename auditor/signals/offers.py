"""Offers: does this page, in its own voice, sell this medicine, and what does it say of a prescription?

One `offer` signal a substance. Its confidence is the weighed evidence of `policies/models/offer.yaml`; every line of it
can be shown. A drug name alone is no evidence, nor is an act that belongs to something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from auditor.model import Assertion, BlockKind, Factor, Match, Role, Signal
from auditor.signals.reading import Reading
from auditor.signals.scene import PROMINENT, Scene, follows_closely, is_own_voice
from auditor.signals.stance import Stance, is_headline, page_stance, stance_for

_MAX_MENTIONS = 60
_TRADE_REACH = 200  # characters on either side in which words of trade belong to a medicine
_FEWEST_KINDS, _FULL_KINDS = 3, 5
_ROGUE = frozenset({"export", "crypto_page", "contact", "messenger_page"})  # beside these one word of a prescription is little
_CLAUSE = 80  # characters between an act and its medicine in one clause
_NEXT = 12  # characters between a comparator and its medicine
_VISITORS_CAP = 0.75  # what a discussion's visitors offer is for review
_STRENGTH = re.compile(r"\d[\d.,]{0,6}\s?(?:mg|mcg|µg|g|ml|iu)\b", re.IGNORECASE)
_ACT_FEATURES = (
    ("price", ("price", "structured-offer")),
    ("cart", ("cart",)),
    ("order", ("order",)),
    ("ship", ("ship",)),
    ("contact", ("contact-order", "messenger")),
    ("selling", ("selling-line",)),
    ("pharmacy", ("pharmacy-claim",)),
    ("stealth", ("stealth", "reship", "no-questions")),
)
# Evidence without which nothing is offered, whatever the page looks like.
_DECISIVE = frozenset(
    {"trade", "buy_phrase", "buy_menu", "for_sale", "price", "cart", "order", "ship", "contact", "selling", "pharmacy", "waived"}
)
_SETTINGS = {
    "price-information": "price_information",
    "treatment": "treatment",
    "regulator": "regulator",
    "news": "news",
    "academic": "academic",
    "forum": "forum",
    "monograph": "monograph",
    "veterinary": "veterinary",
}
# What the character of the page says of the voice that sells on it.
_GENRES = {
    "regulator": "regulator",
    "official": "regulator",
    "news": "news",
    "treatment": "treatment",
    "harm-reduction": "treatment",
    "professional": "academic",
    "monograph": "monograph",
}
_SETTING_FULL = 5  # so many different wordings of a setting leave no doubt


def detect(reading: Reading) -> Iterator[Signal]:
    """One `offer` signal for every substance that some act of selling belongs to."""
    mentions: dict[str, list[Signal]] = defaultdict(list)
    for drug in reading.signals("drug"):
        mentions[drug.value].append(drug)
    if not mentions or not (reading.signals("act") or reading.signals("prescription")):
        return
    scene = Scene(reading)
    page = page_stance(reading)
    around = list(_page_factors(scene, page))
    for substance, found in mentions.items():
        offer = _offer(scene, substance, found, page, around)
        if offer:
            yield offer


def _offer(
    scene: Scene, substance: str, found: list[Signal], page: Stance, around: list[Factor]
) -> Signal | None:
    reading, model = scene.reading, scene.reading.vocabulary.offer_model
    own = [drug for drug in found if is_own_voice(reading, drug) and not _is_foreign(reading, drug)][:_MAX_MENTIONS]
    if not own:
        return None
    stance = stance_for(reading, own, page)
    factors = list(_bound_factors(scene, own, stance))
    if not any(factor.name in _DECISIVE for factor in factors):
        return None
    factors += around
    best = min(own, key=lambda drug: _rank(reading, drug, factors))
    spans = sorted({(factor.start, factor.end) for factor in factors if factor.weight > 0 and factor.end > factor.start})
    confidence = model.confidence(factors)
    if any(factor.name == "forum" for factor in factors):
        confidence = min(confidence, _VISITORS_CAP)
    names = {factor.name for factor in factors}
    if stance.value == "nominal" and not names & _ROGUE:
        stance = stance._replace(value="required")
    attributes = dict(best.attributes)
    attributes |= {
        "of": ("drug",),
        "inn": (substance,),
        "stance": (stance.value,),
        "strength": ("strong" if confidence >= 0.8 else "weak",),
        "acts": tuple(factor.name for factor in factors if factor.weight > 0),
    }
    return Signal(
        "offer", substance, best.start, best.end, best.block, Match.DERIVED, Assertion.AFFIRMED,
        seen=best.seen, confidence=confidence, attributes=attributes,
        factors=tuple(sorted(factors, key=lambda factor: -abs(factor.weight))),
        because=tuple(spans) + tuple(stance.spans),
    )  # fmt: skip


def _is_foreign(reading: Reading, drug: Signal) -> bool:
    """Whether a mention offers nothing: a visitor's words, hidden from every visitor, or there for comparison."""
    return reading.is_visitors(drug.start) or not drug.seen or _is_compared(reading, drug)


def _is_compared(reading: Reading, drug: Signal) -> bool:
    """Whether other goods are compared with the medicine, or its use is left behind: "alternative to", "addiction"."""
    gaps = [(signal.end, drug.start) for signal in reading.signals("comparator")]
    gaps += [(drug.end, signal.start) for signal in reading.signals("afterword")]
    return any(0 <= high - low <= _NEXT and "\n" not in reading.text[low:high] for low, high in gaps)


def _rank(reading: Reading, drug: Signal, factors: list[Factor]) -> tuple[bool, int]:
    """The mention nearest to an act first, so that the evidence stands together."""
    distances = [abs(drug.start - factor.start) for factor in factors if factor.end > 0 and factor.weight > 0]
    return reading.block_at(drug.start).role is Role.NAVIGATION, min(distances, default=0)


def _bound_factors(scene: Scene, own: list[Signal], stance: Stance) -> Iterator[Factor]:
    reading, model = scene.reading, scene.reading.vocabulary.offer_model
    main = _is_main(reading, own)
    yield from _call_to_buy(scene, own)
    for name, values in _ACT_FEATURES:
        act = scene.bound(own, values, main is not None)
        if act:
            yield model.factor(name, act.start, act.end)
    if stance.value == "waived" and stance.bound:
        yield model.factor("waived", *stance.spans[0])
    elif stance.value == "waived":
        yield model.factor("waived_page", *stance.spans[0])
    kinds = _trade_kinds(scene, own)
    if len(kinds) >= _FEWEST_KINDS:
        share = min((len(kinds) - 1) / (_FULL_KINDS - 1), 1)
        yield model.factor("trade", kinds[0].start, kinds[-1].end, share=share)
    if main:
        yield model.factor("main", main.start, main.end)
    listed = next((drug for drug in own if _is_listed(reading, drug) and not scene.in_menu(drug)), None)
    if listed and len({drug.value for drug in reading.signals("drug") if _is_listed(reading, drug)}) >= 3:
        yield model.factor("catalogue", listed.start, listed.end)
    strong = next((drug for drug in own if _STRENGTH.search(reading.text, drug.end, drug.end + 25)), None)
    if strong:
        yield model.factor("strength", strong.start, strong.end)
        price = scene.bound([strong], ("price",), whole_body=False)
        if price and price.block == strong.block:
            yield model.factor("priced_pack", strong.start, price.end)
    export = next((drug for drug in own if drug.attributes.get("name_kind") == ("export",)), None)
    if export:
        yield model.factor("export", export.start, export.end)


def _trade_kinds(scene: Scene, own: list[Signal]) -> list[Signal]:
    """The first word of each kind of trade beside the medicine, at the mention where there are most kinds."""
    reading = scene.reading
    words = [word for word in reading.signals("trade") if is_own_voice(reading, word) and word.seen]
    words = [word for word in words if not reading.is_visitors(word.start) and not scene.in_menu(word)]
    starts = [word.start for word in words]
    best: list[Signal] = []
    for drug in own:
        if scene.in_menu(drug):
            continue
        kinds: dict[str, Signal] = {}
        for word in words[bisect_left(starts, drug.start - _TRADE_REACH) : bisect_left(starts, drug.end + _TRADE_REACH)]:
            kinds.setdefault(word.value, word)
        if len(kinds) > len(best):
            best = sorted(kinds.values(), key=attrgetter("start"))
    return best


def _call_to_buy(scene: Scene, own: list[Signal]) -> Iterator[Factor]:
    """ "Buy X", "X for sale": verb and medicine in one clause; best where it is prominent."""
    reading, model = scene.reading, scene.reading.vocabulary.offer_model
    verbs = [act for value in ("buy-verb", "order") for act in scene.own.get(value, ())]
    verbs += [act for act in scene.own.get("get-verb", ()) if _is_prominent(reading, act)]
    calls = [
        (verb, drug)
        for drug in own
        for verb in verbs
        if verb.start < drug.start < verb.end + _CLAUSE and follows_closely(reading, verb, drug)
    ]
    spoken = [call for call in calls if not scene.in_menu(call[0])]
    if spoken:
        verb, drug = next((call for call in spoken if _is_prominent(reading, call[0])), spoken[0])
        yield model.factor("buy_phrase", verb.start, drug.end)
        if _is_prominent(reading, verb):
            yield model.factor("buy_prominent", verb.start, drug.end)
    elif calls:
        yield model.factor("buy_menu", calls[0][0].start, calls[0][1].end)
    claims = scene.own.get("sell-claim", ())
    sales = [*scene.own.get("for-sale", ()), *scene.own.get("order", ())]
    pairs = [(claim, drug) for drug in own for claim in claims] + [(drug, sale) for drug in own for sale in sales]
    for first, second in pairs:
        if 0 <= second.start - first.end < _CLAUSE and follows_closely(reading, first, second):
            yield model.factor("for_sale", first.start, second.end)
            return


def _is_prominent(reading: Reading, signal: Signal) -> bool:
    block = reading.block_at(signal.start)
    if block.kind in PROMINENT:
        return True
    return any(link.start <= signal.start < link.end for link in reading.page.links) or _is_label(reading, signal)


def _is_label(reading: Reading, signal: Signal) -> bool:
    """A short line without a full stop: a tag, a caption, a menu entry."""
    block = reading.block_at(signal.start)
    return block.end - block.start < 90 and block.kind in {BlockKind.ITEM, BlockKind.CELL, BlockKind.PARAGRAPH} and not (
        reading.block_text(block).rstrip().endswith((".", "?"))
    )


def _is_main(reading: Reading, own: list[Signal]) -> Signal | None:
    """The mention that shows the page to be about this medicine: in its title or its first heading."""
    return next((drug for drug in own if is_headline(reading, drug)), None)


def _is_listed(reading: Reading, drug: Signal) -> bool:
    block = reading.block_at(drug.start)
    return block.kind in {BlockKind.ITEM, BlockKind.CELL, BlockKind.OPTION} or block.card >= 0


def _page_factors(scene: Scene, stance: Stance) -> Iterator[Factor]:
    reading, model = scene.reading, scene.reading.vocabulary.offer_model
    kinds = scene.shop_kinds()
    if len(kinds) >= 2:
        yield model.factor("shop_page", kinds[0].start, kinds[0].end, share=min((len(kinds) - 1) / 4, 1))
    for name, values in (("crypto_page", ("crypto",)), ("messenger_page", ("messenger", "contact-order"))):
        act = scene.first(*values)
        if act:
            yield model.factor(name, act.start, act.end)
    if scene.disowned >= 3 and scene.disowned > scene.owned():
        yield model.factor("reported_page")
    genres = {_GENRES[page.value]: page for page in reading.signals("page") if page.value in _GENRES}
    yield from (model.factor(name, page.start, page.end) for name, page in genres.items())
    counts: dict[str, dict[str, Signal]] = defaultdict(dict)
    for signal in reading.signals("setting"):
        counts[signal.value].setdefault(reading.folded[signal.start : signal.end], signal)
    for value, name in _SETTINGS.items():
        wordings = counts.get(value, {})
        if len(wordings) >= 2 and name not in genres:
            first = next(iter(wordings.values()))
            yield model.factor(name, first.start, first.end, share=min(len(wordings) / _SETTING_FULL, 1))
