"""A transaction that several calls share: open across awaits, seen by none but those within it.

    async with org.transaction():
        await org.write(...)    # a step
        await org.read(...)     # sees what the step before has written

The store's lock belongs to a thread, so each transaction has a thread of its own, which holds the store from
beginning to end and runs every step. Whoever else writes waits; whoever else reads sees the state before.
An exception that leaves the block undoes all steps. The steps of one task alone are meant: they find their
transaction by a context variable.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class Transaction:
    """The thread in which the steps of one transaction run."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="transaction")
        self.ended = False

    async def run(self, work: Callable[[], T]) -> T:
        """Do a step."""
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._thread, context.run, work)

    def end(self) -> None:
        """Let go of the thread, once its steps are done."""
        self.ended = True
        self._thread.shutdown(wait=False)


_current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)


def current() -> Transaction | None:
    """The transaction that the running task is within."""
    found = _current.get()
    return None if found is None or found.ended else found


@asynccontextmanager
async def opened(holding: AbstractContextManager[None]) -> AsyncIterator[None]:
    """Run the steps of a block in one thread, which holds something meanwhile.

    Args:
        holding: what the thread enters before the first step and leaves behind the last, with the exception
            that ended the block, if one did.
    """
    transaction = Transaction()
    token = _current.set(transaction)
    try:
        await transaction.run(holding.__enter__)
        yield
    except BaseException as error:
        # Shielded: a request that is cancelled must still give back the store.
        await asyncio.shield(transaction.run(partial(holding.__exit__, type(error), error, None)))
        raise
    else:
        await asyncio.shield(transaction.run(partial(holding.__exit__, None, None, None)))
    finally:
        _current.reset(token)
        transaction.end()
