"""Pages that are fetched ahead and side by side: the same rows as one after the other, whatever happens."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfexplorer.client import Connection, LocatorExpired, OAuth, Query, Retry, SalesforceError

from .paging_host import PagingHost

PAGES = [10] * 12 + [4]


def query_at(host: PagingHost, **options: Any) -> Query:
    """A query to the host, on a connection that holds nothing open."""
    connection = Connection(api_version="60.0", transport=host, retry=Retry(tries=1), clock=lambda: host.now)
    org = connection.org(OAuth("00Dxx!token", "https://acme.my.salesforce.com"))
    return org.query("SELECT Id FROM X", **options)


async def ids_of(query: Query) -> list[str]:
    return [str(record["Id"]) async for record in query]


async def test_a_slow_line_is_asked_for_several_pages_at_once() -> None:
    host = PagingHost(PAGES, seconds=dict.fromkeys(range(0, 130, 10), 0.001))
    assert await ids_of(query_at(host)) == host.ids
    assert 5 <= host.most_under_way <= 8
    assert sorted(host.asked) == list(range(0, 130, 10))


async def test_a_fast_line_is_asked_for_the_next_page_only() -> None:
    host = PagingHost(PAGES, seconds=dict.fromkeys(range(0, 130, 10), 0.001), latency=0.001)
    assert await ids_of(query_at(host)) == host.ids
    assert host.most_under_way == 1


async def test_one_setting_turns_side_by_side_pages_off() -> None:
    host = PagingHost(PAGES, seconds=dict.fromkeys(range(0, 130, 10), 0.001))
    assert await ids_of(query_at(host, pages_at_once=1)) == host.ids
    assert host.most_under_way == 1


async def test_the_next_page_is_under_way_while_one_is_read() -> None:
    host = PagingHost(PAGES)
    async with aclosing(query_at(host).pages()) as pages:
        await anext(pages)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert host.asked == [0, 10]


async def test_a_page_asked_for_by_its_number_asks_for_none_behind_it() -> None:
    host = PagingHost(PAGES)
    query = query_at(host)
    assert (await query.page(5)).rows[0]["Id"] == "50"
    assert sorted(host.asked) == [0, 10, 20, 30, 40, 50]
    await query.page(6)
    assert sorted(host.asked) == [0, 10, 20, 30, 40, 50, 60]


@pytest.mark.parametrize("early", ["refusal", "lost", "shifted"])
async def test_an_org_that_minds_early_questions_is_asked_one_after_the_other(early: str) -> None:
    host = PagingHost(PAGES, early=early, seconds={10: 0.001})
    assert await ids_of(query_at(host)) == host.ids
    in_turn = host.asked[-10:]
    assert in_turn == sorted(in_turn)


@pytest.mark.parametrize(
    "host",
    [
        PagingHost([10, 7, 10, 3, 10]),
        PagingHost([10, 10, 10], locators="others"),
        PagingHost([10, 10, 10], total=1000),
        PagingHost([10, 10, 10], total=5),
        PagingHost([0]),
    ],
    ids=["sizes that change", "other locators", "too high a total", "too low a total", "no row"],
)
async def test_what_nobody_expects_costs_no_row(host: PagingHost) -> None:
    assert await ids_of(query_at(host)) == host.ids


async def test_whoever_stops_reading_leaves_no_request_behind() -> None:
    host = PagingHost(PAGES, seconds=dict.fromkeys(range(20, 130, 10), 60))
    query = query_at(host)
    async with aclosing(query.pages()) as pages:
        await anext(pages)
        await anext(pages)
        await asyncio.sleep(0.001)
        assert host.under_way > 1
    assert (host.under_way, len(asyncio.all_tasks())) == (0, 1)
    host.seconds.clear()
    assert await ids_of(query) == host.ids


async def test_a_cancelled_fetch_ends_its_request_and_a_later_one_works() -> None:
    host = PagingHost(PAGES, seconds={10: 60})
    query = query_at(host)
    await query.first_page()
    fetch = asyncio.create_task(query.page(3))
    await asyncio.sleep(0.001)
    assert host.under_way > 0
    fetch.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetch
    assert (host.under_way, len(asyncio.all_tasks())) == (0, 1)
    host.seconds.clear()
    assert (await query.page(3)).rows[0]["Id"] == "30"


async def test_one_reader_who_leaves_does_not_end_what_another_waits_for() -> None:
    host = PagingHost(PAGES, seconds=dict.fromkeys(range(10, 130, 10), 0.002))
    query = query_at(host)
    leaving, staying = asyncio.create_task(query.page(8)), asyncio.create_task(ids_of(query))
    await asyncio.sleep(0.003)
    leaving.cancel()
    assert await staying == host.ids


async def test_a_cursor_that_expired_tells_how_many_rows_are_kept() -> None:
    host = PagingHost(PAGES, faults={30: ["400"] * 9})
    query = query_at(host)
    with pytest.raises(LocatorExpired) as caught:
        await ids_of(query)
    assert (caught.value.rows_kept, query.rows_loaded) == (30, 30)


async def test_many_rows_that_came_unpacked_are_kept_packed_and_stay_the_same() -> None:
    from sfexplorer.client.exchange import Reply
    from sfexplorer.client.querying.opening import opened
    from sfexplorer.client.querying.shelf import Shelf

    shelf = Shelf(unpacked=1000)
    bodies = [
        b'{"totalSize":99,"done":true,"records":[{"Id":"%d","Text":"%s"}]}' % (number, b"x" * 300)
        for number in range(9)
    ]
    for body in bodies:
        shelf.put(await shelf.packed(Reply(200, {}, body)), opened(body))
    assert [shelf.open(number).rows[0]["Id"] for number in range(9)] == list("012345678")
    assert shelf.size < sum(map(len, bodies)) / 2


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=12)
    | st.lists(st.just(3), min_size=1, max_size=12),
    locators=st.sampled_from(["offsets", "others"]),
    early=st.sampled_from(["pages", "refusal", "lost", "shifted"]),
    latency=st.sampled_from([0.001, 1.0]),
    order=st.lists(st.integers(0, 14), max_size=5),
    faults=st.dictionaries(st.integers(0, 40), st.lists(st.sampled_from(["500", "lost"]), max_size=3)),
)
def test_pages_in_any_order_with_faults_in_between_have_the_rows_of_paging_in_turn(
    sizes: list[int],
    locators: str,
    early: str,
    latency: float,
    order: list[int],
    faults: dict[int, list[str]],
) -> None:
    host = PagingHost(sizes, locators=locators, early=early, latency=latency, faults=faults)

    async def read() -> list[str]:
        query = query_at(host)
        for number in order:
            try:
                page = await query.page(number)
                assert page.offset == sum(sizes[:number])
                assert [row["Id"] for row in page.rows] == host.ids[page.offset : page.offset + page.size]
            except IndexError:
                assert number >= len(sizes)
            except SalesforceError:
                pass
        for _ in range(200):
            try:
                return await ids_of(query)
            except SalesforceError:
                assert host.ids[: query.rows_loaded] == [
                    row["Id"]
                    for number in range(query.pages_loaded)
                    for row in (await query.page(number)).rows
                ]
        raise AssertionError("the faults never ended")

    assert asyncio.run(read()) == host.ids
