"""Files as an org lists them: attachments, documents, files with their versions, in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file.

    Attributes:
        id: The record that the person knows it by.
        type: That record's sObject.
        name: What it is called, with its extension.
        kind: Which sort of file it is, in a word or two.
        size: Its bytes; None where the org doesn't say.
        owner: Whose it is.
        changed: When it was changed last, as the org writes it.
        parent_id: The record that it hangs on, a document's folder, a version's document; or "".
        parent: What that is called.
        version_id: Of a ContentDocument the version that is listed, which holds the bytes; or "".
        note: What somebody wrote about it.
    """

    id: str
    type: str
    name: str
    kind: str
    size: int | None = None
    owner: str = ""
    changed: str = ""
    parent_id: str = ""
    parent: str = ""
    version_id: str = ""
    note: str = ""

    @property
    def bytes_type(self) -> str:
        """The sObject of the record that holds the bytes."""
        return "ContentVersion" if self.version_id else self.type

    @property
    def bytes_id(self) -> str:
        """The record that holds the bytes."""
        return self.version_id or self.id

    @property
    def document_id(self) -> str:
        """The ContentDocument that takes new versions of it; "" for what has no versions."""
        if self.type == "ContentDocument":
            return self.id
        return self.parent_id if self.type == "ContentVersion" else ""


def attachment(row: Row) -> FileEntry:
    """A row of `Attachment`."""
    return FileEntry(
        id=_text(row, "Id"),
        type="Attachment",
        name=_text(row, "Name"),
        kind="Attachment",
        size=_size(row, "BodyLength"),
        owner=_text(row, "Owner.Name"),
        changed=_text(row, "LastModifiedDate"),
        parent_id=_text(row, "ParentId"),
        parent=_text(row, "Parent.Name"),
        note=_text(row, "Description"),
    )


def document(row: Row) -> FileEntry:
    """A row of `Document`, which keeps its extension apart."""
    return FileEntry(
        id=_text(row, "Id"),
        type="Document",
        name=_with_extension(_text(row, "Name"), _text(row, "Type")),
        kind="Document",
        size=_size(row, "BodyLength"),
        owner=_text(row, "Author.Name"),
        changed=_text(row, "LastModifiedDate"),
        parent_id=_text(row, "FolderId"),
        parent=_text(row, "Folder.Name"),
        note=_text(row, "Description"),
    )


def content_document(row: Row) -> FileEntry:
    """A row of `ContentDocument`: a file that may have several versions, of which the latest counts."""
    number = _text(row, "LatestPublishedVersion.VersionNumber")
    return FileEntry(
        id=_text(row, "Id"),
        type="ContentDocument",
        name=_with_extension(_text(row, "Title"), _text(row, "FileExtension")),
        kind=f"File v{number}" if number not in ("", "1") else "File",
        size=_size(row, "ContentSize"),
        owner=_text(row, "Owner.Name"),
        changed=_text(row, "LastModifiedDate"),
        version_id=_text(row, "LatestPublishedVersionId"),
        note=_text(row, "Description"),
    )


def linked_document(row: Row) -> FileEntry:
    """A row of `ContentDocumentLink`, told as the file that it leads to."""
    found = row.get("ContentDocument")
    told = found if isinstance(found, Mapping) else {}
    return content_document({**told, "Id": row.get("ContentDocumentId")})


def content_version(row: Row) -> FileEntry:
    """A row of `ContentVersion`."""
    path = PureWindowsPath(_text(row, "PathOnClient")).name
    return FileEntry(
        id=_text(row, "Id"),
        type="ContentVersion",
        name=_with_extension(_text(row, "Title") or path, _text(row, "FileExtension")),
        kind=f"Version {_text(row, 'VersionNumber')}",
        size=_size(row, "ContentSize"),
        owner=_text(row, "Owner.Name"),
        changed=_text(row, "LastModifiedDate"),
        parent_id=_text(row, "ContentDocumentId"),
        note=_text(row, "ReasonForChange"),
    )


Reading = Callable[[Row], FileEntry]


def _text(row: Row, path: str) -> str:
    value: object = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def _size(row: Row, field: str) -> int | None:
    value = row.get(field)
    return value if isinstance(value, int) and value >= 0 else None


def _with_extension(name: str, extension: str) -> str:
    if not extension or name.casefold().endswith(f".{extension.casefold()}"):
        return name
    return f"{name}.{extension}"
