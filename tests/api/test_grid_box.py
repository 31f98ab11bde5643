"""A grid as a person arranges it: marks, order, filter, finding; rows stay the pane's own rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

from sfexplorer.api.testing import settled
from sfexplorer.api.ui import (
    Column,
    Grid,
    GridBox,
    RowChosen,
    RowNote,
    Rows,
    RowsNeeded,
    SortWanted,
    chosen_rows,
    marked_rows,
    state_of,
)
from sfexplorer.api.ui.text_view import TextView

COLUMNS = (Column("Name", "Name"), Column("Amount", "Amount", align="right"), Column("City", "City"))
CITIES = ("London", "New York", None, "Philadelphia")


class People:
    """Rows made when asked for: their amounts go down, every fourth has no city."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self, row_count: int, first: int = 0) -> None:
        self.row_count, self.first = row_count, first

    def value(self, row: int, column: int) -> object:
        assert 0 <= row < self.row_count
        number = self.first + row
        return (f"Person {number}", 1_000_000 - number, CITIES[number % 4])[column]

    def cells(self, row: int) -> Sequence[str | None]:
        name, amount, city = (self.value(row, column) for column in range(3))
        return (str(name), f"{amount:,}", None if city is None else str(city))

    def row_key(self, row: int) -> Hashable:
        return f"003{self.first + row}"

    def note(self, row: int) -> RowNote | None:
        return RowNote("!", frozenset({1}), "Amount is too high") if row == 7 else None


class BoxApp(App[None]):
    def __init__(self, source: People) -> None:
        super().__init__()
        self.box = GridBox(Grid(source), "People")
        self.grid = self.box.grid
        self.asked: list[RowsNeeded | SortWanted] = []
        self.chosen: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        yield self.box

    def on_mount(self) -> None:
        self.grid.focus()

    def on_rows_needed(self, event: RowsNeeded) -> None:
        self.asked.append(event)

    def on_sort_wanted(self, event: SortWanted) -> None:
        self.asked.append(event)

    def on_row_chosen(self, event: RowChosen) -> None:
        self.chosen.append((event.row, event.column))

    @property
    def told(self) -> str:
        return str(self.box.query_one(".count", Static).render())

    @property
    def lines(self) -> list[str]:
        return [self.grid.render_line(y).text for y in range(self.grid.size.height)]


async def test_rows_are_sorted_filtered_and_marked_and_stay_the_rows_of_the_pane() -> None:
    app = BoxApp(People(40))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "s")
        assert "↑ Amount" in app.lines[0]
        assert app.grid.cursor_row == 0, "the cursor stays on its row"
        await pilot.press("g", "enter")
        assert app.chosen == [(39, 1)]
        await pilot.press("space", "space")
        assert marked_rows(app.grid) == [38, 39]
        assert app.lines[1].startswith("x Person 39")
        assert "2 marked" in app.told
        await pilot.press("slash", *"london")
        assert "10 of 40" in app.told
        for key in (Key("enter", "\r"), Key("g", "g")):
            app.post_message(key)
        await pilot.pause()
        assert app.box.line.text == "london", "a key of the same burst is no longer the filter's"
        assert app.grid.cursor_row == 36
        assert app.grid.has_focus
        assert chosen_rows(app.grid) == [38, 39]
        await pilot.press("escape")
        assert app.grid.cursor_row == 36, "Escape shows the row among its neighbours"
        assert app.grid.view.row_count == 40
        await pilot.press("n")
        assert (app.grid.cursor_row, app.grid.cursor_column) == (36, 2)
        await pilot.press("n")
        assert app.grid.cursor_row == 32
        await pilot.press("N", "N")
        assert "other end" in app.told
        await pilot.press("s", "s", "s")
        assert [line[2:10] for line in app.lines[1:4]] == ["Person 0", "Person 1", "Person 2"]
        assert app.grid.ordering.arrangement.is_plain
        await pilot.press("asterisk")
        assert chosen_rows(app.grid) == [app.grid.cursor_row]
        await pilot.press("asterisk")
        assert len(chosen_rows(app.grid)) == 40


async def test_the_same_columns_keep_order_filter_and_marks_and_a_note_is_told_at_its_row() -> None:
    app = BoxApp(People(40))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "space", "l", "s", "slash", *"york")
        app.grid.source = People(60)
        await pilot.pause()
        assert marked_rows(app.grid) == [2]
        assert [line[2:11] for line in app.lines[1:4]] == ["Person 57", "Person 53", "Person 49"]
        app.grid.source = People(60, first=1)
        assert marked_rows(app.grid) == [1], "the same record, now in another place"
        await pilot.press("escape", "s", "s", "s", "g", *["down"] * 7)
        await pilot.pause()
        assert "Amount is too high" in app.told
        await pilot.press("up")
        await pilot.pause()
        assert app.lines[8].startswith("! Person 8")
        await pilot.press("slash", *"nobody")
        assert "No row here has 'nobody': 60 looked at." in app.lines[1]
        await pilot.press("enter", "enter", "space", "j")
        assert app.chosen == []


