"""Charts of plain blocks: as wide as asked, whatever the values."""

from __future__ import annotations

from typing import Any

from sfexplorer.api.ui.display import cell_width
from sfexplorer.soql import parse
from sfexplorer_query.charting import chart_of
from sfexplorer_query.charts import Point, bars, course
from sfexplorer_query.columns import columns_of
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.run import Records, Statement


class Run:
    def __init__(self, text: str, *records: dict[str, Any]) -> None:
        self.statement = Statement(text, 0, parse(text))
        self.rows = ResultRows(columns_of(parse(text), text, records[0]), [Records(records)])


def points(*values: float) -> list[Point]:
    return [Point(f"p{place}", value) for place, value in enumerate(values)]


def test_bars_grow_with_their_values_and_keep_their_width() -> None:
    lines = bars([Point("Banking", 4), Point("陽子\x1b[31m", 2), Point("None", 0), Point("Loss", -1)], 40)
    assert [cell_width(line) for line in lines] == [40] * 4
    assert [line.count("█") for line in lines] == [24, 12, 0, 0]
    assert "▒" in lines[3]
    assert lines[0].endswith(" 4")
    assert "\x1b" not in lines[1]
    assert bars([], 40) == []


def test_a_course_has_a_column_for_each_value_or_for_the_mean_of_some() -> None:
    lines = course(points(0, 4, 2), 40, 4)
    assert lines[0] == "4 ┤" + " " * 12 + "█" * 12 + " " * 12
    assert lines[3].startswith("0 ┤" + " " * 12 + "█" * 24)
    assert lines[4].split() == ["p0", "p2"]
    many = course(points(*range(1000)), 60, 5)
    assert max(map(cell_width, many)) <= 60
    assert course(points(7), 20, 3)[-1].strip() == "p0"
    assert course(points(-5, -5), 20, 3)[0].startswith(" 0")
    assert course([], 20, 3) == []


def test_a_result_by_one_column_has_a_chart_of_its_sums() -> None:
    text = "SELECT CALENDAR_MONTH(CreatedDate) m, COUNT(Id) n, SUM(Amount) s FROM Opportunity"
    run = Run(
        f"{text} GROUP BY CALENDAR_MONTH(CreatedDate)",
        {"m": 10, "n": 1, "s": 5.5},
        {"m": 9, "n": 2, "s": None},
    )
    chart = chart_of(run, 0)  # type: ignore[arg-type]  # as much of a run as it needs
    assert chart is not None
    assert (chart.title, chart.follows_time) == ("n by m", True)
    assert [(point.label, point.value) for point in chart.points] == [("9", 2), ("10", 1)]
    chart = chart_of(run, 2)  # type: ignore[arg-type]
    assert chart is not None
    assert [point.value for point in chart.points] == [5.5]


def test_what_does_not_sum_up_by_one_column_has_none() -> None:
    for text in (
        "SELECT Industry, Type, COUNT(Id) FROM Account GROUP BY Industry, Type",
        "SELECT Industry FROM Account GROUP BY Industry",
        "SELECT NumberOfEmployees FROM Account",
    ):
        assert chart_of(Run(text, {"Industry": "x", "NumberOfEmployees": 3}), 0) is None  # type: ignore[arg-type]
