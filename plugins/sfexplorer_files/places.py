"""Where files are listed from: the org, a record, a document's versions, or one file alone."""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.api import BlobRef, FilesRef, NotAReference
from sfexplorer.client import is_id, key_prefix
from sfexplorer.soql import quote
from sfexplorer_files.entries import (
    Reading,
    attachment,
    content_document,
    content_version,
    document,
    linked_document,
)

_ATTACHMENT = "Id, Name, BodyLength, Owner.Name, LastModifiedDate, ParentId, Parent.Name, Description"
_DOCUMENT = "Id, Name, Type, BodyLength, Author.Name, LastModifiedDate, FolderId, Folder.Name, Description"
_CONTENT = (
    "Title", "FileExtension", "ContentSize", "LatestPublishedVersionId",
    "LatestPublishedVersion.VersionNumber", "Owner.Name", "LastModifiedDate", "Description",
)  # fmt: skip
_VERSION = (
    "Id, Title, PathOnClient, FileExtension, VersionNumber, ContentSize, Owner.Name, LastModifiedDate, "
    "ContentDocumentId, ReasonForChange"
)
_LATEST_FIRST = "ORDER BY LastModifiedDate DESC NULLS LAST"


@dataclass(frozen=True, slots=True)
class Listed:
    """Files of one kind: what they are called, the query for them, and how to read its rows."""

    kind: str
    soql: str
    read: Reading


@dataclass(frozen=True, slots=True)
class Place:
    """Files that belong together.

    Attributes:
        title: What the breadcrumbs call it.
        listed: What it is made of; each gives its latest change first.
        record_id: The record that the files hang on, which new ones are hung on; or "".
        document_id: The document whose versions they are; or "".
        blob_id: The one record whose file it is; or "".
    """

    title: str
    listed: tuple[Listed, ...]
    record_id: str = ""
    document_id: str = ""
    blob_id: str = ""


def whole_org() -> Place:
    """All files of the org that the user may see."""
    listed = (_attachments(_LATEST_FIRST), _documents(_LATEST_FIRST), _content_documents(_LATEST_FIRST))
    return Place("Files", listed)


def place_of(reference: FilesRef | BlobRef) -> Place:
    """What a reference to files leads to.

    Raises:
        NotAReference: It names no record.
    """
    id = reference.record_id if isinstance(reference, FilesRef) else reference.id
    if not is_id(id):
        raise NotAReference(f"{id[:40]!r} is no record Id.")
    if isinstance(reference, BlobRef):
        return _one_file(id)
    named = reference.title or id
    return _versions(id, named) if key_prefix(id) == "069" else _of_record(id, named)


def _of_record(id: str, title: str) -> Place:
    rest = f"WHERE LinkedEntityId = {quote(id)} ORDER BY ContentDocument.LastModifiedDate DESC NULLS LAST"
    columns = f"ContentDocumentId, {_content('ContentDocument.')}"
    listed = (
        Listed("Files", _select(columns, "ContentDocumentLink", rest), linked_document),
        _attachments(f"WHERE ParentId = {quote(id)} {_LATEST_FIRST}"),
    )
    return Place(f"Files of {title}", listed, record_id=id)


def _versions(id: str, title: str) -> Place:
    # Numbers of versions are texts, of which 10 comes before 9.
    listed = _of_versions(f"WHERE ContentDocumentId = {quote(id)} ORDER BY CreatedDate DESC, Id DESC")
    return Place(f"Versions of {title}", (listed,), document_id=id)


def _one_file(id: str) -> Place:
    by_prefix = {
        "00P": _attachments,
        "015": _documents,
        "068": _of_versions,
        "069": _content_documents,
    }
    # Of any other record the org is asked for the file itself.
    listing = by_prefix.get(key_prefix(id))
    return Place("File", (listing(f"WHERE Id = {quote(id)}"),) if listing else (), blob_id=id)


def _attachments(rest: str) -> Listed:
    return Listed("Attachments", _select(_ATTACHMENT, "Attachment", rest), attachment)


def _documents(rest: str) -> Listed:
    return Listed("Documents", _select(_DOCUMENT, "Document", rest), document)


def _content_documents(rest: str) -> Listed:
    return Listed("Files", _select(f"Id, {_content('')}", "ContentDocument", rest), content_document)


def _of_versions(rest: str) -> Listed:
    return Listed("Versions", _select(_VERSION, "ContentVersion", rest), content_version)


def _content(path: str) -> str:
    return ", ".join(f"{path}{name}" for name in _CONTENT)


def _select(columns: str, source: str, rest: str) -> str:
    return " ".join(("SELECT", columns, "FROM", source, rest))
