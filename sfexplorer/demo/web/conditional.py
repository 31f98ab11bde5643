"""Requests that depend on when something was last modified (rest.md section 2, conditional requests)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request

from sfexplorer.demo.errors import refusal


def http_date(moment: datetime) -> str:
    """A moment as HTTP headers write it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _date_header(request: Request, name: str) -> datetime | None:
    text = request.headers.get(name)
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        raise refusal(400, "INVALID_INPUT", f"the {name} header is no date: {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_unmodified(request: Request, modified: datetime) -> bool:
    """Whether the client has asked for changes since a time, and there are none."""
    since = _date_header(request, "If-Modified-Since")
    return since is not None and modified.replace(microsecond=0) <= since


def check_unmodified(request: Request, modified: datetime) -> None:
    """Refuse when something was modified after the time that the client knows of.

    HTTP dates have whole seconds and stamps have milliseconds: whole seconds are compared.

    Raises:
        Refusal: 412.
    """
    known = _date_header(request, "If-Unmodified-Since")
    if known is not None and modified.replace(microsecond=0) > known:
        message = "The record has been modified since the time in the If-Unmodified-Since header"
        raise refusal(412, "PRECONDITION_FAILED", message)
