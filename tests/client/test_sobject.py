"""Records in hand: names in any case, and changes against what the org last said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfexplorer.client import Records, SObject

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1000, 1000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)
names = st.sampled_from(["Name", "Phone", "Site", "NumberOfEmployees", "Active__c"])
records = st.dictionaries(names, values, min_size=1)
edits = st.lists(st.tuples(names, values), max_size=8)


def loaded(**fields: Any) -> SObject:
    return SObject.from_json({"attributes": {"type": "Account"}, "Id": "001000000000001AAA", **fields})


@given(records, edits)
def test_setting_all_back_leaves_no_change(fields: dict[str, Any], steps: list[tuple[str, Any]]) -> None:
    record = loaded(**fields)
    for name, value in steps:
        if name in fields:
            record[name.upper()] = value
    for name, value in fields.items():
        record[name.lower()] = value
    assert record.changes == {}


@given(records, edits)
def test_changes_are_just_what_differs_from_the_original(
    fields: dict[str, Any], steps: list[tuple[str, Any]]
) -> None:
    record = loaded(**fields)
    for name, value in steps:
        record[name] = value
    final = dict(steps)
    for name in final:
        was = fields.get(name, object())
        differs = final[name] != was or isinstance(final[name], bool) != isinstance(was, bool)
        assert record.is_changed(name) == differs
        assert (name in record.changes) == differs


@given(records, edits)
def test_after_a_save_nothing_is_changed(fields: dict[str, Any], steps: list[tuple[str, Any]]) -> None:
    record = loaded(**fields)
    for name, value in steps:
        record[name] = value
    record.mark_saved(record.changes)
    assert record.changes == {}


@given(records, edits)
def test_revert_goes_back_to_the_original(fields: dict[str, Any], steps: list[tuple[str, Any]]) -> None:
    record = loaded(**fields)
    for name, value in steps:
        record[name] = value
    record.revert()
    assert record == loaded(**fields)
    assert record.changes == {}


def test_one_field_is_reverted_alone() -> None:
    record = loaded(Name="Acme", Phone=None)
    record["name"] = "Apex"
    record["phone"] = "1"
    record["Site"] = "new"
    record.revert("NAME")
    record.revert("site")
    assert record.changes == {"Phone": "1"}
    assert "Site" not in record


def test_null_and_empty_text_differ_and_so_do_one_and_true() -> None:
    record = loaded(Phone=None, Count=1, Flag=False, Amount=300.0)
    record["Phone"] = ""
    record["Count"] = True
    record["Flag"] = 0
    record["Amount"] = 300
    assert record.changes == {"Phone": "", "Count": True, "Flag": 0}


def test_what_is_set_while_a_save_is_under_way_stays_a_change() -> None:
    record = loaded(Name="Acme", Phone="1")
    record["Name"] = "Apex"
    sent = record.changes
    record["Name"] = "Apex Corp"
    record["Phone"] = "2"
    record.mark_saved(sent)
    assert record.changes == {"Name": "Apex Corp", "Phone": "2"}
    assert record.original["Name"] == "Apex"


def test_names_are_found_in_any_case_and_keep_their_spelling() -> None:
    record = loaded(BillingCity="Oslo")
    record["billingcity"] = "Rome"
    assert record["BILLINGCITY"] == "Rome"
    assert "billingCity" in record
    assert list(record) == ["Id", "BillingCity"]
    del record["BILLINGCITY"]
    assert record.get("BillingCity") is None
    with pytest.raises(KeyError):
        record["BillingCity"]
    with pytest.raises(KeyError):
        del record["BillingCity"]


def test_a_field_that_was_taken_out_comes_back_under_its_own_name() -> None:
    record = loaded(Phone="1", Site="Oslo")
    del record["Phone"], record["Site"]
    assert record.changes == {}
    record["PHONE"] = "1"
    assert record.changes == {}
    assert list(record) == ["Id", "Phone"]
    record.revert()
    assert record == loaded(Phone="1", Site="Oslo")


def test_revert_of_a_new_record_keeps_its_id() -> None:
    record = SObject("Account", Id="001000000000001AAA", Name="Acme")
    record.revert()
    assert dict(record) == {"Id": "001000000000001AAA"}


def test_a_new_record_is_all_change_but_for_its_id() -> None:
    record = SObject("Account", Name="Acme", Id="001000000000001AAA")
    assert record.changes == {"Name": "Acme"}
    assert record.id == "001000000000001AAA"
    assert SObject("Account").id is None


def test_parents_and_sub_selects_are_records_and_no_changes() -> None:
    record = loaded(
        Owner={"attributes": {"type": "User"}, "Name": "Ada"},
        Contacts={
            "totalSize": 3,
            "done": False,
            "nextRecordsUrl": "/services/data/v60.0/query/01g-1",
            "records": [{"attributes": {"type": "Contact"}, "LastName": "Lovelace"}],
        },
        BillingAddress={"city": "London", "street": None},
        Parent=None,
    )
    assert isinstance(record["owner"], SObject)
    assert record["owner"]["name"] == "Ada"
    children = record["Contacts"]
    assert isinstance(children, Records)
    assert [child["LastName"] for child in children] == ["Lovelace"]
    assert (len(children), children.total_size, children.done) == (1, 3, False)
    assert children[0:1] == (children[0],)
    assert record["BillingAddress"]["city"] == "London"
    assert record.changes == {}
    assert record.as_json() == {
        "Id": record.id,
        "Owner": {"Name": "Ada"},
        "Contacts": [{"LastName": "Lovelace"}],
        "BillingAddress": {"city": "London", "street": None},
        "Parent": None,
    }


def test_the_id_is_taken_from_the_url_when_it_was_not_selected() -> None:
    url = "/services/data/v60.0/sobjects/Account/001000000000001AAA"
    record = SObject.from_json({"attributes": {"type": "Account", "url": url}, "Name": "Acme"})
    assert record.id == "001000000000001AAA"


def test_an_aggregate_result_has_no_id() -> None:
    row = SObject.from_json({"attributes": {"type": "AggregateResult"}, "expr0": 5})
    assert (row.type, row.id, row["expr0"]) == ("AggregateResult", None, 5)


def test_dates_and_numbers_of_python_are_the_orgs_own_values() -> None:
    record = loaded(
        Birthdate="1815-12-10", At="2024-01-02T03:04:05.000+0000", Amount=1.5, Opens="08:30:00.000Z"
    )
    record["Birthdate"] = date(1815, 12, 10)
    record["At"] = datetime(2024, 1, 2, 4, 4, 5, tzinfo=timezone(timedelta(hours=1)))
    record["Amount"] = Decimal("1.5")
    record["Opens"] = time(8, 30)
    assert record.changes == {}
    record["At"] = datetime(2024, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    assert record.changes == {"At": "2024-01-02T03:04:05.678+0000"}
    with pytest.raises(ValueError, match="time zone"):
        record["At"] = datetime(2024, 1, 2)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_json_does_not_know_is_refused_not_sent_as_null(number: object) -> None:
    with pytest.raises(ValueError, match="no number"):
        SObject("Account", AnnualRevenue=number)


def test_taking_over_moves_what_is_untouched_and_keeps_own_changes() -> None:
    record = loaded(Name="Acme", Phone="1")
    record["Name"] = "mine"
    record.take_over({"NAME": "theirs", "Phone": "2", "Site": "x"})
    assert record["Phone"] == "2"
    assert record["Site"] == "x"
    assert record.changes == {"Name": "mine"}
    record.revert("Name")
    assert record["Name"] == "theirs"


def test_a_record_shows_its_type_and_counts_not_its_values() -> None:
    record = loaded(Name="confidential")
    assert repr(record) == "<SObject Account 001000000000001AAA, 2 fields, 0 changed>"
    assert repr(SObject("Account")) == "<SObject Account new, 0 fields, 0 changed>"


def test_records_are_equal_by_type_and_values_and_not_hashable() -> None:
    assert SObject("Account", Name="Acme") == SObject("Account", Name="Acme")
    assert SObject("Account", Name="Acme") != SObject("Lead", Name="Acme")
    with pytest.raises(TypeError):
        hash(SObject("Account"))
