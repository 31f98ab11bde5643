"""What clients may use of the org in a day, and what they have used."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sfexplorer.demo.errors import refusal

CALLS = "DailyApiRequests"
_DAY_SECONDS = 24 * 60 * 60


@dataclass(slots=True)
class Allowance:
    """Counts what is used, by the names that the limits resource has for it.

    Attributes:
        most_calls: how many API calls a day may have.
        clock: tells the seconds by which days pass.
    """

    most_calls: int = 15_000
    clock: Callable[[], float] = time.monotonic
    _used: Counter[str] = field(default_factory=Counter)
    _began: float | None = None

    @property
    def calls(self) -> int:
        """How many API calls there were today."""
        return self.used(CALLS)

    @property
    def header(self) -> str:
        """The value of the header `Sforce-Limit-Info`."""
        return f"api-usage={self.calls}/{self.most_calls}"

    def take_call(self) -> None:
        """Count an API call.

        Raises:
            Refusal: 403 when the day's calls are used up.
        """
        if self.calls >= self.most_calls:
            raise refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        self.spend(CALLS)

    def spend(self, name: str, count: int = 1) -> None:
        """Count some use of anything else that has a limit."""
        self._pass_days()
        self._used[name] += count

    def used(self, name: str) -> int:
        """How much of something was used today."""
        self._pass_days()
        return self._used[name]

    def _pass_days(self) -> None:
        now = self.clock()
        if self._began is None or now - self._began >= _DAY_SECONDS:
            self._began = now
            self._used.clear()
