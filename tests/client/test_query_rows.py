"""Rows of a query as records, decoded to types of their own: the same records as from the mappings."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import msgspec
import pytest

from sfexplorer.client import SObject, UnexpectedReply
from sfexplorer.client.querying.opening import opened
from sfexplorer.client.querying.rowtypes import RowReader

CHILD = {"attributes": {"type": "Case", "url": "/sobjects/Case/500"}, "Id": "500"}
ROW: dict[str, Any] = {
    "attributes": {"type": "Contact", "url": "/services/data/v60.0/sobjects/Contact/003"},
    "LastName": "Lovelace",
    "class": 5,
    "Amount": 1.5,
    "Nothing": None,
    "Address": {"city": "London"},
    "Account": {"attributes": {"type": "Account", "url": "/sobjects/Account/001"}, "Name": "Engines"},
    "Cases": {"totalSize": 1, "done": True, "records": [CHILD]},
}
VARIANTS: list[dict[str, Any]] = [
    ROW,
    {**ROW, "Id": "003"},
    {**ROW, "Nothing": {"attributes": {"type": "User"}, "Name": "x"}},
    {**ROW, "Account": None, "Cases": None},
    {name: value for name, value in ROW.items() if name != "Amount"},
    {**ROW, "attributes": {"type": "Lead", "url": "/sobjects/Lead/00Q"}},
    {"attributes": {"type": "AggregateResult"}, "expr0": 7},
    {"Id": "no attributes"},
]


def records(*rows: dict[str, Any]) -> list[SObject]:
    return list(RowReader().records([msgspec.Raw(msgspec.json.encode(row)) for row in rows]))


def typed() -> SObject:
    """A record of a row that came behind one like it."""
    return records(ROW, ROW)[1]


@pytest.mark.parametrize("second", VARIANTS)
@pytest.mark.parametrize("first", VARIANTS)
def test_a_record_is_the_same_whatever_row_came_before(first: dict[str, Any], second: dict[str, Any]) -> None:
    for record, row in zip(
        records(first, second, second, first), (first, second, second, first), strict=True
    ):
        told = SObject.from_json(row)
        assert [record[name] for name in told] == list(told.values())
        assert (record, record.type, record.id, record.changes) == (told, told.type, told.id, {})


def test_a_record_of_a_row_changes_like_any_other() -> None:
    record = typed()
    assert record["lastname"] == "Lovelace"
    record["LASTNAME"] = "Byron"
    assert (record["LastName"], record.changes) == ("Byron", {"LastName": "Byron"})
    record.revert()
    assert record == typed()
    assert record["Account"] is record["Account"]
    with pytest.raises(KeyError):
        _ = record["as_json"]
    with pytest.raises(AttributeError):
        _ = record.nonsense


def test_an_external_id_set_before_anything_was_read_stays() -> None:
    record = typed()
    record.set_external_id("Amount", "7")
    assert record["Account"]["Name"] == "Engines"
    assert (record.external_id, record.type) == (("Amount", "7"), "Contact")


def test_a_record_of_a_row_can_be_copied_and_pickled() -> None:
    assert copy.deepcopy(typed()) == typed()
    assert pickle.loads(pickle.dumps(typed())) == typed()


@pytest.mark.parametrize("row", [b"5", b'["x"]', b'{"Id":1e999}'])
def test_a_row_that_is_no_record_is_an_unexpected_reply(row: bytes) -> None:
    with pytest.raises(UnexpectedReply):
        opened(b'{"totalSize":1,"done":true,"records":[%s]}' % row)
    page = opened(b'{"totalSize":2,"done":true,"records":[{},%s]}' % row)
    with pytest.raises(UnexpectedReply):
        _ = page.rows[1]


def test_text_that_is_none_is_an_unexpected_reply() -> None:
    with pytest.raises(UnexpectedReply):
        opened(b'{"totalSize":2,"done":true,"records":[{},{"Name":"\xff"}]}')
