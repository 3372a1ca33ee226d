"""Numbers about people, risk or effect: how they are written, and whether a source stands with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Block, Signal
from auditor.signals.numbers import GARBLED_PER_CENT, whole_sentence, whole_sentences
from auditor.signals.prose import any_within, telling_indexes
from auditor.signals.reading import Reading, kept
from auditor.signals.references import sources

_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
_PER_CENT = r"\d{1,3}(?:[.,]\d{1,2})?\s?(?:%|per\s?cent\b|percent\b|pct\b)"
_FIGURE = re.compile(
    rf"(?:{_PER_CENT}|{GARBLED_PER_CENT}"
    rf"|\b{_COUNT}\s(?:in|out\sof|of)\s(?:every\s)?(?:ten|two|three|four|five|twenty|hundred|a\shundred|thousand|\d{{1,7}}(?:,\d{{3}})?)\b"
    r"|\bevery\s(?:second|third|fourth|fifth|sixth|eighth|tenth)\s"
    r"|\b(?:two|three)[-\s](?:thirds|quarters|fifths)\sof\b|\b(?:a|one)[-\s](?:third|quarter|fifth)\sof\b|\b(?:half|majority)\sof\s(?:all|people|patients|adults|women|men|users|the)\b"
    r"|\b\d{1,3}(?:[.,]\d{1,3}){0,5}\s(?:million|billion|lakh|crore|thousand)\b|\b\d{1,3}(?:,\d{3})+\b"
    r"|\b(?:twice|three\stimes|four\stimes|five\stimes|ten\stimes|\d{1,3}\stimes|\d{1,3}-fold)\s(?:as|more|less|higher|the)\b)",
    re.IGNORECASE,
)
_SOURCE_IN_BRACKETS = re.compile(r"\([^()\n]{0,90}[A-Z][^()\n]{0,90}(?:19|20)\d{2}[^()\n]{0,20}\)")
_OTHER_FIGURE_AFTER = re.compile(
    r"\s?(?:mg|mcg|ml|µg|g|iu|tablets?|pills?|capsules?|mmol|kcal|calories|steps|words|off|discount|cream|gel|solution"
    r"|lotion|strength)\b",
    re.IGNORECASE,
)


def detect(reading: Reading) -> Iterator[Signal]:
    """One `statistic` signal a sentence that puts a figure on illness, risk or effect; its span is the sentence."""
    for block in _blocks_about_people(reading):
        done = block.start
        sentences = whole_sentences(reading, block)
        for figure in _FIGURE.finditer(reading.text, block.start, block.end):
            if figure.start() < done:
                continue
            start, end = whole_sentence(reading, sentences, figure.start(), figure.end())
            if not _OTHER_FIGURE_AFTER.match(reading.text, figure.end()) and _is_about_health(reading, start, end):
                yield _statistic(reading, figure, start, end)
                done = end


def _blocks_about_people(reading: Reading) -> list[Block]:
    """The telling blocks that speak of people and of what befalls them, without which no figure is a statistic."""
    people, outcome = (
        {signal.block for signal in reading.signals(kind)} for kind in ("statistic-people", "statistic-outcome")
    )
    return [reading.page.blocks[index] for index in sorted(people & outcome & telling_indexes(reading))]


def _is_about_health(reading: Reading, start: int, end: int) -> bool:
    people, outcome, exclusion = (
        _says(reading, kind, start, end) for kind in ("statistic-people", "statistic-outcome", "statistic-exclusion")
    )
    return people and outcome and not exclusion


def _says(reading: Reading, kind: str, start: int, end: int) -> bool:
    return any_within(reading.signals(kind), start, end)


def _statistic(reading: Reading, figure: re.Match[str], start: int, end: int) -> Signal:
    garbled = re.search(GARBLED_PER_CENT, figure.group()) is not None
    attributed = _says(reading, "attribution", start, end)
    bracketed = _SOURCE_IN_BRACKETS.search(reading.text, start, end) is not None
    sourced = attributed or bracketed or sources(reading).beside(figure.start(), figure.end())
    return reading.signal(
        "statistic", figure.group().strip(), start, end,
        attributes={
            "sourced": ("yes" if sourced else "no",),
            "well_formed": ("no" if garbled else "yes",),
            "from_label": ("yes" if _may_be_label(reading, start, end) else "no",),
        },
    )  # fmt: skip


def _may_be_label(reading: Reading, start: int, end: int) -> bool:
    """Whether the figure may come from the product label: how often a side effect was seen."""
    if _says(reading, "statistic-label", start, end):
        return True
    heading = reading.heading_of(reading.block_at(start))
    return heading is not None and heading.index in _side_effect_headings(reading)


@kept
def _side_effect_headings(reading: Reading) -> frozenset[int]:
    return frozenset(signal.block for signal in reading.signals("heading", "side-effects"))
