"""Which columns are shown: the last is never hidden, and moves go past what is hidden."""

from __future__ import annotations

from sfexplorer.api.ui.grid_columns import ColumnChoice
from sfexplorer.api.ui.grid_source import Column, Rows
from sfexplorer.api.ui.grid_view import View

COLUMNS = [Column(name, name) for name in "abcd"]


def test_columns_are_hidden_moved_and_widened_and_one_always_stays() -> None:
    choice = ColumnChoice().toggled(1, COLUMNS)
    assert choice.places(COLUMNS) == (0, 2, 3)
    moved = choice.moved(0, 1, COLUMNS)
    assert moved.places(COLUMNS) == (2, 0, 3)
    assert moved.toggled(1, COLUMNS).places(COLUMNS) == (1, 2, 0, 3)
    assert moved.moved(3, 1, COLUMNS) == moved
    assert moved.moved(0, -5, COLUMNS).places(COLUMNS) == (0, 2, 3)
    assert moved.swapped(0, 3, COLUMNS).places(COLUMNS) == (3, 2, 0)
    assert moved.widened(0, 1).widths == {0: 3}
    for place in range(4):
        choice = ColumnChoice(hidden=frozenset(range(4)) - {place}).toggled(place, COLUMNS)
        assert choice.places(COLUMNS) == (place,)


def test_a_view_knows_each_row_and_column_by_its_place_in_the_source() -> None:
    source = Rows(COLUMNS, [[f"{name}{row}" for name in "abcd"] for row in range(5)])
    view = View(
        source, ColumnChoice(order=(3, 0, 1, 2), hidden=frozenset({1}), widths={3: 9}), order=[4, 0, 2]
    )
    view.ascending = False
    assert [view.cells(row) for row in range(view.row_count)] == [
        [f"d{n}", f"a{n}", f"c{n}"] for n in (4, 0, 2)
    ]
    assert [view.row_of(origin) for origin in (4, 0, 2)] == [0, 1, 2]
    assert [view.column_origin(column) for column in range(3)] == [3, 0, 2]
    assert (view.column_of(2), view.column_of(1), view.given_widths) == (2, 0, {0: 9})
