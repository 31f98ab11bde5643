"""What goes on now, since when, and whether Escape stops it: `Exporting  2,000 rows  3 s  Esc stops`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sfexplorer.api.requestlog import LoggedRequest, RequestLog
from sfexplorer.app.jobs import Jobs
from sfexplorer.app.pane_stack import PaneStack

# A request that nobody announced is told of once a person begins to wonder.
UNANNOUNCED_SECONDS = 0.5
# A feed waits for its next event; that is no news.
LONG_POLL = "/cometd/"

_VERSION = re.compile(r"^/services(/data/v[\d.]+)?")


@dataclass(frozen=True, slots=True)
class Busy:
    """Something that goes on; `key` tells it from others while its text changes."""

    key: object
    text: str
    stops: bool = False


class Activity:
    """What goes on in the workspace.

    Args:
        jobs: The long work.
        stack: The panes, which tell what they wait for.
        requests: What was sent to the org.
    """

    def __init__(self, jobs: Jobs, stack: PaneStack, requests: RequestLog) -> None:
        self.connecting = ""
        self._jobs, self._stack, self._requests = jobs, stack, requests
        self._since: dict[object, float] = {}

    @property
    def goes_on(self) -> bool:
        """Whether there is something to tell, now or soon."""
        return bool(self._since or self._requests.waiting)

    def text(self, now: float) -> str:
        """What goes on at this time of the clock that only counts; the shown pane's own first."""
        # Whatever is announced says more than the requests that it takes.
        under_way = list(self._announced()) or list(self._slow(now))
        self._since = {busy.key: self._since.get(busy.key, now) for busy in under_way}
        if not under_way:
            return ""
        first = under_way[0]
        parts = [first.text]
        if len(under_way) > 1:
            parts.append(f"+{len(under_way) - 1}")
        if (seconds := now - self._since[first.key]) >= 1:
            parts.append(duration(seconds))
        if first.stops:
            parts.append("Esc stops")
        return "  ".join(parts)

    def _announced(self) -> Iterator[Busy]:
        active = self._stack.active
        mine = self._jobs.of(active)
        yield from (Busy(job, job.text, stops=True) for job in reversed(mine))
        if active and active.widget.busy:
            yield Busy(active.widget, active.widget.busy, stops=active.widget.stops)
        yield from (Busy(job, job.text) for job in reversed(self._jobs.running) if job not in mine)
        if self.connecting:
            yield Busy("connecting", self.connecting)
        for opened in self._stack.opened:
            if opened is not active and opened.widget.busy:
                yield Busy(opened.widget, f"{opened.title}: {opened.widget.busy}")

    def _slow(self, now: float) -> Iterator[Busy]:
        for entry in self._requests.waiting:
            if now - entry.began >= UNANNOUNCED_SECONDS and LONG_POLL not in entry.sent.url:
                self._since.setdefault(entry.began, entry.began)
                yield Busy(entry.began, told(entry))


def told(entry: LoggedRequest) -> str:
    """The request in a few words: `GET /sobjects/Account/describe`."""
    path = urlsplit(entry.sent.url).path
    return f"{entry.sent.method} {_VERSION.sub('', path) or path}"


def duration(seconds: float) -> str:
    """`3 s`, `2 min 5 s`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
