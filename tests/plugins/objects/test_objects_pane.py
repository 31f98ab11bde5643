"""Finding an object by a part of its name, reading what it is made of, going on to a query."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from textual.content import Content
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sfexplorer.api import Login, Session
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.connecting import Way
from sfexplorer.app.lines import TitleLine
from sfexplorer.client import Connection, DescribeFiles, FieldDescribe, PasswordGrant
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry
from sfexplorer_objects.field_detail import FieldDetail
from sfexplorer_objects.object_list import ObjectList


def grid(pilot: Pilot[None], id: str) -> Grid:
    return pilot.app.screen.query_one(f"#{id}", Grid)


def rows(pilot: Pilot[None], id: str) -> dict[str | None, Sequence[str | None]]:
    """The rows of a list by their names: of objects the second cell, of all else the first."""
    source = grid(pilot, id).source
    return {source.cells(row)[id == "objects"]: source.cells(row) for row in range(source.row_count)}


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_a_few_letters_find_an_object_and_its_ready_query_runs(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        counts = {name: cells[3] for name, cells in rows(pilot, "objects").items()}
        assert (counts["Account"], counts["Contact"], counts["User"]) == ("1,200", "5,000", "12")
        await press(pilot, "slash", *"oppli")
        assert next(iter(rows(pilot, "objects"))) == "OpportunityLineItem"
        assert "OpportunityId" in rows(pilot, "fields")
        await press(pilot, *"qqqq")
        assert not rows(pilot, "objects")
        assert "'oppliqqqq'" in grid(pilot, "objects").empty_message
        await press(pilot, "escape")
        assert len(rows(pilot, "objects")) > 15
        assert grid(pilot, "objects").has_focus
        # Letters of one burst with the slash belong to the filter.
        for letter in ("slash", *"quote"):
            pilot.app.post_message(Key(letter, None if letter == "slash" else letter))
        await settled(pilot)
        assert pilot.app.screen.query_one("#object-filter Input", Input).value == "quote"
        await press(pilot, "escape", "slash", *"003", "enter")
        assert next(iter(rows(pilot, "objects"))) == "Contact"
        await press(pilot, "enter")
        assert len(pilot.app.screen.query_one(TitleLine).tabs) == 2
        queries = [
            unquote(str(entry["query"])) for entry in demo_org.log() if entry["path"].endswith("/query")
        ]
        assert len(queries) == 1
        assert "FROM Contact" in queries[0]


async def test_the_parts_of_an_object_are_read_marked_and_queried(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app("Account", size=(160, 45)) as pilot:
        assert grid(pilot, "fields").has_focus
        shown = rows(pilot, "fields")
        assert list(shown["Name"])[1:4] == ["Account Name", "string", "255"]
        assert (shown["ParentId"][5], shown["AnnualRevenue"][3]) == ("Account", "18,0")
        assert (shown["Industry"][6] or "").startswith("32: Agriculture")
        assert "2 Children 25" in str(pilot.app.screen.query_one(".parts", Static).render())
        # Marks outlast a look at the other parts, and a key asks how filled those fields are.
        await press(pilot, "slash", *"phone", "enter", "space", "escape", "home", "space")
        await press(pilot, "3")
        assert "Master" in rows(pilot, "fields")
        await press(pilot, "4")
        assert str(rows(pilot, "fields")["Records"][1]).endswith("/lightning/o/Account/list")
        await press(pilot, "1", "u")
        assert rows(pilot, "fields")["Id"][2] == "100 %  1,200"
        await press(pilot, "Q")
        queries = [
            unquote(str(entry["query"])) for entry in demo_org.log() if entry["path"].endswith("/query")
        ]
        assert queries[-1].replace("+", " ").replace("\n", " ").startswith("q=SELECT Id, Phone FROM Account")
        await press(pilot, "f3", "2", "slash", *"contacts", "enter", "enter")
        assert pilot.app.screen.query_one(ObjectList).chosen is not None
        assert len(pilot.app.screen.query_one(TitleLine).tabs) == 2
        assert "AssistantName" in rows(pilot, "fields")
        # What was used last stands first from now on.
        assert next(iter(rows(pilot, "objects"))) == "Account"
        assert "recent" in str(rows(pilot, "objects")["Account"][4])


async def test_what_the_org_refuses_or_sends_late_is_told_and_tried_again(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app("Acount") as pilot:
        told = [notification.message for notification in pilot.app._notifications]
        assert told == ["This org has no sObject 'Acount' that this user may see. Did you mean Account?"]
        demo_org.faults({"path": "/describe", "count": 1, "status": 400, "body": "nonsense"})
        await press(pilot, "down")
        assert pilot.app.screen.query_one("ObjectsPane > ErrorCard").display
        assert len(rows(pilot, "objects")) > 15
        await press(pilot, "r")
        assert not pilot.app.screen.query_one("ObjectsPane > ErrorCard").display
        assert len(rows(pilot, "fields")) > 5
        # The fields are those of the object under the cursor, however late others come; each is asked once.
        demo_org.faults({"path": "Attachment/describe", "count": 1, "latency_ms": 300})
        await press(pilot, "end", "home")
        assert "BillingCity" in rows(pilot, "fields")
        row = grid(pilot, "objects").cursor_row
        demo_org.clear_log()
        await press(pilot, "r")
        paths = [entry["path"] for entry in demo_org.log()]
        asked = [path.partition("/sobjects")[2] for path in paths if "/sobjects" in path]
        assert asked == ["", "/Account/describe"]
        assert grid(pilot, "objects").cursor_row == row
        await press(pilot, "ctrl+g", *"lead", "enter")
        assert len(pilot.app.screen.query_one(TitleLine).tabs) == 1
        assert "Company" in rows(pilot, "fields")
        # An org's names are never read as markup.
        pilot.app.push_screen(
            FieldDetail(FieldDescribe(name="[/x][red]", type="string", label="[b]\x1b[31m"))
        )
        await settled(pilot)
        title = Content.from_markup(str(pilot.app.screen.query_one(".dialog").border_title))
        assert title.plain == "[/x][red]"


async def test_known_objects_open_while_the_org_tells_nothing_of_them(
    demo_org: DemoServer, explorer_home: Path
) -> None:
    cache = DescribeFiles(explorer_home / "describes")

    async def connect(_: object) -> Session:
        connection = Connection(
            client_id=demo_org.client_id,
            client_secret=demo_org.client_secret,
            login_url=demo_org.url,
            describe_cache=cache,
        )
        await connection.__aenter__()
        org = await connection.login(
            PasswordGrant(demo_org.username, demo_org.password, demo_org.security_token)
        )
        return Session(connection, org, "Acme (demo)", "demo", connection.aclose)

    first = await connect(None)
    await first.org.sobjects()
    await first.org.describe("Account")
    await first.close()
    refused = {
        "status": 403,
        "count": 99,
        "body": [{"errorCode": "FUNCTIONALITY_NOT_ENABLED", "message": "no"}],
    }
    # Some users may not ask for the counts of all: then there is a query for each.
    demo_org.faults({"path": "/sobjects", **refused}, {"path": "recordCount", **refused})
    app = App(Registry(), Way(Login(id="testing.kept", title="Kept", connect=connect)))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert rows(pilot, "objects")["Account"][3] == "1,200"
        assert "BillingCity" in rows(pilot, "fields")
