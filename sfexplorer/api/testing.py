"""Fixtures for tests of panes and clients, ours and third parties' alike.

A pytest plugin, found by its entry point once sfexplorer is installed:

    demo_org        a demo org of the test's own, over real HTTP on loopback
    explorer_home   the folder of what the app keeps (histories, drafts, config.toml), of the test's own
    explorer_app    the real app on that org, driven by keys

    async def test_shows_the_account(explorer_app):
        async with explorer_app("Account") as pilot:
            await pilot.press("enter")
            await settled(pilot)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from sfexplorer.api.places import HOME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from sfexplorer.api.contributions import Session
    from sfexplorer.api.references import Reference
    from sfexplorer.app.connecting import Way
    from sfexplorer.demo.server import DemoServer

ExplorerApp = Callable[..., AbstractAsyncContextManager["Pilot[None]"]]

SETTLING_SECONDS = 30


@pytest.fixture
def demo_org() -> Iterator[DemoServer]:
    """A running demo org of the test's own: `url`, credentials, `log()`, `faults(...)`, `touch(...)`."""
    from sfexplorer.demo.server import DemoServer

    with DemoServer() as server:
        yield server


@pytest.fixture
def explorer_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all files of the test's app: the user's own are neither read nor written."""
    home = tmp_path / "sfexplorer-home"
    monkeypatch.setenv(HOME, str(home))
    return home


@pytest.fixture
def explorer_app(demo_org: DemoServer, explorer_home: Path) -> ExplorerApp:
    """Opens the app on `demo_org`: `async with explorer_app("Contact", size=(80, 24)) as pilot`."""

    @asynccontextmanager
    async def opened(
        reference: Reference | str | None = None,
        *,
        size: tuple[int, int] = (80, 24),
        without: Collection[str] = (),
    ) -> AsyncIterator[Pilot[None]]:
        from sfexplorer.api.references import parse_reference
        from sfexplorer.app.app import ExplorerApp as App
        from sfexplorer.registry import Registry

        first = parse_reference(reference) if isinstance(reference, str) else reference
        app = App(Registry(without), way_to(demo_org), first)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield pilot

    return opened


def way_to(org: DemoServer, clock: Callable[[], float] = perf_counter) -> Way:
    """How the app connects to `org`; a clock that stands still makes all pictures alike."""
    from sfexplorer.api.contributions import Login
    from sfexplorer.app.connecting import Way

    return Way(Login(id="testing.demo", title="The test's org", connect=lambda _: log_in(org, clock)))


async def log_in(org: DemoServer, clock: Callable[[], float] = perf_counter) -> Session:
    """A session on `org`, by password, as the app makes it."""
    from sfexplorer.api.contributions import Session
    from sfexplorer.client import Connection, PasswordGrant

    async with AsyncExitStack() as until_then:
        connection = await until_then.enter_async_context(
            Connection(
                client_id=org.client_id, client_secret=org.client_secret, login_url=org.url, clock=clock
            )
        )
        handle = await connection.login(PasswordGrant(org.username, org.password, org.security_token))
        return Session(
            connection=connection,
            org=handle,
            title="Acme (demo)",
            environment="demo",
            close=until_then.pop_all().aclose,
        )


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way: the app has started, all workers have finished, all messages are done.

    Raises:
        TimeoutError: something is still under way after 30 seconds.
    """
    from textual.worker import WorkerError

    async with asyncio.timeout(SETTLING_SECONDS):
        idle = 0
        while idle < 2:
            await pilot.pause()
            running = [worker for worker in pilot.app.workers if not worker.is_finished]
            idle = 0 if running or getattr(pilot.app, "starting", False) else idle + 1
            for worker in running:
                # Shielded: running out of time must not cancel what is waited for.
                with suppress(WorkerError):
                    await asyncio.shield(worker.wait())
