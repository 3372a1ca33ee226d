"""Quotes of a finding that stand close together are read in one passage."""

from __future__ import annotations

from auditor.model import Evidence, Outcome, Role, Severity, Visibility
from auditor.report.marked import Exhibit
from auditor.report.passages import Passage, passages

TEXT = "A shop for you.\nRestolam 30 mg\nDelivery in 5 days\n" + "Much is to be said here. " * 20 + "Order today.\n"


def exhibit(place: int, words: str, **more: object) -> Exhibit:
    start = TEXT.index(words)
    spot = {"start": start, "end": start + len(words), "prefix": TEXT[max(0, start - 5) : start]}
    evidence = Evidence.model_validate({"quote": words, "suffix": " and", "signal": "offer"} | spot | more)
    return Exhibit(f"1.{place}", f"1-{place}", place, evidence, Severity.HIGH, Outcome.VIOLATION, placed=True)


def spelled(passage: Passage) -> str:
    return "".join(f"[{segment.text}]" if segment.within else segment.text for segment in passage.segments)


def test_neighbours_share_a_passage_and_the_fullest_comes_first() -> None:
    parts = passages(TEXT, [exhibit(1, "Order today"), exhibit(2, "Delivery in 5 days"), exhibit(3, "Restolam")])
    assert [[each.place for each in part.exhibits] for part in parts] == [[3, 2], [1]]
    assert spelled(parts[0]) == "… you.\n[Restolam] 30 mg\n[Delivery in 5 days]\nMuc …"


def test_quotes_inside_each_other() -> None:
    (part,) = passages(TEXT, [exhibit(1, "Restolam 30 mg"), exhibit(2, "30 mg")])
    assert spelled(part) == "… you.\n[Restolam ][30 mg]\nDel …"
    assert [segment.within for segment in part.segments if segment.within] == [1, 2]


def test_each_quote_is_linked_once() -> None:
    parts = passages(TEXT, [exhibit(place, words) for place, words in enumerate(("Restolam", "30 mg", "Order"), 1)])
    begun = [each.key for part in parts for segment in part.segments for each in segment.begins]
    assert sorted(begun) == ["1-1", "1-2", "1-3"]


def test_words_that_are_not_those_of_the_place_are_shown_with_what_they_came_with() -> None:
    (part,) = passages(TEXT, [exhibit(1, "Restolam", quote="something else", prefix="cut before ")])
    assert spelled(part) == "… before [something else] and …"


def test_places_are_told_apart_only_where_they_differ() -> None:
    same = passages(TEXT, [exhibit(1, "Restolam"), exhibit(2, "30 mg")])
    assert [place.numbers for place in same[0].places] == [()]
    hidden = exhibit(2, "30 mg", role=Role.CARD, visibility=Visibility.HIDDEN)
    (part,) = passages(TEXT, [exhibit(1, "Restolam"), hidden])
    assert [(place.numbers, place.evidence.role) for place in part.places] == [
        (("1.1",), Role.MAIN),
        (("1.2",), Role.CARD),
    ]


def test_a_voice_is_told_when_it_is_not_simply_the_page_s_own() -> None:
    own = passages(TEXT, [exhibit(1, "Restolam", voice={"assertion": "affirmed"})])
    asked = passages(TEXT, [exhibit(1, "Restolam", voice={"assertion": "asked", "cues": ("can",)})])
    assert own[0].places[0].voice is None
    assert asked[0].places[0].voice is not None


def test_the_live_link_is_the_first_there_is() -> None:
    (part,) = passages(TEXT, [exhibit(1, "Restolam"), exhibit(2, "30 mg", link="https://shop.example/#:~:text=30")])
    assert part.link == "https://shop.example/#:~:text=30"
