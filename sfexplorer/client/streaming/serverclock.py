"""What the org's own clock shows, as far as its answers tell."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

# By how much the header may be behind where its clock is that of this machine: it tells no parts of a second,
# and servers make it anew only now and then, under load seconds apart.
_LATEST = 5.0


class ServerClock:
    """Turns moments of this machine into those of the org, rather too early than too late.

    Args:
        is_here: whether the org is on this machine, and so has its clock.
    """

    def __init__(self, *, is_here: bool) -> None:
        self._is_here = is_here
        self._ahead: float | None = None

    def hear(self, received: float, date: str) -> None:
        """Take note of an answer's Date header; the moment is what `time.time()` said when it was here."""
        try:
            ahead = parsedate_to_datetime(date).timestamp() - received
        except (ValueError, TypeError, IndexError, OverflowError):
            return
        # Its second had begun before, and it was on its way: each answer tells the least there can be.
        self._ahead = ahead if self._ahead is None else max(self._ahead, ahead)

    def at(self, moment: float) -> float:
        """The least that the org's clock showed at a moment of this machine."""
        ahead = self._ahead
        if ahead is None or (self._is_here and -_LATEST < ahead <= 0):
            return moment
        return moment + ahead
