"""How many records each object has, asked beside the screen: by one resource, else by a query each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from sfexplorer.client import (
    AccessDenied,
    NotFound,
    QueryRejected,
    RequestRefused,
    RequestTimeout,
    SalesforceError,
)

AT_ONCE = 200
"""Names a request: all of a large org's would make a longer URL than servers take."""

MOST_QUERIES = 100
"""Objects that are counted by a query each: every one is a call of the day's limit."""

_QUERIES_AT_ONCE = 4
_REFUSALS = (AccessDenied, NotFound, QueryRejected, RequestRefused)

Told = Callable[[Mapping[str, int]], object]


class Counted(Protocol):
    """A query whose answer has a count and no rows."""

    @property
    def total_size(self) -> int | None:
        """The count."""

    async def first_page(self) -> object:
        """Ask the org."""


class Counts(Protocol):
    """What counts records."""

    async def record_counts(self, names: Sequence[str]) -> Mapping[str, int]:
        """About how many records each object has."""

    def query(self, soql: str) -> Counted:
        """The answer of a query, not asked for yet."""


async def count_all(org: Counts, names: Sequence[str], told: Told) -> None:
    """Tell how many records the objects have, some at a time, those first that are named first.

    An object that the org doesn't count for this user is passed over.

    Raises:
        SalesforceError: The org can't be asked.
    """
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        try:
            told(await org.record_counts(part))
        except _REFUSALS:
            # Older versions of the API have no such resource, and some users may not ask it.
            await _by_queries(org, names[start : start + MOST_QUERIES], told)
            return


async def count_exactly(org: Counts, name: str) -> int:
    """How many records the object has just now that the user may see."""
    answer = org.query(f"SELECT COUNT() FROM {name}")  # noqa: S608  # a name that the org itself gave
    await answer.first_page()
    return answer.total_size or 0


async def _by_queries(org: Counts, names: Sequence[str], told: Told) -> None:
    free = asyncio.Semaphore(_QUERIES_AT_ONCE)

    async def count(name: str) -> None:
        # Some objects can only be queried by a key, or take too long.
        async with free:
            with suppress(*_REFUSALS, RequestTimeout):
                told({name: await count_exactly(org, name)})

    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(count(name))
    except* SalesforceError as errors:
        raise errors.exceptions[0] from None
