"""Requests that depend on what something was like before (rest.md section 2, conditional requests)."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request

from sfexplorer.demo.errors import Refusal, refusal

_READING = ("GET", "HEAD")


def http_date(moment: datetime) -> str:
    """A moment as HTTP headers write it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def etag_of(record_id: str, modified: datetime) -> str:
    """The entity tag of a record as it was last modified."""
    known = f"{record_id} {modified.isoformat()}".encode()
    return f'"{base64.b64encode(hashlib.sha1(known, usedforsecurity=False).digest()).decode()}"'


def is_unmodified(request: Request, modified: datetime, etag: str | None = None) -> bool:
    """Whether the client wants only what it doesn't have yet, and there is no such thing.

    An entity tag goes before a date; where there are no tags, the header that asks for one says nothing.
    """
    known = request.headers.get("If-None-Match")
    if known is not None and etag is not None:
        return _matches(known, etag)
    since = _date_header(request, "If-Modified-Since")
    return since is not None and modified.replace(microsecond=0) <= since


def check_unmodified(request: Request, modified: datetime, etag: str | None = None) -> None:
    """Refuse when something is no longer what the client takes it for.

    HTTP dates have whole seconds and stamps have milliseconds: whole seconds are compared.

    Raises:
        Refusal: 412.
    """
    wanted, unwanted = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if etag is not None:
        if wanted is not None and not _matches(wanted, etag):
            raise _failed("The record does not match the entity tag in the If-Match header")
        if unwanted is not None and request.method not in _READING and _matches(unwanted, etag):
            raise _failed("The record matches the entity tag in the If-None-Match header")
    known = _date_header(request, "If-Unmodified-Since")
    if known is not None and modified.replace(microsecond=0) > known:
        raise _failed("The record has been modified since the time in the If-Unmodified-Since header")


def _failed(message: str) -> Refusal:
    return refusal(412, "PRECONDITION_FAILED", message)


def _date_header(request: Request, name: str) -> datetime | None:
    text = request.headers.get(name)
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        if request.method in _READING:
            # As HTTP has it: who reads is answered as if the header were not there.
            return None
        raise refusal(400, "INVALID_INPUT", f"the {name} header is no date: {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _matches(header: str, etag: str) -> bool:
    """Whether a list of entity tags has this one; a server that zips adds `-gzip` to it."""
    tags = [each.strip().removeprefix("W/").removesuffix("-gzip") for each in header.split(",")]
    return "*" in tags or etag in [each.replace('-gzip"', '"') for each in tags]
