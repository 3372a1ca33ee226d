"""When a host may be asked again: no faster than it wants, than it can, and than it recovers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_LONGEST_PAUSE = 60.0  # seconds between requests to a host in trouble
LONGEST_WAIT = 300.0  # seconds that a host may ask to be left alone; longer, and the page is given up
_WEIGHT = 0.3  # of the newest answer in the average time of an answer


@dataclass(slots=True)
class Pace:
    """The pace of one host.

    Attributes:
        delay: the least time between requests.
        most: requests that may be under way at once.
        under_way: requests that are.
        next_at: when the next may be sent, by the clock that `now` is read from.
    """

    delay: float
    most: int
    under_way: int = 0
    next_at: float = 0.0
    _average: float = 0.0
    _trouble: float = 1.0

    def may_ask(self, now: float) -> bool:
        """Whether a request may be sent now."""
        return self.under_way < self.most and now >= self.next_at

    def asked(self) -> None:
        """A request is sent."""
        self.under_way += 1

    def answered(self, now: float, took: float, *, trouble: bool, wait: float = 0.0) -> None:
        """An answer came, or none did. `wait`: seconds that the host asks to be left alone."""
        self.under_way -= 1
        self._average = took if not self._average else (1 - _WEIGHT) * self._average + _WEIGHT * took
        self._trouble = min(self._trouble * 2, 64.0) if trouble else max(self._trouble / 2, 1.0)
        pause = 0.0
        if self.delay:  # a slow host is asked at most half of the time
            pause = min(max(self.delay, self._average) * self._trouble, max(_LONGEST_PAUSE, self.delay))
        self.next_at = max(self.next_at, now + max(pause, wait))


def retry_after(header: str, now: dt.datetime) -> float:
    """The seconds that a Retry-After header asks to wait, 0 for none that can be read."""
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
