"""Whose rules apply, and the reason in words that name the country."""

from __future__ import annotations

import pytest

from auditor.audience import asked_jurisdictions, find_audiences
from auditor.errors import UsageError
from auditor.model import Assertion, Signal

KNOWN = {"global", "uk", "us", "in"}
TEXT = "Free delivery in the UK"
DELIVERY = Signal("audience", "uk", 17, 23, 0)


def reasons(*signals: Signal, asked: tuple[str, ...] = ()) -> dict[str, tuple[bool, str]]:
    found = find_audiences(signals, TEXT, asked, KNOWN)
    return {each.jurisdiction: (each.assessed, each.reason) for each in found}


def test_a_country_is_named_not_coded() -> None:
    found = reasons(DELIVERY, asked=("in",))
    assert found["global"] == (True, "always assessed")
    assert found["uk"] == (True, "the page addresses the United Kingdom")
    assert found["us"] == (False, "nothing on the page shows that it addresses the United States")
    assert found["in"] == (True, "asked for with --jurisdiction in")


def test_the_words_that_show_it_are_quoted_once() -> None:
    (uk,) = [each for each in find_audiences([DELIVERY, DELIVERY], TEXT, (), KNOWN) if each.jurisdiction == "uk"]
    assert uk.quotes == ("the UK",)


@pytest.mark.parametrize("change", [{"assertion": Assertion.DENIED}, {"seen": False}])
def test_what_is_denied_or_hidden_addresses_nobody(change: dict[str, object]) -> None:
    signal = Signal("audience", "uk", 17, 23, 0, **change)  # type: ignore[arg-type]
    assert reasons(signal)["uk"][0] is False


def test_an_unknown_jurisdiction_is_refused() -> None:
    assert asked_jurisdictions(["all"], KNOWN) == KNOWN
    with pytest.raises(UsageError, match="no policies for 'xx'"):
        asked_jurisdictions(["xx"], KNOWN)
