"""How long a stream waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from random import SystemRandom

_random = SystemRandom()
_MOST_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds.

    Attributes:
        answer: for an answer that the org gives at once.
        silence: for one that it holds back until there is an event, beyond the time that it says.
        first_pause: before the first new try after a break, at most; doubled with each further one ...
        longest_pause: ... up to this.
        farewell: for telling the org that nobody listens any more.
    """

    answer: float = 30.0
    silence: float = 15.0
    first_pause: float = 0.5
    longest_pause: float = 60.0
    farewell: float = 5.0

    def pause(self, failures: int) -> float:
        """How long to wait after so many failures in a row; by chance, as a restart cuts off all at once."""
        doubled = self.first_pause * 2 ** min(failures - 1, _MOST_DOUBLINGS)
        return _random.uniform(0, min(self.longest_pause, doubled))
