"""The page as read: no character lost or doubled, every placed quote begun once, overlaps cut cleanly."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from auditor.model import BlockKind, BlockView, Evidence, Outcome, PageAudit, Role, Severity, Visibility
from auditor.report.marked import Exhibit, MarkedBlock, Region, mark
from tests.report.sample import article_page, capture


def page(text: str, *blocks: BlockView) -> PageAudit:
    return PageAudit(
        requested="page.html",
        url="page.html",
        title="",
        language="en",
        capture=capture(text),
        completeness="complete",
        text=text,
        blocks=blocks,
        verdict="",
    )


def block(start: int, end: int, **more: object) -> BlockView:
    shape = {"kind": BlockKind.PARAGRAPH, "role": Role.MAIN, "visibility": Visibility.VISIBLE}
    return BlockView.model_validate({"start": start, "end": end} | shape | more)


def exhibit(number: int, start: int, end: int, severity: str = "high", outcome: str = "violation") -> Exhibit:
    return Exhibit(
        number=f"{number}.1",
        key=f"{number}-1",
        place=1,
        evidence=Evidence(quote="", start=start, end=end, signal=""),
        severity=Severity(severity),
        outcome=Outcome(outcome),
        placed=True,
    )


def blocks_of(regions: tuple[Region, ...]) -> list[MarkedBlock]:
    return [marked for region in regions for marked in region.blocks]


def segments(regions: tuple[Region, ...]) -> list[tuple[str, int]]:
    return [(segment.text, segment.within) for marked in blocks_of(regions) for segment in marked.segments]


def test_overlapping_quotes_are_cut_where_either_begins_or_ends() -> None:
    regions = mark(page("one two three four"), [exhibit(1, 0, 13), exhibit(2, 4, 18)])
    assert segments(regions) == [("one ", 1), ("two three", 2), (" four", 1)]


def test_a_quote_inside_another() -> None:
    regions = mark(page("one two three"), [exhibit(1, 0, 13), exhibit(2, 4, 7)])
    assert segments(regions) == [("one ", 1), ("two", 2), (" three", 1)]


def test_the_same_words_quoted_twice_begin_together() -> None:
    (marked,) = blocks_of(mark(page("one two"), [exhibit(1, 0, 3), exhibit(2, 0, 3)]))
    assert [each.number for each in marked.segments[0].begins] == ["1.1", "2.1"]


def test_the_worst_severity_shows_and_review_only_when_all_are() -> None:
    exhibits = [exhibit(1, 0, 3, "low"), exhibit(2, 0, 3, "critical", "review")]
    (marked,) = blocks_of(mark(page("one two"), exhibits))
    assert (marked.segments[0].worst, marked.segments[0].review) == (Severity.CRITICAL, False)
    (marked,) = blocks_of(mark(page("one two"), exhibits[1:]))
    assert marked.segments[0].review


def test_a_quote_over_several_blocks_begins_once() -> None:
    regions = mark(page("one\ntwo\nthree\n", block(0, 4), block(4, 8), block(8, 14)), [exhibit(1, 1, 11)])
    begun = [each.key for marked in blocks_of(regions) for segment in marked.segments for each in segment.begins]
    assert begun == ["1-1"]
    assert segments(regions) == [("o", 0), ("ne", 1), ("two", 1), ("thr", 1), ("ee", 0)]


def test_text_outside_all_blocks_is_shown() -> None:
    regions = mark(page("lost\nfound\nlost too", block(5, 11, role="footer")), [])
    assert [text.strip() for text, _ in segments(regions)] == ["lost", "found", "lost too"]


def test_blocks_that_overlap_or_overrun_do_not_repeat_text() -> None:
    regions = mark(page("abcdefgh", block(0, 5), block(3, 99), block(4, 5)), [])
    assert "".join(text for text, _ in segments(regions)) == "abcdefgh"


def test_two_cards_side_by_side_are_two_regions() -> None:
    first, second = block(0, 4, role="card", card=1), block(4, 8, role="card", card=2)
    assert len(mark(page("one\ntwo\n", first, second), [])) == 2


def test_cells_of_a_row_stand_on_one_line() -> None:
    cells = (block(0, 2, row=1), block(2, 4, row=1), block(4, 6, row=2), block(6, 8), block(8, 10))
    (region,) = mark(page("a\nb\nc\nd\ne\n", *cells), [])
    assert [len(line) for line in region.lines] == [2, 1, 1, 1]


def test_the_sample_is_whole() -> None:
    audited = article_page()
    whole = "\n".join("".join(part.text for part in each.segments) for each in blocks_of(mark(audited, [])))
    assert whole + "\n" == audited.text


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text("ab \n", min_size=1, max_size=60), st.lists(spans, max_size=8), st.lists(st.integers(0, 60), max_size=5))
def test_no_character_is_lost_or_doubled_and_each_quote_begins_once(
    text: str, quotes: list[list[int]], edges: list[int]
) -> None:
    cuts = sorted({0, len(text), *(edge for edge in edges if edge < len(text))})
    blocks = [block(start, end) for start, end in pairwise(cuts)]
    exhibits = [exhibit(number, start, end) for number, (start, end) in enumerate(quotes) if text[start:end].strip()]
    regions = mark(page(text, *blocks), exhibits)
    assert "".join("".join(segments_text) for segments_text, _ in segments(regions)).split() == _words(text, cuts)
    begun = [each.key for marked in blocks_of(regions) for part in marked.segments for each in part.begins]
    assert sorted(begun) == sorted(each.key for each in exhibits)


def _words(text: str, cuts: list[int]) -> list[str]:
    """The words of the text once each block has lost the line feeds at its end, as blocks do."""
    pieces = [text[start:end] for start, end in pairwise(cuts)]
    return "".join(piece.rstrip("\n") for piece in pieces if piece.strip()).split()
