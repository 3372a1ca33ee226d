"""Draft to page: sections, cards and everything that is found in the settled text."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from auditor.model import SEEN, Block, BlockKind, Capture, ElementMatch, Kind, Link, Page, Price, Role
from auditor.page.cards import mark_boxes, mark_cards, selling_blocks
from auditor.page.completeness import completeness_of
from auditor.page.contacts import find_contacts
from auditor.page.dates import find_dates
from auditor.page.draft import Draft
from auditor.page.folding import lowered
from auditor.page.language import detect, foreign_script, has_other_script
from auditor.page.people import find_people
from auditor.page.prices import find_prices
from auditor.page.sections import assign_sections, settle_tables
from auditor.page.shown import Shown
from auditor.page.spots import Spots, find_spots
from auditor.page.textregions import mark_regions
from auditor.page.urls import Resolver, host_of, joined

_FOREIGN = 120  # characters a block must have for its language to be looked at
_PROSE = 40  # characters of a block that tells something of the page's language


def assemble(capture: Capture, draft: Draft, encoding: str, parser: LexborHTMLParser | None) -> Page:
    """Make the page of a draft.

    Args:
        capture: what the draft was read from.
        draft: as the reader left it.
        encoding: the bytes were read with.
        parser: the tree of an HTML page.
    """
    text = draft.finish()
    low = lowered(text)
    spots = find_spots(low)
    prices = find_prices(text, spots)
    _mark(draft, low, spots, prices, capture.kind)
    language = _language(draft, text)
    base = joined(capture.url, draft.base) or capture.url
    links = _links(draft, base)
    blocks = _blocks(draft, text, language)
    host = host_of(capture.url)
    shown = Shown(
        text,
        low,
        spots,
        blocks,
        [block.start for block in blocks],
        links,
        draft.structured,
        draft.stamps,
        draft.metas,
        host,
        language,
    )
    completeness, reason = completeness_of(capture, draft, low, parser)
    return Page(
        url=capture.url,
        kind=capture.kind,
        title=_title(draft, text),
        language=language,
        text=text,
        blocks=blocks,
        links=links,
        forms=tuple(form.finished() for form in draft.forms),
        prices=prices,
        contacts=find_contacts(shown),
        dates=find_dates(shown),
        people=find_people(shown),
        structured=tuple(draft.structured),
        elements=tuple(ElementMatch(match.selector, match.start, match.end) for match in draft.matches),
        completeness=completeness,
        reason=reason,
        encoding=encoding,
        canonical_url=joined(base, draft.canonical),
        declared_language=draft.declared_language,
    )


def _mark(draft: Draft, low: str, spots: Spots, prices: tuple[Price, ...], kind: Kind) -> None:
    """Set tables, regions, cards and sections, in the order in which they build on each other."""
    settle_tables(draft)
    selling = selling_blocks(draft.blocks, spots, prices)
    if kind is Kind.HTML:
        mark_cards(draft, selling)
    else:
        mark_regions(draft, low, spots)
        mark_boxes(draft.blocks, selling, inferred=not draft.marked)
    assign_sections(draft)


def _blocks(draft: Draft, text: str, language: str) -> tuple[Block, ...]:
    if has_other_script(text):
        for block in draft.blocks:
            if not block.language and block.end - block.start > _FOREIGN:
                block.language = foreign_script(text[block.start : block.end], language)
    return tuple(draft.blocks)


def _language(draft: Draft, text: str) -> str:
    """The detected language when it is sure, else the declared one."""
    prose = [text[b.start : b.end] for b in draft.blocks if b.end - b.start > _PROSE and b.visibility in SEEN]
    found, sure = detect("".join(prose))
    return found if found and (sure or not draft.declared_language) else draft.declared_language


def _title(draft: Draft, text: str) -> str:
    """The declared title, else the first heading of the highest rank."""
    first = next((block for block in draft.blocks if block.kind is BlockKind.TITLE), None)
    if first is None:
        headings = [block for block in draft.blocks if block.kind is BlockKind.HEADING and block.role is not Role.META]
        first = min(headings, key=lambda block: block.level, default=None)
    return text[first.start : first.end].strip() if first else ""


def _links(draft: Draft, base: str) -> tuple[Link, ...]:
    resolver = Resolver(base)
    return tuple(
        [
            Link(link.start, link.end, link.href, resolver.absolute(link.href), link.rel, link.role)
            for link in draft.links
        ]
    )
