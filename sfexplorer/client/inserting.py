"""Making one new record: `POST V/sobjects/X` <- the changes -> 201 {"id": ...} (WIRE rest.md, section 2)."""

from __future__ import annotations

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.blobs.source import Progress
from sfexplorer.client.blobs.upload import body_of, note_saved
from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject


class _Created(msgspec.Struct, frozen=True):
    id: str


async def insert_record(session: Session, record: SObject, progress: Progress | None = None) -> SObject:
    """Make a new record of the changes; the given record gets its id and comes back.

    Raises:
        SaveRejected: the org refused the values.
        BlobTooBig, FileChanged: a file can't be sent.
    """
    changes = record.changes
    path = await session.path(f"sobjects/{path_part(record.type)}")
    headers, content = await body_of(record.type, changes, progress)
    reply = await session.send(Call("POST", path, headers=headers, content=content, purpose="save"))
    record.id = reply.decode(_Created).id
    record.mark_saved({**changes, "Id": record.id})
    note_saved(record, f"{path}/{record.id}", changes)
    return record
