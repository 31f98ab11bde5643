"""Attachments, documents, files and notes, with small contents that are what they say."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass

from sfexplorer.demo.seedworld import Person, Row, World, read_seeds
from sfexplorer.demo.storage import stamp

_ATTACHMENTS = 60
_FILES = 48
_NOTES = 160
# The first contact, Ada Lovelace, has two.
_ADAS_ATTACHMENTS = 2
_TYPES = {"txt": "text/plain", "csv": "text/csv", "png": "image/png", "json": "application/json"}
_FILE_TYPES = {"txt": "TEXT", "csv": "CSV", "png": "PNG", "json": "UNKNOWN"}


@dataclass(frozen=True, slots=True)
class Content:
    """A file's name and bytes."""

    stem: str
    extension: str
    data: bytes

    @property
    def name(self) -> str:
        """The name with its extension."""
        return f"{self.stem}.{self.extension}"


def seed_files(world: World) -> None:
    """Fill Attachment, Folder, Document, ContentDocument and its versions and links, and Note."""
    world.add("Attachment", [_attachment(world, number) for number in range(_ATTACHMENTS)])
    _seed_documents(world)
    for _ in range(_FILES):
        _seed_file(world)
    world.add("Note", [_note(world) for _ in range(_NOTES)])


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = (b"\x00" + bytes(colour) * width) * height
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(pixels, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _content(world: World, number: int) -> Content:
    match number % 4:
        case 0:
            lines = [world.one_of(read_seeds("work")["sentences"]) for _ in range(world.between(3, 40))]
            return Content(f"minutes-{number + 1}", "txt", "\n".join(lines).encode())
        case 1:
            rows = [f"{day},{world.between(100, 99_999)}" for day in range(1, world.between(20, 200))]
            return Content(f"meter-readings-{number + 1}", "csv", "\n".join(["day,kWh", *rows]).encode())
        case 2:
            colour = (world.between(0, 255), world.between(0, 255), world.between(0, 255))
            return Content(f"logo-{number + 1}", "png", png(world.between(16, 64), 16, colour))
        case _:
            text = (
                f'{{"serial": "{world.digits("{8}")}", "hours": {world.between(1, 9999)}, "site": "Zürich"}}'
            )
            return Content(f"état-{number + 1}", "json", text.encode())


def _parent(world: World, number: int) -> tuple[str, str]:
    """The id of a record to hang something on, and its owner."""
    person: Person = world.one_of(world.people)
    choices = (
        (person.id, person.owner),
        (person.account or person.id, person.owner),
        (str(world.one_of(world.deals)["Id"]), person.owner),
        (str(world.one_of(world.cases)["Id"]), world.one_of(world.supporters)),
    )
    return choices[number % len(choices)]


def _attachment(world: World, number: int) -> Row:
    parent, owner = _parent(world, number)
    if number < _ADAS_ATTACHMENTS:
        parent, owner = world.people[0].id, world.people[0].owner
    content = _content(world, number)
    return {
        "ParentId": parent,
        "OwnerId": owner,
        "Name": content.name,
        "ContentType": _TYPES[content.extension],
        "Body": content.data,
        "Description": world.maybe(0.2, "Sent by the customer"),
        "CreatedDate": stamp(world.moment(200, 1)),
    }


def _seed_documents(world: World) -> None:
    names = ("Marketing", "Price Lists", "Logos")
    folders: list[Row] = [{"Name": each, "DeveloperName": each.replace(" ", "_")} for each in names]
    for folder in folders:
        folder |= {"Type": "Document", "AccessType": "Public", "CreatedDate": "2021-10-06T09:00:00.000"}
    stored = world.add("Folder", folders)
    rows: list[Row] = []
    for number in range(12):
        content = _content(world, number)
        rows.append(
            {
                "FolderId": stored[number % len(stored)]["Id"],
                "Name": content.stem,
                "DeveloperName": f"Document_{number + 1}",
                "Type": content.extension,
                "ContentType": _TYPES[content.extension],
                "Body": content.data,
                "AuthorId": world.users[7],
                "IsPublic": int(world.chance(0.2)),
                "Keywords": world.maybe(0.3, "brochure, 2026"),
            }
        )
    world.add("Document", rows)


def _seed_file(world: World) -> None:
    """One file with one to three versions, linked to a record."""
    number = world.between(0, 999)
    parent, owner = _parent(world, number)
    versions = world.between(1, 3)
    document = world.store.new_id(world.store.schema["ContentDocument"])
    created = stamp(world.moment(300, 5))
    rows: list[Row] = []
    for version in range(1, versions + 1):
        content = _content(world, number)
        rows.append(
            {
                "Title": content.stem,
                "PathOnClient": content.name,
                "FileExtension": content.extension,
                "FileType": _FILE_TYPES[content.extension],
                "VersionData": content.data,
                "VersionNumber": str(version),
                "Checksum": hashlib.md5(content.data, usedforsecurity=False).hexdigest(),
                "IsLatest": int(version == versions),
                "IsMajorVersion": 1,
                "ContentDocumentId": document,
                "FirstPublishLocationId": parent if version == 1 else None,
                "Origin": "H",
                "ContentModifiedDate": created,
                "ContentModifiedById": owner,
                "OwnerId": owner,
                "CreatedDate": created,
            }
        )
    latest = world.add("ContentVersion", rows)[-1]
    same = ("Title", "FileExtension", "FileType", "OwnerId", "CreatedDate", "ContentModifiedDate")
    size = len(rows[-1]["VersionData"]) if isinstance(rows[-1]["VersionData"], bytes) else 0
    row: Row = {"Id": document, "LatestPublishedVersionId": latest["Id"], "ContentSize": size}
    world.add("ContentDocument", [row | {name: latest[name] for name in same}])
    for entity, share in ((owner, "I"), (parent, "V")):
        link: Row = {"LinkedEntityId": entity, "ContentDocumentId": document, "ShareType": share}
        world.add("ContentDocumentLink", [link])


def _note(world: World) -> Row:
    sentences = read_seeds("work")["sentences"]
    person = world.one_of(world.people)
    return {
        "ParentId": world.one_of(
            (person.id, person.account or person.id, str(world.one_of(world.deals)["Id"]))
        ),
        "OwnerId": person.owner,
        "Title": world.one_of(("Call notes", "Directions", "Gespräch", "Compte rendu", "To remember")),
        "Body": "\n".join(world.one_of(sentences) for _ in range(world.between(1, 8))),
        "IsPrivate": int(world.chance(0.1)),
    }
