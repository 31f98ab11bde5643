"""Sizes, speeds and how far something is, as a person reads them in a line of the terminal."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from sfexplorer.api.ui import fit, safe_text

_UNITS = ("B", "kB", "MB", "GB", "TB")
_WINDOW = 3.0
"""Seconds that a speed is told of: shorter ones jump, longer ones lag."""

_BAR = 14
_FULL, _EMPTY = "█", "░"


def size_text(size: int | None) -> str:
    """`311 kB`, `1.2 MB`, `17 B`; empty where it isn't known."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount /= 1000
        unit += 1
    return f"{amount:.1f} {_UNITS[unit]}" if amount < 9.95 else f"{amount:.0f} {_UNITS[unit]}"


@dataclass(slots=True)
class Speed:
    """Bytes a second over the last seconds."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, moment: float, done: int) -> None:
        """So many bytes are through by now."""
        self._seen.append((moment, done))
        while len(self._seen) > 2 and self._seen[0][0] < moment - _WINDOW:
            self._seen.popleft()

    @property
    def text(self) -> str:
        """`2.1 MB/s`; empty while too little is known."""
        if len(self._seen) < 2:
            return ""
        (since, before), (now, done) = self._seen[0], self._seen[-1]
        return f"{size_text(int((done - before) / (now - since)))}/s" if now > since else ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transfer is.

    Attributes:
        what: What is under way.
        done: Bytes that are through.
        total: Bytes in all; None where that isn't known.
        speed: As `Speed.text` tells it.
    """

    what: str
    done: int
    total: int | None
    speed: str = ""

    def line(self, room: int) -> str:
        """`contract.pdf  ███████░░░  61 %   740 kB of 1.2 MB   2.1 MB/s` in at most `room` columns."""
        if self.total:
            share = min(self.done / self.total, 1.0)
            full = int(share * _BAR)
            bar = f"{_FULL * full}{_EMPTY * (_BAR - full)}  {share:4.0%}   "
            amount = f"{size_text(self.done)} of {size_text(self.total)}"
        else:
            bar, amount = "", size_text(self.done)
        tail = f"{bar}{amount}" + (f"   {self.speed}" if self.speed else "")
        if len(tail) > room - 14:
            tail = tail.removeprefix(bar)
        name = safe_text(self.what)
        return f"{fit(name, max(min(len(name) + 2, room - len(tail) - 2), 8))}  {tail}"
