"""Rows in bulk: each once, with a result of its own, and what was done is told whatever happens."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.client import (
    BulkJob,
    ConnectionFailed,
    FieldErrors,
    IngestResult,
    JobFailed,
    NotFound,
    Org,
    SalesforceError,
    SObject,
    UnexpectedReply,
)
from sfexplorer.client.bulk.table import TableReader, line

from .conftest import MakeHost, Seen, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]

JOB = {"id": "7505g0000000001AAA", "state": "Open", "operation": "insert", "object": "Account"}


async def no_pause(seconds: float) -> None:
    """Let the demo org work in the meantime."""


def jobs_host(end: dict[str, Any], *, tables: dict[str, str] | None = None) -> Callable[[Seen], bytes]:
    """A host that takes any rows and whose jobs all come to the same end."""
    made = 0

    def reply(seen: Seen) -> bytes:
        nonlocal made
        for name, table in (tables or {}).items():
            if seen.target.endswith(name):
                return answer(200, table.encode())
        job_id = seen.target.split("/")[6] if seen.target.count("/") > 5 else ""
        match seen.method:
            case "POST":
                made += 1
                return answer(200, {**JOB, "id": f"7505g{made:010}AAA"})
            case "PUT":
                return answer(201, b"")
            case "PATCH":
                state = json.loads(seen.body)["state"]
                return answer(200, {**JOB, "id": job_id, "state": state})
            case "DELETE":
                return answer(204, b"")
        return answer(200, {**JOB, "id": job_id, **end})

    return reply


def sent(seen: list[Seen]) -> list[list[list[str]]]:
    """The tables that were put."""
    return [list(csv.reader(io.StringIO(each.body.decode()))) for each in seen if each.method == "PUT"]


async def test_rows_are_inserted_and_a_refused_one_holds_up_no_other(org: Org) -> None:
    rows: list[dict[str, Any]] = [
        {"Name": "Bulk A", "Industry": "Energy", "AnnualRevenue": Decimal("1000")},
        {"Name": None},
        {"Name": 'Bulk "B",\nand more', "Description": ""},
    ]
    told: list[BulkJob] = []
    result = await org.bulk_insert("Account", rows, pause=no_pause, progress=told.append)
    assert (result.processed, result.refused, len(result.jobs)) == (3, 1, 1)
    assert told[-1] == result.jobs[0]
    saved = [each async for each in result.successful()]
    assert [(each.row["Name"], each.created) for each in saved] == [
        ("Bulk A", True),
        ('Bulk "B",\nand more', True),
    ]
    record = await org.retrieve("Account", saved[0].id, ["Industry", "AnnualRevenue"])
    assert (record["Industry"], record["AnnualRevenue"]) == ("Energy", 1000)
    (refused,) = [each async for each in result.failed()]
    assert isinstance(refused.error, FieldErrors)
    assert (refused.error.code, refused.error.fields) == ("REQUIRED_FIELD_MISSING", ("Name",))
    assert refused.row["Name"] == "#N/A"
    assert [row async for row in result.unprocessed()] == []
    await result.delete()
    with pytest.raises(NotFound):
        _ = [each async for each in result.failed()]


async def test_a_null_clears_a_field_and_one_that_is_left_out_stays(org: Org) -> None:
    made = await org.insert(SObject("Account", Name="Bulk C", Industry="Energy", Phone="1", Fax="2"))
    other = await org.insert(SObject("Account", Name="Bulk D", Industry="Energy", Phone="1", Fax="2"))
    rows = [{"Id": made.id, "Industry": None, "Phone": ""}, {"Id": other.id, "Fax": "3"}]
    result = await org.bulk_update("Account", rows, pause=no_pause)
    assert (result.processed, result.refused) == (2, 0)
    fields = ["Industry", "Phone", "Fax"]
    one, two = [await org.retrieve("Account", str(each.id), fields) for each in (made, other)]
    assert [one[name] for name in fields] == [None, None, "2"]
    assert [two[name] for name in fields] == ["Energy", "1", "3"]


async def test_records_are_upserted_and_deleted(org: Org) -> None:
    field = next(each.name for each in (await org.describe("Account")).fields if each.external_id)
    one, two = (SObject("Account", Name=f"Bulk upsert {number}") for number in (1, 2))
    one.set_external_id(field, "bulk-1")
    two.set_external_id(field, "bulk-2")
    await org.upsert(one)
    result = await org.bulk_upsert("Account", [{field: "bulk-1", "Name": "new"}, two], field, pause=no_pause)
    saved = {each.row[field]: each async for each in result.successful()}
    assert (saved["bulk-1"].created, saved["bulk-2"].created) == (False, True)
    ids = [each.id for each in saved.values()]
    gone = await org.bulk_delete("Account", ids, pause=no_pause)
    assert (gone.processed, gone.refused) == (2, 0)
    assert await org.retrieve("Account", ids, ["Name"]) == [None, None]


async def test_many_rows_go_out_in_parts_of_the_size_that_the_org_takes(org: Org) -> None:
    def rows() -> Iterator[dict[str, str]]:
        for number in range(150):
            yield {"Name": f"Part {number:03}", "Description": "x" * 40}

    result = await org.bulk_insert("Account", rows(), part_size=3_500, pause=no_pause)
    assert len(result.jobs) == 3
    assert result.processed == 150
    names = [each.row["Name"] async for each in result.successful()]
    assert sorted(map(str, names)) == [f"Part {number:03}" for number in range(150)]


async def test_no_part_is_larger_than_allowed_and_each_has_the_header(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    host = await make_host(jobs_host({"state": "JobComplete"}))
    rows = [{"Name": "x" * number} for number in range(1, 60)]
    await org_at(host).bulk_insert("Account", rows, part_size=200, pause=no_pause)
    bodies = [each.body for each in host.seen if each.method == "PUT"]
    assert max(map(len, bodies)) <= 200
    assert all(each[0] == ["Name"] for each in sent(host.seen))
    assert [row for table in sent(host.seen) for row in table[1:]] == [[row["Name"]] for row in rows]


async def test_values_are_written_as_the_org_reads_them(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(jobs_host({"state": "JobComplete"}))
    row = {
        "A": True,
        "B": 1e-7,
        "C": 12345678901234567890,
        "D": date(2024, 1, 2),
        "E": datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        "F": None,
        "Owner": {"Ext__c": "x"},
    }
    record = SObject.from_json({"attributes": {"type": "Account"}, "Id": "1", "A": False, "B": 2})
    record["A"] = True
    await org_at(host).bulk_update("Account", [row, record], pause=no_pause)
    (table,) = sent(host.seen)
    row["E"] = "2024-01-02T03:04:05.000+0000"
    assert table == [
        ["A", "B", "C", "D", "E", "F", "Owner.Ext__c", "Id"],
        ["true", "0.0000001", "12345678901234567890", "2024-01-02", row["E"], "#N/A", "x", ""],
        ["true", "", "", "", "", "", "", "1"],
    ]


async def test_rows_that_arrive_one_by_one_have_the_columns_of_the_first_or_those_told(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    async def rows() -> AsyncIterator[dict[str, str]]:
        yield {"Name": "a"}
        yield {"Name": "b", "Phone": "1"}

    host = await make_host(jobs_host({"state": "JobComplete"}))
    await org_at(host).bulk_insert("Account", rows(), fields=["Name", "Phone"], pause=no_pause)
    assert sent(host.seen) == [[["Name", "Phone"], ["a", ""], ["b", "1"]]]
    with pytest.raises(ValueError, match="Phone"):
        await org_at(host).bulk_insert("Account", rows(), pause=no_pause)
    assert len(sent(host.seen)) == 1


@pytest.mark.parametrize("value", ["#N/A", b"bytes", [1], datetime(2024, 1, 1), float("nan")])
async def test_a_value_that_no_cell_can_hold_is_refused_before_anything_is_sent(
    org_at: OrgAt, make_host: MakeHost, value: Any
) -> None:
    host = await make_host(jobs_host({"state": "JobComplete"}))
    with pytest.raises(ValueError, match=r"\w"):
        await org_at(host).bulk_insert("Account", [{"Name": value}])
    assert host.seen == []


async def test_no_rows_make_no_job(org: Org, demo_org: DemoServer) -> None:
    result = await org.bulk_insert("Account", [])
    assert (result.jobs, result.processed, requests_at(demo_org)) == ((), 0, [])


async def test_what_the_org_refuses_at_once_is_an_error_like_any_other(org: Org) -> None:
    with pytest.raises(SalesforceError) as caught:
        await org.bulk_upsert("Account", [{"Name": "x"}], "Nonsense__c", pause=no_pause)
    assert not isinstance(caught.value, JobFailed)
    assert caught.value.code == "INVALIDJOB"


async def test_a_job_that_fails_tells_what_was_done(org_at: OrgAt, make_host: MakeHost) -> None:
    end = {"state": "Failed", "errorMessage": "InvalidBatch", "numberRecordsProcessed": 1}
    tables = {
        "/successfulResults": '"sf__Id","sf__Created","Name"\n"001","true","a"\n',
        "/unprocessedrecords": '"Name"\n"b"\n',
    }
    host = await make_host(jobs_host(end, tables=tables))
    with pytest.raises(JobFailed, match="InvalidBatch") as caught:
        await org_at(host).bulk_insert("Account", [{"Name": "a"}, {"Name": "b"}], pause=no_pause)
    result = caught.value.result
    assert isinstance(result, IngestResult)
    assert caught.value.job_id == result.jobs[0].id
    assert result.processed == 1
    assert [each.id async for each in result.successful()] == ["001"]
    assert [row async for row in result.unprocessed()] == [{"Name": "b"}]


async def test_a_line_that_breaks_before_anything_was_done_is_what_it_is(
    org: Org, demo_org: DemoServer
) -> None:
    demo_org.faults({"path": "/batches", "drop": True})
    with pytest.raises(ConnectionFailed):
        await org.bulk_insert("Account", [{"Name": "Never there"}], pause=no_pause)
    (job,) = demo_org.org.jobs.of_kind("ingest")[:1]
    assert job.state == "Aborted"
    found = await org.query("SELECT COUNT() FROM Account WHERE Name = 'Never there'").first_page()
    assert found.total_size == 0


async def test_a_line_that_breaks_later_tells_what_was_done(org: Org, demo_org: DemoServer) -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield {"Name": "First part"}
        yield {"Name": "Second part"}
        demo_org.faults({"path": "/batches", "drop": True})
        yield {"Name": "Third part"}

    with pytest.raises(JobFailed) as caught:
        await org.bulk_insert("Account", rows(), part_size=10, pause=no_pause)
    result = caught.value.result
    assert result is not None
    assert all(job.is_ended for job in result.jobs)
    assert len(result.jobs) == 2
    done = [each.row["Name"] async for each in result.successful()]
    left = [row["Name"] async for row in result.unprocessed()]
    assert {*done, *left} >= {"First part"}


async def test_a_token_that_expired_is_renewed_within_a_job(org: Org, demo_org: DemoServer) -> None:
    demo_org.faults({"path": "/batches", "expire_session": True})
    result = await org.bulk_insert("Account", [{"Name": "Renewed"}], pause=no_pause)
    assert (result.processed, result.refused) == (1, 0)


async def test_a_cancelled_ingest_ends_its_jobs(org_at: OrgAt, make_host: MakeHost) -> None:
    host = await make_host(jobs_host({"state": "InProgress"}))
    waiting = asyncio.Event()

    async def pause(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    rows = [{"Name": "a"}, {"Name": "b"}]
    working = asyncio.create_task(org_at(host).bulk_insert("Account", rows, part_size=1, pause=pause))
    await waiting.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await working
    ids = ["7505g0000000001AAA", "7505g0000000002AAA"]
    assert ", ".join(ids) in caught.value.__notes__[0]
    aborted = [each.target.split("/")[6] for each in host.seen if b"Aborted" in each.body]
    assert aborted == ids


CELLS = st.text(st.sampled_from('a",\n\r ;#\u00e9\u65e5\ufeff\U0001f600'), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.integers(1, 9))
def test_what_is_written_is_read_again_however_it_is_cut(rows: list[tuple[str, str]], cut: int) -> None:
    content = "".join(line(cells) for cells in (("One", "Two"), *rows)).encode()
    reader = TableReader()
    found = [
        row for start in range(0, len(content), cut) for row in reader.feed(content[start : start + cut])
    ]
    found += reader.close()
    assert found == [{"One": one or None, "Two": two or None} for one, two in rows]


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html>", " <html><body><h1>We are down for maintenance</h1>\n</html>"]
)
def test_a_page_in_place_of_a_table_is_not_taken_for_a_table_without_rows(page: str) -> None:
    reader = TableReader()
    with pytest.raises(UnexpectedReply, match="a page came"):
        _ = [*reader.feed(page.encode()), *reader.close()]
