"""What goes wrong: each fault as the demo org knows it, and what it is called on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong with a request or with its answer.

    Attributes:
        title: what it is called.
        rule: what the demo org is asked for; empty where no org is reached at all.
        waits: whether the client can only wait for its end; then all operations wait together.
    """

    title: str
    rule: Mapping[str, Any]
    waits: bool = False

    @property
    def is_at_the_door(self) -> bool:
        """Whether it strikes before there is a connection."""
        return not self.rule


NETWORK = (
    Fault("refused", {}),
    Fault("reset before the answer", {"fault": "drop"}),
    Fault("reset within the body", {"fault": "half"}),
    Fault("stall", {"fault": "stall"}, waits=True),
    Fault("stall within the body", {"fault": "stall_half"}, waits=True),
)
REFUSALS = (
    Fault("500", {"fault": "server_error"}),
    Fault("502", {"fault": "bad_gateway"}),
    Fault("503", {"fault": "unavailable", "headers": {"Retry-After": "0"}}),
    Fault("401, expired", {"fault": "expired_session"}),
    Fault("row locked", {"fault": "lock_row"}),
    Fault("limit exceeded", {"fault": "request_limit"}),
)
ANSWERS = (
    Fault("invalid JSON", {"fault": "invalid_json"}),
    Fault("truncated gzip", {"fault": "truncated_gzip"}),
    Fault("wrong content type", {"fault": "wrong_type"}),
    Fault("a page in its stead", {"fault": "maintenance"}),
    Fault("foreign redirect", {"fault": "redirect"}),
    Fault("stale locator", {"fault": "stale_locator"}),
)
FAULTS = (*NETWORK, *REFUSALS, *ANSWERS)
