"""The shell by keyboard: going to things, between panes, and out."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static, TextArea

from sfexplorer.api.references import RecordRef
from sfexplorer.api.testing import ExplorerApp, settled, way_to
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.dialogs import Choice, KeysHelp
from sfexplorer.app.go_to import GoTo
from sfexplorer.app.lines import StatusLine, TitleLine
from sfexplorer.app.unsaved import Unsaved
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry


def titles(app: App) -> list[str]:
    return [tab.title for tab in app.screen.query_one(TitleLine).tabs]


async def test_the_lines_say_where_and_who(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        title, status = pilot.app.screen.query_one(TitleLine), pilot.app.screen.query_one(StatusLine)
        assert title.render().plain.startswith(" Acme (demo) > Objects")
        assert status.render().plain.startswith(" DEMO ada@acme.example   API ")
        assert status.render().plain.rstrip().endswith("? Keys")


async def test_go_to_opens_what_is_named_searches_the_rest_and_says_what_is_wrong(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app() as pilot:
        await pilot.press("ctrl+g", *"!?")
        await pilot.press("enter")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, GoTo)
        problem, typed, offers = (
            dialog.query_one("#told", Static), dialog.query_one(Input), dialog.query_one(OptionList)
        )  # fmt: skip
        assert "no sObject name" in str(problem.content)
        assert typed.value == "!?"
        await pilot.press("backspace", "backspace", *"Contct", "enter")
        await settled(pilot)
        assert "Did you mean Contact?" in str(problem.content)
        assert "No record is called so" in str(problem.content)
        await pilot.press("backspace", "backspace", *"ac")
        await settled(pilot)
        assert str(offers.get_option_at_index(0).prompt).startswith("Contact")
        typed.value = "ada lovel"
        await pilot.press("enter")
        await settled(pilot)
        assert offers.has_focus
        assert str(offers.get_option_at_index(0).prompt).split() == ["Ada", "Lovelace", "Contact"]
        await pilot.press("enter")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, GoTo)
        assert isinstance(pilot.app, App)
        active = pilot.app.workspace.stack.active
        assert active is not None
        assert isinstance(active.reference, RecordRef)


async def test_the_cursor_of_a_text_field_stands_still_so_that_nothing_is_sent_while_nobody_types(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app("SELECT Id FROM Account") as pilot:
        await pilot.press("shift+tab")
        editor = pilot.app.focused
        assert isinstance(editor, TextArea)
        assert not editor.cursor_blink
        await pilot.press("ctrl+g")
        prompt = pilot.app.focused
        assert isinstance(prompt, Input)
        assert not prompt.cursor_blink


async def test_panes_are_gone_through_and_closed(explorer_app: ExplorerApp) -> None:
    async with explorer_app("SELECT Id, Name FROM Account LIMIT 3") as pilot:
        app = pilot.app
        assert isinstance(app, App)
        await pilot.press("f3")
        await settled(pilot)
        assert [tab.active for tab in app.screen.query_one(TitleLine).tabs] == [False, True]
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert [tab.active for tab in app.screen.query_one(TitleLine).tabs] == [True, False]
        await pilot.press("f2")
        assert isinstance(app.screen, Choice)
        await pilot.press("escape")
        await pilot.press("x")
        await settled(pilot)
        assert titles(app) == ["Objects"]
        await pilot.press("x")
        await settled(pilot)
        assert "Nothing is open" in str(app.screen.query_one("#no-panes", Static).content)


async def test_the_list_of_keys_tells_those_of_the_focus_first(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, KeysHelp)
        lines = [str(line) for line in pilot.app.screen._keys]
        assert "grid" in lines[0].lower()
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, KeysHelp)


async def test_the_palette_reaches_commands_and_from_within_text_also_what_has_a_letter(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        await pilot.press("colon", *"new query")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert len(titles(app)) == 2
        assert isinstance(app.focused, TextArea)
        await pilot.press("x", "colon", "ctrl+p", *"close")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Unsaved)


async def test_leaving_without_edits_asks_nothing(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app._exit


async def test_leaving_with_edits_asks_first(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        active = app.workspace.stack.active
        assert active is not None
        active.widget.unsaved = 2
        await pilot.press("ctrl+q")
        assert isinstance(app.screen, Unsaved)
        await pilot.press("enter", "escape")
        assert not app._exit
        await pilot.press("x", "n")
        assert titles(app) == ["Objects"]
        await pilot.press("ctrl+q", "y")
        await pilot.pause()
        assert app._exit


@pytest.mark.parametrize(("size", "fits"), [((60, 20), True), ((59, 20), False), ((60, 19), False)])
async def test_a_terminal_that_is_too_small_gets_a_sentence(
    explorer_app: ExplorerApp, size: tuple[int, int], fits: bool
) -> None:
    async with explorer_app(size=size) as pilot:
        sentence = pilot.app.screen.query_one("#too-small", Static)
        assert sentence.display != fits
        assert "60x20" in str(sentence.content)
        covered = pilot.app.screen.get_widget_at(5, 5)[0] is sentence
        assert covered != fits
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert not sentence.display
        assert pilot.app.screen.query_one("#objects", Grid).source.row_count > 10


async def test_an_expired_session_is_renewed_without_a_word(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        demo_org.faults({"path": "/describe", "count": 1, "expire_session": True})
        await pilot.press("down")
        await settled(pilot)
        assert pilot.app.screen.query_one("#fields", Grid).source.row_count > 10


def test_an_answer_that_was_overtaken_does_not_set_the_count_of_calls_back() -> None:
    status = StatusLine()
    for used in (7, 9, 8):
        status.count_calls(used, 15_000)
    assert status.api_used == 9
    status.count_calls(14_990, 15_000)
    status.count_calls(1, 15_000)
    assert status.api_used == 1


async def test_nothing_has_the_focus_where_no_pane_takes_it(
    demo_org: DemoServer, explorer_home: Path
) -> None:
    plugins = [entry.name for entry in entry_points(group="sfexplorer")]
    app = App(Registry(plugins), way_to(demo_org))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.focused is None
