"""What queries are written out as, and the types of their columns."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sfexplorer.client import Org, ServerFailed, SObject

from .conftest import MakeHost, Seen, answer

CONTACTS = "SELECT Id, lastname, Account.Name, Account.Owner.Name FROM Contact ORDER BY Id"
OrgAt = Callable[..., Org]


async def test_a_csv_file_has_all_rows_with_parents_in_columns_of_their_own(org: Org, tmp_path: Path) -> None:
    query = org.query(CONTACTS)
    assert await query.to_csv(tmp_path / "contacts.csv") == 5000
    with (tmp_path / "contacts.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["Id", "LastName", "Account.Name", "Account.Owner.Name"]
    records = [record async for record in query]
    assert [row[:2] for row in rows] == [[record.id, record["LastName"]] for record in records]
    assert {row[2] for row in rows} == {(record["Account"] or {}).get("Name", "") for record in records}
    assert os.listdir(tmp_path) == ["contacts.csv"]


async def test_writing_keeps_no_more_pages_than_were_there(org: Org) -> None:
    query = org.query(CONTACTS)
    lines = io.StringIO()
    assert await query.to_ndjson(lines) == 5000
    assert query.pages_loaded == 0
    await query.first_page()
    assert await query.to_ndjson(io.StringIO()) == 5000
    assert query.pages_loaded == 1
    rows = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert len({row["Id"] for row in rows}) == 5000
    assert all("attributes" not in row for row in rows)
    assert [row["Id"] for row in rows] == [record.id async for record in query]


async def test_values_are_written_as_they_are(org_at: OrgAt, make_host: MakeHost) -> None:
    told: dict[str, Any] = {
        "attributes": {"type": "X"},
        "Text": '=1+1,"quoted"\nsecond line é',
        "Number": 12.50,
        "Yes": True,
        "Nothing": None,
        "Children": {
            "totalSize": 1,
            "done": True,
            "records": [{"attributes": {"type": "Y"}, "Name": "Z"}],
        },
    }
    host = await make_host(answer(200, {"totalSize": 1, "done": True, "records": [told]}))
    stream = io.StringIO()
    await org_at(host).query("SELECT Text FROM X").to_csv(stream)
    head, row = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert head == ["Text", "Number", "Yes", "Nothing", "Children"]
    assert row == [told["Text"], "12.5", "true", "", '[{"Name":"Z"}]']


async def test_an_export_that_fails_leaves_the_file_that_was_there(
    org_at: OrgAt, make_host: MakeHost, tmp_path: Path
) -> None:
    target = tmp_path / "rows.csv"
    target.write_text("the old one")
    page = {"totalSize": 2, "done": False, "records": [{"Id": "1"}]}
    following = "/services/data/v60.0/query/01g5g0000000005AAA-1"
    host = await make_host(answer(200, {**page, "nextRecordsUrl": following}), answer(500, []))
    with pytest.raises(ServerFailed):
        await org_at(host).query("SELECT Id FROM X").to_csv(target)
    assert target.read_text() == "the old one"
    assert os.listdir(tmp_path) == ["rows.csv"]
    assert len(asyncio.all_tasks()) == 1


async def test_an_answer_without_rows_has_a_head(org: Org) -> None:
    stream = io.StringIO()
    soql = "SELECT c.Id, c.Account.Name, (SELECT Id FROM Cases) FROM Contact c WHERE Name = 'nobody'"
    assert await org.query(soql).to_csv(stream) == 0
    assert stream.getvalue() == "Id,Account.Name,Cases\r\n"


async def test_children_behind_the_first_page_of_a_sub_select_are_written_too(
    org_at: OrgAt, make_host: MakeHost
) -> None:
    def serve(seen: Seen) -> bytes:
        if "?q=" not in seen.target:
            return answer(200, {"totalSize": 2, "done": True, "records": [{"Id": "c2"}]})
        children = {
            "totalSize": 2,
            "done": False,
            "nextRecordsUrl": "/services/data/v60.0/query/01g-x",
            "records": [{"Id": "c1"}],
        }
        return answer(200, {"totalSize": 1, "done": True, "records": [{"Id": "p", "Cases": children}]})

    host = await make_host(serve)
    stream = io.StringIO()
    await org_at(host).query("SELECT Id, (SELECT Id FROM Cases) FROM Contact").to_ndjson(stream)
    assert json.loads(stream.getvalue()) == {"Id": "p", "Cases": [{"Id": "c1"}, {"Id": "c2"}]}


async def test_columns_have_the_types_of_their_describes(org: Org) -> None:
    soql = "SELECT Id, lastname, Account.Name, Account.Owner.Email, (SELECT Id FROM Cases) FROM Contact"
    assert await org.query(soql).column_types(org.describe) == {
        "Id": "id",
        "LastName": "string",
        "Account.Name": "string",
        "Account.Owner.Email": "email",
        "Cases": "records",
    }


async def test_sums_have_the_types_of_what_they_sum_up(org: Org) -> None:
    await org.insert(SObject("Opportunity", Name="One", StageName="Won", CloseDate="2026-01-02", Amount=3))
    soql = "SELECT StageName, COUNT(Id) many, MAX(CloseDate), AVG(Amount) FROM Opportunity GROUP BY StageName"
    types = await org.query(soql).column_types(org.describe)
    assert types == {"StageName": "picklist", "many": "int", "expr0": "date", "expr1": "double"}
