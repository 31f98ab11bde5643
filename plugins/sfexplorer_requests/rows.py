"""The log as rows of a grid, the newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from urllib.parse import unquote_plus, urlsplit

from sfexplorer.api.requestlog import LoggedRequest
from sfexplorer.api.ui import Column, Rows
from sfexplorer_requests.settings import RequestsSettings

COLUMNS = (
    Column("time", "Time", fixed=True),
    Column("method", "Method", fixed=True),
    Column("status", "Status", min_width=6, max_width=24),
    Column("ms", "ms", align="right", min_width=6),
    Column("bytes", "Bytes", align="right", min_width=9),
    Column("path", "Path", max_width=200),
)
_DATA = re.compile(r"^/services/data/")


def request_rows(entries: Sequence[LoggedRequest], settings: RequestsSettings) -> Rows:
    """The rows of these requests, the newest of which is the last of them."""
    return Rows(COLUMNS, [_cells(entry, settings) for entry in reversed(entries)])


def _cells(entry: LoggedRequest, settings: RequestsSettings) -> list[str | None]:
    answer = entry.answer
    at = entry.at.astimezone(UTC if settings.times == "utc" else None)
    again = f" (try {entry.sent.attempt})" if entry.sent.attempt > 1 else ""
    return [
        f"{at:%H:%M:%S}.{at.microsecond // 1000:03}",
        entry.sent.method,
        status_of(entry) + again,
        None if answer is None else f"{answer.seconds * 1000:,.0f}",
        None if entry.size is None else f"{entry.size:,}",
        short_path(entry.sent.url),
    ]


def status_of(entry: LoggedRequest) -> str:
    """`200`, `waiting`, or `no answer`."""
    if entry.answer is None:
        return "waiting"
    return str(entry.answer.status) if entry.answer.status is not None else "no answer"


def short_path(url: str) -> str:
    """What the address asks for, as a person reads it: without host, and not encoded."""
    parts = urlsplit(url)
    path = _DATA.sub("", parts.path)
    return f"{path}?{unquote_plus(parts.query)}" if parts.query else path
