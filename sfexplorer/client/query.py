"""A query and the pages of its answer, fetched only as far as asked for, and one ahead while they are read.

GET V/query?q=SELECT ...  -> totalSize, done, records, nextRecordsUrl (V/query/01g...-2000)
GET nextRecordsUrl        -> the same again, until done
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from sfexplorer.client.exchange import Reply
from sfexplorer.client.page import Page
from sfexplorer.client.querying.children import complete
from sfexplorer.client.querying.opening import Opened
from sfexplorer.client.querying.pace import MOST_AT_ONCE, Pace
from sfexplorer.client.querying.rowtypes import RowReader
from sfexplorer.client.querying.shelf import Shelf
from sfexplorer.client.querying.walk import Step, Tally, Walk
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.statement import ask

if TYPE_CHECKING:
    from sfexplorer.client.merging import Describe
    from sfexplorer.client.querying.export import Target

_ENDLESS = 1 << 30
# Turns of the loop until a request on an open connection has left, with httpx.
_TURNS_TO_SEND = 4
# Rows that tell in which spelling, and of what the query names no fields (`FIELDS(ALL)`).
_LOOKED_AT = 200


class Query:
    """The answer of one query. Pages that have arrived stay; a fetch that failed can be tried again.

    Args:
        session: whose eyes the rows are seen with.
        soql: the query, as written.
        all_rows: whether deleted and archived rows count too.
        batch_size: rows per page, 200 to 2,000; the org may choose fewer.
        pages_at_once: how many pages a slow line may be asked for at once; 1 for one after the other.
    """

    def __init__(
        self,
        session: Session,
        soql: str,
        *,
        all_rows: bool = False,
        batch_size: int | None = None,
        pages_at_once: int = MOST_AT_ONCE,
    ) -> None:
        self.soql = soql
        self._session = session
        self._resource = "queryAll" if all_rows else "query"
        self._headers = {"Sforce-Query-Options": f"batchSize={batch_size}"} if batch_size else {}
        self._tally = Tally()
        self._walk = Walk(session, self._ask, self._headers, Pace(pages_at_once), self._tally)
        self._shelf = Shelf()
        self._reader = RowReader()
        self._pages: list[Page] = []
        self._fetching = asyncio.Lock()
        self._readers = 0

    @property
    def calls(self) -> int:
        """How many requests were sent."""
        return self._tally.calls

    @property
    def seconds(self) -> float:
        """How long somebody waited for pages."""
        return self._tally.seconds

    @property
    def total_size(self) -> int | None:
        """The org's count of all rows; None until the first page has come."""
        return self._pages[0].total_size if self._pages else None

    @property
    def pages_loaded(self) -> int:
        """How many pages are here."""
        return len(self._pages)

    @property
    def rows_loaded(self) -> int:
        """How many rows are here."""
        return self._pages[-1].offset + self._pages[-1].size if self._pages else 0

    @property
    def done(self) -> bool:
        """Whether all rows are here."""
        return bool(self._pages) and self._pages[-1].done

    async def first_page(self) -> Page:
        """The first page.

        Raises:
            QueryRejected: the query is wrong; line and column count in the query as written.
        """
        return await self.page(0)

    async def page(self, number: int) -> Page:
        """The page of that number, from 0, fetching all that come before it.

        Raises:
            IndexError: the answer has no such page.
            LocatorExpired: the org has forgotten the query; the pages that are here stay.
        """
        if number < len(self._pages):
            return self._pages[number]
        async with self._reading():
            return await self._page(number, 0)

    async def pages(self) -> AsyncGenerator[Page, None]:
        """All pages, in order; what is here comes at once, and the next is fetched while one is read."""
        number = 0
        async with self._reading():
            while not (self.done and number >= len(self._pages)):
                page = await self._page(number, _ENDLESS)
                number += 1
                if number == len(self._pages):
                    self._walk.prefetch()
                    # Who reads rows awaits nothing until the page's end: now is when the request can leave.
                    for _ in range(_TURNS_TO_SEND):
                        await asyncio.sleep(0)
                yield page

    async def __aiter__(self) -> AsyncGenerator[SObject, None]:
        async with aclosing(self.pages()) as pages:
            async for page in pages:
                for record in page.records:
                    yield record

    async def column_types(self, describe: Describe) -> dict[str, str]:
        """The type of each column by its dotted name, as describes name types: `{"Account.Name": "string"}`.

        Sub-selects are `records`, and what no describe knows `anyType`.

        Args:
            describe: `org.describe`; it is asked for the objects of parents too.
        """
        from sfexplorer.client.querying.columns import column_types

        return await column_types(self.soql, (await self.first_page()).rows[:_LOOKED_AT], describe)

    async def to_csv(self, target: Target) -> int:
        """Write all rows as CSV with a head, without keeping them, and give their number.

        Fields of parents stand in columns of their own (`Account.Name`), rows of sub-selects as JSON in one.
        Values stand as the org gives them, those too that a spreadsheet would take for formulas.

        Args:
            target: a path, where the file stands only once it is whole, or a stream of text.
        """
        from sfexplorer.client.querying.export import csv_text, write

        names = await self.column_names()
        head = ",".join(names) + "\r\n"
        return await write(target, self.whole_rows(), partial(csv_text, names), head)

    async def to_ndjson(self, target: Target) -> int:
        """Write all rows as JSON, one a line, without keeping them, and give their number.

        Args:
            target: a path, where the file stands only once it is whole, or a stream of text.
        """
        from sfexplorer.client.querying.export import ndjson_text, write

        return await write(target, self.whole_rows(), ndjson_text)

    async def column_names(self) -> list[str]:
        """The columns by their dotted names (`Account.Name`), in the order of the query."""
        from sfexplorer.client.querying.columns import columns

        return columns(self.soql, (await self.first_page()).rows[:_LOOKED_AT])

    async def whole_rows(self) -> AsyncGenerator[list[dict[str, Any]], None]:
        """All rows page by page, as the org sent them, each with all of its children.

        They pass by: no further pages are kept than were here.
        """
        async with aclosing(self._passing()) as pages:
            async for page in pages:
                rows = list(page.rows)
                await complete(self._session, rows)
                yield rows

    async def complete(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put into the sub-selects of some rows, as the org sent them, what has not come yet."""
        await complete(self._session, rows)

    def __repr__(self) -> str:
        return f"<Query {self.soql!r}, {self.rows_loaded} of {self.total_size} rows>"

    async def _page(self, number: int, more: int) -> Page:
        while number >= len(self._pages) and not self.done:
            async with self._fetching:
                # Whoever held the lock before may have fetched what this one waits for.
                if number >= len(self._pages) and not self.done:
                    step = await self._walk.next(number - len(self._pages) + more)
                    reply = await self._shelf.packed(step.reply)
                    # Nothing waits from here on: a page is taken and kept, or neither.
                    self._walk.take(step)
                    self._keep(step, self._shelf.put(reply, step.page))
        return self._pages[number]

    def _keep(self, step: Step, number: int) -> None:
        self._pages.append(self._made(step, number, partial(self._shelf.open, number)))

    def _made(self, step: Step, number: int, opening: Callable[[], Opened]) -> Page:
        page = step.page
        size = len(page.raws)
        return Page(
            number, step.offset, page.total_size, page.done, size, page.next_url, opening, self._reader
        )

    async def _passing(self) -> AsyncGenerator[Opened, None]:
        """All pages in order, of which no further ones are kept."""
        for number in range(len(self._pages)):
            yield self._shelf.open(number)
        walk = self._walk.onward()
        try:
            while not walk.is_done:
                step = await walk.next(_ENDLESS)
                walk.take(step)
                walk.prefetch()
                yield step.page
        finally:
            await walk.rest()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[None]:
        """As long as somebody reads, pages may be under way; nothing is behind the last one who leaves."""
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                await self._walk.rest()

    async def _ask(self) -> Reply:
        return await ask(self._session, self._resource, self.soql, self._headers)
