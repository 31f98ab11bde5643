"""Records of one's own (`--data`), very many of them (`--rows`), and files that are kept (`--keep`)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from sfexplorer.demo.command import demo
from sfexplorer.demo.database import database_file
from sfexplorer.demo.datafiles import DataError, read_folder
from sfexplorer.demo.dataload import load_rows
from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.options import Options
from sfexplorer.demo.seed import copy_to
from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.storage import Store, open_store
from tests.demo.conftest import V

CONTACTS = '''\
Id,FirstName,LastName,Email,Birthdate,Account.External_Id__c,ReportsTo.Email,Description,CreatedDate
,Emmy,Noether,emmy@goe.example,1882-03-23,G-1,hilbert@goe.example,"two
lines, and ""quotes""",2020-01-02T03:04:05.006Z
0035g0000099999,David,Hilbert,hilbert@goe.example,,G-1,,,
,Ada,Byron,,,PIONEER-001,,,
'''
ACCOUNTS = [
    {"Name": "Göttingen", "External_Id__c": "G-1", "NumberOfEmployees": 12, "AnnualRevenue": 1.5},
    {"Name": "Institute", "Parent": {"Name": "Göttingen"}, "Owner": {"Username": "grace@acme.example"}},
]
CASES = {
    "records": [{"attributes": {"type": "Case"}, "Subject": "Rings", "Contact.Email": "emmy@goe.example"}]
}
Query = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    folder = tmp_path_factory.mktemp("data")
    (folder / "contact.csv").write_text(CONTACTS, encoding="utf-8-sig")
    (folder / "Account.json").write_text(json.dumps(ACCOUNTS, indent=1))
    (folder / "Case.json").write_text(json.dumps(CASES))
    (folder / "README.md").write_text("not for the org")
    with DemoServer(data=folder, rows=5500) as org:
        headers = {"Authorization": f"Bearer {org.access_token}"}

        def answer(text: str) -> list[dict[str, Any]]:
            response = httpx.get(f"{org.url}{V}/query", params={"q": text}, headers=headers)
            assert response.status_code == 200, response.text
            records: list[dict[str, Any]] = response.json()["records"]
            return records

        yield answer


def test_records_come_with_their_values_and_parents(query: Query) -> None:
    fields = "Name, Birthdate, Account.Name, ReportsTo.Name, Description, CreatedDate, Owner.Name"
    (emmy,) = query(f"SELECT {fields} FROM Contact WHERE Email = 'emmy@goe.example'")
    assert (emmy["Name"], emmy["Birthdate"], emmy["Account"]["Name"]) == (
        "Emmy Noether", "1882-03-23", "Göttingen",
    )  # fmt: skip
    assert emmy["ReportsTo"]["Name"] == "David Hilbert"
    assert emmy["Description"] == 'two\nlines, and "quotes"'
    assert (emmy["CreatedDate"], emmy["Owner"]["Name"]) == ("2020-01-02T03:04:05.006+0000", "Ada Lovelace")


def test_ids_may_be_given(query: Query) -> None:
    (hilbert,) = query("SELECT Id FROM Contact WHERE LastName = 'Hilbert' AND FirstName = 'David'")
    assert hilbert["Id"][:15] == "0035g0000099999"


def test_parents_may_be_of_the_same_file_or_in_the_org_already(query: Query) -> None:
    (institute,) = query("SELECT Parent.Name, Owner.Name FROM Account WHERE Name = 'Institute'")
    assert (institute["Parent"]["Name"], institute["Owner"]["Name"]) == ("Göttingen", "Grace Hopper")
    (byron,) = query("SELECT Account.Name FROM Contact WHERE LastName = 'Byron' AND FirstName = 'Ada'")
    assert byron["Account"]["Name"] == "Analytical Engines"


def test_what_follows_from_values_follows_here_too(query: Query) -> None:
    (case,) = query("SELECT CaseNumber, Account.Name, ContactEmail, Status FROM Case WHERE Subject = 'Rings'")
    assert (case["Account"]["Name"], case["ContactEmail"]) == ("Göttingen", "emmy@goe.example")
    assert (case["CaseNumber"], case["Status"]) == ("00001900", "New")


def test_as_many_contacts_as_wanted_are_there_and_each_is_someone(query: Query) -> None:
    (counted,) = query(
        "SELECT COUNT(Id) all, COUNT_DISTINCT(Id) ids, COUNT_DISTINCT(Email) mails FROM Contact"
    )
    assert (counted["all"], counted["ids"]) == (5503, 5503)
    with_address = query("SELECT COUNT(Id) number FROM Contact WHERE Email != null")[0]["number"]
    assert counted["mails"] == with_address
    assert len(query("SELECT Id FROM Contact WHERE Name = 'Grace Hopper'")) == 1


def test_very_many_are_made_in_batches_and_told_of(tmp_path: Path) -> None:
    lines: list[str] = []
    path = database_file(Options(rows=12_001), load_schema(), tmp_path / "org.db", lines.append)
    assert lines == ["made 12,001 of 12,001 contacts", "making the indexes", "making the index for searches"]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM Contact").fetchone() == (12_001,)
        found = "SELECT count(*) FROM Contact INDEXED BY 'Contact.AccountId' WHERE AccountId > ''"
        assert database.execute(found).fetchone()[0] > 10_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path, schema = tmp_path_factory.mktemp("org") / "org.db", load_schema()
    copy_to(path, schema)
    with closing(open_store(path, schema)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("Shoe.csv", "Name\nx\n", "Shoe.csv: there is no sObject Shoe"),
        ("Account.csv", "Name\n\xe9\n", "Account.csv: this is not UTF-8"),
        ("Account.csv", "Name\nx\na,b\n", "Account.csv line 3: 2 values for 1 columns"),
        ("Account.csv", 'Name\n"a"b\n', "Account.csv line 2: ',' expected after '\"'"),
        (
            "Account.csv",
            "Name,Shoe\nx,1\n",
            "Account.csv line 2: No such column 'Shoe' on sobject of type Account",
        ),
        ("Account.csv", "Name,Sic\n,1\n", "Account.csv line 2: Required fields are missing: [Name]"),
        (
            "Account.csv",
            'Name,Sic\n"a\nb",1\nc,' + "x" * 21,
            "Account.csv line 4: SIC Code: data value too large",
        ),
        ("Account.csv", "Name,PhotoUrl\nx,y\n", "Account.csv line 2: PhotoUrl: this field is computed"),
        ("Account.csv", "Name,NumberOfEmployees\nx,-1\n", "Account.csv line 2: An account can't have fewer"),
        (
            "Account.csv",
            "Name,AnnualRevenue\nx,much\n",
            "Account.csv line 2: AnnualRevenue: Cannot deserialize",
        ),
        ("Account.csv", "Id,Name\nx,y\n", "Account.csv line 2: Id: x is no id of a Account, 001..."),
        (
            "Account.csv",
            "Id,Name\n0015g0000000001,y\n",
            "Account.csv line 2: Id: 0015g0000000001 is there already",
        ),
        (
            "Contact.csv",
            "LastName,Account.Name\nx,Nope\n",
            "Contact.csv line 2: Account.Name: no record has 'Nope'",
        ),
        (
            "Contact.csv",
            "LastName,Account.Sic\nx,1\n",
            "Contact.csv line 2: Account.Sic is no field that tells",
        ),
        ("Contact.csv", "LastName,Boss.Name\nx,1\n", "Contact.csv line 2: Boss.Name is no field that tells"),
        (
            "Contact.csv",
            "LastName,AccountId\nx,0015g00000zzzzz\n",
            "Contact.csv line 2: insufficient access rights",
        ),
        (
            "Contact.csv",
            "LastName,Owner.FirstName\nx,Ada\n",
            "Contact.csv line 2: Owner.FirstName is no field",
        ),
        ("Account.json", "{}", "Account.json line 1: there is no list of records"),
        ("Account.json", '[\n{"Name": "a"},\n{"Name": }]', "Account.json line 3: Expecting value"),
        ("Account.json", "[\n\n1]", "Account.json line 3: a record is an object"),
        ("Account.json", '[{"Name": "a"}', "Account.json line 1: Expecting value"),
        (
            "Account.json",
            '[\n{"Name": ["a"]}]',
            "Account.json line 2: Name: Cannot deserialize instance of string",
        ),
        ("Account.json", "[" * 100_000, "Account.json line 1: "),
    ],
)
def test_a_record_that_does_not_fit_is_told_by_file_and_line(
    store: Store, tmp_path: Path, name: str, text: str, line: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError) as caught:
        load_rows(store, read_folder(tmp_path, store.schema))
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    assert store.count(store.schema["Account"]) == 1200


def test_a_start_that_fails_leaves_a_kept_file_empty(tmp_path: Path) -> None:
    keep, data = tmp_path / "org.db", tmp_path / "data"
    data.mkdir()
    (data / "Account.csv").write_text("Name\n\n,")
    result = CliRunner().invoke(demo, ["--keep", str(keep), "--data", str(data)])
    assert result.stderr == "sfexplorer demo: Account.csv line 3: 2 values for 1 columns\n"
    assert keep.stat().st_size == 0


def test_a_kept_file_grows_with_the_schema_and_is_not_filled_twice(tmp_path: Path) -> None:
    keep, data, schema = tmp_path / "org.db", tmp_path / "data", tmp_path / "schema"
    for folder in (data, schema):
        folder.mkdir()
    (data / "Account.csv").write_text("Name\nOnce\n")
    motto = {"name": "Motto__c", "default": "Excelsior"}
    times = {"name": "Twice__c", "type": "double(18,0)", "sql": "NumberOfEmployees * 2"}
    (schema / "Account.json").write_text(json.dumps({"extends": "Account", "fields": [motto, times]}))
    with DemoServer(keep, data=data):
        pass
    with DemoServer(keep, data=data, schema=schema) as org:
        headers = {"Authorization": f"Bearer {org.access_token}"}
        query = {"q": "SELECT Motto__c, Twice__c FROM Account WHERE Name = 'Once'"}
        answer = httpx.get(f"{org.url}{V}/query", params=query, headers=headers).json()
    assert [(each["Motto__c"], each["Twice__c"]) for each in answer["records"]] == [("Excelsior", None)]
