"""Rows in memory, and what a filter leaves of them."""

from __future__ import annotations

from sfexplorer.api.ui.grid_source import Column, Rows

ROWS = Rows(
    (Column("label", "Label"), Column("name", "API name"), Column("help", "Help")),
    [
        ["Contact", "Contact", None],
        ["Account Contact Role", "AccountContactRole", "account"],
        ["Account", "Account", ""],
        ["Plan", "ns__Account_Plan__c", None],
    ],
)


def test_a_filter_leaves_what_fits_the_best_first() -> None:
    found = ROWS.filtered("acc")
    assert [found.cells(row)[0] for row in range(found.row_count)] == [
        "Account",
        "Account Contact Role",
        "Plan",
    ]


def test_a_filtered_row_knows_where_it_came_from() -> None:
    found = ROWS.filtered("acc").filtered("plan")
    assert [found.origin(row) for row in range(found.row_count)] == [3]
    assert ROWS.origin(2) == 2


def test_a_filter_may_look_at_some_columns_only() -> None:
    assert ROWS.filtered("acc", keys=["label"]).row_count == 2
    assert ROWS.filtered("zzz").row_count == 0


def test_a_blank_filter_leaves_all_in_order() -> None:
    assert ROWS.filtered("  ") is ROWS
