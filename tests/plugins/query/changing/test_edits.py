"""What was changed lies over the rows, by the Ids of the records."""

from __future__ import annotations

from sfexplorer.client.describe import FieldDescribe, SObjectDescribe
from sfexplorer.soql import parse
from sfexplorer_query.changing.cells import change, editable_field
from sfexplorer_query.changing.edits import Edits
from sfexplorer_query.changing.records import changed_records
from sfexplorer_query.columns import columns_of
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.run import Records

ADA, BEA = "0035g00000AbCdEAAV", "0035g00000AbCdFAAV"
QUERY = "SELECT Id, Title, name, Account.Name, (SELECT Id FROM Cases), CreatedDate FROM Contact"


def rows() -> ResultRows:
    fields = [
        FieldDescribe(name="Id", type="id"),
        FieldDescribe(name="Title", type="string", label="Title", updateable=True),
        FieldDescribe(name="Name", type="string", label="Name", updateable=True),
        FieldDescribe(name="CreatedDate", type="datetime", label="Created"),
    ]
    records = [
        {"attributes": {"type": "Contact"}, "Id": ADA, "Title": "Analyst", "Name": "Ada", "Account": None},
        {"attributes": {"type": "Contact"}, "Id": BEA, "Title": None, "Name": "Bea", "Account": None},
    ]
    columns = columns_of(parse(QUERY), QUERY, records[0])
    return ResultRows(columns, [Records(records)], SObjectDescribe(name="Contact", fields=tuple(fields)))


def test_a_change_lies_over_the_row_until_it_is_taken_back_or_saved() -> None:
    table = rows()
    change(table, [0, 1], 1, "Boss")
    assert [table.cells(row)[1] for row in (0, 1)] == ["Boss", "Boss"]
    assert [table.value(0, 1), table.came(0, 1)] == ["Boss", "Analyst"]
    assert table.edits.count == 2
    note = table.note(0)
    assert note is not None
    assert (note.sign, set(note.changed)) == ("*", {1})
    change(table, [0], 1, "Analyst")
    assert list(table.edits.changed) == [BEA]
    table.edits.mark_saved(BEA, {"Title": "Boss"})
    assert table.edits.count == 0
    assert table.note(1) is None
    assert table.cells(1)[1] == "Boss"
    change(table, [1], 1, None)
    assert table.cells(1)[1] is None
    change(table, [1], 1, "Boss")
    assert table.edits.count == 0


def test_only_what_was_changed_goes_into_the_record_that_is_saved() -> None:
    table = rows()
    change(table, [1], 2, "Bee")
    (changed,) = changed_records(table)
    assert changed.id == BEA
    assert changed.record.changes == {"Name": "Bee"}
    assert changed.record.type == "Contact"
    assert [(each.before, each.after) for each in changed.changes.values()] == [("Bea", "Bee")]
    assert changed.told == "Bee: name Bea -> Bee"


def test_a_failure_stays_with_its_change_until_that_is_another() -> None:
    table = rows()
    change(table, [0], 1, "Boss")
    table.edits.failures[ADA] = "Title: too grand"
    note = table.note(0)
    assert note is not None
    assert (note.sign, note.text) == ("!", "Title: too grand")
    change(table, [0], 1, "Chief")
    assert table.edits.failures == {}


def test_what_was_typed_while_a_save_was_under_way_stays_a_change() -> None:
    edits = Edits()
    edits.change(ADA, "Title", "Chief", "Analyst")
    edits.change(ADA, "Title", "Chief of all", "Analyst")
    edits.mark_saved(ADA, {"Title": "Chief"})
    assert edits.changed == {ADA: {"Title": "Chief of all"}}


def test_what_can_not_be_edited_says_why() -> None:
    table = rows()
    told = [editable_field(table, column) for column in range(len(table.columns))]
    assert [each if isinstance(each, str) else each.name for each in told] == [
        "Id is read only",
        "Title",
        "Name",
        "This is a field of the parent: Enter opens it",
        "These are records of their own: Enter lists them",
        "Created is read only",
    ]


def test_what_others_saved_is_shown_by_the_names_of_the_query() -> None:
    table = rows()
    assert table.take_saved(ADA, {"NAME": "Ada L.", "Email": "a@x.example"})
    assert table.cells(0)[2] == "Ada L."
    assert not table.take_saved(ADA, {"Name": "Ada L."})
    assert not table.take_saved(ADA, {"Email": "b@x.example"})
