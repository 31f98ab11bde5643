"""Which field of a record holds a file, and what the record tells of it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sfexplorer.client.addresses import own_path, path_part
from sfexplorer.client.blobs.blob import Blob
from sfexplorer.client.describe import SObjectDescribe, SObjectInfo
from sfexplorer.client.errors import NotFound
from sfexplorer.client.ids import is_id
from sfexplorer.client.saving import read_record, record_path
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject


class Reference(Protocol):
    """A record, or what points to one."""

    @property
    def type(self) -> str:
        """The object's API name."""
        ...

    @property
    def id(self) -> str | None:
        """The record's id."""
        ...


class Schema(Protocol):
    """What tells of objects."""

    async def describe(self, type: str) -> SObjectDescribe:
        """All about one object."""
        ...

    async def object_of(self, record_id: str) -> SObjectInfo | None:
        """The object that an id belongs to."""
        ...


@dataclass(frozen=True, slots=True)
class BlobField:
    """The field with the bytes of an object's records, and those that tell of them, or ""."""

    body: str
    name: str = ""
    size: str = ""
    content_type: str = ""
    checksum: str = ""

    @property
    def facts(self) -> list[str]:
        """The fields that tell of the bytes."""
        return [name for name in (self.name, self.size, self.content_type, self.checksum) if name]


KNOWN = {
    "attachment": BlobField("Body", "Name", "BodyLength", "ContentType"),
    "document": BlobField("Body", "Name", "BodyLength", "ContentType"),
    "contentversion": BlobField("VersionData", "PathOnClient", "ContentSize", "", "Checksum"),
}


async def blob_of(session: Session, schema: Schema, record: Reference | str) -> Blob:
    """The file of a record, of an id, or of the path that the org writes in the file's place.

    Raises:
        NotFound: there is no such record, or it holds no file.
        ValueError: it points to no record.
        ForeignUrl: the URL leads to another host.
    """
    if isinstance(record, str):
        if not is_id(record):
            return await blob_at(session, own_path(record, session.oauth.instance_url))
        info = await schema.object_of(record)
        if info is None:
            raise NotFound(f"the org has no object that {record} could belong to")
        return await blob_in(session, schema, info.name, record)
    return await blob_in(session, schema, record.type, record.id or "")


async def blob_in(session: Session, schema: Schema, type: str, record_id: str) -> Blob:
    """The file of a record of that type; of a ContentDocument its latest version."""
    record = SObject(type, Id=record_id)
    path = await record_path(session, record)
    if type.lower() == "contentdocument":
        document = await read_record(session, path, ["LatestPublishedVersionId"])
        latest = _text(document, "LatestPublishedVersionId")
        if not latest:
            raise NotFound("the file has no version")
        return await blob_in(session, schema, "ContentVersion", latest)
    known = KNOWN.get(type.lower()) or _field_in(await schema.describe(type))
    return await _read(session, path, known)


async def blob_at(session: Session, path: str) -> Blob:
    """The file behind a path `.../sobjects/TYPE/ID/FIELD`; behind any other, what the answer itself tells."""
    parts = [unquote(part) for part in urlsplit(path).path.split("/")]
    if len(parts) < 4 or parts[-4] != "sobjects":
        return Blob(session, path)
    record = SObject(parts[-3], Id=parts[-2])
    known = KNOWN.get(record.type.lower(), BlobField(parts[-1]))
    return await _read(session, await record_path(session, record), known)


async def _read(session: Session, path: str, known: BlobField) -> Blob:
    # Asked now, not taken from a record in hand: that may be older than the bytes.
    record = await read_record(session, path, known.facts) if known.facts else SObject("")
    size, name = record.get(known.size), _text(record, known.name)
    if known.name == "PathOnClient":
        # A version of a file is called by the path that it had on somebody's machine.
        name = PureWindowsPath(name).name
    return Blob(
        session,
        f"{path}/{path_part(known.body)}",
        name=name,
        size=size if isinstance(size, int) else None,
        content_type=_text(record, known.content_type) or mimetypes.guess_type(name)[0] or "",
        checksum=_text(record, known.checksum),
    )


def _text(record: SObject, field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""


def _field_in(described: SObjectDescribe) -> BlobField:
    found = [field.name for field in described.fields if field.type == "base64"]
    if not found:
        raise NotFound(f"records of {described.name} hold no file")
    named = described.name_field
    size, content_type = (
        name if described.field(name) is not None else "" for name in ("BodyLength", "ContentType")
    )
    return BlobField(found[0], named.name if named is not None else "", size, content_type)
