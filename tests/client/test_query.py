"""Queries, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.client import (
    ForeignUrl,
    LocatorExpired,
    Org,
    QueryRejected,
    Retry,
    ServerFailed,
    SObject,
    UnexpectedReply,
)

from .conftest import MakeHost, Seen, answer, requests_at

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

OrgAt = Callable[..., Org]
CONTACTS = "SELECT Id, Name, Account.Name FROM Contact ORDER BY Id"


def requests(server: DemoServer) -> list[str]:
    return [entry["path"].rpartition("/")[2] for entry in requests_at(server)]


async def test_5000_contacts_come_in_three_pages_in_order(org: Org, demo_org: DemoServer) -> None:
    query = org.query(CONTACTS)
    assert (query.total_size, query.pages_loaded, query.rows_loaded, query.done) == (None, 0, 0, False)
    pages = [page async for page in query.pages()]
    assert [(page.number, page.offset, len(page), page.done) for page in pages] == [
        (0, 0, 2000, False),
        (1, 2000, 2000, False),
        (2, 4000, 1000, True),
    ]
    ids = [row["Id"] for page in pages for row in page.rows]
    assert len(set(ids)) == 5000
    assert ids == sorted(ids)
    assert (query.total_size, query.pages_loaded, query.rows_loaded, query.done) == (5000, 3, 5000, True)
    assert query.calls == len(requests(demo_org)) == 3
    assert query.seconds > 0


async def test_records_come_in_the_same_order_and_are_not_fetched_again(
    org: Org, demo_org: DemoServer
) -> None:
    query = org.query(CONTACTS)
    first = [record.id async for record in query]
    again = [row["Id"] async for page in query.pages() for row in page.rows]
    assert first == again
    assert len(requests(demo_org)) == 3


async def test_the_first_page_costs_one_request(org: Org, demo_org: DemoServer) -> None:
    page = await org.query(CONTACTS).first_page()
    record = page.records[0]
    assert isinstance(record, SObject)
    assert record.type == "Contact"
    assert isinstance(record["Account"], SObject)
    assert [each.id for each in page.records[:2]] == [row["Id"] for row in page.rows[:2]]
    assert len(page.records) == 2000
    assert len(requests(demo_org)) == 1


async def test_pages_asked_for_at_once_are_fetched_once(org: Org, demo_org: DemoServer) -> None:
    query = org.query(CONTACTS)
    pages = await asyncio.gather(query.page(2), query.page(0), query.page(1), query.first_page())
    assert [page.number for page in pages] == [2, 0, 1, 0]
    assert len(requests(demo_org)) == 3


async def test_there_is_no_page_behind_the_last(org: Org) -> None:
    query = org.query("SELECT Id FROM User")
    with pytest.raises(IndexError):
        await query.page(1)
    assert query.total_size == 12


async def test_a_page_that_failed_is_fetched_again_from_the_same_place(
    org: Org, demo_org: DemoServer
) -> None:
    query = org.query(CONTACTS, pages_at_once=1)
    await query.first_page()
    demo_org.faults({"path": "-2000", "status": 500, "count": 1})
    with pytest.raises(ServerFailed):
        await query.page(1)
    assert (query.pages_loaded, query.rows_loaded) == (1, 2000)
    ids = [row["Id"] async for page in query.pages() for row in page.rows]
    assert len(set(ids)) == len(ids) == 5000
    first, failed, repeated, last = requests(demo_org)
    assert first == "query"
    assert failed == repeated != last


async def test_a_line_that_breaks_within_a_page_loses_and_doubles_nothing(
    org: Org, demo_org: DemoServer
) -> None:
    demo_org.faults({"path": "-2000", "drop": "half"}, {"path": "-4000", "drop": True})
    ids = [record.id async for record in org.query(CONTACTS)]
    assert len(set(ids)) == len(ids) == 5000


async def test_an_expired_cursor_says_how_many_rows_are_kept(org: Org, demo_org: DemoServer) -> None:
    query = org.query(CONTACTS)
    await query.first_page()
    body = [{"message": "invalid query locator", "errorCode": "INVALID_QUERY_LOCATOR"}]
    demo_org.faults({"path": "-2000", "status": 400, "body": body})
    with pytest.raises(LocatorExpired) as caught:
        await query.page(1)
    assert caught.value.rows_kept == 2000
    assert "again" in caught.value.hint


async def test_a_batch_size_is_asked_for(org: Org) -> None:
    page = await org.query(CONTACTS, batch_size=200).first_page()
    assert len(page) == 200


async def test_deleted_rows_are_seen_on_demand(org: Org) -> None:
    record = await org.insert(SObject("Account", Name="Soon gone"))
    await org.delete(record)
    soql = "SELECT Id FROM Account WHERE Name = 'Soon gone'"
    assert len(await org.query(soql).first_page()) == 0
    assert len(await org.query(soql, all_rows=True).first_page()) == 1


async def test_a_count_has_a_size_and_no_rows(org: Org) -> None:
    page = await org.query("SELECT COUNT() FROM Contact").first_page()
    assert (page.total_size, len(page), page.done, list(page.rows)) == (5000, 0, True, [])


@pytest.mark.parametrize(
    ("soql", "line", "column"),
    [
        ("SELECT Nmae FROM Account", 1, 8),
        ("\n\n   SELECT Nmae FROM Account\n", 3, 11),
        ("SELECT Id,\n       Nmae\nFROM Account", 2, 8),
    ],
)
async def test_a_wrong_field_is_placed_in_the_query_as_written(
    org: Org, soql: str, line: int, column: int
) -> None:
    with pytest.raises(QueryRejected) as caught:
        await org.query(soql).first_page()
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "Nmae" in caught.value.message
    assert "ERROR at" not in caught.value.message
    assert caught.value.code == "INVALID_FIELD"


def query_page(rows: int, following: str | None) -> bytes:
    records: list[dict[str, Any]] = [{"attributes": {"type": "X"}, "Id": str(n)} for n in range(rows)]
    more = {} if following is None else {"nextRecordsUrl": following}
    return answer(200, {"totalSize": 9, "done": following is None, "records": records, **more})


async def test_a_next_page_on_another_host_is_refused_and_gets_no_token(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    other = await make_host(query_page(1, None))
    host = await make_host(query_page(2, f"{other.url}/services/data/v60.0/query/01g-2"))
    query = org_at(host).query("SELECT Id FROM X")
    await query.first_page()
    with pytest.raises(ForeignUrl):
        await query.page(1)
    assert other.seen == []
    assert query.rows_loaded == 2


async def test_a_next_page_given_as_the_orgs_own_full_url_is_taken(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    def serve(seen: Seen) -> bytes:
        following = f"{host.url}/services/data/v60.0/query/01g-2"
        return query_page(2, following if "?q=" in seen.target else None)

    host = await make_host(serve)
    assert len([record async for record in org_at(host).query("SELECT Id FROM X")]) == 4


@pytest.mark.parametrize(
    "following",
    [
        query_page(1, "/services/data/v60.0/query/01g-2"),  # leads to itself
        answer(200, {"totalSize": 9, "done": False, "records": []}),  # leads nowhere
        answer(200, b'{"totalSize": 9, "done": tr'),
    ],
)
async def test_pages_that_lead_nowhere_end_in_an_error_not_in_a_circle(
    org_at: OrgAt, make_host: MakeHost, following: bytes
) -> None:
    host = await make_host(query_page(2, "/services/data/v60.0/query/01g-2"), following)
    query = org_at(host, retry=Retry(tries=1)).query("SELECT Id FROM X")
    with pytest.raises(UnexpectedReply):
        _ = [page async for page in query.pages()]
    assert query.rows_loaded == 2


async def test_pages_looked_at_long_ago_are_decoded_again_the_same(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    def serve(seen: Seen) -> bytes:
        at = 0 if "?q=" in seen.target else int(seen.target.rpartition("-")[2])
        following = f"/services/data/v60.0/query/01g-{at + 1}" if at < 19 else None
        body = {"totalSize": 20, "done": following is None, "records": [{"Id": str(at)}]}
        return answer(200, {**body, "nextRecordsUrl": following})

    host = await make_host(serve)
    query = org_at(host).query("SELECT Id FROM X")
    pages = [page async for page in query.pages()]
    for page in [*pages, *reversed(pages)]:
        assert [row["Id"] for row in page.rows] == [str(page.number)]
    assert len(host.seen) == 20


async def test_a_query_shows_how_far_it_is(org: Org) -> None:
    query = org.query("SELECT Id FROM User")
    await query.first_page()
    assert repr(query) == "<Query 'SELECT Id FROM User', 12 of 12 rows>"
