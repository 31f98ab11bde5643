"""Files into an org: byte by byte, unread until they are sent, and never half of one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sfexplorer.client import (
    BlobTooBig,
    Connection,
    ConnectionFailed,
    FileChanged,
    OAuth,
    Org,
    SaveRejected,
    SObject,
)

from .conftest import MakeHost, answer, forget_requests, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]

PARENT = "0015g0000000001AAA"
ID = "00P5g0000000001AAA"
# Bytes that break parsers: line breaks of all kinds, and what looks like the end of a part.
HOSTILE = b"\r\n--x--\r\n\x00\xff\n" + bytes(range(256)) * 3000 + b"\r\n--"
SAVED = answer(201, {"id": ID, "success": True, "errors": []})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with hostile bytes."""
    path = tmp_path / 'a "grüße".bin'
    path.write_bytes(HOSTILE)
    return path


async def test_a_record_with_a_path_goes_out_with_its_bytes(org: Org, file: Path) -> None:
    record = SObject("Attachment", ParentId=PARENT, Name="x.bin", ContentType="application/x-hostile")
    record["body"] = file
    await org.insert(record)
    assert record.changes == {}
    there = await org.retrieve("Attachment", str(record.id))
    assert (there["BodyLength"], there["ContentType"]) == (len(HOSTILE), "application/x-hostile")
    assert there["Body"].lower() == record["Body"].lower()
    assert await (await org.body(record)).read() == HOSTILE


async def test_what_is_uploaded_is_called_as_its_file(org: Org, file: Path, demo_org: DemoServer) -> None:
    told: list[tuple[int, int | None]] = []
    record = await org.upload(
        "Attachment", file, ParentId=PARENT, progress=lambda done, size: told.append((done, size))
    )
    assert record["Name"] == file.name
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(HOSTILE), len(HOSTILE))
    assert len(requests_at(demo_org)) == 1
    version = await org.upload("contentversion", file)
    assert (version["PathOnClient"], version["Title"]) == (file.name, file.stem)
    with pytest.raises(ValueError, match="name"):
        await org.upload("Document", b"bytes")
    with pytest.raises(ValueError, match="Account"):
        await org.upload("Account", file)


async def test_other_bytes_can_be_given_to_a_file(org: Org, file: Path) -> None:
    record = await org.upload("Attachment", b"first", ParentId=PARENT, Name="x")
    record["Body"] = b"second one"
    assert record.is_changed("Body")
    saved = await org.update(record)
    assert list(saved.sent) == ["Body"]
    assert record.changes == {}
    assert await (await org.body(record)).read() == b"second one"
    loaded = await org.retrieve("Attachment", str(record.id))
    loaded["Body"] = file
    await org.update(loaded)
    assert await (await org.body(record)).read() == HOSTILE
    # The same file may hold something else by now: setting it again is a change.
    loaded["Body"] = file
    assert loaded.is_changed("Body")


async def test_records_with_files_go_out_by_themselves_in_a_list(
    org: Org, file: Path, demo_org: DemoServer
) -> None:
    records = [
        SObject("Attachment", ParentId=PARENT, Name="a", Body=b"a"),
        SObject("Account", Name="Without a file"),
        SObject("Attachment", ParentId=PARENT, Body=b"no name"),
        SObject("Attachment", ParentId=PARENT, Name="b", Body=file),
    ]
    results = await org.insert(records)
    assert [each.record for each in results] == records
    assert [each.success for each in results] == [True, True, False, True]
    assert isinstance(results[2].error, SaveRejected)
    assert len(requests_at(demo_org)) == 4
    records[0]["Body"] = b"another"
    assert (await org.update(records[:2]))[0].success
    assert await (await org.body(records[0])).read() == b"another"
    with pytest.raises(ValueError, match="all or none"):
        await org.insert([SObject("Attachment", Body=b"x"), SObject("Account")], all_or_none=True)


