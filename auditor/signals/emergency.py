"""Emergency information that has to be read from two pieces: the danger, and the instruction to get help at once."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Assertion, Signal
from auditor.signals.reading import Reading

_LONGEST_LIST = 12  # blocks


def detect(reading: Reading) -> Iterator[Signal]:
    """`emergency` signals with the value "seek-now": urgent help told of in the block that names the danger."""
    dangers = {danger.block for danger in reading.signals("danger") if danger.seen}
    for urgent in reading.signals("urgent-help"):
        if (
            urgent.block in dangers
            or _leads_into(reading, urgent, dangers)
            or _ruled_by_danger(reading, urgent, dangers)
        ):
            yield reading.signal("emergency", "seek-now", urgent.start, urgent.end, assertion=Assertion.AFFIRMED)


def _leads_into(reading: Reading, urgent: Signal, dangers: set[int]) -> bool:
    """Whether the words lead into a list of dangers ("Get medical help right away if you have:")."""
    listed = range(urgent.block + 1, urgent.block + 1 + _LONGEST_LIST)
    return reading.block_text(reading.page.blocks[urgent.block]).rstrip().endswith(":") and any(
        i in dangers for i in listed
    )


def _ruled_by_danger(reading: Reading, urgent: Signal, dangers: set[int]) -> bool:
    heading = reading.heading_of(reading.page.blocks[urgent.block])
    return heading is not None and heading.index in dangers
