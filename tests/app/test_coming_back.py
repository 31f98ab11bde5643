"""What was open when the app ended unexpectedly comes back; who leaves, leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from sfexplorer.api.references import NewRecordRef, ObjectRef, QueryRef, RecordRef, Reference
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.dialogs import Question
from sfexplorer.app.session_file import KeptSession, SessionFile, kept_pane

TEXT = "SELECT Id FROM Contact WHERE Name = 'x"
SHOWN: list[Reference | None] = [
    None, ObjectRef("Account"), RecordRef("0035g0000000001AAA"), QueryRef(TEXT, run=False),
    NewRecordRef("Contact", (("LastName", "Hopper"),)),
]  # fmt: skip
KEEP_AND_DIE = """
import os, signal, sys, msgspec
from sfexplorer.app.session_file import KeptSession, SessionFile
file = SessionFile()
file.keep(msgspec.json.decode(sys.stdin.buffer.read(), type=KeptSession))
assert not list(SessionFile().left_behind("00D1")), "it still runs"
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_with(session: KeptSession) -> None:
    """Another run of the app with this session open, which was killed."""
    import msgspec

    run = subprocess.run([sys.executable, "-c", KEEP_AND_DIE], input=msgspec.json.encode(session))
    assert run.returncode == -signal.SIGKILL


def test_what_a_killed_run_had_open_is_found_whole_once_it_is_gone(explorer_home: Path) -> None:
    killed_with(KeptSession("00D1", [kept_pane("some.pane", "Title", shown) for shown in SHOWN], 3))
    ((path, session),) = SessionFile().left_behind("00D1")
    assert [kept.reference for kept in session.panes] == SHOWN
    assert list(SessionFile().left_behind("00D2")) == []
    path.write_bytes(b"{torn")
    assert list(SessionFile().left_behind("00D1")) == []


async def test_panes_of_a_lost_run_are_offered_and_leaving_leaves_nothing(
    explorer_app: ExplorerApp, explorer_home: Path
) -> None:
    org = "00D5g0000000001EAA"  # the demo org says so of itself
    panes = [("objects.objects", None), ("query.query", QueryRef(TEXT, run=False)), ("gone.pane", None)]
    killed_with(KeptSession(org, [kept_pane(id, "Query Contact", shown) for id, shown in panes], 1))
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        assert isinstance(app.screen, Question)
        await pilot.press("y")
        await settled(pilot)
        stack = app.workspace.stack
        assert [opened.pane.id for opened in stack.opened] == ["objects.objects", "query.query"]
        assert stack.active is stack.opened[1]
        assert stack.opened[1].widget.bookmark() == QueryRef(TEXT, run=False)
        folder = explorer_home / "data" / "sessions"
        app.workspace.coming_back.keep()
        assert len(os.listdir(folder)) == 2
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert os.listdir(folder) == []