async def test_a_small_file_in_another_object_goes_as_base64(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(SAVED)
    await org_at(host).insert(SObject("StaticResource", Name="x", Body=b"\x00\xff"))
    assert json.loads(host.seen[0].body) == {"Name": "x", "Body": "AP8="}


async def test_the_parts_are_named_as_salesforce_names_them(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(SAVED)
    await org_at(host).upload("ContentVersion", b"bytes", PathOnClient='a"\r\nX: y.pdf')
    seen = host.seen[0]
    boundary = re.fullmatch("multipart/form-data; boundary=(.+)", seen.headers["content-type"])
    assert boundary is not None
    assert int(seen.headers["content-length"]) == len(seen.body)
    _, first, second, end = seen.body.split(f"--{boundary[1]}".encode())
    assert b'name="entity_content"\r\nContent-Type: application/json\r\n\r\n{' in first
    assert b'name="VersionData"; filename="a%22%0D%0AX: y.pdf"\r\n' in second
    assert b"Content-Type: application/pdf\r\n\r\nbytes\r\n" in second
    assert end == b"--\r\n"


async def test_a_file_that_is_too_large_is_refused_before_anything_is_sent(
    org_at: OrgAt, make_host: MakeHost, tmp_path: Path
) -> None:
    host = await make_host(SAVED)
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(500 * 1024 * 1024 + 1)
    with pytest.raises(BlobTooBig) as caught:
        await org_at(host).upload("Attachment", large)
    assert (caught.value.size, caught.value.limit) == (500 * 1024 * 1024 + 1, 500 * 1024 * 1024)
    with pytest.raises(BlobTooBig):
        await org_at(host).insert(SObject("StaticResource", Body=large))
    with pytest.raises(FileNotFoundError):
        await org_at(host).upload("Attachment", tmp_path / "nowhere")
    with pytest.raises(OSError, match="no file"):
        await org_at(host).upload("Attachment", tmp_path)
    assert host.seen == []


def grow(file: Path) -> None:
    with file.open("ab") as more:
        more.write(b"more")


def shrink(file: Path) -> None:
    os.truncate(file, 300_000)


def spoil(file: Path) -> None:
    with file.open("r+b") as other:
        other.write(b"other")
    os.utime(file, ns=(0, 0))


@pytest.mark.parametrize("change", [grow, shrink, spoil])
async def test_a_file_that_changes_while_it_is_sent_is_not_saved(
    org: Org, file: Path, change: Callable[[Path], None]
) -> None:
    attachments = "SELECT COUNT() FROM Attachment"
    before = await org.query(attachments).first_page()
    with pytest.raises(FileChanged):
        await org.upload("Attachment", file, ParentId=PARENT, progress=lambda *_: change(file))
    assert (await org.query(attachments).first_page()).total_size == before.total_size


async def test_a_file_that_is_replaced_while_it_is_sent_goes_out_as_it_was(org: Org, file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(b"other")
    record = await org.upload(
        "Attachment", file, ParentId=PARENT, progress=lambda *_: other.exists() and other.replace(file)
    )
    assert await (await org.body(record)).read() == HOSTILE


async def test_a_token_that_expired_is_renewed_and_the_file_sent_from_its_start(
    org: Org, file: Path, demo_org: DemoServer
) -> None:
    demo_org.expire()
    record = await org.upload("Attachment", file, ParentId=PARENT)
    assert await (await org.body(record)).read() == HOSTILE


async def test_a_line_that_breaks_has_the_file_sent_once(org: Org, file: Path, demo_org: DemoServer) -> None:
    demo_org.faults({"path": "/Attachment", "method": "POST", "drop": True})
    forget_requests(demo_org)
    with pytest.raises(ConnectionFailed):
        await org.upload("Attachment", file, ParentId=PARENT)
    assert len(requests_at(demo_org)) == 1


async def test_fifty_megabytes_are_sent_with_no_more_memory_than_a_few_pieces(
    tmp_path: Path, connect: Callable[..., Connection]
) -> None:
    received = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        await reader.readuntil(b"\r\n\r\n")
        while piece := await reader.read(65_536):
            received += len(piece)
            if piece.endswith(b"--\r\n"):
                writer.write(SAVED)
                break
        writer.close()

    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        org = connect(api_version="60.0").org(OAuth("token", url))
        tracemalloc.start()
        await org.upload("Attachment", large, ParentId=PARENT)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert received > 50_000_000
    assert peak < 3_000_000


async def test_a_cancelled_upload_hangs_up(connect: Callable[..., Connection], file: Path) -> None:
    begun, gone = asyncio.Event(), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        try:
            while await reader.read(65_536):
                pass
        except ConnectionResetError:
            pass
        gone.set()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        org = connect(api_version="60.0").org(OAuth("token", url))
        sending = asyncio.create_task(org.upload("Attachment", file, ParentId=PARENT))
        await begun.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await asyncio.wait_for(gone.wait(), 5)


async def test_a_record_with_a_file_is_upserted_alone_too(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(answer(201, {"id": ID, "success": True, "errors": [], "created": True}))
    record = SObject("Document", Body=b"bytes")
    record.set_external_id("Ext__c", "x")
    (result,) = await org_at(host).upsert([record])
    assert (result.created, record.changes) == (True, {})
    assert host.seen[0].target.endswith("/sobjects/Document/Ext__c/x")
    assert b"bytes" in host.seen[0].body
