"""Records as rows of a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sfexplorer.api import RecordRef
from sfexplorer.client.describe import FieldDescribe, SObjectDescribe
from sfexplorer.soql import parse
from sfexplorer_query.columns import columns_of
from sfexplorer_query.records import reference_of
from sfexplorer_query.rows import ResultRows

CONTACT = "0035g00000AbCdEAAV"


@dataclass
class OfRecords:
    rows: Sequence[Mapping[str, Any]]

    @property
    def size(self) -> int:
        return len(self.rows)


def rows(text: str, *pages: Sequence[Mapping[str, Any]]) -> ResultRows:
    first = pages[0][0] if pages and pages[0] else None
    return ResultRows(columns_of(parse(text), text, first), [OfRecords(page) for page in pages])


def test_rows_of_pages_of_any_size_follow_each_other() -> None:
    found = rows("SELECT Name FROM Contact", [{"Name": "a"}, {"Name": "b"}], [{"Name": "c"}], [{"Name": "d"}])
    assert [found.cells(row)[0] for row in range(found.row_count)] == ["a", "b", "c", "d"]


def test_a_field_is_found_however_the_query_spelled_it() -> None:
    found = rows("SELECT name, ACCOUNT.name FROM Contact", [{"Name": "Ada", "Account": {"Name": "Acme"}}])
    assert found.cells(0) == ["Ada", "Acme"]


def test_a_missing_parent_is_null_and_an_empty_sub_select_is_no_records() -> None:
    text = "SELECT Account.Name, (SELECT Id FROM Cases) FROM Contact"
    some = {"totalSize": 300, "done": False, "records": [{"Id": "1"}, {"Id": "2"}]}
    found = rows(text, [{"Account": None, "Cases": None}, {"Account": {"Name": "A"}, "Cases": some}])
    assert found.cells(0) == [None, "0 records"]
    assert found.cells(1) == ["A", "2 of 300"]


def test_without_a_describe_ids_stay_whole_and_numbers_align() -> None:
    found = rows("SELECT Id, Name, Amount FROM Opportunity", [{"Id": CONTACT, "Name": "x", "Amount": 1.5}])
    assert [(column.fixed, column.align) for column in found.columns] == [
        (True, "left"),
        (False, "left"),
        (False, "right"),
    ]


def test_a_describe_gives_the_types() -> None:
    describe = SObjectDescribe(
        name="Opportunity",
        label="Opportunity",
        fields=(
            FieldDescribe(name="Amount", type="currency"),
            FieldDescribe(name="AccountId", type="reference"),
        ),
    )
    found = rows("SELECT amount, AccountId FROM Opportunity", [{"Amount": 1234.5, "AccountId": None}]).typed(
        describe
    )
    assert found.cells(0) == ["1,234.50", None]
    assert [(column.fixed, column.align) for column in found.columns] == [(False, "right"), (True, "left")]


def test_a_row_is_the_record_of_its_id_or_of_its_address() -> None:
    attributes = {"type": "Contact", "url": f"/services/data/v60.0/sobjects/Contact/{CONTACT}"}
    assert reference_of({"attributes": attributes, "Name": "Ada"}) == RecordRef(CONTACT, "Contact")
    assert reference_of({"Id": CONTACT}) == RecordRef(CONTACT)
    assert reference_of({"attributes": {"type": "AggregateResult"}, "expr0": 3}) is None
    assert reference_of({"attributes": {"type": "Contact", "url": "https://elsewhere.example/../x"}}) is None


def test_ids_and_pages_of_a_row_and_of_its_parent_can_be_copied() -> None:
    text = "SELECT Id, Account.Name FROM Contact"
    account = "0015g00000AbCdEAAV"
    url = f"/services/data/v60.0/sobjects/Account/{account}"
    parent = {"attributes": {"type": "Account", "url": url}, "Name": "Acme"}
    record = {"attributes": {"type": "Contact"}, "Id": CONTACT, "Account": parent}
    rows = ResultRows(columns_of(parse(text), text, record), [OfRecords([record])])
    rows.origin = "https://acme.example"
    assert rows.copies(0, 0) == [
        ("Id", CONTACT),
        ("Page", f"https://acme.example/lightning/r/Contact/{CONTACT}/view"),
    ]
    assert rows.copies(0, 1)[2:] == [
        ("Parent's Id", account),
        ("Parent's page", f"https://acme.example/lightning/r/Account/{account}/view"),
    ]
