"""What a file on this machine can become in the org."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.client import Org, SalesforceError
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.places import Place

_FOLDERS = "SELECT Id, Name FROM Folder WHERE Type = 'Document' ORDER BY Name LIMIT 100"


@dataclass(frozen=True, slots=True)
class Destination:
    """What the file becomes: a title for the list, the sObject, and its first fields."""

    title: str
    type: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def destinations(
    place: Place, entry: FileEntry | None, folders: Sequence[tuple[str, str]]
) -> list[Destination]:
    """What can be made of a file here, the likeliest first.

    Args:
        place: The list that is shown.
        entry: The file under the cursor.
        folders: Ids and names of the folders that take documents.
    """
    found: list[Destination] = []
    if place.record_id:
        title = place.title.removeprefix("Files of ")
        on_record = {"FirstPublishLocationId": place.record_id}
        found.append(Destination(f"File on {title}", "ContentVersion", on_record))
        found.append(Destination(f"Attachment on {title}", "Attachment", {"ParentId": place.record_id}))
    document = place.document_id or (entry.document_id if entry else "")
    if document:
        name = entry.name if entry else place.title.removeprefix("Versions of ")
        version = Destination(f"New version of {name}", "ContentVersion", {"ContentDocumentId": document})
        found.insert(0 if place.document_id else len(found), version)
    if not place.record_id and not place.document_id:
        found.insert(0, Destination("File of your own", "ContentVersion"))
        found += [Destination(f"Document in {name}", "Document", {"FolderId": id}) for id, name in folders]
    return found


async def document_folders(org: Org) -> list[tuple[str, str]]:
    """Ids and names of the folders that take documents; none where the org has none, or hides them."""
    try:
        page = await org.query(_FOLDERS).first_page()
    except SalesforceError:
        return []  # The other destinations are there still; a lost connection is told by what comes next.
    return [(str(row["Id"]), str(row["Name"])) for row in page.rows]
