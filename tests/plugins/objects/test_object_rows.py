"""Objects and fields as rows: their order, their texts, what they sort by."""

from __future__ import annotations

from pathlib import Path

import pytest

from sfexplorer.api.testing import log_in
from sfexplorer.client import FieldDescribe, PicklistValue, SObjectDescribe, SObjectInfo
from sfexplorer.demo.server import DemoServer
from sfexplorer.soql import parse
from sfexplorer_objects.columns import ready_query
from sfexplorer_objects.field_rows import FieldRows
from sfexplorer_objects.object_rows import ObjectRows
from sfexplorer_objects.recents import SHOWN, note_used, recent_objects
from sfexplorer_objects.usage import Filled, countable, usage_of, usage_query

INFOS = [
    SObjectInfo(name="Zed__c", label="Alpha", key_prefix="a01", custom=True),
    SObjectInfo(name="Account", label="Account", key_prefix="001"),
    SObjectInfo(name="Contact", label="Contact", key_prefix="003"),
]


def test_objects_used_last_come_first_then_labels() -> None:
    counts = {"Account": 1200}
    rows = ObjectRows(INFOS, ["Contact"], counts)
    assert [info.name for info in rows.infos] == ["Contact", "Account", "Zed__c"]
    assert (rows.cells(0)[4], rows.cells(2)[4]) == ("recent", "custom")
    assert (rows.cells(1)[3], rows.value(1, 3), rows.value(0, 3)) == ("1,200", 1200, None)
    # Counts may come later.
    counts["Contact"] = 7
    assert rows.cells(0)[3] == "7"
    assert rows.place_of("ACCOUNT") == 1


@pytest.mark.parametrize(("typed", "first"), [("alp", "Zed__c"), ("zed", "Zed__c"), ("003", "Contact")])
def test_objects_are_found_by_label_name_and_prefix(typed: str, first: str) -> None:
    assert ObjectRows(INFOS, pattern=typed).infos[0].name == first


def test_a_field_tells_its_idle_choices_and_sorts_by_its_length_as_a_number() -> None:
    choices = (PicklistValue(value="a", label="A"), PicklistValue(value="b", active=False))
    rows = FieldRows([FieldDescribe(name="P", type="picklist", length=40, picklist_values=choices)])
    assert rows.cells(0)[-1] == "1, 1 inactive: A"
    assert rows.value(0, 3) == 40
    assert rows.copies(0, 1) == [("API name", "P"), ("Picklist values", "a\nb")]
    filled = FieldRows(rows.fields, {"P": Filled(1, 1200)})
    assert filled.cells(0)[2] == "1 %  1"
    assert filled.columns[2].key == "filled"


def test_usage_is_one_query_and_never_rounds_to_none_or_all() -> None:
    fields = [
        FieldDescribe(name="Phone", type="phone", aggregatable=True),
        FieldDescribe(name="B", type="base64"),
    ]
    counted = countable(fields)
    text = usage_query(SObjectDescribe(name="Account"), counted)
    assert text == "SELECT COUNT(Id) a0, COUNT(Phone) a1 FROM Account"
    assert usage_of(counted, {"a0": 1000, "a1": 999}) == {"Phone": Filled(999, 1000)}
    told = [Filled(999, 1000).text, Filled(1000, 1000).text, Filled(0, 10).text, Filled(0, 0).text]
    assert told == ["99 %  999", "100 %  1,000", "0 %  0", "no records"]


def test_recent_objects_are_kept_by_org_and_survive_a_broken_file(
    explorer_home: Path,
) -> None:
    for name in ("Lead", "Account", *(f"X{number}" for number in range(SHOWN - 2)), "Account"):
        note_used("00D1", name)
    assert recent_objects("00D1")[:2] == ["Account", "X5"]
    assert recent_objects("00D1")[-1] == "Lead"
    assert recent_objects("00D2") == []
    next(explorer_home.rglob("*.json")).write_text('{"00D1": [1')
    assert recent_objects("00D1") == []
    assert note_used("00D1", "Lead") == ["Lead"]


def test_a_query_of_chosen_fields_has_the_id_and_each_field_once() -> None:
    fields = tuple(FieldDescribe(name=name, type="string") for name in ("Id", "Name", "Phone"))
    describe = SObjectDescribe(name="Account", fields=fields)
    assert ready_query(describe, [fields[2], fields[0]]) == "SELECT Id, Phone\nFROM Account"


async def test_every_object_has_a_ready_query_with_sensible_columns_that_runs(demo_org: DemoServer) -> None:
    wanted = {
        "Contact": {"Id", "Name", "Account.Name", "Title", "Email"},
        "Opportunity": {"Id", "Name", "Account.Name", "StageName", "Amount", "CloseDate"},
        "Task": {"Id", "Subject", "Who.Name", "What.Name", "Status"},
        "User": {"Id", "Name"},
    }
    session = await log_in(demo_org)
    for info in await session.org.sobjects():
        if info.queryable:
            text = ready_query(await session.org.describe(info.name))
            columns = text.split("\n")[0].removeprefix("SELECT ").split(", ")
            assert wanted.get(info.name, set()) <= set(columns)
            assert len(columns) <= 8
            assert parse(text).source.path.text == info.name
            await session.org.query(text).first_page()
    await session.close()
