"""Long texts in rows: nothing is lost, no row is too wide, and it takes no time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.ui.display import cell_width, safe_lines
from sfexplorer.api.ui.text_rows import text_rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three", ["one two", "three"]),
        ("a\n\nb", ["a", "", "b"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("日本語日本語", ["日本語日", "本語"]),
        ("", [""]),
        ("12345678 x", ["12345678", "x"]),
    ],
)
def test_rows_are_broken_at_blanks_and_else_where_they_are_full(text: str, rows: list[str]) -> None:
    found = text_rows(text, 8)
    assert [found.row(number) for number in range(len(found))] == rows


@given(st.text(), st.integers(2, 12))
def test_no_row_is_too_wide_and_only_blanks_are_left_away(text: str, width: int) -> None:
    found = text_rows(text, width)
    rows = [found.row(number) for number in range(len(found))]
    assert all(cell_width(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == safe_lines(text).replace(" ", "").replace("\n", "")
    assert all(
        found.row_at(begin) == number for number, (begin, end) in enumerate(found.spans) if end > begin
    )


def test_what_is_looked_for_is_found_whatever_its_case_and_hostile_texts_take_no_time() -> None:
    assert text_rows("Ada ADA\nada [x", 80).places_of("ada") == [(0, 3), (4, 7), (8, 11)]
    assert text_rows("a [x", 80).places_of("[X") == [(2, 4)]
    begun = time.process_time()
    for text in ("\x1b[31m\u202e" * 22_000, "x\n" * 100_000, "日" * 131_072, "lorem ipsum " * 11_000):
        assert len(text_rows(text, 80)) > 1_000
    assert time.process_time() - begun < 5
