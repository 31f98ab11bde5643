"""References: what a person can name, and what one pane asks the shell to open in another.

Panes never know each other. A pane opens a reference; the shell finds the pane that shows it. The same
references are typed into "go to" and on the command line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sfexplorer.client.ids import is_id


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """An sObject by its API name: `Account`."""

    name: str


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record by its Id; `type` is its sObject where that is known."""

    id: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class NewRecordRef:
    """A record that is yet to be made: its sObject, and the values that it begins with, by field."""

    type: str
    fields: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class QueryRef:
    """A SOQL or SOSL text; with `run` it is sent at once, and its results have the focus."""

    text: str
    run: bool = True


@dataclass(frozen=True, slots=True)
class BlobRef:
    """The file that a record holds: an Attachment, Document, ContentDocument or ContentVersion."""

    id: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class FilesRef:
    """The files that hang on a record, of a ContentDocument its versions; `title` is what to call it."""

    record_id: str
    title: str = ""


Reference = ObjectRef | RecordRef | NewRecordRef | QueryRef | BlobRef | FilesRef

_OBJECT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LIGHTNING_RECORD = re.compile(r"/lightning/r/(?:([A-Za-z]\w*)/)?([A-Za-z0-9]{15,18})(?:/|$)")
_CLASSIC_RECORD = re.compile(r"/([A-Za-z0-9]{15,18})(?:/|$)")


class NotAReference(ValueError):
    """A text that names nothing that can be opened; its message says what would."""


def parse_reference(text: str) -> Reference:
    """What `text` names: a SOQL or SOSL text, a record Id or record URL, or an sObject name.

    Raises:
        NotAReference: `text` is none of these.
    """
    stripped = text.strip()
    if re.match(r"select\b|find\s*\{", stripped, re.IGNORECASE):
        return QueryRef(stripped)
    if stripped.startswith(("https://", "http://")):
        return _from_url(stripped)
    if _names_a_record(stripped):
        return RecordRef(stripped)
    if _OBJECT_NAME.fullmatch(stripped):
        return ObjectRef(stripped)
    raise NotAReference(
        f"{shorten(stripped)!r} is no sObject name, no record Id (15 or 18 characters) and no SOQL text."
    )


def shorten(text: str, limit: int = 60) -> str:
    """`text` cut to `limit` characters, for messages."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _names_a_record(text: str) -> bool:
    # `ContentDocument` has 15 letters too; an Id's key prefix and counter always bring a digit.
    return is_id(text) and any(character.isdigit() for character in text)


def _from_url(url: str) -> RecordRef:
    path = urlsplit(url).path
    if found := _LIGHTNING_RECORD.search(path):
        return RecordRef(found[2], found[1])
    if (found := _CLASSIC_RECORD.search(path)) and _names_a_record(found[1]):
        return RecordRef(found[1])
    raise NotAReference(f"{shorten(url)!r} is not the address of a record.")
