"""What kind of page this is, from its headings, wording and structure: never from one word alone.

The genre (regulator, news, index ...) tells who speaks; drug-information and clinical-advice tell that the page informs
the public about medicines or illness. A page that is not about health has none of the latter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from auditor.model import Assertion, BlockKind, Match, Role, Signal
from auditor.signals.lists import host_in, host_of
from auditor.signals.prose import BODY_ROLES, any_within, has_words, telling_blocks, telling_indexes, word_count
from auditor.signals.reading import Reading
from auditor.signals.spans import link_spans

# What the cues of a genre must add up to.
_ENOUGH = {
    "regulator": 2,
    "official": 2,
    "professional": 2,
    "archive": 2,
    "myth-fact": 2,
    "monograph": 3,
    "veterinary": 3,
    "news": 3,
    "harm-reduction": 3,
    "treatment": 3,
    "legal": 3,
    "index": 4,
}
_ANYWHERE = frozenset({"regulator", "official"})  # said in headers and footers too
_SPEAKING = BODY_ROLES | {Role.META}
_FRONT, _BACK = 4, 3  # blocks at either end of a page, in which a publisher says who it is ...
_LINE_WORDS = 20  # ... in a line, not in running text
_FEWEST_TERMS, _FEWEST_KINDS, _WORDS_A_TERM, _FEWEST_WORDS = 4, 2, 40, 15
_PROSE_WORDS = 12
_PROGRAM = 2  # a page with so many blocks of code documents a program, whatever it is about
_UNKNOWN_MEDICINE = 5  # so much must speak for a medicine that the lexicon does not know
_SALES = frozenset({"cart", "order", "buy-verb", "for-sale"})
_DRUG_PARTS = frozenset(
    {
        "indications",
        "side-effects",
        "dosing",
        "mechanism",
        "contraindications",
        "interactions",
        "overdose",
        "warnings",
        "pregnancy",
        "storage",
    }
)
_CONDITION_PARTS = frozenset({"symptoms", "causes", "treatment", "prevention", "diagnosis", "alternatives"})
_EDITORIAL_PARTS = (
    _DRUG_PARTS | _CONDITION_PARTS | {"overview", "studies", "references", "conclusion", "benefits", "faq"}
)


def detect(reading: Reading) -> Iterator[Signal]:
    """`page` signals of this page."""
    genres = dict(_genres(reading))
    yield from genres.values()
    yield from _shop(reading)
    if not is_about_health(reading):
        return
    yield reading.fact("page", "health")
    if "index" in genres or "legal" in genres:
        return
    informs = [signal for signal in (_drug_information(reading), _clinical_advice(reading)) if signal]
    yield from informs
    if informs:
        yield from _article(reading)


def is_about_health(reading: Reading) -> bool:
    """Whether the body speaks of medicine throughout: enough different terms of several kinds, densely."""
    if sum(block.kind is BlockKind.CODE for block in reading.page.blocks) >= _PROGRAM:
        return False
    terms = [term for term in reading.signals("health-term") if term.seen and _speaks(reading, term)]
    distinct = {reading.folded[term.start : term.end] for term in terms}
    if len(distinct) < _FEWEST_TERMS or len({term.value for term in terms}) < _FEWEST_KINDS:
        return False
    most = len(terms) * _WORDS_A_TERM  # words; a text has at most half as many as characters
    dense = len(reading.text) <= 2 * most or not has_words(reading, telling_blocks(reading), most + 1)
    return dense and has_words(reading, telling_blocks(reading), _FEWEST_WORDS)


def _speaks(reading: Reading, signal: Signal) -> bool:
    """Whether the words stand where the page speaks: in its body, title or description."""
    return reading.page.blocks[signal.block].role in _SPEAKING


# ----------------------------------------------------------------------------------------------------- genre


def _genres(reading: Reading) -> Iterator[tuple[str, Signal]]:
    totals: Counter[str] = Counter()
    deciding: dict[str, Signal] = {}
    met: set[tuple[str, str]] = set()
    for cue in reading.signals("page-cue"):
        wording = reading.folded[cue.start : cue.end]
        if cue.value not in _ENOUGH or (cue.value, wording) in met or not _counts(reading, cue):
            continue
        if cue.value not in _ANYWHERE and _is_linked(reading, cue):
            continue
        met.add((cue.value, wording))
        totals[cue.value] += _weight(reading, cue)
        deciding.setdefault(cue.value, cue)
    for genre, cue in deciding.items():
        if totals[genre] >= _ENOUGH[genre]:
            yield genre, _page(reading, genre, cue.start, cue.end, str(totals[genre]))
    yield from _by_address(reading)


def _is_linked(reading: Reading, cue: Signal) -> bool:
    return link_spans(reading).touch(cue.start, cue.start + 1)


def _counts(reading: Reading, cue: Signal) -> bool:
    if cue.value in _ANYWHERE:
        return cue.seen
    return cue.seen and _speaks(reading, cue) and reading.page.blocks[cue.block].kind is not BlockKind.BUTTON


def _weight(reading: Reading, cue: Signal) -> int:
    """How much a cue weighs: most as the title, less at either end of the page, least in passing."""
    written = cue.attributes.get("weight", ())
    if _is_title(reading, cue):
        return 3
    if "title" in written:
        return 0
    if "strong" in written and cue.value != "index" and _at_an_end(reading, cue):
        return 2
    return 1


def _is_title(reading: Reading, cue: Signal) -> bool:
    block = reading.page.blocks[cue.block]
    return block.kind is BlockKind.TITLE or block.index == reading.first_heading or block.level == 1


def _at_an_end(reading: Reading, cue: Signal) -> bool:
    block = reading.page.blocks[cue.block]
    if block.role in {Role.HEADER, Role.FOOTER} or block.kind is BlockKind.HEADING:
        return True
    outer = cue.block < _FRONT or cue.block >= len(reading.page.blocks) - _BACK
    return outer and word_count(reading.block_text(block)) <= _LINE_WORDS


def _by_address(reading: Reading) -> Iterator[tuple[str, Signal]]:
    host = host_of(reading.page.url)
    if host and host_in(host, "monograph_hosts"):
        yield "monograph", Signal("page", "monograph", 0, 0, 0, match=Match.STRUCTURE)
    if host and host_in(host, "official_hosts", "official_suffixes"):
        yield "official", Signal("page", "official", 0, 0, 0, match=Match.STRUCTURE)


def _shop(reading: Reading) -> Iterator[Signal]:
    """The page is plainly a shop: its title opens with a sale, or a button and a price come before all else."""
    acts = [act for act in reading.signals("act") if act.assertion is Assertion.AFFIRMED and act.end]
    sales = [act for act in acts if act.value in _SALES]
    editorial = _parts(reading, _EDITORIAL_PARTS)
    told_from = editorial[0].start if editorial else len(reading.text)
    named = next((act for act in sales if _is_title(reading, act) and _opens(reading, act)), None)
    pressed = next((act for act in sales if act.start < told_from and _is_control(reading, act)), None)
    priced = any(act.value == "price" for act in acts)
    act = named or (pressed if priced else None)
    if act:
        yield _page(reading, "shop", act.start, act.end, "2")


def _opens(reading: Reading, act: Signal) -> bool:
    """Whether the words open their block, and not as advice: "Buy X online", not "How to buy X"."""
    block = reading.page.blocks[act.block]
    return act.start == block.start and not any_within(reading.signals("third-party-cue"), block.start, block.end)


def _is_control(reading: Reading, act: Signal) -> bool:
    block = reading.page.blocks[act.block]
    return block.role in BODY_ROLES and (block.kind is BlockKind.BUTTON or block.card >= 0)


# ------------------------------------------------------------------------------------------------- what it is about


def _drug_information(reading: Reading) -> Signal | None:
    """The page informs about a medicine it names: not merely in passing."""
    drugs = [drug for drug in reading.signals("drug") if drug.seen and _speaks(reading, drug)]
    cues = _telling_cues(reading, "drug-information")
    parts = _parts(reading, _DRUG_PARTS)
    prominent = any(reading.page.blocks[drug.block].kind in {BlockKind.HEADING, BlockKind.TITLE} for drug in drugs)
    named = len(drugs) >= 2 or prominent
    dosing = {reading.folded[term.start : term.end] for term in reading.signals("health-term", "dosing")}
    if len(cues) + 2 * len(parts) + (0 if named else min(len(dosing), 3)) < (2 if named else _UNKNOWN_MEDICINE):
        return None
    if not (parts or cues):
        return None
    first = (parts or cues)[0]
    return _page(reading, "drug-information", first.start, first.end, str(len(cues) + 2 * len(parts)))


def _clinical_advice(reading: Reading) -> Signal | None:
    """The page tells the public about an illness and what to do about it."""
    cues = _telling_cues(reading, "clinical-advice")
    parts = _parts(reading, _CONDITION_PARTS)
    if len(cues) + 2 * len(parts) < 3:
        return None
    first = (parts or cues)[0]
    return _page(reading, "clinical-advice", first.start, first.end, str(len(cues) + 2 * len(parts)))


def _telling_cues(reading: Reading, value: str) -> list[Signal]:
    """The cues of a kind in running text, one a wording."""
    telling = telling_indexes(reading)
    found = {
        reading.folded[cue.start : cue.end]: cue
        for cue in reversed(reading.signals("page-cue", value))
        if cue.block in telling
    }
    return sorted(found.values(), key=lambda cue: cue.start)


def _parts(reading: Reading, wanted: frozenset[str]) -> list[Signal]:
    """The headings that open one of these parts, one a part."""
    found = {heading.value: heading for heading in reversed(reading.signals("heading")) if heading.value in wanted}
    return sorted(found.values(), key=lambda heading: heading.start)


def _article(reading: Reading) -> Iterator[Signal]:
    """Editorial shape: several editorial headings over running prose."""
    parts = _parts(reading, _EDITORIAL_PARTS)
    if len(parts) >= 2 and _has_prose(reading):
        yield _page(reading, "article", parts[0].start, parts[0].end, str(len(parts)))


def _has_prose(reading: Reading) -> bool:
    prose = (block for block in telling_blocks(reading) if word_count(reading.block_text(block)) >= _PROSE_WORDS)
    return len(list(islice(prose, 2))) == 2


def _page(reading: Reading, value: str, start: int, end: int, weight: str) -> Signal:
    return reading.signal("page", value, start, end, assertion=Assertion.AFFIRMED, attributes={"weight": (weight,)})