async def test_many_rows_are_looked_through_beside_the_screen_and_no_more_are_asked_for() -> None:
    source = People(6_000)
    app = BoxApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"phil !7")
        await settled(pilot)
        before = app.grid.view.row_count
        assert 0 < before < 1_500
        source.row_count = 8_000
        app.grid.rows_changed()
        await settled(pilot)
        assert app.grid.view.row_count > before
        await pilot.press("enter", "l", "s", "G")
        await settled(pilot)
        assert app.asked == []
        amounts = [int(line.split()[2].replace(",", "")) for line in app.lines[1:20]]
        assert amounts == sorted(amounts)
        source.row_count = 10
        app.grid.rows_changed()
        await settled(pilot)
        app.grid.ordering.filter("")
        await settled(pilot)
        assert app.grid.view.row_count == 10
        assert not app.grid.check_action("do", ("ask_sorted",))
        app.grid.can_ask_sorted = True
        await pilot.press("S")
        assert [(event.column, event.descending) for event in app.asked if isinstance(event, SortWanted)] == [
            (1, True)
        ]


async def test_y_copies_what_is_chosen_and_v_shows_a_whole_value() -> None:
    class Hostile(People):
        def value(self, row: int, column: int) -> object:
            text = '{"note": "\x1b[31mred\u202e", "deep": [1, 2]}'
            return text if column == 2 else super().value(row, column)

        def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
            return [("Record URL", f"https://acme.example/{self.row_key(row)}")]

    app = BoxApp(Hostile(2_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "y", "y")
        assert app.clipboard == "1000000"
        await pilot.press("j", "space", "space", "y", "right", "right", "m")
        await settled(pilot)
        assert (
            app.clipboard.splitlines()[1]
            == 'Person 1,999999,"{""note"": ""\x1b[31mred\u202e"", ""deep"": [1, 2]}"'
        )
        assert len(app.clipboard.splitlines()) == 3
        await pilot.press("y", "h", "h", "c")
        await settled(pilot)
        assert app.clipboard.split("\n")[:2] == ["1000000", "999999"]
        await pilot.press("y", "u")
        assert app.clipboard == "https://acme.example/0033"
        notes = [note.message for note in app._notifications]
        assert "Copied Amount: 1000000" in notes
        assert "Copied 2 rows as CSV, 148 bytes" in notes
        await pilot.press("l", "v")
        await pilot.pause()
        viewer = app.screen
        text = viewer.query_one(TextView)
        assert text.render_line(1).text.rstrip() == r'  "note": "\u001b[31mred\u202e",'
        await pilot.press("G", "k", "j", "g", "slash", *"DEEP", "enter")
        assert text.found is not None
        assert text.rows.text[slice(*text.found)] == "deep"
        assert [run.text for run in text.render_line(2)][1] == "deep"
        await pilot.press("n", "t", "y")
        assert app.clipboard == Hostile(1).value(0, 2)
        await pilot.press("escape")
        assert app.screen is not viewer


async def test_columns_are_hidden_moved_and_resized_and_values_shown_raw() -> None:
    app = BoxApp(People(40))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "right_curly_bracket")
        assert app.lines[0].split() == ["Name", "City", "Amount"]
        assert app.grid.cursor_column == 1, "the cursor goes with its column"
        start = app.lines[0].index("Amount")
        await pilot.press("greater_than_sign", "greater_than_sign", "R")
        assert app.lines[0].index("Amount") == start + 4
        assert "999999" in app.lines[2]
        await pilot.press("vertical_line", "up", "space", "escape", "slash", *"london")
        assert app.lines[0].split() == ["Name", "Amount"]
        assert app.grid.view.row_count == 0, "what is hidden is not looked through"
        assert "raw   1 hidden" in app.told
        state = state_of(app.grid)
        app.grid.source = Rows([Column("x", "X")], [["london"], ["x"]])
        assert app.lines[0].split() == ["X"]
        app.grid.source = People(80)
        app.box.restore(state)
        assert state_of(app.grid) == state
        assert app.box.line.text == "london"
        await pilot.press("escape", "minus")
        assert app.lines[0].split() == ["Name"], "the cursor was on Amount"
        await pilot.press("vertical_line", "r", "escape", "R")
        assert app.lines[0].split() == ["Name", "Amount", "City"]
        assert "999,999" in app.lines[2]
