"""Files: what goes with a new version of one, and the document and links that it brings along.

ContentVersion 1 --.
ContentVersion 2 ---> ContentDocument <--- ContentDocumentLink ---> owner, first place of publication
(the latest)     --'
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.storage import Store, Stored

VERSION = "ContentVersion"
# What Salesforce calls the types of files, by extension.
_FILE_TYPES = {
    "csv": "CSV",
    "doc": "WORD",
    "docx": "WORD_X",
    "gif": "GIF",
    "htm": "HTML",
    "html": "HTML",
    "jpeg": "JPG",
    "jpg": "JPG",
    "mp3": "MP3",
    "mp4": "MP4",
    "pdf": "PDF",
    "png": "PNG",
    "ppt": "POWER_POINT",
    "pptx": "POWER_POINT_X",
    "rtf": "RTF",
    "svg": "SVG",
    "txt": "TEXT",
    "xls": "EXCEL",
    "xlsx": "EXCEL_X",
    "xml": "XML",
    "zip": "ZIP",
}
_UNKNOWN = "UNKNOWN"
# What a document has of its latest version.
_SHARED = (
    "Title",
    "Description",
    "FileExtension",
    "FileType",
    "OwnerId",
    "ContentModifiedDate",
    "SystemModstamp",
)
_STAMPS = ("CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById")


def create_version(store: Store, values: Mapping[str, Stored]) -> str:
    """Add a version of a file: of the document that it names, or of a new one. Gives the version's id.

    Raises:
        Refusal: When there is nothing to keep.
    """
    _check_content(values)
    document = values.get("ContentDocumentId")
    if document is None:
        return _first_version(store, values)
    newest = _latest(store, str(document))
    made = store.create(
        store.schema[VERSION], {**values, **_facts(values), "VersionNumber": str(int(str(newest)) + 1)}
    )
    _show_latest(store, str(document), made)
    return made


def refresh_version(store: Store, version: str) -> None:
    """Have a version that was changed, and its document if it is the latest, tell what it is like now."""
    type = store.schema[VERSION]
    row = store.read(type, version) or {}
    content = store.blob(type, version, "VersionData")
    store.update(type, version, _facts({**row, "VersionData": content}))
    if row.get("IsLatest"):
        _show_latest(store, str(row["ContentDocumentId"]), version)


def _check_content(values: Mapping[str, Stored]) -> None:
    if values.get("ContentUrl") is not None:
        return
    missing = [name for name in ("PathOnClient", "VersionData") if values.get(name) is None]
    if missing:
        message = f"Required fields are missing: [{', '.join(missing)}]"
        raise refusal(400, "REQUIRED_FIELD_MISSING", message, missing)


def _facts(values: Mapping[str, Stored]) -> dict[str, Stored]:
    """What a version's name and bytes tell of it."""
    extension = PurePosixPath(str(values.get("PathOnClient") or "")).suffix[1:]
    content = values.get("VersionData")
    body = content if isinstance(content, bytes) else b""
    return {
        "FileExtension": extension or None,
        "FileType": "LINK" if values.get("ContentUrl") else _FILE_TYPES.get(extension.lower(), _UNKNOWN),
        "Checksum": hashlib.md5(body, usedforsecurity=False).hexdigest(),
        "ContentModifiedDate": values.get("LastModifiedDate"),
        "ContentModifiedById": values.get("LastModifiedById"),
    }


def _first_version(store: Store, values: Mapping[str, Stored]) -> str:
    documents = store.schema["ContentDocument"]
    document = store.new_id(documents)
    version = {**values, **_facts(values), "ContentDocumentId": document, "VersionNumber": "1"}
    made = store.create(store.schema[VERSION], version)
    known = {name: values.get(name) for name in _STAMPS if documents.field(name)}
    store.create(documents, {"Id": document, "Title": values.get("Title"), **known})
    _show_latest(store, document, made)
    owner, place = values.get("OwnerId"), values.get("FirstPublishLocationId")
    _link(store, document, owner, "I", values)
    if place not in (None, owner):
        _link(store, document, place, "V", values)
    return made


def _link(store: Store, document: str, entity: Stored, share: str, values: Mapping[str, Stored]) -> None:
    stamped = {"SystemModstamp": values.get("SystemModstamp")}
    row = {"ContentDocumentId": document, "LinkedEntityId": entity, "ShareType": share, **stamped}
    store.create(store.schema["ContentDocumentLink"], row)


def _latest(store: Store, document: str) -> Stored:
    """The largest number that a version of a document has."""
    rows = store.select(
        f'SELECT max(CAST("VersionNumber" AS INTEGER)) FROM "{VERSION}" WHERE "ContentDocumentId" = ?',  # noqa: S608
        (document,),
    )
    return rows[0][0] or 0


def _show_latest(store: Store, document: str, version: str) -> None:
    """Make a version the latest one, whose facts its document tells."""
    store.execute(
        f'UPDATE "{VERSION}" SET "IsLatest" = ("Id" = ?) WHERE "ContentDocumentId" = ?',  # noqa: S608
        (version, document),
    )
    row = store.read(store.schema[VERSION], version) or {}
    documents = store.schema["ContentDocument"]
    shared = {name: row.get(name) for name in _SHARED if documents.field(name)}
    told = {"ContentSize": row.get("ContentSize"), "LatestPublishedVersionId": version}
    stamped = {name: row.get(name) for name in ("LastModifiedDate", "LastModifiedById")}
    store.update(documents, document, {**shared, **told, **stamped})
