"""A transaction of several calls: its steps see each other, nobody else does, a failed one leaves none."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.org import Org
from sfexplorer.demo.seed import copy_to

SCHEMA = load_schema()
ACCOUNT = SCHEMA["Account"]


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Org]:
    path = tmp_path / "org.db"
    copy_to(path, SCHEMA)
    running = Org.open(SCHEMA, path, "http://127.0.0.1:1")
    yield running
    running.close()


def _create(org: Org, name: str) -> str:
    return org.store.create(ACCOUNT, {"Name": name})


def _count(connection: sqlite3.Connection, name: str) -> int:
    rows = connection.execute('SELECT count(*) FROM "Account" WHERE soql_upper("Name") = upper(?)', (name,))
    return int(rows.fetchone()[0])


async def _outside(org: Org) -> int:
    """What a reader of the file sees, on a connection of its own."""

    def reading() -> int:
        with org.readers.connection() as connection:
            return _count(connection, "Northwind")

    return await asyncio.to_thread(reading)


async def test_a_step_sees_what_the_step_before_has_written_and_nobody_else_does(org: Org) -> None:
    async with org.transaction():
        await org.write(_create, "Northwind")
        seen = await org.read(_count, "Northwind"), await _outside(org)
    assert seen == (1, 0)
    assert await org.read(_count, "Northwind") == 1


async def test_an_exception_undoes_every_step(org: Org) -> None:
    async def failing() -> None:
        async with org.transaction():
            await org.write(_create, "Northwind")
            await org.write(_create, "Northwind")
            raise LookupError

    with pytest.raises(LookupError):
        await failing()
    assert await org.read(_count, "Northwind") == 0


async def test_a_step_that_fails_undoes_itself_alone(org: Org) -> None:
    def failing(org: Org) -> None:
        _create(org, "Southwind")
        raise LookupError

    async with org.transaction():
        await org.write(_create, "Northwind")
        with pytest.raises(LookupError):
            await org.write(failing)
    assert await org.read(_count, "Northwind") == 1
    assert await org.read(_count, "Southwind") == 0


async def test_other_writers_wait_for_the_end(org: Org) -> None:
    order: list[str] = []
    begun = asyncio.Event()

    async def other() -> None:
        await begun.wait()
        await org.write(_create, "Southwind")
        order.append("other")

    # A task that is made before the block is outside the transaction.
    task = asyncio.create_task(other())
    async with org.transaction():
        begun.set()
        for _ in range(3):
            await org.write(_create, "Northwind")
        order.append("transaction")
    await task
    assert order == ["transaction", "other"]


async def test_a_cancelled_transaction_is_undone_and_gives_the_store_back(org: Org) -> None:
    reached = asyncio.Event()

    async def never_ending() -> None:
        async with org.transaction():
            await org.write(_create, "Northwind")
            reached.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ending())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await org.write(_create, "Southwind")
    assert await org.read(_count, "Northwind") == 0
    assert await org.read(_count, "Southwind") == 1


async def test_what_outlives_its_transaction_writes_by_itself(org: Org) -> None:
    ended = asyncio.Event()

    async def late() -> None:
        await ended.wait()
        await org.write(_create, "Southwind")

    async with org.transaction():
        task = asyncio.create_task(late())
    ended.set()
    await task
    assert await org.read(_count, "Southwind") == 1
