"""What differs between two records, and between a result and the one before it."""

from __future__ import annotations

from typing import Any

from sfexplorer.client import SObject
from sfexplorer.soql import parse
from sfexplorer_query.columns import columns_of
from sfexplorer_query.comparing import differences, field_pairs
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.run import Records

CONTACTS = "SELECT Id, Name, Account.Name, (SELECT Id FROM Cases) FROM Contact"
TOTALS = "SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry"
IDS = ["0035g00000AbCdEAAV", "0035g00000AbCdFAAV", "0035g00000AbCdGAAV"]


def contact(place: int, name: str, account: str, cases: int = 0) -> dict[str, Any]:
    records = {"totalSize": cases, "records": [], "nextRecordsUrl": f"/query/{name}{account}"}
    parent = {"attributes": {"type": "Account", "url": f"/{name}"}, "Name": account}
    attributes = {"type": "Contact", "url": f"/{account}"}
    return {"attributes": attributes, "Id": IDS[place], "Name": name, "Account": parent, "Cases": records}


def total(industry: str | None, count: int) -> dict[str, Any]:
    return {"attributes": {"type": "AggregateResult"}, "Industry": industry, "n": count}


def rows(text: str, *records: dict[str, Any]) -> ResultRows:
    return ResultRows(columns_of(parse(text), text, records[0]), [Records(records)])


def test_rows_are_known_again_by_their_ids_wherever_they_stand() -> None:
    before = rows(CONTACTS, contact(0, "Ada", "Engines"), contact(1, "Bea", "Engines"))
    now = rows(CONTACTS, contact(2, "Cee", "Engines"), contact(0, "Ada", "Looms", 2))
    added, changed, gone = differences(before, now)
    assert (added.kind, added.title, added.note.sign) == ("added", "Cee", "+")
    assert (changed.kind, changed.key) == ("changed", IDS[0])
    assert set(changed.columns) == {2, 3}
    assert changed.changes == (("Account.Name", "Engines", "Looms"), ("Cases", "0 records", "0 of 2"))
    assert (gone.kind, gone.title) == ("gone", "Bea")
    assert differences(now, now) == []


def test_totals_are_known_again_by_what_they_are_grouped_by() -> None:
    before = rows(TOTALS, total("Banking", 3), total(None, 1))
    now = rows(TOTALS, total(None, 1), total("Banking", 4))
    (changed,) = differences(before, now)
    assert (changed.key, changed.told) == (1, "n 3 -> 4")


def test_fields_that_differ_come_first() -> None:
    one = SObject("Contact", Id=IDS[0], Name="Ada", Email=None)
    other = SObject("Contact", Id=IDS[1], Name="Ada", Phone="1")
    pairs = field_pairs(one, other)
    assert [(pair.name, pair.differs) for pair in pairs] == [
        ("Id", True),
        ("Phone", True),
        ("Name", False),
        ("Email", False),
    ]
