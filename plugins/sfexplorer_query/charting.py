"""The chart of a result that sums up by one column: bars, or a course where that column is a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfexplorer.soql import Function, Query
from sfexplorer_query.charts import Point
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.run import Run

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

_TIMES = frozenset({"date", "datetime", "time"})
_TIME_FUNCTIONS = re.compile(r"(CALENDAR|FISCAL|DAY|HOUR|WEEK)_", re.IGNORECASE)
NOTHING = "∅"


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn.

    Attributes:
        title: What the values are, and by what.
        points: The values; in the order of time where they follow it.
        follows_time: Whether they do.
    """

    title: str
    points: Sequence[Point]
    follows_time: bool


def may_have_chart(run: Run) -> bool:
    """Whether the query sums up by one column."""
    tree = run.statement.tree
    return isinstance(tree, Query) and tree.group_by is not None and len(tree.group_by.expressions) == 1


def chart_of(run: Run, column: int) -> Chart | None:
    """The chart of a result; None where it does not sum up by one column.

    Args:
        run: The result.
        column: The column whose values are drawn if they are numbers, else the first that are.
    """
    tree = run.statement.tree
    if not isinstance(tree, Query) or tree.group_by is None or not may_have_chart(run):
        return None
    rows = run.rows
    numbers = [place for place in range(len(rows.columns)) if _is_summed(rows, place)]
    labels = [place for place in range(len(rows.columns)) if place not in numbers]
    if not numbers or len(labels) != 1:
        return None
    (label,) = labels
    drawn = column if column in numbers else numbers[0]
    points = [
        Point(rows.cells(row)[label] or NOTHING, float(value))
        for row in range(rows.row_count)
        if isinstance(value := rows.came(row, drawn), int | float)
    ]
    by = tree.group_by.expressions[0]
    is_time = rows.columns[label].type in _TIMES or (
        isinstance(by, Function) and _TIME_FUNCTIONS.match(by.name) is not None
    )
    if is_time:
        points.sort(key=lambda point: _moment(point.label))
    return Chart(f"{rows.columns[drawn].title} by {rows.columns[label].title}", points, is_time)


async def show_chart(pane: QueryPane) -> None:
    """Draw the chart of the result."""
    from sfexplorer_query.chart_dialog import ChartDialog

    if (run := pane.results.run) is None:
        return
    if chart := chart_of(run, pane.results.grid.cursor_column):
        pane.app.push_screen(ChartDialog(chart))
    else:
        pane.results.tell("A chart needs one column to group by, and one that counts or sums up")


def _is_summed(rows: ResultRows, place: int) -> bool:
    """Whether a column holds numbers that sum up records: what is grouped by may be a number too."""
    if not rows.result_columns[place].is_aggregate:
        return False
    values = [rows.came(row, place) for row in range(rows.row_count)]
    return any(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _moment(label: str) -> tuple[int, float, str]:
    """By numbers where they are numbers, as months are."""
    try:
        return 0, float(label.replace(",", "")), ""
    except ValueError:
        return 1, 0.0, label
