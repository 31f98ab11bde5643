"""How a stream is doing, told among its events to those who want to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["connecting", "connected", "waiting"]


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The stream is doing something else now.

    Attributes:
        state: `connecting` to the org; `connected`, so that events arrive; or `waiting` before the next try,
            which goes on behind the last event.
        because: what broke, for `waiting`.
        pause: how many seconds it waits.
    """

    state: State
    because: str = ""
    pause: float = 0.0
