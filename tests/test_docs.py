"""The examples of the documents work as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sfexplorer.api import Pane
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.demo.server import DemoServer

ROOT = Path(__file__).parents[1]


def example(document: str, holding: str) -> dict[str, Any]:
    """What the Python example that holds this text defines."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)
    (block,) = (block for block in blocks if holding in block)
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(block, document, "exec"), names)
    return names


async def test_the_smallest_plugin_greets(explorer_app: ExplorerApp) -> None:
    for document in ("README.md", "docs/plugins.md"):
        (command,) = example(document, "async def greet")["commands"]()
        async with explorer_app() as pilot:
            assert isinstance(pilot.app, App)
            await command.run(pilot.app.workspace.explorer)
            await settled(pilot)
            assert [told.message for told in pilot.app._notifications] == ["Hello, ada@acme.example"]


async def test_the_pane_of_the_tutorial_shows_limits(explorer_app: ExplorerApp) -> None:
    pane = example("docs/plugins.md", "class LimitsPane")["LimitsPane"]
    async with explorer_app() as pilot:
        assert isinstance(pilot.app, App)
        workspace = pilot.app.workspace
        contribution = Pane("example.limits", "Limits", lambda explorer, _: pane(explorer))
        workspace.stack.build(workspace.explorer, contribution, None)
        await settled(pilot)
        active = workspace.stack.active
        assert active is not None
        assert active.title == "Limits"
        source = active.widget.query_one(Grid).source
        assert "DailyApiRequests" in [source.cells(row)[0] for row in range(source.row_count)]
        count_rows = example("docs/plugins.md", "def count_rows")["count_rows"]
        await count_rows(workspace.explorer)
        await pilot.pause()
        assert "contacts" in [*pilot.app._notifications][-1].message


async def test_the_client_of_the_readme_saves_only_the_title(demo_org: DemoServer) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (block,) = (block for block in blocks if "async with Connection" in block)
    block = block.replace('client_id="…", client_secret="…"', "**connection_options")
    block = block.replace('"ada@acme.example", "secret", "token"', "*credentials")
    block = block.replace("FROM Contact", "FROM Contact LIMIT 2")
    body = "".join(f"    {line}\n" for line in block.splitlines())
    names: dict[str, Any] = {
        "connection_options": {
            "client_id": demo_org.client_id,
            "client_secret": demo_org.client_secret,
            "login_url": demo_org.url,
        },
        "credentials": (demo_org.username, demo_org.password, demo_org.security_token),
    }
    exec(f"async def example():\n{body}", names)
    await names["example"]()
    patches = [entry["body"] for entry in demo_org.log() if entry["method"] == "PATCH"]
    assert patches
    assert all(patch == {"Title": "Analyst"} for patch in patches)
