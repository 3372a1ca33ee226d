"""What each wording adds: pages counted once, right and wrong apart."""

from __future__ import annotations

from auditor.evaluation.results import Words
from auditor.evaluation.wordings import pieces, standings
from auditor.model import Finding, Outcome, Severity, Weighed
from tests.evaluation.labelled import CONTROLLED, OTHER


def finding(*lines: tuple[str, float, str], outcome: Outcome = Outcome.VIOLATION, policy: str = CONTROLLED) -> Finding:
    return Finding(
        id="F1",
        fingerprint="f",
        policy=policy,
        policy_version="1",
        title="t",
        outcome=outcome,  # type: ignore[arg-type]
        severity=Severity.HIGH,
        confidence=0.9,
        statement="s",
        evidence=(),
        weighed=tuple(Weighed(name=name, weight=weight, says="", quote=quote) for name, weight, quote in lines),
    )


CART = finding(("cart", 2.0, "Add to\n CART"), ("price", 1.0, "$1,99.00"), ("asks", -1.0, "prescription"))


def test_pages_are_counted_once_right_and_wrong_apart() -> None:
    found = [
        *standings([CART, CART], CONTROLLED, [CONTROLLED], "violation", 0),
        *standings([CART], CONTROLLED, [CONTROLLED], "pass", 1),
        *standings([finding(("cart", 2.0, "Buy 30 now"))], CONTROLLED, [CONTROLLED], "violation", 2),
    ]
    cart, price = pieces(found)
    assert (cart.name, cart.right, cart.wrong) == ("cart", 2, 1)
    assert cart.words == (Words(text="add to cart", right=1, wrong=1), Words(text="buy # now", right=1, wrong=0))
    assert (price.name, [words.text for words in price.words]) == ("price", ["$#"])


def test_other_policies_reviews_and_pages_labelled_review_do_not_count() -> None:
    review = finding(("cart", 2.0, "x"), outcome=Outcome.REVIEW)
    assert [*standings([review], CONTROLLED, [CONTROLLED], "violation", 0)] == []
    assert [*standings([CART], OTHER, [OTHER], "violation", 0)] == []
    assert [*standings([CART], CONTROLLED, [CONTROLLED], "review", 0)] == []


def test_a_label_that_several_policies_answer_takes_the_words_of_each() -> None:
    found = standings(
        [CART, finding(("ship", 1.0, "We ship"), policy=OTHER)], "any", [CONTROLLED, OTHER], "violation", 0
    )
    assert {(each.policy, each.piece) for each in found} == {("any", "cart"), ("any", "price"), ("any", "ship")}


def test_long_words_are_cut() -> None:
    (piece,) = pieces(standings([finding(("cart", 1.0, "x" * 200))], CONTROLLED, [CONTROLLED], "pass", 0))
    assert len(piece.words[0].text) == 60
