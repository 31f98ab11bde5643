"""The pages of a query, one after the other, some of them asked for before their turn.

    first page        -> nextRecordsUrl .../01g...-2000
    .../01g...-2000   -> nextRecordsUrl .../01g...-4000       the page that was named
    .../01g...-4000   asked for at the same time              a page that was foretold

A page that was foretold is taken only when the page before it names its path: it is then the answer to the
very request that would have been sent. Any surprise ends all that is under way, and from there on one page is
asked for after the other: a refusal, a page of another size, a path that was not foretold, rows there before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from sfexplorer.client.addresses import own_path
from sfexplorer.client.errors import LocatorExpired, SalesforceError, UnexpectedReply, UrlRefused
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.querying.flights import Flights
from sfexplorer.client.querying.locators import following
from sfexplorer.client.querying.opening import Opened, off_the_loop, opened
from sfexplorer.client.querying.overlap import overlaps
from sfexplorer.client.querying.pace import Pace
from sfexplorer.client.session import Session
from sfexplorer.client.unpacking import unpacked

# Pages under way that may wait unpacked.
_FEW = 2


@dataclass(slots=True)
class Tally:
    """What the walks of a query have cost: requests, and seconds that somebody waited for them."""

    calls: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """A page that came, and what is known of the whole with it."""

    reply: Reply
    page: Opened
    offset: int = 0
    batch: int = 0
    path: str | None = None

    @property
    def rows(self) -> int:
        """Rows up to the end of this page."""
        return self.offset + len(self.page.raws)


@dataclass(slots=True)
class _Course:
    """How far a walk is: the page that came last, the paths behind it, when it was handed out."""

    last: Step | None = None
    been: set[str] = field(default_factory=set)
    handed_out: float | None = None


class Walk:
    """A walk through the pages of a query.

    Args:
        session: whose eyes the rows are seen with.
        first: asks for the first page.
        headers: what further requests say too.
        pace: how many pages are asked for at once.
        tally: where the cost is noted.
    """

    def __init__(
        self,
        session: Session,
        first: Callable[[], Awaitable[Reply]],
        headers: Mapping[str, str],
        pace: Pace,
        tally: Tally,
    ) -> None:
        self._session = session
        self._first = first
        self._headers = headers
        self._pace = pace
        self._tally = tally
        self._course = _Course()
        self._flights = Flights(self._fetch)

    @property
    def is_done(self) -> bool:
        """Whether the last page has come."""
        return self._course.last is not None and self._course.last.page.done

    def onward(self) -> Walk:
        """A walk of its own, from where this one is."""
        walk = copy(self)
        course = self._course
        walk._course = replace(course, been=set(course.been), handed_out=None)
        walk._flights = Flights(walk._fetch)
        return walk

    async def next(self, more: int = 0) -> Step:
        """The next page; it is the next one until it was taken.

        Args:
            more: how many further ones are wanted behind it.

        Raises:
            LocatorExpired: the org has forgotten the query.
        """
        course, started = self._course, self._session.clock()
        if course.handed_out is not None:
            self._pace.reading_took(started - course.handed_out)
        try:
            step = await (self._begin() if course.last is None else self._follow(course.last, more))
        finally:
            course.handed_out = None
            self._tally.seconds += self._session.clock() - started
        onward = step.page.next_url
        if onward is not None and (onward in course.been or onward == step.path):
            raise _circle()
        return step

    def take(self, step: Step) -> None:
        """Go on behind the page: somebody has it."""
        if step.path is not None:
            self._course.been.add(step.path)
        self._course.last, self._course.handed_out = step, self._session.clock()

    def prefetch(self) -> None:
        """Ask for the page behind the last one, which somebody reads now."""
        last = self._course.last
        if last is None or last.page.done:
            return
        try:
            path = self._named(last)
        except UrlRefused:
            return  # an error for whoever asks for that page
        # Who has read one page only may not want more than the next one.
        if path not in self._course.been:
            self._launch(last, path, self._pace.at_once if last.path else 1)

    async def rest(self) -> None:
        """End what is under way; the walk can go on later."""
        self._course.handed_out = None
        await self._flights.end()

    async def _begin(self) -> Step:
        reply = await self._timed(self._first())
        page = await off_the_loop(opened, reply.body)
        return Step(reply, page, batch=len(page.raws))

    async def _follow(self, last: Step, more: int) -> Step:
        path = self._named(last)
        if path in self._course.been:
            raise _circle()
        if self._flights and path not in self._flights:
            await self._one_by_one()
        count = min(more + 1, self._pace.at_once)
        if count > 1:
            self._launch(last, path, count)
        try:
            return await self._landed(last, path)
        except LocatorExpired as error:
            error.rows_kept = last.rows
            raise

    async def _landed(self, last: Step, path: str) -> Step:
        if path not in self._flights:
            return await self._step(last, path, await self._fetch(path))
        try:
            step = await self._step(last, path, await self._flights.land(path))
        except SalesforceError:
            step = None
        if step is not None and not _is_surprise(last, step):
            return step
        # Whatever it was, it may come of asking too early: what counts is the answer to asking in turn.
        await self._one_by_one()
        return await self._step(last, path, await self._fetch(path))

    async def _step(self, last: Step, path: str, reply: Reply) -> Step:
        if reply.packed and not reply.body:
            reply = replace(reply, body=await off_the_loop(unpacked, reply.packed))
        page = await off_the_loop(opened, reply.body)
        return Step(reply, page, last.rows, last.batch, path)

    async def _one_by_one(self) -> None:
        self._pace.most = 1
        await self._flights.end()

    def _launch(self, last: Step, path: str, count: int) -> None:
        foretold = following(path, last.rows, last.batch, last.page.total_size)
        for each in islice(chain((path,), foretold), count):
            self._flights.launch(each)

    def _named(self, last: Step) -> str:
        return own_path(last.page.next_url or "", self._session.oauth.instance_url)

    async def _fetch(self, path: str) -> Reply:
        call = Call("GET", path, headers=self._headers, purpose="query")
        reply = await self._timed(self._session.send(call))
        # Many pages that wait are kept as small as they came.
        return replace(reply, body=b"") if reply.packed and len(self._flights) > _FEW else reply

    async def _timed(self, asked: Awaitable[Reply]) -> Reply:
        started = self._session.clock()
        self._tally.calls += 1
        reply = await asked
        self._pace.page_took(self._session.clock() - started)
        return reply


def _circle() -> UnexpectedReply:
    return UnexpectedReply("the org's pages go round in a circle")


def _is_surprise(last: Step, step: Step) -> bool:
    size = len(step.page.raws)
    fits = step.rows == step.page.total_size if step.page.done else size == step.batch
    return not fits or overlaps(last.reply.body, last.page, step.page)
