"""Finding an object by a part of its name, reading its fields, going on to a query."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from textual.content import Content
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from sfexplorer.api.testing import ExplorerApp, log_in, settled, way_to
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.lines import TitleLine
from sfexplorer.client import FieldDescribe
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry
from sfexplorer.soql import parse
from sfexplorer_objects.columns import ready_query
from sfexplorer_objects.detail import FieldDetail


def grid(pilot: Pilot[None], id: str) -> Grid:
    return pilot.app.screen.query_one(f"#{id}", Grid)


def first_cells(pilot: Pilot[None], id: str, place: int) -> list[str | None]:
    source = grid(pilot, id).source
    return [source.cells(row)[place] for row in range(source.row_count)]


async def test_typing_a_part_of_a_name_finds_the_object(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        await pilot.press("slash", *"oppli")
        await settled(pilot)
        assert first_cells(pilot, "objects", 1)[0] == "OpportunityLineItem"
        assert "OpportunityId" in first_cells(pilot, "fields", 0)
        await pilot.press("escape")
        await settled(pilot)
        assert grid(pilot, "objects").source.row_count > 15
        assert grid(pilot, "objects").has_focus


async def test_records_are_counted(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        source = grid(pilot, "objects").source
        counts = {source.cells(row)[1]: source.cells(row)[3] for row in range(source.row_count)}
        assert (counts["Account"], counts["Contact"], counts["User"]) == ("1,200", "5,000", "12")


async def test_a_text_that_fits_nothing_says_so(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        await pilot.press("slash", *"qqqq")
        await settled(pilot)
        assert grid(pilot, "objects").source.row_count == 0
        assert "'qqqq'" in grid(pilot, "objects").empty_message


async def test_fields_tell_type_length_reference_and_children(explorer_app: ExplorerApp) -> None:
    async with explorer_app("Account") as pilot:
        source = grid(pilot, "fields").source
        rows = {source.cells(row)[0]: source.cells(row) for row in range(source.row_count)}
        assert rows["Name"][1:4] == ("Account Name", "string", "255")
        assert rows["ParentId"][5] == "Account"
        assert (rows["Industry"][6] or "").startswith("32: Agriculture")
        assert rows["AnnualRevenue"][3] == "18,0"
        assert rows["Contacts"][5] == "Contact.AccountId"


async def test_the_fields_are_filtered_apart_from_the_objects(explorer_app: ExplorerApp) -> None:
    async with explorer_app("Account") as pilot:
        assert grid(pilot, "fields").has_focus
        await pilot.press("slash", *"billci")
        await settled(pilot)
        assert first_cells(pilot, "fields", 0)[0] == "BillingCity"
        assert grid(pilot, "objects").source.row_count > 15
        await pilot.press("enter")
        await settled(pilot)
        assert grid(pilot, "fields").has_focus


async def test_enter_opens_a_ready_query_that_runs(explorer_app: ExplorerApp, demo_org: DemoServer) -> None:
    async with explorer_app() as pilot:
        await pilot.press("slash", *"contact", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app, App)
        assert len(pilot.app.screen.query_one(TitleLine).tabs) == 2
        queries = [entry["query"] for entry in demo_org.log() if entry["path"].endswith("/query")]
        assert len(queries) == 1
        assert "FROM Contact" in unquote(str(queries[0]))


async def test_going_to_another_object_reuses_the_pane(explorer_app: ExplorerApp) -> None:
    async with explorer_app("Account") as pilot:
        await pilot.press("ctrl+g", *"lead", "enter")
        await settled(pilot)
        assert len(pilot.app.screen.query_one(TitleLine).tabs) == 1
        assert "Company" in first_cells(pilot, "fields", 0)


async def test_an_object_that_is_not_there_is_told(explorer_app: ExplorerApp) -> None:
    async with explorer_app("Acount") as pilot:
        told = [notification.message for notification in pilot.app._notifications]
        assert told == ["This org has no sObject 'Acount' that this user may see. Did you mean Account?"]
        assert grid(pilot, "objects").source.row_count > 15


async def test_the_fields_are_those_of_the_object_under_the_cursor_however_late_they_come(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        demo_org.faults({"path": "Attachment/describe", "count": 1, "latency_ms": 300})
        await pilot.press("down", "up")
        await settled(pilot)
        assert first_cells(pilot, "objects", 1)[grid(pilot, "objects").cursor_row] == "Account"
        assert "BillingCity" in first_cells(pilot, "fields", 0)


async def test_a_refresh_asks_for_the_fields_too_and_keeps_the_place(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app("Contact") as pilot:
        await pilot.press("shift+tab", "down", "down")
        await settled(pilot)
        row = grid(pilot, "objects").cursor_row
        name = first_cells(pilot, "objects", 1)[row]
        demo_org.clear_log()
        await pilot.press("r")
        await settled(pilot)
        asked = [entry["path"].partition("/sobjects")[2].casefold() for entry in demo_org.log()]
        assert "" in asked
        assert f"/{name}/describe".casefold() in asked
        assert grid(pilot, "objects").cursor_row == row


async def test_letters_typed_in_one_burst_with_the_slash_reach_the_filter(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        for letter in ("slash", *"quote"):
            pilot.app.post_message(Key(letter, None if letter == "slash" else letter))
        await settled(pilot)
        assert pilot.app.screen.query_one("#object-filter Input", Input).value == "quote"
        assert not pilot.app._exit


async def test_the_name_of_a_field_is_never_read_as_markup(demo_org: DemoServer) -> None:
    app = App(Registry(), way_to(demo_org))
    async with app.run_test() as pilot:
        await settled(pilot)
        app.push_screen(FieldDetail(FieldDescribe(name="[/x][red]", type="string", label="[b]\x1b[31m")))
        await settled(pilot)
        title = Content.from_markup(str(app.screen.query_one(".dialog").border_title))
        assert title.plain == "[/x][red]"


async def test_the_org_failing_is_told_in_the_pane_and_tried_again(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        demo_org.faults({"path": "/describe", "count": 1, "status": 400, "body": "nonsense"})
        await pilot.press("down")
        await settled(pilot)
        assert pilot.app.screen.query_one("ObjectsPane > ErrorCard").display
        assert grid(pilot, "objects").source.row_count > 15
        await pilot.press("r")
        await settled(pilot)
        assert not pilot.app.screen.query_one("ObjectsPane > ErrorCard").display
        assert grid(pilot, "fields").source.row_count > 10


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Contact", ["Id", "Name", "Account.Name", "Title", "Email"]),
        ("Opportunity", ["Id", "Name", "Account.Name", "StageName", "Amount", "CloseDate"]),
        ("Task", ["Id", "Subject", "Who.Name", "What.Name", "Status"]),
        ("User", ["Id", "Name"]),
    ],
)
async def test_a_ready_query_has_sensible_columns(demo_org: DemoServer, name: str, wanted: list[str]) -> None:
    session = await log_in(demo_org)
    text = ready_query(await session.org.describe(name))
    columns = text.split("\n")[0].removeprefix("SELECT ").split(", ")
    assert set(wanted) <= set(columns)
    assert len(columns) <= 8
    assert parse(text).source.path.text == name
    assert (await session.org.query(text).first_page()).records
    await session.close()


async def test_every_object_of_the_org_has_a_ready_query_that_runs(demo_org: DemoServer) -> None:
    session = await log_in(demo_org)
    for info in await session.org.sobjects():
        if info.queryable:
            text = ready_query(await session.org.describe(info.name))
            await session.org.query(text).first_page()
    await session.close()


async def test_the_object_under_the_cursor_is_described_once(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        await pilot.press("down")
        await settled(pilot)
        asked = [entry["path"] for entry in demo_org.log() if entry["path"].endswith("/describe")]
        assert len(asked) == len(set(asked)) == 2
