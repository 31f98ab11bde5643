"""Which fields are shown, in which order, and how they read."""

from __future__ import annotations

import json

from sfexplorer.api import Formatter
from sfexplorer.client import FieldDescribe
from sfexplorer_record.copying import copies
from sfexplorer_record.making import copy_of, upsert_keys
from sfexplorer_record.parts import parts_of
from sfexplorer_record.selection import Selection, layout_fields
from sfexplorer_record.showing import sign, value_text
from sfexplorer_record.state import RecordState
from tests.plugins.record.samples import ID, PLACE, new_place, place


def names(selection: Selection, state: RecordState, words: str = "") -> list[str]:
    return [one.name for one in selection.visible(state, words)]


def test_fields_are_all_or_filled_or_changed_or_required() -> None:
    state = place()
    assert len(names(Selection(), state)) == len(PLACE.fields)
    assert names(Selection("filled"), state) == ["Id", "Name", "SystemModstamp"]
    assert names(Selection("required"), state) == ["Name"]
    state.put("Code__c", "x")
    assert names(Selection("changed"), state) == ["Code__c"]
    state.errors["Name"] = "no"
    assert names(Selection("changed"), state) == ["Name", "Code__c"]
    assert names(Selection(), state, "spot lat") == ["Spot__Latitude__s"]
    # Of a record to be made, only what it can be given.
    assert "Total__c" not in names(Selection(), new_place())


def test_the_order_is_the_orgs_or_the_alphabets_or_that_of_the_page() -> None:
    state = place()
    ordered = names(Selection(order="A-Z"), state)
    assert ordered == sorted(ordered, key=str.lower)
    component = {"type": "Field", "value": "Code__c"}
    compound = {"type": "Address", "components": [{"type": "Field", "value": "City__c"}]}
    row = {"layoutItems": [{"layoutComponents": [component, {"type": "EmptySpace"}]}, 7]}
    layout = {
        "detailLayoutSections": [
            {"layoutRows": [row, {"layoutItems": [{"layoutComponents": [compound, component]}]}]}
        ]
    }
    assert layout_fields(layout) == ["Code__c", "City__c"]
    assert layout_fields({"detailLayoutSections": {}}) == []
    on_page = names(Selection(order="layout", layout=layout_fields(layout)), state)
    assert on_page[:3] == ["Code__c", "City__c", "Id"]
    assert len(on_page) == len(PLACE.fields)


def test_a_place_is_shown_with_its_parts_as_they_are_edited() -> None:
    state = place(Spot__c={"latitude": 1.5, "longitude": 2.5}, Spot__Latitude__s=1.5, Spot__Longitude__s=2.5)
    spot = PLACE.field("Spot__c")
    assert spot is not None
    assert [part.name for part in parts_of(PLACE, spot)] == ["Spot__Latitude__s", "Spot__Longitude__s"]
    assert value_text(state, spot, 40) == "1.5, 2.5"
    state.put("Spot__Latitude__s", 9.0)
    assert value_text(state, spot, 40) == "9.0, 2.5"
    state.put("Spot__Latitude__s", None)
    state.put("Spot__Longitude__s", None)
    assert value_text(state, spot, 40) == "∅"
    assert sign(state, spot, 40) == "parts  Enter >"


def test_values_look_as_the_plugins_have_it_but_for_null_and_empty() -> None:
    asked = []

    def formatter_for(one: FieldDescribe) -> Formatter:
        asked.append(one.name)
        return Formatter(lambda value: f"<{value}\x1b>")

    state = place(Total__c=5.0, Code__c="")
    state.formatter_for = formatter_for
    texts = {one.name: value_text(state, one, 40) for one in PLACE.fields}
    assert texts["Total__c"] == r"<5.0\x1b>"
    assert (texts["Code__c"], texts["City__c"]) == ('""', "∅")
    value_text(state, PLACE.fields[1], 40)
    assert asked.count("Name") == 1


def test_raw_values_are_as_they_travel_with_null_and_empty_apart() -> None:
    state = place(Name='\x1b[31m"Ada"', Total__c=1200.5, Code__c="")
    state.raw = True
    shown = {one.name: value_text(state, one, 40) for one in PLACE.fields}
    assert shown["Name"] == r'\x1b[31m"Ada"'
    assert (shown["Total__c"], shown["Code__c"], shown["City__c"]) == ("1200.5", '""', "∅")


def test_a_copy_has_what_the_org_takes_and_what_may_be_there_twice() -> None:
    copied = copy_of(place(Name="Here", Code__c="unique", Total__c=5, City__c="Oslo"))
    assert copied.fields == (("Name", "Here"), ("City__c", "Oslo"))
    assert [one.name for one in upsert_keys(new_place(Code__c="c", Name="N"))] == ["Code__c"]
    assert upsert_keys(new_place(Name="N")) == []


def test_there_is_much_to_copy() -> None:
    state = place(Name="A\tB\nC", Total__c=1234.0)
    total = PLACE.field("Total__c")
    assert total is not None
    found = {copy.title: copy.text for copy in copies(state, total, "https://acme.example/x")}
    assert found["Value"] == "1234.0"
    assert found["Value as shown"] == "1,234.00"
    assert found["Id"] == ID
    assert json.loads(found["Record as JSON"])["Name"] == "A\tB\nC"
    assert "Name\tA B C\n" in found["Record as TSV"]
