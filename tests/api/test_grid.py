"""The grid by its keys and mouse: the cursor is always in sight, and only rows in sight are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.strip import Strip

from sfexplorer.api.ui.grid import Column, Grid, GridSource, RowChosen, RowHighlighted, Rows, RowsNeeded

COLUMNS = (
    Column("Name", "Name"),
    Column("Id", "Id", fixed=True),
    Column("Amount", "Amount", align="right"),
    Column("Email", "Email"),
)


class Numbered:
    """Rows made when asked for; remembers what was asked."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self, row_count: int) -> None:
        self.row_count = row_count
        self.asked: list[int] = []

    def cells(self, row: int) -> Sequence[str | None]:
        assert 0 <= row < self.row_count
        self.asked.append(row)
        return (f"Row {row}", f"003{row:015d}", f"{row:,}", f"r{row}@example.com")


class Watched(Grid):
    """A grid that remembers which lines it drew."""

    def __init__(self, source: GridSource) -> None:
        super().__init__(source)
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class GridApp(App[None]):
    def __init__(self, source: GridSource) -> None:
        super().__init__()
        self.grid = Watched(source)
        self.highlighted: list[int] = []
        self.chosen: list[tuple[int, int]] = []
        self.needed: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        assert message.control is self.grid
        self.highlighted.append(message.row)

    def on_row_chosen(self, message: RowChosen) -> None:
        self.chosen.append((message.row, message.column))

    def on_rows_needed(self, message: RowsNeeded) -> None:
        self.needed.append(message.after)

    @property
    def lines(self) -> list[str]:
        return [self.grid.render_line(y).text for y in range(self.grid.size.height)]

    @property
    def cursor_line(self) -> str:
        [line] = [line for line in self.lines if line.startswith(">")]
        return line


SIZE = (80, 24)


async def test_a_page_shows_header_cursor_and_aligned_cells() -> None:
    app = GridApp(Numbered(1200))
    async with app.run_test(size=SIZE):
        assert app.lines[0].split() == ["Name", "Id", "Amount", "Email"]
        assert app.lines[1].startswith("> Row 0")
        assert app.lines[10].split() == ["Row", "9", "003000000000000009", "9", "r9@example.com"]
        amount_end = app.lines[0].index("Amount") + len("Amount")
        assert app.lines[10][amount_end - 2 : amount_end] == " 9"
        assert {len(line) for line in app.lines} == {80}


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["down"], 1),
        (["j", "j", "k"], 1),
        (["up"], 0),
        (["pagedown"], 23),
        (["pagedown", "pageup"], 0),
        (["ctrl+d"], 11),
        (["ctrl+d", "ctrl+d", "ctrl+u"], 11),
        (["end"], 4999),
        (["G", "g"], 0),
        (["G", "home"], 0),
        (["G", "pagedown"], 4999),
        (["G", "j"], 4999),
    ],
)
async def test_keys_move_a_cursor_that_stays_in_sight(keys: list[str], row: int) -> None:
    app = GridApp(Numbered(5000))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys)
        assert app.grid.cursor_row == row
        assert f"Row {row} " in app.cursor_line


async def test_enter_chooses_the_row_and_column_of_the_cursor() -> None:
    app = GridApp(Numbered(50))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "l", "l", "h", "enter")
        assert app.chosen == [(1, 1)]
        assert app.highlighted[-1] == 1


async def test_an_empty_grid_says_its_message_and_keys_do_no_harm() -> None:
    app = GridApp(Numbered(0))
    async with app.run_test(size=SIZE) as pilot:
        app.grid.empty_message = "No records.\n\x1b[31mTry another filter"
        await pilot.press("j", "G", "pagedown", "left", "right", "enter")
        assert "No records." in app.lines[1]
        assert r"\x1b[31mTry another filter" in app.lines[2]
        assert (app.chosen, app.highlighted, app.needed) == ([], [], [])


async def test_a_million_rows_cost_a_screen_of_them_a_key() -> None:
    source = Numbered(1_000_000)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        assert len(source.asked) <= 300
        for key, most in (
            ("j", 0),
            ("pagedown", 23),
            ("j", 1),
            ("G", 23),
            ("k", 0),
            ("pageup", 23),
            ("right", 0),
        ):
            source.asked.clear()
            await pilot.press(key)
            assert len(source.asked) <= most, key


async def test_more_rows_are_asked_for_once_when_the_last_page_comes_near() -> None:
    source = Numbered(100)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown")
        assert app.needed == []
        await pilot.press("pagedown", "pagedown", "G", "g")
        assert app.needed == [100]
        source.row_count = 200
        app.grid.rows_changed()
        await pilot.press("G")
        assert app.needed == [100, 200]
        assert app.grid.cursor_row == 199


async def test_arriving_rows_leave_cursor_scroll_and_widths_and_redraw_nothing_that_is_full() -> None:
    source = Numbered(2000)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "j", "j")
        before = (app.grid.cursor_row, app.grid.top_row, app.lines)
        app.grid.drawn.clear()
        source.row_count = 4000
        app.grid.rows_changed()
        await pilot.pause()
        assert app.grid.drawn == []
        assert (app.grid.cursor_row, app.grid.top_row, app.lines) == before


