"""Places where visitors can write, as the page's forms show them; the wordings of the vocabulary show the rest."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Form, Match, Signal
from auditor.signals.reading import Reading

_LONG_TEXT = "textarea"
_NOT_A_COMMENT = ("search", "subscribe", "newsletter", "login", "signin")


def detect(reading: Reading) -> Iterator[Signal]:
    """One `comment-form` signal for each form with room for free text."""
    for form in reading.page.forms:
        if any(field.type == _LONG_TEXT for field in form.inputs) and not _is_other(form):
            yield reading.signal(
                "comment-form", "comments", form.start, form.end, match=Match.STRUCTURE, assertion=Assertion.AFFIRMED
            )


def _is_other(form: Form) -> bool:
    return any(word in form.action.lower() for word in _NOT_A_COMMENT)
