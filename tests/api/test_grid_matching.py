"""What a typed pattern finds."""

from __future__ import annotations

import pytest

from sfexplorer.api.ui.grid_matching import Pattern, matching_rows, next_match

ROWS = (
    ("Ada Lovelace", "London", None),
    ("Grace Hopper", "New York", "ada@x"),
    ("Jean Bartik", None, "Straße"),
)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("ADA", [0, 1]),
        ("ada lon", [0]),
        ("!ada", [2]),
        ("ada !hopper", [0]),
        ("lovelacelondon", []),
        ("strasse", [2]),
        ("!", [0, 1, 2]),
    ],
)
def test_all_words_must_be_in_the_row_and_none_of_the_unwanted(typed: str, rows: list[int]) -> None:
    steps = list(matching_rows(ROWS.__getitem__, range(3), Pattern.of(typed)))
    assert [row for _, found in steps for row in found] == rows
    assert steps[-1][0] == 3


@pytest.mark.parametrize(
    ("longer", "shorter", "narrows"),
    [("adam", "ada", True), ("ada x", "ada", True), ("ad", "ada", False), ("x !ad", "x !ada", True)],
)
def test_a_longer_text_only_leaves_out_more(longer: str, shorter: str, narrows: bool) -> None:
    assert Pattern.of(longer).narrows(Pattern.of(shorter)) is narrows


@pytest.mark.parametrize(
    ("start", "step", "found"),
    [((0, 0), 1, (1, 2)), ((1, 2), 1, (0, 0)), ((0, 0), -1, (1, 2)), ((0, 1), -1, (0, 0))],
)
def test_the_next_match_is_found_cell_by_cell_and_round_the_end(
    start: tuple[int, int], step: int, found: tuple[int, int]
) -> None:
    assert list(next_match(ROWS.__getitem__, 3, Pattern.of("ada"), start, step))[-1] == found


def test_where_nothing_fits_no_match_is_told() -> None:
    assert [match for match in next_match(ROWS.__getitem__, 3, Pattern.of("zzz"), (0, 0), 1) if match] == []


def test_among_no_rows_there_is_no_next_match() -> None:
    assert list(next_match(ROWS.__getitem__, 0, Pattern.of("ada"), (0, 0), 1)) == []
