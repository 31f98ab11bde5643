"""The store: records in, records out, all or nothing, from any thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.storage import Store, Stored, open_store

SCHEMA = load_schema()
ACCOUNT, CONTACT, OPPORTUNITY = SCHEMA["Account"], SCHEMA["Contact"], SCHEMA["Opportunity"]


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store(":memory:", SCHEMA)
    yield store
    store.close()


def test_a_created_record_is_read_with_its_defaults(store: Store) -> None:
    id = store.create(SCHEMA["Case"], {"Subject": "No steam"})
    row = store.read(SCHEMA["Case"], id)
    assert row is not None
    assert (row["Subject"], row["Status"], row["Priority"], row["IsClosed"]) == (
        "No steam",
        "New",
        "Medium",
        0,
    )
    assert row["IsDeleted"] == 0


def test_auto_numbers_count_up(store: Store) -> None:
    ids = [store.create(SCHEMA["Case"], {}) for _ in range(2)]
    rows = [store.read(SCHEMA["Case"], id) or {} for id in ids]
    assert [row["CaseNumber"] for row in rows] == ["00001000", "00001001"]


def test_a_record_that_is_not_there_reads_as_none(store: Store) -> None:
    assert store.read(ACCOUNT, "0015g0000000001AAA") is None
    assert store.blob(SCHEMA["Attachment"], "00P5g0000000001AAA", "Body") is None
    assert not store.update(ACCOUNT, "0015g0000000001AAA", {"Name": "X"})
    assert not store.erase(ACCOUNT, "0015g0000000001AAA")


def test_names_are_computed(store: Store) -> None:
    full = store.create(CONTACT, {"FirstName": "Ada", "LastName": "Lovelace"})
    short = store.create(CONTACT, {"LastName": "Hopper"})
    assert (store.read(CONTACT, full) or {})["Name"] == "Ada Lovelace"
    assert (store.read(CONTACT, short) or {})["Name"] == "Hopper"


@pytest.mark.parametrize(
    ("stage", "probability", "closed", "won", "category"),
    [
        ("Prospecting", 10, 0, 0, "Pipeline"),
        ("Closed Won", 100, 1, 1, "Closed"),
        ("Closed Lost", 0, 1, 0, "Omitted"),
    ],
)
def test_an_opportunity_follows_its_stage(
    store: Store, stage: str, probability: int, closed: int, won: int, category: str
) -> None:
    values: dict[str, Stored] = {"Name": "X", "StageName": stage, "CloseDate": "2026-11-30", "Amount": 200.0}
    row = store.read(OPPORTUNITY, store.create(OPPORTUNITY, values)) or {}
    assert (row["Probability"], row["IsClosed"], row["IsWon"]) == (probability, closed, won)
    assert row["ForecastCategory"] == category
    assert row["ExpectedRevenue"] == 200.0 * probability / 100
    assert (row["Fiscal"], row["FiscalQuarter"], row["FiscalYear"]) == ("2026 4", 4, 2026)


def test_a_given_probability_is_kept(store: Store) -> None:
    values: dict[str, Stored] = {"Name": "X", "StageName": "Prospecting", "Probability": 42.0}
    assert (store.read(OPPORTUNITY, store.create(OPPORTUNITY, values)) or {})["Probability"] == 42.0


def test_text_compares_without_case_and_ids_with_it(store: Store) -> None:
    id = store.create(ACCOUNT, {"Name": "Analytical Engines"})
    assert store.select('SELECT Id FROM "Account" WHERE Name = ?', ("ANALYTICAL engines",)) == [(id,)]
    assert store.select('SELECT Id FROM "Account" WHERE Id = ?', (id.lower(),)) == []


def test_unique_fields_refuse_a_second_record_but_take_any_number_of_nulls(store: Store) -> None:
    store.create(ACCOUNT, {"Name": "A", "External_Id__c": "x1"})
    with pytest.raises(sqlite3.IntegrityError):
        store.create(ACCOUNT, {"Name": "B", "External_Id__c": "X1"})
    store.create(ACCOUNT, {"Name": "C"})
    store.create(ACCOUNT, {"Name": "D"})
    assert store.count(ACCOUNT) == 3


def test_blobs_are_read_apart_from_their_record(store: Store) -> None:
    attachment = SCHEMA["Attachment"]
    id = store.create(attachment, {"Name": "a.bin", "Body": b"\x00\xff", "ParentId": "0015g0000000001AAA"})
    row = store.read(attachment, id)
    assert row is not None
    assert "Body" not in row
    assert row["BodyLength"] == 2
    assert store.blob(attachment, id, "Body") == b"\x00\xff"


def test_deleted_records_are_not_counted(store: Store) -> None:
    id = store.create(ACCOUNT, {"Name": "A"})
    assert store.update(ACCOUNT, id, {"IsDeleted": 1})
    assert store.count(ACCOUNT) == 0
    assert store.exists(ACCOUNT, id)
    assert store.erase(ACCOUNT, id)
    assert not store.exists(ACCOUNT, id)


def _fail_within(store: Store, name: str) -> None:
    with store.transaction():
        store.create(ACCOUNT, {"Name": name})
        raise ZeroDivisionError


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_within(store, "A")
    assert store.count(ACCOUNT) == 0


def test_a_failed_step_within_a_transaction_loses_only_itself(store: Store) -> None:
    with store.transaction():
        store.create(ACCOUNT, {"Name": "A"})
        with pytest.raises(ZeroDivisionError):
            _fail_within(store, "B")
    assert store.select('SELECT Name FROM "Account"') == [("A",)]


def test_threads_may_share_a_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda number: store.create(ACCOUNT, {"Name": f"A{number}"}), range(200)))
    assert len(set(ids)) == 200
    assert store.count(ACCOUNT) == 200


def test_ids_go_on_counting_when_a_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "org.sqlite"
    store = open_store(path, SCHEMA)
    first = store.create(ACCOUNT, {"Name": "A"})
    store.close()
    again = open_store(path, SCHEMA)
    second = again.create(ACCOUNT, {"Name": "B"})
    assert again.count(ACCOUNT) == 2
    assert second > first
    again.close()
