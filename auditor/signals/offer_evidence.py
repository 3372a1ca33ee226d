"""The evidence for an offer: each line named as in `policies/models/offer.yaml`, with the words it stands on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from auditor.model import BlockKind, Factor, Signal
from auditor.signals.reading import Reading
from auditor.signals.scene import PROMINENT, Scene, follows_closely
from auditor.signals.stance import Stance, is_headline

_CLAUSE = 80  # characters between an act and its medicine in one clause
_TRADE_REACH = 200  # characters on either side in which words of trade belong to a medicine
_FEWEST_KINDS, _FULL_KINDS = 3, 5
_SHORT_LABEL = 90
_LABEL_KINDS = frozenset({BlockKind.ITEM, BlockKind.CELL, BlockKind.PARAGRAPH})
STRENGTH = re.compile(r"\d[\d.,]{0,6}\s?(?:mg|mcg|µg|g|ml|iu)\b", re.IGNORECASE)
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
DECISIVE = frozenset(
    {
        "trade", "buy_phrase", "buy_menu", "for_sale", "price", "cart", "order", "ship", "contact", "selling",
        "pharmacy", "waived",
    }
)  # fmt: skip
_SETTINGS = {
    "price-information": "price_information",
    "treatment": "treatment",
    "regulator": "regulator",
    "news": "news",
    "academic": "academic",
    "forum": "forum",
    "software": "software",
    "supplement": "supplement",
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
_PRICE_SETTING_FULL = 3
_FEWEST_WORDINGS = {"software": 3}


def medicine_factors(scene: Scene, own: list[Signal], stance: Stance) -> Iterator[Factor]:
    """What on the page belongs to one medicine, of which `own` are the page's mentions."""
    main = next((mention for mention in own if is_headline(scene.reading, mention)), None)
    yield from _call_to_buy(scene, own)
    yield from _act_factors(scene, own, main is not None)
    yield from _stance_factors(scene, stance)
    yield from _mention_factors(scene, own, main)


def _act_factors(scene: Scene, own: list[Signal], whole_body: bool) -> Iterator[Factor]:
    model = scene.reading.vocabulary.offer_model
    for name, values in _ACT_FEATURES:
        act = scene.bound(own, values, whole_body)
        if act:
            yield model.factor(name, act.start, act.end)
    kinds = _trade_kinds(scene, own)
    if len(kinds) >= _FEWEST_KINDS:
        share = min((len(kinds) - 1) / (_FULL_KINDS - 1), 1)
        together = [word for word in kinds if word.block == kinds[0].block]
        yield model.factor("trade", together[0].start, together[-1].end, share=share)


def _stance_factors(scene: Scene, stance: Stance) -> Iterator[Factor]:
    if stance.value == "waived":
        name = "waived" if stance.bound else "waived_page"
        yield scene.reading.vocabulary.offer_model.factor(name, *stance.spans[0])


def _mention_factors(scene: Scene, own: list[Signal], main: Signal | None) -> Iterator[Factor]:
    """What the mentions themselves show: strength and pack, a place in a list, an export brand, a mere category."""
    reading, model = scene.reading, scene.reading.vocabulary.offer_model
    if main:
        yield model.factor("main", main.start, main.end)
    listed = next((mention for mention in own if mention.block in scene.listed), None)
    if listed and len(scene.listed) >= _FEWEST_LISTED:
        yield model.factor("catalogue", listed.start, listed.end)
    strong = next((mention for mention in own if STRENGTH.search(reading.text, mention.end, mention.end + 25)), None)
    if strong:
        yield model.factor("strength", strong.start, strong.end)
        price = scene.bound([strong], ("price",), whole_body=False)
        if price and price.block == strong.block:
            yield model.factor("priced_pack", strong.start, price.end)
    export = next((mention for mention in own if mention.attributes.get("name_kind") == ("export",)), None)
    if export:
        yield model.factor("export", export.start, export.end)
    if own[0].kind == "category":
        yield model.factor("category", own[0].start, own[0].end)


_FEWEST_LISTED = 3  # so many lines that name medicines make a catalogue


def _trade_kinds(scene: Scene, own: list[Signal]) -> list[Signal]:
    """The first word of each kind of trade beside the medicine, at the mention where there are most kinds."""
    best: list[Signal] = []
    for drug in own:
        if scene.in_menu(drug):
            continue
        kinds: dict[str, Signal] = {}
        block = scene.reading.page.blocks[drug.block]
        for word in scene.trade_near(drug, _TRADE_REACH):
            if word.value not in kinds and not scene.is_rivals(block, word) and scene.is_said(word):
                kinds[word.value] = word
        if len(kinds) > len(best):
            best = sorted(kinds.values(), key=attrgetter("start"))
        if len(best) >= _FULL_KINDS:
            break
    return best


def _call_to_buy(scene: Scene, own: list[Signal]) -> Iterator[Factor]:
    """Verb and medicine in one clause ("buy X", "X for sale"); best where it is prominent."""
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
    text = reading.block_text(block).rstrip()
    return len(text) < _SHORT_LABEL and block.kind in _LABEL_KINDS and not text.endswith((".", "?"))


def page_factors(scene: Scene) -> Iterator[Factor]:
    """What the rest of the page says for or against any offer on it."""
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
        if len(wordings) >= _FEWEST_WORDINGS.get(name, 2) and name not in genres:
            full = _PRICE_SETTING_FULL if name == "price_information" else _SETTING_FULL
            first = next(iter(wordings.values()))
            yield model.factor(name, first.start, first.end, share=min(len(wordings) / full, 1))
