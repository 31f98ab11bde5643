"""How many pages to ask for at once: as many as arrive while one is waited for, by what was seen so far."""

from __future__ import annotations

from math import ceil

MOST_AT_ONCE = 8
"""By default. Salesforce serves no more than 25 long requests of an org at once, and others want some."""

# A page that comes sooner is made by the org about as fast as it travels: a second one would only queue.
_FAST = 0.04
# Reading a page takes this long, at least; the clock is not to be trusted with less.
_QUICKEST_READING = 0.005


class Pace:
    """The line and the reader as they were seen.

    Args:
        most: requests at once; 1 for one after the other.
    """

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self.most = most
        self._page: float | None = None
        self._reading: float | None = None

    def page_took(self, seconds: float) -> None:
        """Note how long a page was under way; the fastest tells of the line, others of the crowd on it."""
        self._page = seconds if self._page is None else min(self._page, seconds)

    def reading_took(self, seconds: float) -> None:
        """Note how long the reader took until it asked for a further page."""
        self._reading = seconds if self._reading is None else (self._reading + seconds) / 2

    @property
    def at_once(self) -> int:
        """How many pages should be under way."""
        if self._page is None or self._page < _FAST:
            return 1
        reading = max(self._reading or 0.0, _QUICKEST_READING)
        # Answers don't come evenly: twice as many as would do on average keep the reader busy.
        return max(1, min(self.most, ceil(2 * self._page / reading)))
