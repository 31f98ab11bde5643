"""Queries as bulk jobs: all rows once, whatever happens on the way, and no job left behind."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from sfexplorer.client import (
    BulkJob,
    Connection,
    ConnectionFailed,
    JobFailed,
    LocatorExpired,
    OAuth,
    Org,
    QueryRejected,
    Retry,
    SObject,
    UnexpectedReply,
)

from .conftest import MakeHost, Seen, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]

SOQL = "SELECT Id FROM Contact"
JOB = {"id": "7505g0000000001AAA", "state": "UploadComplete", "operation": "query", "object": "Contact"}
DONE = {**JOB, "state": "JobComplete", "numberRecordsProcessed": 2}


@pytest.fixture
def jobs(demo_org: DemoServer) -> Callable[[], list[BulkJob]]:
    """The query jobs that the demo org has."""
    return lambda: [BulkJob(job.id, job.state) for job in demo_org.org.jobs.of_kind("query")]


async def no_pause(seconds: float) -> None:
    """Let the demo org work in the meantime."""


def page(text: str, rows: int, locator: str = "null", **headers: str) -> bytes:
    """A page of a job's results."""
    content = text.encode()
    told = {"Sforce_NumberOfRecords": str(rows), "Sforce_Locator": locator, "Content_Type": "text/csv"}
    return answer(200, content, **told, **headers)


def scripted(*pages: bytes) -> Callable[[Seen], bytes]:
    """A host that does a job at once and gives its pages in order."""
    left = list(pages)

    def reply(seen: Seen) -> bytes:
        if "/results" in seen.target:
            return left.pop(0) if len(left) > 1 else left[0]
        if seen.method == "DELETE":
            return answer(204, b"")
        return answer(200, JOB if seen.method == "POST" else DONE)

    return reply


async def test_the_rows_are_those_of_the_query_page_by_page(
    org: Org, demo_org: DemoServer, jobs: Callable[[], list[BulkJob]]
) -> None:
    soql = "SELECT Id, Account.Name, Email, IsDeleted FROM Contact ORDER BY Id"
    told: list[BulkJob] = []
    rows = [row async for row in org.bulk_query(soql, page_size=1900, pause=no_pause, progress=told.append)]
    expected = [record async for record in org.query(soql)]
    assert len(rows) == len(expected) == 5000
    for row, record in zip(rows, expected, strict=True):
        parent = record["Account"]
        assert row == {
            "Id": record.id,
            "Account.Name": None if parent is None else parent["Name"],
            "Email": record["Email"],
            "IsDeleted": str(record["IsDeleted"]).lower(),
        }
    assert sum("/results" in entry["path"] for entry in requests_at(demo_org)) == 3
    assert (told[-1].state, told[-1].records_processed, told[-1].object) == ("JobComplete", 5000, "Contact")
    assert jobs() == []


async def test_deleted_rows_come_if_asked_for(org: Org) -> None:
    record = await org.insert(SObject("Account", Name="Gone in bulk"))
    await org.delete(record)
    soql = "SELECT Id FROM Account WHERE Name = 'Gone in bulk'"
    assert [row async for row in org.bulk_query(soql, pause=no_pause)] == []
    assert [row async for row in org.bulk_query(soql, True, pause=no_pause)] == [{"Id": record.id}]


async def test_texts_with_quotes_and_line_ends_come_as_they_are(org: Org) -> None:
    text = 'He said "no",\n\nthen; \tleft 日本 "'
    await org.insert(SObject("Contact", LastName="Quoted in bulk", Description=text))
    soql = "SELECT Description, Email FROM Contact WHERE LastName = 'Quoted in bulk'"
    assert [row async for row in org.bulk_query(soql, pause=no_pause)] == [
        {"Description": text, "Email": None}
    ]


async def test_a_wrong_query_makes_no_job(org: Org, jobs: Callable[[], list[BulkJob]]) -> None:
    with pytest.raises(QueryRejected) as caught:
        _ = [row async for row in org.bulk_query("SELECT Nothing FROM Account")]
    assert caught.value.column is not None
    with pytest.raises(QueryRejected):
        _ = [row async for row in org.bulk_query("SELECT COUNT() FROM Account")]
    assert jobs() == []


async def test_a_job_is_asked_for_in_growing_pauses(org_at: OrgAt, make_host: MakeHost) -> None:
    states = ["UploadComplete", "InProgress", *["InProgress"] * 20, "JobComplete"]
    replies = [answer(200, JOB), *(answer(200, {**JOB, "state": state}) for state in states)]
    host = await make_host(*replies, page('"Id"\n"1"\n', 1), answer(204, b""))
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    assert [row async for row in org_at(host).bulk_query(SOQL, pause=pause)] == [{"Id": "1"}]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1], len(pauses)) == (0.1, 15.0, 22)


async def test_a_job_that_fails_is_an_error_and_deleted(org_at: OrgAt, make_host: MakeHost) -> None:
    failed = {**JOB, "state": "Failed", "errorMessage": "too many rows"}
    host = await make_host(answer(200, JOB), answer(200, failed), answer(204, b""))
    with pytest.raises(JobFailed, match="too many rows") as caught:
        _ = [row async for row in org_at(host).bulk_query(SOQL)]
    assert caught.value.job_id == JOB["id"]
    assert [request.method for request in host.seen] == ["POST", "GET", "DELETE"]


async def test_one_who_stops_early_leaves_no_job(org: Org, jobs: Callable[[], list[BulkJob]]) -> None:
    async with aclosing(org.bulk_query(SOQL, page_size=1000, pause=no_pause)) as rows:
        await anext(rows)
        assert len(jobs()) == 1
    assert jobs() == []


