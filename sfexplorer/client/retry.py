"""When to send a request again, and how long to wait before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom

from sfexplorer.client.errors import ConnectionFailed, SalesforceError
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.incoming import Incoming

_TEMPORARY = frozenset({502, 503, 504})
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Retry:
    """Up to `tries` in all, with growing pauses that sum up to no more than `patience` seconds.

    Only what is safe to send twice is: reads, after a failed connection or a "not just now" of the org.
    """

    tries: int = 3
    first_pause: float = 0.2
    patience: float = 10.0

    def pause(
        self, call: Call, outcome: Reply | Incoming | SalesforceError, attempt: int, waited: float
    ) -> float | None:
        """Seconds to wait before the next try; None if this outcome is to be taken as it is."""
        if attempt >= self.tries or not call.idempotent or not _passing(outcome):
            return None
        asked = _retry_after(outcome.headers) if isinstance(outcome, Reply) else None
        # Jitter keeps many clients that were cut off at once from coming back at once.
        own = self.first_pause * 2 ** (attempt - 1) * _random.uniform(0.5, 1.5)
        pause = own if asked is None else asked
        return pause if waited + pause <= self.patience else None


def _passing(outcome: Reply | Incoming | SalesforceError) -> bool:
    if isinstance(outcome, Reply):
        return outcome.status in _TEMPORARY
    return isinstance(outcome, ConnectionFailed) and outcome.reason in {"unknown host", "refused", "lost"}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
