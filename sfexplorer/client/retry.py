"""When to send a request again, how long to wait before, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from typing import TYPE_CHECKING

from sfexplorer.client.errors import ConnectionFailed, LimitExceeded, RowLocked, SalesforceError
from sfexplorer.client.exchange import Call, Reply

if TYPE_CHECKING:
    from sfexplorer.client.incoming import Incoming

_TEMPORARY = frozenset({502, 503, 504})
_UNSENT = frozenset({"unknown host", "refused"})
_LOST = _UNSENT | {"lost"}
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Again:
    """Send it once more, `pause` seconds from now."""

    pause: float
    because: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Up to `tries` in all, with growing pauses that sum up to no more than `patience` seconds.

    Only what is safe to send twice is: reads, after a failed connection or a "not just now" of the org;
    updates and deletions that surely were not done, since nothing went out or a row was locked. An insert
    never is.
    """

    tries: int = 3
    first_pause: float = 0.2
    patience: float = 10.0

    def again(
        self, call: Call, outcome: Reply | Incoming | SalesforceError, attempt: int, waited: float
    ) -> Again | None:
        """The next try; None if this outcome is to be taken as it is."""
        if attempt >= self.tries:
            return None
        because = _reason(call, outcome)
        if not because:
            return None
        asked = None if isinstance(outcome, SalesforceError) else _retry_after(outcome.headers)
        # Jitter keeps many clients that were cut off at once from coming back at once.
        own = self.first_pause * 2 ** (attempt - 1) * _random.uniform(0.5, 1.5)
        pause = own if asked is None else asked
        return Again(pause, because) if waited + pause <= self.patience else None


def _reason(call: Call, outcome: Reply | Incoming | SalesforceError) -> str:
    """Why it is safe to send the call again, and may help; "" if it is not, or doesn't."""
    if not (call.idempotent or call.saves_what_is_there):
        return ""
    if isinstance(outcome, ConnectionFailed):
        reasons = _LOST if call.idempotent else _UNSENT
        return outcome.message if outcome.reason in reasons else ""
    if not isinstance(outcome, Reply) or outcome.status < 400:
        return ""
    if call.idempotent and outcome.status in _TEMPORARY:
        return f"the org answered with status {outcome.status}"
    return _refused_for_now(call, outcome)


def _refused_for_now(call: Call, reply: Reply) -> str:
    from sfexplorer.client.refusals import refusal_of

    refusal = refusal_of(reply, call.purpose)
    if isinstance(refusal, RowLocked):
        return f"a row was locked ({refusal.code})"
    # Too many at once is soon over; too many a day is not, and the org has the same code for both.
    at_once = isinstance(refusal, LimitExceeded) and ("Concurrent" in refusal.message or reply.status == 429)
    return "too many requests were under way" if call.idempotent and at_once else ""


def _retry_after(headers: Mapping[str, str]) -> float | None:
    told = headers.get("retry-after", "").strip()
    if not told:
        return None
    if told.isdecimal():
        return float(told)
    # An import that only this rare header needs.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(told).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