async def test_a_cancelled_query_ends_its_job(org_at: OrgAt, make_host: MakeHost) -> None:
    waiting = asyncio.Event()
    host = await make_host(scripted(b""))
    host.answers = [answer(200, JOB), answer(200, {**JOB, "state": "InProgress"}), answer(200, DONE)]

    async def pause(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    async def read() -> None:
        async for _ in org_at(host).bulk_query(SOQL, pause=pause):
            pass

    reading = asyncio.create_task(read())
    await waiting.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [request.method for request in host.seen] == ["POST", "GET", "PATCH", "GET", "DELETE"]
    assert host.seen[2].body == b'{"state":"Aborted"}'


async def test_a_query_that_is_cancelled_while_its_job_is_made_leaves_none(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    asked = asyncio.Event()

    def make(seen: Seen) -> bytes:
        asked.set()
        return answer(200, JOB)

    host = await make_host(make, answer(200, JOB), answer(200, DONE), answer(204, b""))
    reading = asyncio.ensure_future(anext(org_at(host).bulk_query(SOQL, pause=no_pause)))
    await asked.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [request.method for request in host.seen] == ["POST", "PATCH", "GET", "DELETE"]


async def test_a_line_that_breaks_within_a_page_loses_and_doubles_no_row(
    org: Org, demo_org: DemoServer, jobs: Callable[[], list[BulkJob]]
) -> None:
    there = (await org.query("SELECT COUNT() FROM Contact").first_page()).total_size
    demo_org.faults({"path": "/results", "drop": "half", "count": 2}, {"path": "/results", "drop": True})
    ids = [row["Id"] async for row in org.bulk_query(SOQL, page_size=3000, pause=no_pause)]
    assert len(ids) == len(set(ids)) == there
    assert jobs() == []


TABLE = '"Id","Name"\n"1","a"\n"2","b ""c"""\n'


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(page(TABLE, 2)[:-4], id="before its length"),
        pytest.param(page(TABLE[:20], 2), id="at the end of a row"),
        pytest.param(b"", id="before it begins"),
    ],
)
async def test_a_page_that_is_cut_off_is_asked_for_again(
    org_at: OrgAt, make_host: MakeHost, cut: bytes
) -> None:
    host = await make_host(scripted(cut, page(TABLE, 2)))
    rows = [row async for row in org_at(host, retry=Retry(tries=1)).bulk_query(SOQL, pause=no_pause)]
    assert rows == [{"Id": "1", "Name": "a"}, {"Id": "2", "Name": 'b "c"'}]


async def test_a_page_that_is_cut_off_each_time_is_given_up(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(scripted(page(TABLE, 9)))
    rows = org_at(host).bulk_query(SOQL, pause=no_pause)
    assert [(await anext(rows))["Id"] for _ in range(2)] == ["1", "2"]
    with pytest.raises(ConnectionFailed):
        await anext(rows)
    assert sum("/results" in seen.target for seen in host.seen) == 3
    assert host.seen[-1].method == "DELETE"


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(page('"Id"\n"1', 1), id="no end of a cell"),
        pytest.param(page('"Id"\n"1"2\n', 1), id="quotes within"),
        pytest.param(page('"Id","Name"\n"1"\n', 1), id="too few cells"),
        pytest.param(answer(200, b'"Id"\n"\xff"\n'), id="no UTF-8"),
        pytest.param(page('"Id"\n"1"\n', 1, "same"), id="a circle of pages"),
    ],
)
async def test_a_page_that_is_no_table_is_said(org_at: OrgAt, make_host: MakeHost, junk: bytes) -> None:
    host = await make_host(scripted(junk))
    with pytest.raises(UnexpectedReply):
        _ = [row async for row in org_at(host).bulk_query(SOQL, pause=no_pause)]


@pytest.mark.parametrize("job_id", ["", "..", "7505g0000000001AAA/results"])
async def test_a_job_without_an_id_is_not_asked_for(org_at: OrgAt, make_host: MakeHost, job_id: str) -> None:
    host = await make_host(answer(200, {**JOB, "id": job_id}))
    with pytest.raises(UnexpectedReply):
        await anext(org_at(host).bulk_query(SOQL))
    assert [seen.method for seen in host.seen] == ["POST"]


async def test_results_that_the_org_forgot_tell_how_many_rows_came(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    gone = answer(400, [{"errorCode": "INVALID_QUERY_LOCATOR", "message": "invalid query locator"}])
    host = await make_host(scripted(page(TABLE, 2, "next"), gone))
    with pytest.raises(LocatorExpired) as caught:
        _ = [row async for row in org_at(host).bulk_query(SOQL, pause=no_pause)]
    assert caught.value.rows_kept == 2


async def test_a_large_page_needs_no_more_memory_than_some_rows(connect: Callable[..., Connection]) -> None:
    rows, row = 40_000, b'"003000000000001AAA","Some name that is not long","2024-01-02T03:04:05.000Z"\n'

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target = (await reader.readuntil(b"\r\n\r\n")).decode().split(" ")[:2]
        if "/results" not in target:
            writer.write(scripted(b"")(Seen(method, target, {}, b"")))
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nSforce-NumberOfRecords: %d\r\n\r\n" % rows)
            writer.write(b'"Id","Name","CreatedDate"\n')
            for _ in range(rows // 1000):
                writer.write(row * 1000)
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        org = connect(api_version="60.0").org(OAuth("token", url))
        tracemalloc.start()
        found = 0
        async for _ in org.bulk_query(SOQL, pause=no_pause):
            found += 1
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert found == rows
    assert peak < 3_000_000
