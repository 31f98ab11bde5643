"""Whatever an org holds, in each pane: it is shown as text, a screen wide, and never obeyed."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from sfexplorer.api.testing import ExplorerApp, log_in, settled
from sfexplorer.client import SObject
from sfexplorer.demo.server import DemoServer

VALUES: dict[str, str] = json.loads((Path(__file__).parent / "hostile_values.json").read_text())
LONG = "x\x1b[2J" * 20_000
OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def look(pilot: Pilot[Any]) -> str:
    """All that the screen shows, each line held to its width and to what a terminal doesn't obey."""
    lines = []
    for strip in pilot.app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip if not segment.control)
        assert not [sign for sign in text if unicodedata.category(sign) in OBEYED], ascii(text)
        assert cell_len(text) == pilot.app.size.width, ascii(text)
        lines.append(text)
    return "\n".join(lines)


async def test_values_of_an_org_are_text_in_every_pane(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    session = await log_in(demo_org)
    names = [name for name in VALUES if name != "half characters"]
    accounts = [SObject("Account", Name=f"Zz {VALUES[name]}") for name in names]
    await session.org.insert(accounts)
    contacts = [
        SObject("Contact", LastName=f"Zz {VALUES[name]}", Title=VALUES[name], AccountId=accounts[0].id)
        for name in names
    ]
    await session.org.insert(contacts)
    contact = contacts[0]
    await session.org.insert(
        [
            SObject("Attachment", ParentId=contact.id, Name=f"Zz {VALUES[name]}"[:80], Body=b"\x1b[2J")
            for name in names
        ]
    )
    await session.close()
    demo_org.touch(str(contact.id), Description=LONG[:32_000])
    seen = ""
    async with explorer_app(
        "SELECT Id, LastName, Title, Account.Name FROM Contact WHERE LastName LIKE 'Zz%'"
    ) as pilot:

        async def go(*keys: str) -> None:
            nonlocal seen
            await pilot.press(*keys)
            await settled(pilot)
            seen += look(pilot)

        seen += look(pilot)
        await go("right", "v")
        await go("escape", "y")
        await go("escape", "home", "enter")
        await go("slash", *"Descr", "enter", "v")
        await go("escape", "o")
        await go("escape", "t")
        await go("escape", "f7")
        await go("p")
        await go("escape", "f12")
        await go("f2")
        await go("escape", "ctrl+g", *"Zz", "enter")
    assert "[bold red]Ada" in seen
    assert "列幅" in seen
