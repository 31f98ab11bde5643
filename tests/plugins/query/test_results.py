"""Results: page after page, in the order of the org, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer.api.testing import log_in
from sfexplorer.soql import parse
from sfexplorer_query.query_run import QueryRun
from sfexplorer_query.results import ResultGrid
from sfexplorer_query.run import Statement

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer
    from tests.plugins.query.conftest import OpenQuery

ALL = "SELECT Id, Name, Email FROM Contact ORDER BY Id"


async def test_a_query_runs_at_once_and_has_the_focus_in_its_first_page(
    open_query: OpenQuery,
) -> None:
    async with open_query(ALL) as querying:
        assert querying.status.startswith("2,000 of 5,000 loaded   row 1   ")
        assert querying.status.endswith("ms   1 call")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.title == "Query Contact"
        assert any("Id" in line and "Name" in line and "Email" in line for line in querying.lines)


async def test_rows_wait_for_no_describe(demo_org: DemoServer) -> None:
    text = "SELECT Id, Name FROM Account LIMIT 3"
    session = await log_in(demo_org)
    run = QueryRun(session.org, Statement(text, 0, parse(text)))
    await run.fetch()
    assert run.rows.row_count == 3
    await session.close()


@pytest.mark.parametrize("key", ["end", "G"])
async def test_end_fetches_on_until_all_rows_are_here_by_three_requests(
    open_query: OpenQuery, key: str
) -> None:
    async with open_query(ALL) as querying:
        await querying.press(key)
        assert querying.status.startswith("5,000 of 5,000 loaded   row 5,000   ")
        assert querying.pane.results.grid.cursor_row == 4999
        ids = querying.first_column()
        assert len(ids) == len(set(ids)) == 5000
        assert ids == sorted(ids, key=str)
        assert querying.status.endswith("3 calls")
        assert len(querying.requests()) == 3


async def test_who_moves_up_while_the_end_is_fetched_stays_there(open_query: OpenQuery) -> None:
    async with open_query(ALL) as querying:
        querying.org.faults({"path": "/query/", "latency_ms": 700, "count": 1})
        await querying.press("end", "up")
        assert querying.status.startswith("5,000 of 5,000 loaded   row 1,999   ")


async def test_rows_come_by_scrolling_and_the_cursor_stays(open_query: OpenQuery) -> None:
    async with open_query(ALL) as querying:
        querying.pane.results.grid.move_to(1900)
        await querying.press(*["pagedown"] * 6)
        assert querying.status.startswith("4,000 of 5,000")
        row = querying.pane.results.grid.cursor_row
        assert f"row {row + 1:,}" in querying.status
        assert 1990 < row < 2050


async def test_all_loads_the_rest_of_the_pages(open_query: OpenQuery) -> None:
    async with open_query(ALL) as querying:
        await querying.press("A")
        assert querying.status.startswith("5,000 of 5,000 loaded   row 1   ")
        assert querying.status.endswith("3 calls")


async def test_a_page_that_fails_is_told_below_the_rows_and_asked_for_again(open_query: OpenQuery) -> None:
    async with open_query(ALL) as querying:
        querying.org.faults({"path": "/query/", "status": 400, "count": 1, "body": [_REFUSAL]})
        await querying.press("end", "up")
        assert not querying.shows_error()
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.results.grid.cursor_row == 1998
        assert "! Too busy for this" in querying.lines[-1]
        assert "r tries again" in querying.lines[-1]
        assert len(querying.first_column()) == 2000
        await querying.press("r")
        assert querying.status.startswith("5,000 of 5,000 loaded   row 1,999")
        failed, again = querying.requests()[1:3]
        assert failed == again


async def test_a_long_failure_of_a_page_leaves_the_key_in_sight(open_query: OpenQuery) -> None:
    async with open_query(ALL, size=(60, 20)) as querying:
        body = [{"message": "word " * 30, "errorCode": "QUERY_TIMEOUT"}]
        querying.org.faults({"path": "/query/", "status": 400, "count": 1, "body": body})
        await querying.press("A")
        assert querying.lines[-1].strip().startswith("! word word")
        assert querying.lines[-1].endswith("r tries again")
        await querying.press("f5")
        assert "tries again" not in querying.lines[-1]


async def test_enter_opens_the_record_of_the_row(open_query: OpenQuery) -> None:
    async with open_query("SELECT Name, AccountId FROM Contact ORDER BY Name LIMIT 3") as querying:
        await querying.press("down", "enter")
        assert [entry for entry in querying.org.log() if "/sobjects/Contact/003" in entry["path"]]


async def test_a_row_that_sums_up_says_that_there_is_nothing_to_open(open_query: OpenQuery) -> None:
    async with open_query("SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry") as querying:
        assert "COUNT(Id)" in "\n".join(querying.lines)
        await querying.press("enter")
        assert "Sums up records: nothing to open" in querying.lines[-1]


async def test_a_count_is_shown_as_a_row(open_query: OpenQuery) -> None:
    async with open_query("SELECT COUNT() FROM Contact") as querying:
        assert querying.first_column() == ["5,000"]
        assert querying.status.startswith("1 of 1 loaded")


async def test_parents_and_sub_selects_are_read_as_columns(open_query: OpenQuery) -> None:
    text = "SELECT Account.Name, Account.Owner.Name, (SELECT Id FROM Cases) FROM Contact LIMIT 4"
    async with open_query(text) as querying:
        grid = querying.pane.results.grid
        assert [column.title for column in grid.source.columns] == [
            "Account.Name",
            "Account.Owner.Name",
            "Cases",
        ]
        account, owner, cases = grid.source.cells(0)
        assert account
        assert owner
        assert cases
        assert cases.endswith(("record", "records"))


async def test_no_rows_says_so_and_what_to_do(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM Contact WHERE Name = 'nobody at all'") as querying:
        assert querying.status.startswith("0 of 0 loaded")
        assert any("No rows." in line for line in querying.lines)


async def test_values_are_never_obeyed_by_the_terminal_or_read_as_markup(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Title FROM Contact ORDER BY Id LIMIT 2") as querying:
        record_id = querying.first_column()[0]
        assert record_id
        querying.org.touch(record_id, Title="[b]\x1b[31m\x07\u202eup\r\nnext[/b]")
        await querying.press("f5")
        screen = "\n".join(querying.lines)
        assert "[b]\\x1b[31m\\x07\\u202eup⏎next[/b]" in screen
        assert "\x1b" not in screen


_REFUSAL = {"message": "Too busy for this", "errorCode": "QUERY_TIMEOUT"}
