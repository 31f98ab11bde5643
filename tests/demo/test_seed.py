"""The seeded org: how many records, and how true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sfexplorer.demo.ids import canonical
from sfexplorer.demo.objects import FieldType, SObjectType, load_schema
from sfexplorer.demo.seed import copy_to
from sfexplorer.demo.storage import Store, open_store, quoted

SCHEMA = load_schema()
ALL_FIELDS = [(object_type, field) for object_type in SCHEMA for field in object_type.stored_fields]


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("org") / "org.sqlite"
    copy_to(path, SCHEMA)
    store = open_store(path, SCHEMA)
    yield store
    store.close()


def _fields(*kinds: str) -> Iterator[tuple[SObjectType, FieldType]]:
    return ((object_type, field) for object_type, field in ALL_FIELDS if field.type in kinds)


def _values(org: Store, object_type: SObjectType, field: FieldType) -> list[str]:
    column = quoted(field.name)
    query = f"SELECT DISTINCT {column} FROM {quoted(object_type.name)} WHERE {column} IS NOT NULL"
    return [str(row[0]) for row in org.select(query)]


def test_the_promised_numbers_are_exact(org: Store) -> None:
    counts = {name: org.count(SCHEMA[name]) for name in ("Account", "Contact", "Opportunity", "User")}
    assert counts == {"Account": 1200, "Contact": 5000, "Opportunity": 3000, "User": 12}


def test_the_other_objects_have_records_too(org: Store) -> None:
    empty = {each.name for each in SCHEMA if not org.count(each)}
    # What streams is made by clients, and an event is never kept.
    assert empty == {"DandBCompany", "Low_Ink__e", "OperatingHours", "PushTopic", "StreamingChannel"}
    assert org.count(SCHEMA["Lead"]) == 800
    assert org.count(SCHEMA["Case"]) == 900


def test_every_id_is_valid_and_of_its_object(org: Store) -> None:
    for object_type, field in _fields("id"):
        for id in _values(org, object_type, field):
            assert canonical(id) == id
            assert id[:3] == object_type.key_prefix


def test_every_reference_leads_to_a_record_that_it_may_point_to(org: Store) -> None:
    ids = {each.name: set(_values(org, each, each.fields[0])) for each in SCHEMA}
    for object_type, field in _fields("reference"):
        allowed = set().union(*(ids[name] for name in field.reference_to))
        assert set(_values(org, object_type, field)) <= allowed, f"{object_type.name}.{field.name}"


def test_every_picklist_holds_values_of_its_list(org: Store) -> None:
    for object_type, field in _fields("picklist"):
        allowed = {each.value for each in field.picklist_values}
        assert set(_values(org, object_type, field)) <= allowed, f"{object_type.name}.{field.name}"


def test_required_fields_are_filled_and_none_is_too_long(org: Store) -> None:
    for object_type, field in ALL_FIELDS:
        column = quoted(field.name)
        query = f"SELECT count(*), count({column}), max(length({column})) FROM {quoted(object_type.name)}"
        rows, filled, longest = org.select(query)[0]
        name = f"{object_type.name}.{field.name}"
        assert field.nillable or rows == filled, name
        assert not field.length or field.type == "base64" or int(str(longest or 0)) <= field.length, name


def test_nothing_was_changed_before_it_was_made_or_after_now(org: Store) -> None:
    for object_type in SCHEMA:
        if object_type.field("CreatedDate") and object_type.field("LastModifiedDate"):
            query = f"""SELECT count(*) FROM {quoted(object_type.name)}
                WHERE LastModifiedDate < CreatedDate OR LastModifiedDate > '2026-11-01T12:00:01'"""
            assert org.select(query) == [(0,)], object_type.name


def test_the_first_user_is_ada_of_acme(org: Store) -> None:
    query = """SELECT u.Username, u.Name, p.Name
        FROM "User" u JOIN Profile p ON p.Id = u.ProfileId ORDER BY u.Id"""
    assert org.select(query)[0] == ("ada@acme.example", "Ada Lovelace", "System Administrator")
    assert org.select("SELECT Name FROM Organization") == [("Acme",)]


def test_the_pioneers_are_there(org: Store) -> None:
    query = (
        "SELECT c.Name, a.Name FROM Contact c LEFT JOIN Account a ON a.Id = c.AccountId ORDER BY c.Id LIMIT 7"
    )
    assert org.select(query) == [
        ("Ada Lovelace", "Analytical Engines"),
        ("Charles Babbage", "Analytical Engines"),
        ("Mary Somerville", "Analytical Engines"),
        ("Grace Hopper", "Compilers & Co"),
        ("Jean Sammet", "Compilers & Co"),
        ("John Backus", "Compilers & Co"),
        ("Jean Bartik", None),
    ]


@pytest.mark.parametrize("text", ["%ü%", "%O'%", "%山田%", "%김%", "%ł%"])
def test_names_come_from_many_languages(org: Store, text: str) -> None:
    assert org.select("SELECT 1 FROM Contact WHERE Name LIKE ? LIMIT 1", (text,)) == [(1,)]


def test_some_descriptions_are_missing_and_some_have_many_lines(org: Store) -> None:
    newline = "char(10)"
    query = f"""SELECT count(*) - count(Description),
        sum(length(Description) - length(replace(Description, {newline}, '')) > 10) FROM Contact"""
    missing, long = org.select(query)[0]
    assert int(str(missing)) > 1000
    assert int(str(long)) > 100


def test_amounts_are_the_sums_of_their_products(org: Store) -> None:
    query = """SELECT count(*) FROM Opportunity WHERE HasOpportunityLineItem = 1 AND abs(Amount - (
        SELECT sum(TotalPrice) FROM OpportunityLineItem WHERE OpportunityId = Opportunity.Id)) > 0.05"""
    assert org.select(query) == [(0,)]


def test_pictures_are_pictures(org: Store) -> None:
    rows = org.select("SELECT VersionData FROM ContentVersion WHERE FileExtension = 'png'")
    assert rows
    assert all(isinstance(data, bytes) and data.startswith(b"\x89PNG\r\n\x1a\n") for (data,) in rows)
