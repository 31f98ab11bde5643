"""Records whose fields hold files: as multipart where Salesforce takes that, else as base64 in JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from sfexplorer.client.blobs.multipart import multipart
from sfexplorer.client.blobs.source import Progress, source_of
from sfexplorer.client.errors import BlobTooBig
from sfexplorer.client.exchange import JSON, Content, encoded
from sfexplorer.client.sobject import SObject

MEGABYTE = 1024 * 1024
# Base64 makes these 50 MB, the most that a JSON body may have.
LARGEST_IN_JSON = 37_500_000


@dataclass(frozen=True, slots=True)
class Form:
    """How records of an object travel with their file: the first part's name, the fields of
    bytes and file name, and the largest file."""

    part: str
    body: str
    named: str
    largest: int


FORMS = {
    "attachment": Form("entity_attachment", "Body", "Name", 500 * MEGABYTE),
    "document": Form("entity_document", "Body", "Name", 500 * MEGABYTE),
    "contentversion": Form("entity_content", "VersionData", "PathOnClient", 2048 * MEGABYTE),
}


async def body_of(
    type: str, changes: Mapping[str, Any], progress: Progress | None = None
) -> tuple[Mapping[str, str], bytes | Content]:
    """The headers and the body that carry a record's changes, files among them.

    Raises:
        BlobTooBig: a file is larger than Salesforce takes.
        OSError: there is no such file.
    """
    if not has_files(changes):
        return JSON, encoded(changes)
    files = {name: value for name, value in changes.items() if isinstance(value, bytes | Path)}
    form = FORMS.get(type.lower())
    if form is None or [name.lower() for name in files] != [form.body.lower()]:
        content = encoded({**changes, **await _read(files)})
        return JSON, content
    ((blob, value),) = files.items()
    source = await source_of(value)
    _check(blob, source.size, form.largest)
    fields = {name: value for name, value in changes.items() if name != blob}
    body = multipart(form.part, fields, form.body, _filename(fields, value), source, progress)
    return {"Content-Type": body.content_type}, body


def has_files(changes: Mapping[str, Any]) -> bool:
    """Whether a field is set as bytes or as a path."""
    return any(isinstance(value, bytes | Path) for value in changes.values())


def file_record(type: str, content: bytes | Path, fields: Mapping[str, Any]) -> SObject:
    """A new record that holds the file, called as the file is where the fields don't name it.

    Raises:
        ValueError: records of that type hold no file that can be uploaded, or the file has no name.
    """
    form = FORMS.get(type.lower())
    if form is None:
        raise ValueError(f"files are uploaded as Attachment, Document or ContentVersion, not as {type}")
    record = SObject(type, **fields)
    record[form.body] = content
    if form.named not in record:
        if not isinstance(content, Path):
            raise ValueError(f"bytes need a name: {form.named}")
        record[form.named] = content.name
    if form.part == "entity_content" and "Title" not in record:
        record["Title"] = PureWindowsPath(record[form.named]).stem
    return record


def note_saved(record: SObject, path: str, changes: Mapping[str, Any]) -> None:
    """Have fields of a saved record say what the org says of a file: where it is, not what it holds."""
    for name, value in changes.items():
        if isinstance(value, bytes | Path):
            record.take_over({name: f"{path}/{name}"})


async def _read(files: Mapping[str, bytes | Path]) -> dict[str, bytes]:
    """The bytes of small files; the encoder makes base64 of them."""
    found: dict[str, bytes] = {}
    for name, value in files.items():
        _check(name, (await source_of(value)).size, LARGEST_IN_JSON)
        found[name] = value if isinstance(value, bytes) else await asyncio.to_thread(value.read_bytes)
    return found


def _check(field: str, size: int, largest: int) -> None:
    if size > largest:
        raise BlobTooBig(
            f"{field} has {size:,} bytes, and Salesforce takes {largest:,}", size=size, limit=largest
        )


def _filename(fields: Mapping[str, Any], value: bytes | Path) -> str:
    if isinstance(value, Path):
        return value.name
    named = {name.lower(): text for name, text in fields.items() if isinstance(text, str)}
    return named.get("pathonclient") or named.get("name") or named.get("title") or "file"
