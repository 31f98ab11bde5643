"""Blobs on their way in, as base64 and by multipart, and out again byte by byte."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

# Bytes that break parsers: line breaks of all kinds, what looks like a boundary, and no text at all.
HOSTILE = b"\r\n \x00\xff\r\n--boun\r\n\r\n--bounds\n--\r" + bytes(range(256)) * 40 + b"\n\r\n"
ACCOUNT = "0015g0000000001AAA"


def multipart(
    fields: dict[str, Any], blobs: dict[str, bytes], name: str = "entity", newline: bytes = b"\r\n"
) -> tuple[bytes, dict[str, str]]:
    """A multipart body, and the header that goes with it."""
    head = f'Content-Disposition: form-data; name="{name}"'.encode()
    parts = [newline.join([head, b"Content-Type: application/json", b"", json.dumps(fields).encode()])]
    for blob, content in blobs.items():
        head = f'Content-Disposition: form-data; name="{blob}"; filename="grüße.bin"'.encode()
        parts.append(newline.join([head, b"Content-Type: application/octet-stream", b"", content]))
    body = b"".join(b"--bound" + newline + part + newline for part in parts) + b"--bound--" + newline
    return body, {"Content-Type": 'multipart/form-data; boundary="bound"'}


def errors(response: httpx.Response) -> list[tuple[str, list[str]]]:
    return [(each["errorCode"], each.get("fields", [])) for each in response.json()]


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
@pytest.mark.parametrize("name", ["entity_attachment", "Attachment", "x"])
def test_a_multipart_body_keeps_every_byte(http: httpx.Client, name: str, newline: bytes) -> None:
    fields = {"Name": "hostile.bin", "ParentId": ACCOUNT, "ContentType": "application/x-hostile"}
    body, headers = multipart(fields, {"Body": HOSTILE}, name, newline)
    made = http.post(f"{V}/sobjects/Attachment", content=body, headers=headers)
    assert made.status_code == 201, made.text
    record = http.get(made.headers["Location"]).json()
    assert record["BodyLength"] == len(HOSTILE)
    blob = http.get(record["Body"])
    assert blob.content == HOSTILE
    assert blob.headers["Content-Type"] == "application/x-hostile"


def test_a_blob_goes_out_with_its_length_and_unzipped(http: httpx.Client) -> None:
    text = base64.b64encode(b"a" * 300_000).decode()
    body = {"Name": "a.txt", "ParentId": ACCOUNT, "ContentType": "text/plain", "Body": text}
    path = http.post(f"{V}/sobjects/Attachment", json=body).headers["Location"]
    with http.stream("GET", f"{path}/Body", headers={"Range": "bytes=0-9"}) as response:
        assert response.status_code == 200
        assert response.headers["Content-Length"] == "300000"
        assert not {"content-encoding", "accept-ranges", "content-range"} & set(response.headers)
        assert sum(len(each) for each in response.iter_bytes()) == 300_000
    head = http.head(f"{path}/body")
    assert (head.headers["Content-Length"], head.content) == ("300000", b"")


def test_a_document_can_be_given_other_bytes(http: httpx.Client) -> None:
    folder = http.get(f"{V}/query", params={"q": "SELECT Id FROM Folder LIMIT 1"}).json()["records"][0]["Id"]
    fields = {"Name": "d", "FolderId": folder}
    body, headers = multipart(fields | {"DeveloperName": "d"}, {"Body": b"first"}, "entity_document")
    path = http.post(f"{V}/sobjects/Document", content=body, headers=headers).headers["Location"]
    body, headers = multipart({"Name": "e"}, {"Body": b"second one"})
    changed = http.patch(path, content=body, headers=headers)
    assert (changed.status_code, changed.content) == (204, b"")
    assert http.get(f"{path}/Body").content == b"second one"
    assert http.get(path).json()["Name"] == "e"


def test_wrong_multipart_bodies_are_refused(http: httpx.Client) -> None:
    path = f"{V}/sobjects/Attachment"
    right, headers = multipart({"Name": "x", "ParentId": ACCOUNT}, {"Body": b"x"})
    unnamed = {"Content-Type": "multipart/form-data"}
    for content, told in (
        (right, unnamed),
        (b"", headers),
        (right.replace(b"application/json", b"text/a"), headers),
    ):
        refused = http.post(path, content=content, headers=told)
        assert errors(refused) == [("INVALID_MULTIPART_REQUEST", [])]
    for blobs, code in (({"Nope": b"x"}, "INVALID_FIELD"), ({"Name": b"x"}, "JSON_PARSER_ERROR")):
        body, headers = multipart({"ParentId": ACCOUNT}, blobs)
        assert errors(http.post(path, content=body, headers=headers))[0][0] == code
    broken = right.replace(b'{"Name"', b'{Name"')
    assert errors(http.post(path, content=broken, headers=headers))[0][0] == "JSON_PARSER_ERROR"


def test_what_is_no_base64_is_refused(http: httpx.Client) -> None:
    body = {"Name": "x", "ParentId": ACCOUNT, "Body": "not base64!"}
    assert errors(http.post(f"{V}/sobjects/Attachment", json=body)) == [("JSON_PARSER_ERROR", [])]


def upload(http: httpx.Client, content: bytes, **fields: Any) -> dict[str, Any]:
    """The record of a new version of a file."""
    body, headers = multipart(
        {"Title": "Report", "PathOnClient": "report.pdf"} | fields, {"VersionData": content}, "entity_content"
    )
    made = http.post(f"{V}/sobjects/ContentVersion", content=body, headers=headers)
    assert made.status_code == 201, made.text
    record: dict[str, Any] = http.get(made.headers["Location"]).json()
    return record


def test_a_first_version_makes_its_document(http: httpx.Client) -> None:
    version = upload(http, b"first")
    assert (version["VersionNumber"], version["IsLatest"]) == ("1", True)
    assert version["Checksum"] == hashlib.md5(b"first").hexdigest()
    assert (version["ContentSize"], version["FileExtension"], version["FileType"]) == (5, "pdf", "PDF")
    assert http.get(version["VersionData"]).headers["Content-Type"] == "application/pdf"
    document = http.get(f"{V}/sobjects/ContentDocument/{version['ContentDocumentId']}").json()
    assert (document["Title"], document["ContentSize"], document["FileType"]) == ("Report", 5, "PDF")
    assert document["LatestPublishedVersionId"] == version["Id"]
    assert document["CreatedDate"] == version["CreatedDate"]


def test_a_second_version_takes_the_place_of_the_first(http: httpx.Client) -> None:
    first = upload(http, b"first")
    document = first["ContentDocumentId"]
    second = upload(http, b"second!", ContentDocumentId=document, Title="Better", PathOnClient="b.TXT")
    assert (second["VersionNumber"], second["IsLatest"], second["FileType"]) == ("2", True, "TEXT")
    path = f"{V}/sobjects/ContentDocument/{document}"
    assert http.get(f"{V}/sobjects/ContentVersion/{first['Id']}").json()["IsLatest"] is False
    record = http.get(path).json()
    assert (record["Title"], record["ContentSize"], record["FileExtension"]) == ("Better", 7, "TXT")
    assert record["LatestPublishedVersionId"] == second["Id"]
    assert http.get(f"{path}/ContentVersions").json()["totalSize"] == 2


def test_a_file_is_linked_to_its_owner_and_its_place(http: httpx.Client) -> None:
    version = upload(http, b"linked", FirstPublishLocationId=ACCOUNT)
    path = f"{V}/sobjects/ContentDocument/{version['ContentDocumentId']}"
    links = http.get(f"{path}/ContentDocumentLinks").json()["records"]
    assert [(each["LinkedEntityId"], each["ShareType"]) for each in links] == [
        (version["OwnerId"], "I"),
        (ACCOUNT, "V"),
    ]
    assert http.delete(path).status_code == 204
    assert http.get(f"{V}/sobjects/ContentVersion/{version['Id']}").status_code == 404


def test_a_changed_version_tells_its_new_bytes(http: httpx.Client) -> None:
    version = upload(http, b"before")
    path = f"{V}/sobjects/ContentVersion/{version['Id']}"
    body, headers = multipart({"Title": "After"}, {"VersionData": b"afterwards"})
    assert http.patch(path, content=body, headers=headers).status_code == 204
    changed = http.get(path).json()
    assert (changed["ContentSize"], changed["Checksum"]) == (10, hashlib.md5(b"afterwards").hexdigest())
    document = http.get(f"{V}/sobjects/ContentDocument/{version['ContentDocumentId']}").json()
    assert (document["Title"], document["ContentSize"]) == ("After", 10)


def test_a_version_needs_a_name_and_bytes_or_a_link(http: httpx.Client) -> None:
    path = f"{V}/sobjects/ContentVersion"
    assert errors(http.post(path, json={"Title": "x"})) == [
        ("REQUIRED_FIELD_MISSING", ["PathOnClient", "VersionData"])
    ]
    link = {"Title": "x", "ContentUrl": "https://example.com", "ContentLocation": "E"}
    made = http.post(path, json=link)
    assert http.get(made.headers["Location"]).json()["FileType"] == "LINK"
    lost = {"Title": "x", "PathOnClient": "x", "VersionData": "eA==", "ContentDocumentId": "0695g00000zzzzz"}
    assert errors(http.post(path, json=lost))[0][0] == "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