async def test_the_first_rows_to_arrive_are_drawn_and_highlighted() -> None:
    source = Numbered(0)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        source.row_count = 3
        app.grid.rows_changed()
        await pilot.pause()
        assert [line.split()[0:2] for line in app.lines[2:4]] == [["Row", "1"], ["Row", "2"]]
        assert app.highlighted == [0]


async def test_rows_that_went_take_the_cursor_to_the_last_left() -> None:
    source = Numbered(100)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("G")
        source.row_count = 10
        app.grid.rows_changed()
        await pilot.pause()
        assert app.grid.cursor_row == app.highlighted[-1] == 9
        assert "Row 9 " in app.cursor_line


async def test_going_back_finds_the_same_row_column_and_scroll() -> None:
    app = GridApp(Numbered(500))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "pagedown", "j", "j", "l")
        seen = (app.grid.cursor_row, app.grid.cursor_column, app.grid.top_row)
        app.grid.source = Numbered(500)
        assert app.grid.cursor_row == 0
        app.grid.move_to(seen[0], seen[1], top=seen[2])
        assert (app.grid.cursor_row, app.grid.cursor_column, app.grid.top_row) == seen


async def test_mouse_clicks_choose_and_the_wheel_keeps_the_cursor_in_sight() -> None:
    app = GridApp(Numbered(500))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(Grid, offset=(14, 5))
        assert (app.grid.cursor_row, app.grid.cursor_column) == (4, 1)
        await pilot.click(Grid, offset=(14, 7), times=2)
        assert app.chosen == [(6, 1)]
        await wheel_down(pilot, 5)
        assert app.grid.top_row == 15
        assert "Row 15 " in app.cursor_line


async def wheel_down(pilot: Pilot[None], times: int) -> None:
    grid = pilot.app.query_one(Grid)
    for _ in range(times):
        pilot.app.post_message(MouseScrollDown(grid, 5, 5, 0, 1, 0, False, False, False, 5, 5))
        await pilot.pause()


async def test_a_smaller_terminal_keeps_the_cursor_in_sight() -> None:
    app = GridApp(Numbered(500))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("pagedown", "pagedown", "ctrl+u")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert f"Row {app.grid.cursor_row} " in app.cursor_line
        assert {len(line) for line in app.lines} == {60}


async def test_a_value_like_markup_or_an_escape_is_shown_as_it_is_written() -> None:
    hostile = ["[bold red]x[/] \x1b]0;owned\x07", "0", None, "a\u202eb"]
    app = GridApp(Rows(COLUMNS, [hostile, ["日本語", "1", "2", "e\u0301"]]))
    async with app.run_test(size=SIZE):
        assert r"[bold red]x[/] \x1b]0;owned\x07" in app.lines[1]
        assert r"a\u202eb" in app.lines[1]
        assert "∅" in app.lines[1]
        assert {app.grid.render_line(y).cell_length for y in range(24)} == {80}


async def test_a_cursor_move_within_sight_draws_two_lines() -> None:
    app = GridApp(Numbered(100))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.grid.drawn.clear()
        await pilot.press("j")
        assert sorted(app.grid.drawn) == [1, 2]
        app.grid.drawn.clear()
        await pilot.press("l")
        assert sorted(app.grid.drawn) == [0, 2]


async def test_a_plain_line_is_one_run_of_style() -> None:
    app = GridApp(Numbered(100))
    async with app.run_test(size=SIZE):
        assert {len(list(app.grid.render_line(y))) for y in range(24)} == {1}


async def test_the_focus_is_shown_also_without_colour() -> None:
    app = GridApp(Numbered(100))
    async with app.run_test(size=SIZE) as pilot:
        [run] = app.grid.render_line(1)
        assert run.style is not None
        assert run.style.reverse
        app.grid.blur()
        await pilot.pause()
        [run] = app.grid.render_line(1)
        assert run.style is not None
        assert not run.style.reverse
        assert run.style.bold


def test_every_key_can_be_remapped_and_says_what_it_does() -> None:
    for binding in Grid.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id is not None
        assert binding.id.startswith("grid.")
        assert binding.tooltip


async def test_lines_fill_the_grid_also_when_it_has_not_yet_heard_of_its_size() -> None:
    app = GridApp(Rows(()))
    async with app.run_test(size=(80, 10)) as pilot:
        app.grid.window.resize(0, 1)
        app.grid.refresh()
        await pilot.pause()
        for strip in app.screen._compositor.render_strips():
            assert sum(segment.cell_length for segment in strip) == 80


async def test_the_keys_that_work_are_told_anew_once_there_are_rows() -> None:
    source = Numbered(0)
    app = GridApp(source)
    async with app.run_test(size=SIZE) as pilot:
        told: list[bool] = []
        app.screen.bindings_updated_signal.subscribe(
            app.grid, lambda screen: told.append("space" in screen.active_bindings)
        )
        await pilot.pause()
        told.clear()
        source.row_count = 3
        app.grid.rows_changed()
        await pilot.pause()
        assert told == [True]
