"""A query and the pages of its answer, fetched one after the other and only as far as asked for.

GET V/query?q=SELECT ...  -> totalSize, done, records, nextRecordsUrl (V/query/01g...-2000)
GET nextRecordsUrl        -> the same again, until done
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from sfexplorer.client.addresses import own_path
from sfexplorer.client.errors import LocatorExpired, UnexpectedReply
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.page import DecodedPages, Page
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.statement import ask


class Query:
    """The answer of one query. Pages that have arrived stay; a fetch that failed can be tried again.

    Args:
        session: whose eyes the rows are seen with.
        soql: the query, as written.
        all_rows: whether deleted and archived rows count too.
        batch_size: rows per page, 200 to 2,000; the org may choose fewer.
    """

    def __init__(
        self, session: Session, soql: str, *, all_rows: bool = False, batch_size: int | None = None
    ) -> None:
        self.soql = soql
        self.calls = 0
        self.seconds = 0.0
        self._session = session
        self._resource = "queryAll" if all_rows else "query"
        self._headers = {"Sforce-Query-Options": f"batchSize={batch_size}"} if batch_size else {}
        self._pages: list[Page] = []
        self._decoded = DecodedPages()
        self._fetching = asyncio.Lock()

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
        while number >= len(self._pages) and not self.done:
            async with self._fetching:
                # Whoever held the lock before may have fetched what this one waits for.
                if number >= len(self._pages) and not self.done:
                    self._pages.append(await self._fetch())
        return self._pages[number]

    async def pages(self) -> AsyncIterator[Page]:
        """All pages, in order; those that are here come at once."""
        number = 0
        while not (self.done and number >= len(self._pages)):
            yield await self.page(number)
            number += 1

    async def __aiter__(self) -> AsyncIterator[SObject]:
        async for page in self.pages():
            for record in page.records:
                yield record

    def __repr__(self) -> str:
        return f"<Query {self.soql!r}, {self.rows_loaded} of {self.total_size} rows>"

    async def _fetch(self) -> Page:
        last = self._pages[-1] if self._pages else None
        started = self._session.clock()
        try:
            reply = await (self._ask() if last is None else self._ask_on(last))
        finally:
            self.calls += 1
            self.seconds += self._session.clock() - started
        page = self._decoded.open(len(self._pages), self.rows_loaded, reply)
        if last is not None and page.next_url == last.next_url:
            raise UnexpectedReply("the org's pages go round in a circle")
        return page

    async def _ask(self) -> Reply:
        return await ask(self._session, self._resource, self.soql, self._headers)

    async def _ask_on(self, last: Page) -> Reply:
        path = own_path(last.next_url or "", self._session.oauth.instance_url)
        try:
            return await self._session.send(Call("GET", path, headers=self._headers, purpose="query"))
        except LocatorExpired as error:
            error.rows_kept = self.rows_loaded
            raise
