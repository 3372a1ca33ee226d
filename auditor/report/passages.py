"""The quotes of one finding as passages: those that stand close together are shown in one stretch of the page.

Three words from one product card read as one piece of evidence, not as three copies of the same surroundings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from auditor.model import Assertion, Evidence, Voice
from auditor.report.marked import Exhibit, Segment, cut
from auditor.report.text import lead_in, lead_out
from auditor.report.words import MATCH

_NEAR = 160  # characters between two quotes of one passage
_LONGEST = 600  # characters from the first quote of a passage to the last


@dataclass(frozen=True, slots=True)
class Place:
    """Where some quotes of a passage stand. `voice` is None for the page's own, `numbers` empty when they are all."""

    evidence: Evidence
    voice: Voice | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the page with its quotes marked. `placed`: they can be shown in the text of the page."""

    segments: tuple[Segment, ...]
    exhibits: tuple[Exhibit, ...]
    places: tuple[Place, ...]
    placed: bool
    link: str


def passages(text: str, exhibits: Iterable[Exhibit]) -> tuple[Passage, ...]:
    """The exhibits as passages of the page's `text`, the one with most quotes first."""
    exhibits = tuple(exhibits)
    verbatim = [each.placed and text[slice(*_span(each))] == each.evidence.quote for each in exhibits]
    joined = [_passage(_joined(text, group), group) for group in _groups(compress(exhibits, verbatim))]
    alone = [_passage(_alone(each), (each,)) for each, known in zip(exhibits, verbatim, strict=True) if not known]
    return tuple(sorted(joined + alone, key=lambda each: -len(each.exhibits)))


def _span(exhibit: Exhibit) -> tuple[int, int]:
    return exhibit.evidence.start, exhibit.evidence.end


def _groups(exhibits: Iterable[Exhibit]) -> list[tuple[Exhibit, ...]]:
    """Neighbours in the text together; the groups in the order of their first numbers."""
    groups: list[list[Exhibit]] = []
    end = 0
    for exhibit in sorted(exhibits, key=_span):
        start, stop = _span(exhibit)
        if groups and start - end <= _NEAR and stop - groups[-1][0].evidence.start <= _LONGEST:
            groups[-1].append(exhibit)
            end = max(end, stop)
        else:
            groups.append([exhibit])
            end = stop
    return sorted((tuple(group) for group in groups), key=lambda group: min(each.place for each in group))


def _joined(text: str, group: Sequence[Exhibit]) -> Iterator[Segment]:
    """A stretch of the page: the words before the first quote, the quotes, the words after the last."""
    first, last = group[0].evidence, max(group, key=lambda each: each.evidence.end).evidence
    yield Segment(lead_in(text[max(0, first.start - len(first.prefix)) : first.start], first.start > len(first.prefix)))
    yield from cut(text, first.start, last.end, group, set())
    yield Segment(lead_out(text[last.end : last.end + len(last.suffix)], last.end + len(last.suffix) < len(text)))


def _alone(exhibit: Exhibit) -> Iterator[Segment]:
    """A quote whose place in the text is not known, with the surroundings it came with."""
    evidence = exhibit.evidence
    yield Segment(lead_in(evidence.prefix, cut=bool(evidence.prefix)))
    yield Segment(evidence.quote, begins=(exhibit,), within=1)
    yield Segment(lead_out(evidence.suffix, cut=bool(evidence.suffix)))


def _passage(segments: Iterator[Segment], exhibits: Sequence[Exhibit]) -> Passage:
    return Passage(
        segments=tuple(segment for segment in segments if segment.text),
        exhibits=tuple(exhibits),
        places=tuple(_places(exhibits)),
        placed=exhibits[0].placed,
        link=next((each.evidence.link for each in exhibits if each.evidence.link), ""),
    )


def _voice(evidence: Evidence) -> Voice | None:
    """The voice where it is worth telling: not when the page simply says so itself."""
    plain = evidence.voice is None or (evidence.voice.assertion is Assertion.AFFIRMED and not evidence.voice.cues)
    return None if plain else evidence.voice


def _places(exhibits: Sequence[Exhibit]) -> Iterator[Place]:
    told: dict[object, list[Exhibit]] = {}
    for exhibit in exhibits:
        evidence = exhibit.evidence
        key = (evidence.role, evidence.visibility, evidence.headings, MATCH.get(evidence.match), _voice(evidence))
        told.setdefault(key, []).append(exhibit)
    for same in told.values():
        numbers = tuple(each.number for each in same) if len(told) > 1 else ()
        yield Place(same[0].evidence, _voice(same[0].evidence), numbers)
