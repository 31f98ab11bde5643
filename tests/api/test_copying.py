"""What is copied: values as the org has them, in five forms, never more than a terminal takes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.api.ui.clipboard import MOST_BYTES, encoded
from sfexplorer.api.ui.copy_forms import FORMS
from sfexplorer.api.ui.copying import Extent, Request, Written, written
from sfexplorer.api.ui.grid_source import Column
from sfexplorer.api.ui.grid_view import View

TEXT, TSV, CSV, JSON, MARKDOWN = FORMS
COLUMNS = (Column("Name", "Name"), Column("Amount", "Amount", align="right"), Column("Note", "Note"))


class Values:
    """Rows of values that are shown formatted."""

    columns: Sequence[Column] = COLUMNS

    def __init__(self, *rows: Sequence[object]) -> None:
        self.rows = rows

    @property
    def row_count(self) -> int:
        return len(self.rows)

    def value(self, row: int, column: int) -> object:
        return self.rows[row][column]

    def cells(self, row: int) -> Sequence[str | None]:
        return [f"shown {value}" for value in self.rows[row]]


SOURCE = Values(["Ada, Lady", 1234.5, None], ['say "hi"', 7, "=1+1\nnext|line"])


def copied(source: Values, extent: Extent, form: int, rows: Sequence[int], columns: Sequence[int]) -> Written:
    *_, last = written(View(source), Request(FORMS[form], extent, rows, columns))
    assert isinstance(last, Written)
    return last


@pytest.mark.parametrize(
    ("extent", "texts"),
    [
        ("cell", ["Ada, Lady", "Ada, Lady", '"Ada, Lady"', '"Ada, Lady"', "Ada, Lady"]),
        (
            "row",
            [
                "Name: Ada, Lady\nAmount: 1234.5\nNote: \n",
                "Name\tAmount\tNote\nAda, Lady\t1234.5\t\n",
                'Name,Amount,Note\r\n"Ada, Lady",1234.5,\r\n',
                '{"Name": "Ada, Lady", "Amount": 1234.5, "Note": null}',
                "| Name | Amount | Note |\n| --- | ---: | --- |\n| Ada, Lady | 1234.5 |  |\n",
            ],
        ),
        (
            "column",
            [
                'Ada, Lady\nsay "hi"',
                'Name\nAda, Lady\n"say ""hi"""\n',
                'Name\r\n"Ada, Lady"\r\n"say ""hi"""\r\n',
                '[\n"Ada, Lady",\n"say \\"hi\\""\n]\n',
                '| Name |\n| --- |\n| Ada, Lady |\n| say "hi" |\n',
            ],
        ),
    ],
)
def test_each_extent_is_written_in_each_form(extent: Extent, texts: list[str]) -> None:
    rows = [0] if extent != "column" else [0, 1]
    columns = [0, 1, 2] if extent == "row" else [0]
    assert [copied(SOURCE, extent, form, rows, columns).text for form in range(5)] == texts


def test_several_rows_are_a_table_and_lines_within_a_value_stay_in_it() -> None:
    tables = [copied(SOURCE, "marked", form, [0, 1], [0, 1, 2]).text for form in range(5)]
    assert tables[0].endswith('\nName: say "hi"\nAmount: 7\nNote: =1+1\nnext|line\n')
    assert list(csv.reader(io.StringIO(tables[2], newline="")))[2] == ['say "hi"', "7", "=1+1\nnext|line"]
    assert json.loads(tables[3])[1] == {"Name": 'say "hi"', "Amount": 7, "Note": "=1+1\nnext|line"}
    assert tables[4].endswith('| say "hi" | 7 | =1+1<br>next\\|line |\n')


def test_what_a_terminal_does_not_take_is_left_away_at_the_end_of_a_row() -> None:
    source = Values(*([f"Row {number}", number, "x" * 100] for number in range(10_000)))
    steps = list(written(View(source), Request(JSON, "shown", range(10_000), [0, 1, 2])))
    last = steps[-1]
    assert isinstance(last, Written)
    assert len(steps) > 5
    assert len(last.text.encode()) <= MOST_BYTES + 10
    assert (last.rows, last.is_whole) == (len(json.loads(last.text)), False)


def test_half_a_character_does_no_harm() -> None:
    assert "\ud800" in copied(Values(["\ud800", 1, None]), "row", FORMS.index(CSV), [0], [0, 1, 2]).text
    assert encoded("a\ud800") == b"a?"


@given(st.lists(st.tuples(st.text(), st.text(), st.none() | st.text()), min_size=1, max_size=5))
def test_what_is_copied_as_csv_is_read_again_by_any_reader_of_csv(
    rows: list[tuple[str, str, str | None]],
) -> None:
    text = copied(Values(*rows), "shown", FORMS.index(CSV), range(len(rows)), [0, 1, 2]).text
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:] == [
        [value or "" for value in row] for row in rows
    ]
