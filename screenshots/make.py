"""Makes the README's pictures by driving the real app on the demo org: `make screenshots`.

`tests/test_screenshots.py` fails when a picture no longer shows what the app looks like.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.pilot import Pilot

from sfexplorer.api.places import HOME
from sfexplorer.api.references import parse_reference
from sfexplorer.api.testing import settled, way_to
from sfexplorer.app.app import ExplorerApp
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry

FOLDER = Path(__file__).parent
SIZE = (100, 30)

Keys = Callable[[Pilot[Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is opened, and the keys pressed before the picture is taken."""

    name: str
    reference: str | None
    keys: Keys


async def find_an_object(pilot: Pilot[Any]) -> None:
    """The object list, filtered by what was typed."""
    await pilot.press("slash", *"opp")
    await settled(pilot)


async def run_a_query(pilot: Pilot[Any]) -> None:
    """Results, the cursor a few rows down."""
    await pilot.press("down", "down", "down")
    await settled(pilot)


async def type_a_condition(pilot: Pilot[Any]) -> None:
    """What may stand at the cursor, with types and labels."""
    await pilot.press("shift+tab", "space", *"WHERE", "space", *"Acc", "down", "down")
    await settled(pilot)


async def make_a_mistake(pilot: Pilot[Any]) -> None:
    """A field that doesn't exist, marked in the text."""
    await pilot.press("f5")
    await settled(pilot)


async def edit_two_fields(pilot: Pilot[Any]) -> None:
    """The save dialog with two changed fields."""
    await pilot.press("enter")
    await settled(pilot)
    for name, value in (("Title", "Chief Analyst"), ("Department", "Engines")):
        await pilot.press("slash", *name, "enter")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        await pilot.press("ctrl+u", *value, "enter")
        await settled(pilot)
    await pilot.press("escape", "ctrl+s")
    await settled(pilot)


CONTACTS = "SELECT Id, Name, Title, Account.Name, Email, Birthdate FROM Contact ORDER BY Name"
PICTURES = (
    Picture("objects", None, find_an_object),
    Picture("query", CONTACTS, run_a_query),
    Picture("completing", "SELECT Id, Name, Title, Email FROM Contact", type_a_condition),
    Picture("mistake", "SELECT Id, Name, Emial FROM Contact", make_a_mistake),
    Picture("save", "SELECT Id, Name, Title FROM Contact WHERE Name = 'Ada Lovelace'", edit_two_fields),
)


async def take(picture: Picture) -> str:
    """The picture as SVG, of an app that has never run before."""
    with DemoServer() as org, TemporaryDirectory() as home:
        os.environ[HOME] = home
        reference = parse_reference(picture.reference) if picture.reference else None
        app = ExplorerApp(Registry(), way_to(org, lambda: 0.1), reference)
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            await picture.keys(pilot)
            await settled(pilot)
            return app.export_screenshot(title="sfexplorer")


def main() -> None:
    """Write all pictures."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    wanted = set(sys.argv[1:])
    for picture in PICTURES:
        if not wanted or picture.name in wanted:
            (FOLDER / f"{picture.name}.svg").write_text(asyncio.run(take(picture)))
            print(f"screenshots/{picture.name}.svg")  # noqa: T201  # what the command tells


if __name__ == "__main__":
    main()
