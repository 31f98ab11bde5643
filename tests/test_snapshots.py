"""Each screen as it looks, at the smallest size that must be good and at a large one."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sfexplorer.api.references import parse_reference
from sfexplorer.api.testing import settled, way_to
from sfexplorer.app.app import ExplorerApp
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry

SIZES = ((80, 24), (160, 45))
CONTACTS = "SELECT Id, Name, Account.Name, (SELECT CaseNumber FROM Cases) FROM Contact"
ADA = "0035g0000000001AAA"

Compare = Callable[..., bool]
Keys = Callable[[Pilot[Any]], Awaitable[None]]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch, explorer_home: Path) -> Iterator[None]:
    """Times are shown in local time; the pictures are made in one place, of an app that never ran before."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def pressing(*keys: str | tuple[str, ...]) -> Keys:
    """Presses keys one after the other; those of a tuple without a pause between."""

    async def press(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(*([key] if isinstance(key, str) else key))
            await settled(pilot)

    return press


SCREENS: dict[str, tuple[str | None, Keys]] = {
    "objects": (None, pressing("down")),
    "objects_filtered": (None, pressing("slash", *"oppli")),
    "fields": ("Account", pressing("down", "down")),
    "field_detail": ("Account", pressing("slash", *"Industry", "enter", "enter")),
    "query_results": (CONTACTS, pressing("down")),
    "query_mistake": ("SELECT Id, Emial FROM Contact WHERE Name LIKE 'A%'", pressing()),
    "query_completing": (CONTACTS, pressing("shift+tab", ("space", *"WHERE", "space", *"Mail"), "down")),
    "query_unclosed": ("SELECT Id FROM Contact WHERE Name = 'Ada", pressing()),
    "record": (ADA, pressing("down")),
    "record_related": (ADA, pressing("t")),
    "record_more": (ADA, pressing("o")),
    "files": (None, pressing("f7", "space")),
    "keys": (None, pressing("question_mark")),
    "go_to": (None, pressing("ctrl+g", "!", "enter")),
    "panes": (CONTACTS, pressing("f3", "f2")),
}


# These lie over a pane and are as large on any screen.
DIALOGS = ("field_detail", "record_more", "keys", "go_to", "panes")
CASES = [(name, size) for name in SCREENS for size in SIZES if size == SIZES[0] or name not in DIALOGS]


@pytest.mark.parametrize(
    ("name", "size"), CASES, ids=lambda case: case if isinstance(case, str) else "{}x{}".format(*case)
)
def test_screen(snap_compare: Compare, demo_org: DemoServer, name: str, size: tuple[int, int]) -> None:
    reference, keys = SCREENS[name]
    opened = parse_reference(reference) if reference else None
    app = ExplorerApp(Registry(), way_to(demo_org, lambda: 0.0), opened)
    assert snap_compare(app, terminal_size=size, run_before=keys)


@pytest.mark.parametrize("name", ["query_mistake", "record", "files"])
def test_screen_without_colours(
    snap_compare: Compare, demo_org: DemoServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    reference, keys = SCREENS[name]
    opened = parse_reference(reference) if reference else None
    app = ExplorerApp(Registry(), way_to(demo_org, lambda: 0.0), opened)
    assert snap_compare(app, terminal_size=SIZES[0], run_before=keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_login_form(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = ExplorerApp(Registry(), None)
    assert snap_compare(app, terminal_size=size, run_before=pressing("down", "enter", "enter", "f5"))
