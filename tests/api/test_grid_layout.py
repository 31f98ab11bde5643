"""Column widths: from the data, never jumping, Ids and numbers whole, no room left unused."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.ui.display import cell_width
from sfexplorer.api.ui.grid_layout import GAP, GUTTER, Widths, draw_row, left_for, place
from sfexplorer.api.ui.grid_source import Column, Rows
from sfexplorer.api.ui.grid_window import Window

ID = "0035g00000AbCdEAAV"
NAME = Column("Name", "Name")
KEY = Column("Id", "Id", fixed=True)
AMOUNT = Column("Amount", "Amount", align="right")
TEXT = Column("Text", "Text")


def widths(columns: list[Column], *rows: list[str | None]) -> Widths:
    result = Widths(columns)
    result.sample(Rows(columns, rows))
    return result


def test_texts_give_way_to_bring_all_columns_into_sight() -> None:
    assert widths([NAME, TEXT, KEY], ["Ada", "x" * 200, ID]).arranged(80) == [4, 52, 18]
    assert widths([NAME, TEXT, KEY], ["Ada", "x" * 200, ID]).arranged(60) == [4, 32, 18]


def test_what_cannot_all_be_seen_keeps_its_width_to_be_scrolled_to() -> None:
    columns = [NAME, *[TEXT] * 8]
    assert widths(columns, ["Ada", *["x" * 30] * 8]).arranged(80) == [4, *[30] * 8]


def test_a_wide_first_column_leaves_half_of_the_room() -> None:
    columns = [NAME, *[KEY] * 3]
    assert widths(columns, ["x" * 70, ID, ID, ID]).arranged(60)[0] == 28


def test_ids_and_numbers_are_shown_whole_or_not_at_all() -> None:
    columns = [NAME, TEXT, KEY, AMOUNT]
    seen = place(columns, [10, 30, 18, 9], 1, 60)
    assert [column.index for column in seen] == [0, 1]
    seen = place(columns, [10, 20, 18, 9], 1, 60)
    assert [(column.index, column.width) for column in seen] == [(0, 10), (1, 20), (2, 18)]


def test_columns_widen_for_ids_and_numbers_beyond_the_sample_and_for_texts_only_after_a_jump() -> None:
    rows: list[list[str | None]] = [["a", None, "1", "t"] for _ in range(1000)]
    rows[230] = ["a longer name", ID, "1,000,000", "t"]
    window = Window(Rows([NAME, KEY, AMOUNT, TEXT], rows))
    window.resize(80, 20)
    window.move(210)
    assert ID not in window.line(205).text
    for row in range(211, 231):
        window.move(row)
    assert ID in window.line(230).text
    assert "1,000,000" in window.line(230).text
    assert "a longer name" not in window.line(230).text
    window.move(0)
    window.move(230)
    window.refit()
    assert "a longer name" in window.line(230).text


@pytest.mark.parametrize(
    "hostile",
    ["\u0301x\x1b" * 33_000, "\u0301" * 100_000, "\u200b" * 100_000],
    ids=["escapes", "accents", "nothing seen"],
)
def test_five_hundred_columns_of_hundred_thousand_characters_are_drawn_in_no_time(hostile: str) -> None:
    columns = [TEXT] * 500
    rows = [[hostile if place % 7 == row % 7 else "x" for place in range(500)] for row in range(300)]
    begun = time.process_time()
    window = Window(Rows(columns, rows))
    window.resize(160, 44)
    window.move(150, 499)
    assert {cell_width(window.line(row).text) for row in window.rows} == {160}
    assert time.process_time() - begun < 10


def test_a_jump_widens_texts_that_were_not_seen_before() -> None:
    rows = [["a", "b"] for _ in range(500)] + [["a longer name", "b"]]
    window = Window(Rows([NAME, TEXT], rows))
    window.resize(80, 20)
    window.move(500)
    assert "a longer name" in window.line(500).text


@given(
    st.lists(
        st.tuples(
            st.builds(
                Column,
                st.just("k"),
                st.text(max_size=12),
                st.sampled_from(["left", "right"]),
                st.integers(1, 10),
                st.integers(10, 40),
                st.booleans(),
            ),
            st.none() | st.text(max_size=50),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(10, 170),
    st.integers(1, 9),
)
def test_every_line_is_exactly_as_wide_as_the_grid(
    cells: list[tuple[Column, str | None]], room: int, left: int
) -> None:
    columns = [column for column, _ in cells]
    row = [text for _, text in cells]
    arranged = widths(columns, row).arranged(room)
    placed = place(columns, arranged, left, room)
    line = draw_row(row, columns, placed, room)
    assert cell_width(line.text) == room
    assert placed[0].index == 0
    assert all(later.start >= earlier.start + earlier.width + GAP for earlier, later in pairwise(placed))
    assert line.text[:GUTTER].isspace()


@given(st.lists(st.integers(3, 40), min_size=2, max_size=12), st.integers(60, 160), st.data())
def test_a_column_can_always_be_brought_into_sight(sizes: list[int], room: int, data: st.DataObject) -> None:
    columns = [TEXT] * len(sizes)
    index = data.draw(st.integers(0, len(sizes) - 1))
    left = data.draw(st.integers(1, len(sizes)))
    left = left_for(columns, sizes, index, left, room)
    assert index in {column.index for column in place(columns, sizes, left, room)}
