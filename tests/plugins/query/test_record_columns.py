"""Columns that the records alone tell of."""

from __future__ import annotations

from sfexplorer_query.record_columns import columns_of_records


def test_fields_of_parents_are_columns_and_rows_of_sub_selects_stand_in_one() -> None:
    owner = {"attributes": {"type": "User"}, "Name": "Ada"}
    account = {"attributes": {"type": "Account"}, "Name": "Acme", "Owner": owner}
    cases = {"totalSize": 0, "done": True, "records": []}
    columns = columns_of_records(
        [
            {"attributes": {}, "Id": "1", "Account": None, "Cases": None, "Place": {"latitude": 1}},
            {"attributes": {}, "Id": "2", "Account": account, "Cases": cases, "Place": None},
        ]
    )
    assert [(column.title, column.children) for column in columns] == [
        ("Id", False),
        ("Cases", True),
        ("Place", False),
        ("Account.Name", False),
        ("Account.Owner.Name", False),
    ]


def test_a_parent_that_is_null_in_all_is_a_column_and_no_records_are_none() -> None:
    assert [column.title for column in columns_of_records([{"Account": None}])] == ["Account"]
    assert columns_of_records([]) == ()


def test_records_that_never_end_in_depth_end_here() -> None:
    record: dict[str, object] = {"attributes": {}, "Name": "x"}
    for _ in range(5_000):
        record = {"attributes": {}, "Parent": record}
    (column,) = columns_of_records([record])
    assert column.title == "Parent.Parent.Parent.Parent.Parent"
