"""Files out of an org: whole or an error, and never half a file on the disk."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
import tracemalloc
from collections.abc import Callable
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.client import (
    BlobDamaged,
    BlobTooBig,
    Connection,
    ConnectionFailed,
    Exchange,
    ForeignUrl,
    NotFound,
    OAuth,
    Org,
    Retry,
    SalesforceError,
    SObject,
    UnexpectedReply,
)

from .conftest import MakeHost, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]

CONTENT = bytes(range(256)) * 1500
PARENT = "0015g0000000001AAA"
QUICK = Retry(first_pause=0.001)
FACTS = {"attributes": {"type": "ContentVersion"}, "PathOnClient": "C:\\x\\plan.pdf", "ContentSize": 384_000}


@pytest.fixture
async def attachment(org: Org) -> SObject:
    """An attachment with CONTENT."""
    return await org.insert(
        SObject("Attachment", ParentId=PARENT, Name="plan.pdf", ContentType="application/pdf", Body=CONTENT)
    )


def version_at(make_host: MakeHost, body: bytes, **facts: Any) -> Any:
    """A host with a file: the facts of its record, then its bytes."""
    return make_host(answer(200, {**FACTS, **facts}), body)


ID = "0685g0000000001AAA"


async def test_a_file_is_told_about_and_read_piece_by_piece(org: Org, attachment: SObject) -> None:
    blob = await org.attachment_body(str(attachment.id))
    assert (blob.name, blob.size, blob.content_type) == ("plan.pdf", len(CONTENT), "application/pdf")
    pieces = [piece async for piece in blob]
    assert len(pieces) > 1
    assert b"".join(pieces) == CONTENT == await blob.read()


async def test_a_file_is_found_by_record_id_and_path(org: Org, attachment: SObject) -> None:
    loaded = await org.retrieve("attachment", str(attachment.id))
    for reference in (loaded, str(attachment.id), loaded["Body"], f"{org.instance_url}{loaded['Body']}"):
        assert await (await org.body(reference)).read() == CONTENT


async def test_versions_of_files_and_documents_have_files_too(org: Org) -> None:
    folder = await org.query("SELECT Id FROM Folder LIMIT 1").first_page()
    version = await org.upload("ContentVersion", CONTENT, PathOnClient="C:\\me\\plan.pdf")
    document = await org.upload(
        "Document", CONTENT, Name="d", DeveloperName="downloaded", FolderId=folder.records[0].id
    )
    blob = await org.content_version_body(str(version.id))
    assert (blob.name, blob.size, blob.content_type) == ("plan.pdf", len(CONTENT), "application/pdf")
    assert blob.checksum == hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
    assert await (await org.document_body(str(document.id))).read() == CONTENT
    whole = await org.retrieve("ContentVersion", str(version.id), ["ContentDocumentId"])
    assert (await org.body(whole["ContentDocumentId"])).path == blob.path


async def test_what_holds_no_file_is_said(org: Org) -> None:
    with pytest.raises(NotFound, match="hold no file"):
        await org.body(PARENT)
    with pytest.raises(NotFound):
        await org.attachment_body("00P000000000001AAA")
    with pytest.raises(NotFound, match="no object"):
        await org.body("zzz000000000001AAA")


async def test_a_url_of_another_host_is_refused(org: Org, make_host: MakeHost) -> None:
    other = await make_host(answer(200, b"bytes"))
    with pytest.raises(ForeignUrl):
        await org.body(f"{other.url}/services/data/v60.0/sobjects/Attachment/{ID}/Body")
    assert other.seen == []


async def test_a_redirect_to_another_host_is_not_followed(org_at: OrgAt, make_host: MakeHost) -> None:
    other = await make_host(answer(200, b"bytes"))
    host = await version_at(make_host, answer(302, b"", Location=f"{other.url}/file"))
    blob = await org_at(host).content_version_body(ID)
    with pytest.raises(ForeignUrl):
        await blob.read()
    assert other.seen == []


async def test_a_saved_file_is_whole_and_alone_in_its_folder(
    org: Org, attachment: SObject, tmp_path: Path
) -> None:
    told: list[tuple[int, int | None]] = []
    blob = await org.attachment_body(str(attachment.id))
    target = await blob.save(tmp_path / "plan.pdf", progress=lambda done, size: told.append((done, size)))
    assert target.read_bytes() == CONTENT
    assert os.listdir(tmp_path) == ["plan.pdf"]
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(CONTENT), len(CONTENT))


async def test_a_file_that_is_there_is_overwritten_only_if_told(
    org: Org, attachment: SObject, tmp_path: Path, demo_org: DemoServer
) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(b"mine")
    blob = await org.attachment_body(str(attachment.id))
    asked = len(requests_at(demo_org))
    with pytest.raises(FileExistsError):
        await blob.save(target)
    assert len(requests_at(demo_org)) == asked
    assert target.read_bytes() == b"mine"
    await blob.save(target, overwrite=True)
    assert target.read_bytes() == CONTENT
    assert os.listdir(tmp_path) == ["plan.pdf"]


async def test_a_file_that_appears_meanwhile_is_not_overwritten(
    org: Org, attachment: SObject, tmp_path: Path
) -> None:
    target = tmp_path / "plan.pdf"
    blob = await org.attachment_body(str(attachment.id))
    with pytest.raises(FileExistsError):
        await blob.save(target, progress=lambda *_: target.write_bytes(b"mine"))
    assert target.read_bytes() == b"mine"
    assert os.listdir(tmp_path) == ["plan.pdf"]


HALF = answer(200, CONTENT)[:-1000]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
UNTOLD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + CONTENT[:-1]
GZIPPED = gzip.compress(CONTENT, 1, mtime=0)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(HALF, ConnectionFailed, id="cut off before its length"),
        pytest.param(CHUNKED, ConnectionFailed, id="cut off before its last chunk"),
        pytest.param(UNTOLD, BlobDamaged, id="shorter than the record says"),
        pytest.param(answer(200, GZIPPED[:-9], Content_Encoding="gzip"), UnexpectedReply, id="gzip, no end"),
        pytest.param(
            answer(200, GZIPPED[:-4], Content_Encoding="gzip"), UnexpectedReply, id="gzip, no length"
        ),
        pytest.param(answer(200, CONTENT, Content_Encoding="gzip"), UnexpectedReply, id="no gzip"),
        pytest.param(answer(200, CONTENT, Content_Encoding="br"), UnexpectedReply, id="packed unasked"),
        pytest.param(answer(200, b"x" + CONTENT[1:]), BlobDamaged, id="other bytes"),
        pytest.param(b"", ConnectionFailed, id="no answer"),
        pytest.param(answer(500, [{"errorCode": "X", "message": "x"}]), SalesforceError, id="failed"),
    ],
)
async def test_a_file_that_does_not_arrive_whole_is_an_error_and_leaves_nothing_behind(
    org_at: OrgAt, make_host: MakeHost, tmp_path: Path, body: bytes, kind: type[SalesforceError]
) -> None:
    checksum = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
    host = await version_at(make_host, body, Checksum=checksum)
    blob = await org_at(host, retry=QUICK).content_version_body(ID)
    with pytest.raises(kind):
        await blob.save(tmp_path / "plan.pdf")
    assert os.listdir(tmp_path) == []
    with pytest.raises(kind):
        _ = [piece async for piece in blob]


async def test_a_file_whose_end_nothing_tells_is_as_long_as_its_record_says(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await version_at(make_host, UNTOLD)
    blob = await org_at(host).content_version_body(ID)
    with pytest.raises(BlobDamaged, match="383999 of 384000"):
        await blob.read()


async def test_other_objects_tell_themselves_which_field_holds_a_file(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    fields = [
        {"name": "Name", "type": "string", "nameField": True},
        {"name": "Content", "type": "base64"},
        {"name": "ContentType", "type": "string"},
    ]
    described = answer(200, {"name": "StaticResource", "fields": fields})
    facts = answer(200, {"attributes": {}, "Name": "a.css", "ContentType": "text/css"})
    host = await make_host(described, facts, answer(200, b"css"))
    blob = await org_at(host).body(SObject("StaticResource", Id=ID))
    assert (blob.name, blob.size, blob.content_type) == ("a.css", None, "text/css")
    assert await blob.read() == b"css"
    assert host.seen[-1].target == f"/services/data/v60.0/sobjects/StaticResource/{ID}/Content"


async def test_a_document_without_a_version_holds_no_file(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(200, {"attributes": {}, "LatestPublishedVersionId": None}))
    with pytest.raises(NotFound, match="no version"):
        await org_at(host).body(SObject("ContentDocument", Id=ID))


async def test_a_packed_file_is_unpacked(org_at: OrgAt, make_host: MakeHost) -> None:
    packed = GZIPPED + gzip.compress(b"and more", mtime=0)
    whole = CONTENT + b"and more"
    host = await version_at(make_host, answer(200, packed, Content_Encoding="gzip"), ContentSize=len(whole))
    assert await (await org_at(host).content_version_body(ID)).read() == whole


@pytest.mark.parametrize("fault", [{"drop": "half"}, {"drop": True, "count": 9}])
async def test_a_line_that_breaks_leaves_no_file(
    org: Org, attachment: SObject, demo_org: DemoServer, tmp_path: Path, fault: dict[str, Any]
) -> None:
    blob = await org.attachment_body(str(attachment.id))
    demo_org.faults({"path": "/Body", **fault})
    with pytest.raises(ConnectionFailed):
        await blob.save(tmp_path / "plan.pdf")
    assert os.listdir(tmp_path) == []
    demo_org.faults()
    assert (await blob.save(tmp_path / "plan.pdf")).read_bytes() == CONTENT


async def test_before_the_first_byte_a_file_is_asked_for_again(
    org: Org, attachment: SObject, demo_org: DemoServer
) -> None:
    blob = await org.attachment_body(str(attachment.id))
    demo_org.faults({"path": "/Body", "status": 503, "headers": {"Retry-After": "0"}})
    assert await blob.read() == CONTENT
    demo_org.faults({"path": "/Body", "expire_session": True})
    assert await blob.read() == CONTENT


async def test_listeners_hear_of_a_file_once_it_is_through(
    connection: Connection, org: Org, attachment: SObject
) -> None:
    heard: list[Exchange] = []
    blob = await org.attachment_body(str(attachment.id))
    connection.listen(heard.append)
    async for _ in blob:
        assert heard == []
    (exchange,) = heard
    assert (exchange.method, exchange.path, exchange.status) == ("GET", blob.path, 200)
    assert exchange.bytes_received == len(CONTENT)
    assert exchange.api_used is not None


async def test_one_who_leaves_early_frees_the_connection(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await version_at(make_host, answer(200, CONTENT * 20))
    heard: list[Exchange] = []
    connection = Connection(api_version="60.0")
    blob = await connection.org(OAuth("token", host.url)).content_version_body(ID)
    connection.listen(heard.append)
    async with aclosing(aiter(blob)) as pieces:
        await anext(pieces)
    assert len(heard) == 1
    assert heard[0].bytes_received < len(CONTENT) * 20
    await connection.aclose()


async def test_a_cancelled_download_leaves_nothing_behind(
    tmp_path: Path, connect: Callable[..., Connection]
) -> None:
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"/VersionData" in asked.split(b"\r\n")[0]:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + CONTENT)
            with suppress(ConnectionResetError):
                await reader.read()  # until the client hangs up
            gone.set()
        else:
            writer.write(answer(200, FACTS))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        blob = await connect(api_version="60.0").org(OAuth("token", url)).content_version_body(ID)
        begun = asyncio.Event()
        saving = asyncio.create_task(blob.save(tmp_path / "x", progress=lambda *_: begun.set()))
        await begun.wait()
        assert len(os.listdir(tmp_path)) == 1
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving
        assert os.listdir(tmp_path) == []
        await asyncio.wait_for(gone.wait(), 5)


async def test_reading_at_once_has_a_limit(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await version_at(make_host, answer(200, CONTENT))
    blob = await org_at(host).content_version_body(ID)
    with pytest.raises(BlobTooBig) as caught:
        await blob.read(1000)
    assert (caught.value.size, caught.value.limit) == (384_000, 1000)
    assert len(host.seen) == 1
    small = await version_at(make_host, answer(200, CONTENT), ContentSize=5)
    with pytest.raises(BlobTooBig):
        await (await org_at(small).content_version_body(ID)).read(1000)


async def test_fifty_megabytes_need_no_more_memory_than_a_few_pieces(
    tmp_path: Path, connect: Callable[..., Connection]
) -> None:
    size, piece = 50_000_000, b"\xa5" * 100_000

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"/VersionData" in asked.split(b"\r\n")[0]:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
            for _ in range(size // len(piece)):
                writer.write(piece)
                await writer.drain()
        else:
            writer.write(answer(200, {**FACTS, "ContentSize": size}))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        blob = await connect(api_version="60.0").org(OAuth("token", url)).content_version_body(ID)
        tracemalloc.start()
        await blob.save(tmp_path / "large")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (tmp_path / "large").stat().st_size == size
    assert peak < 3_000_000


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
