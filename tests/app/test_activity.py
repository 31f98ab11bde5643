"""What goes on is told, with how long it takes, and Escape stops it."""

from __future__ import annotations

import asyncio
from time import monotonic

from sfexplorer.api.explorer import Report
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import ErrorCard
from sfexplorer.app.activity import duration
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.dialogs import Question
from sfexplorer.app.jobs import Jobs
from sfexplorer.demo.server import DemoServer


async def test_long_work_is_told_and_stopped_and_only_where_it_began(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        workspace = app.workspace
        cleaned: list[str] = []

        async def work(report: Report) -> None:
            try:
                report("2,000 of 51,203 rows")
                await asyncio.Event().wait()
            finally:
                cleaned.append("temporary file")

        exporting = asyncio.ensure_future(workspace.explorer.run_with_progress("Exporting", work))
        await pilot.pause()
        now = monotonic()
        assert workspace.activity.text(now) == "Exporting  2,000 of 51,203 rows  Esc stops"
        assert workspace.activity.text(now + 63).endswith("rows  1 min 3 s  Esc stops")
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "Esc" not in workspace.activity.text(now)
        await pilot.press("f6", "escape")
        assert not exporting.done()
        await pilot.press("x")
        assert isinstance(app.screen, Question)
        await pilot.press("escape", "ctrl+q", "n")
        assert not exporting.done()
        await pilot.press("escape")
        await exporting
        assert cleaned == ["temporary file"]
        assert workspace.activity.text(now) == ""


async def test_escape_stops_what_a_pane_waits_for_and_r_begins_anew(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        active = app.workspace.stack.active
        assert active is not None
        pane = active.widget

        async def load() -> None:
            pane.busy = "Loading rows…"
            await pane.explorer.org.limits()
            pane.busy = ""

        demo_org.faults({"path": "/limits", "count": 1, "latency_ms": 60_000})
        pane.work(load, "rows")
        await pilot.pause()
        assert app.workspace.activity.text(monotonic()) == "Loading rows…  Esc stops"
        await pilot.press("escape")
        await settled(pilot)
        card = app.screen.query_one("ObjectsPane > ErrorCard", ErrorCard)
        assert str(card.content).startswith("! Stopped: Loading rows.")
        assert app.workspace.requests.waiting == []
        await pilot.press("r")
        await settled(pilot)
        assert not card.display
        assert pane.busy == ""


async def test_work_whose_caller_goes_away_ends_with_it() -> None:
    jobs = Jobs(lambda: None)
    began, ended = asyncio.Event(), asyncio.Event()

    async def work(_report: Report) -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    caller = asyncio.ensure_future(jobs.run("Downloading", work, None))
    await began.wait()
    caller.cancel()
    await asyncio.wait([caller])
    await asyncio.wait_for(ended.wait(), 1)
    assert caller.cancelled()
    assert jobs.running == []


def test_a_duration_reads_as_people_say_it() -> None:
    assert [duration(seconds) for seconds in (1.9, 59, 60, 125)] == ["1 s", "59 s", "1 min 0 s", "2 min 5 s"]
