"""Bulk API 2.0: query jobs with pages of CSV, and ingest jobs row by row."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

QUERY, INGEST = f"{V}/jobs/query", f"{V}/jobs/ingest"


def ended(http: httpx.Client, path: str) -> dict[str, Any]:
    """The job once it is at its end; the org works on it at once."""
    while True:
        job: dict[str, Any] = http.get(path).json()
        if job["state"] in ("JobComplete", "Failed", "Aborted"):
            return job


def queried(http: httpx.Client, soql: str, **options: str) -> dict[str, Any]:
    made = http.post(QUERY, json={"operation": "query", "query": soql, **options})
    assert made.status_code == 200, made.text
    return ended(http, f"{QUERY}/{made.json()['id']}")


def rows(response: httpx.Response, delimiter: str = ",") -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline=""), delimiter=delimiter))


def ingested(http: httpx.Client, content: str, **options: str) -> dict[str, Any]:
    made = http.post(INGEST, json={"object": "Account", "contentType": "CSV", **options}).json()
    assert made["state"] == "Open"
    assert made["contentUrl"] == f"{INGEST}/{made['id']}/batches".removeprefix("/")
    path = f"{INGEST}/{made['id']}"
    put = http.put(f"{path}/batches", content=content.encode(), headers={"Content-Type": "text/csv"})
    assert (put.status_code, put.content) == (201, b"")
    assert http.patch(path, json={"state": "UploadComplete"}).json()["state"] == "UploadComplete"
    return ended(http, path)


def test_a_query_job_tells_its_facts_and_then_its_progress(http: httpx.Client) -> None:
    made = http.post(QUERY, json={"operation": "query", "query": "select id from contact"}).json()
    assert made["id"].startswith("750")
    assert (made["object"], made["state"], made["contentType"]) == ("Contact", "UploadComplete", "CSV")
    assert (made["apiVersion"], made["lineEnding"], made["columnDelimiter"]) == (60.0, "LF", "COMMA")
    job = ended(http, f"{QUERY}/{made['id']}")
    assert (job["state"], job["jobType"], job["numberRecordsProcessed"]) == ("JobComplete", "V2Query", 5000)


def test_results_are_the_rows_of_the_query_in_its_order_and_columns(http: httpx.Client) -> None:
    soql = (
        "SELECT Account.Name, id, LastName, CreatedDate, Account.IsDeleted, MailingLatitude FROM Contact "
        "ORDER BY Id LIMIT 300"
    )
    job = queried(http, soql)
    bulk = rows(http.get(f"{QUERY}/{job['id']}/results"))
    rest = http.get(f"{V}/query", params={"q": soql}).json()["records"]
    assert list(bulk[0]) == [
        "Account.Name",
        "Id",
        "LastName",
        "CreatedDate",
        "Account.IsDeleted",
        "MailingLatitude",
    ]
    assert [row["Id"] for row in bulk] == [record["Id"] for record in rest]
    for row, record in zip(bulk, rest, strict=True):
        parent = record["Account"] or {}
        assert row["Account.Name"] == parent.get("Name", "")
        assert row["CreatedDate"] == record["CreatedDate"].replace("+0000", "Z")
        assert row["Account.IsDeleted"] == ("" if not parent else "false")
        latitude = record["MailingLatitude"]
        assert row["MailingLatitude"] == ("" if latitude is None else str(latitude))


def test_results_come_in_pages_that_each_have_the_header(http: httpx.Client) -> None:
    job = queried(http, "SELECT Id FROM Contact")
    path, locator, found, pages = f"{QUERY}/{job['id']}/results", "", [], 0
    while locator != "null":
        parameters = {"maxRecords": "1800", **({"locator": locator} if locator else {})}
        response = http.get(path, params=parameters)
        page = rows(response)
        assert response.headers["Sforce-NumberOfRecords"] == str(len(page))
        found += [row["Id"] for row in page]
        locator = response.headers["Sforce-Locator"]
        pages += 1
    assert pages == 3
    assert len(found) == len(set(found)) == 5000


def test_result_pages_name_the_pages_that_can_be_fetched_side_by_side(http: httpx.Client) -> None:
    job = queried(http, "SELECT Id FROM Contact")
    path = f"{QUERY}/{job['id']}/resultPages?maxRecords=600"
    first = http.get(path).json()
    assert (len(first["resultPages"]), first["done"]) == (5, False)
    second = http.get(first["nextRecordUrl"]).json()
    assert (len(second["resultPages"]), second["done"]) == (4, True)
    urls = [each["resultUrl"] for each in (*first["resultPages"], *second["resultPages"])]
    ids = [row["Id"] for url in urls for row in rows(http.get(url))]
    assert len(ids) == len(set(ids)) == 5000


def test_values_with_quotes_and_line_ends_survive(http: httpx.Client) -> None:
    text = 'He said "no", then;\nleft\tsoon'
    http.post(f"{V}/sobjects/Contact", json={"LastName": "Quoted", "Description": text})
    soql = "SELECT Description, Email FROM Contact WHERE LastName = 'Quoted'"
    job = queried(http, soql, columnDelimiter="SEMICOLON", lineEnding="CRLF")
    response = http.get(f"{QUERY}/{job['id']}/results")
    assert rows(response, ";") == [{"Description": text, "Email": ""}]
    assert response.text.startswith('"Description";"Email"\r\n')


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT FROM Account", "MALFORMED_QUERY"),
        ("SELECT Nothing FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Nowhere", "INVALID_TYPE"),
        ("SELECT COUNT() FROM Account", "INVALIDJOB"),
        ("SELECT Name, COUNT(Id) FROM Account GROUP BY Name", "INVALIDJOB"),
        ("SELECT Id FROM Account OFFSET 5", "INVALIDJOB"),
        ("SELECT BillingAddress FROM Account", "INVALIDJOB"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "INVALIDJOB"),
        ("SELECT TYPEOF What WHEN Account THEN Name END FROM Event", "INVALIDJOB"),
        ("SELECT Body FROM Attachment", "INVALIDJOB"),
    ],
)
def test_a_query_that_jobs_do_not_take_is_refused(http: httpx.Client, soql: str, code: str) -> None:
    response = http.post(QUERY, json={"operation": "query", "query": soql})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, code)


def test_rows_are_inserted_and_a_refused_one_holds_up_no_other(http: httpx.Client) -> None:
    content = 'Name,Industry,AnnualRevenue\nIn Bulk A,Energy,1000\n"",Media,\nIn Bulk B,#N/A,\n'
    job = ingested(http, content, operation="insert")
    assert (job["state"], job["numberRecordsProcessed"], job["numberRecordsFailed"]) == ("JobComplete", 3, 1)
    path = f"{INGEST}/{job['id']}"
    good = rows(http.get(f"{path}/successfulResults"))
    assert [(row["Name"], row["sf__Created"]) for row in good] == [
        ("In Bulk A", "true"),
        ("In Bulk B", "true"),
    ]
    (bad,) = rows(http.get(f"{path}/failedResults"))
    assert bad["sf__Error"] == "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --"
    assert bad["Industry"] == "Media"
    assert rows(http.get(f"{path}/unprocessedrecords")) == []
    record = http.get(f"{V}/sobjects/Account/{good[0]['sf__Id']}?fields=AnnualRevenue,Industry").json()
    assert (record["AnnualRevenue"], record["Industry"]) == (1000.0, "Energy")


def test_updates_leave_empty_cells_alone_and_clear_what_is_not_available(http: httpx.Client) -> None:
    made = http.post(f"{V}/sobjects/Account", json={"Name": "Kept", "Industry": "Energy", "Site": "North"})
    record = f"{V}/sobjects/Account/{made.json()['id']}"
    job = ingested(http, f"Id,Name,Site\n{made.json()['id']},,#N/A\nno id,x,\n", operation="update")
    assert (job["numberRecordsProcessed"], job["numberRecordsFailed"]) == (2, 1)
    found = http.get(record).json()
    assert (found["Name"], found["Industry"], found["Site"]) == ("Kept", "Energy", None)
    ingested(http, f"Id\n{made.json()['id']}\n", operation="delete")
    assert http.get(record).status_code == 404


def test_an_upsert_goes_by_its_external_id_and_parents_by_theirs(http: httpx.Client) -> None:
    options = {"operation": "upsert", "externalIdFieldName": "External_Id__c"}
    job = ingested(http, "External_Id__c,Name\nBULK-1,First\n", **options)
    again = ingested(http, "External_Id__c,Name\nBULK-1,Second\n", **options)
    told = [rows(http.get(f"{INGEST}/{each['id']}/successfulResults"))[0] for each in (job, again)]
    assert [row["sf__Created"] for row in told] == ["true", "false"]
    assert told[0]["sf__Id"] == told[1]["sf__Id"]
    child = ingested(
        http, "LastName,Account.External_Id__c\nOf Bulk,BULK-1\n", operation="insert", object="Contact"
    )
    (row,) = rows(http.get(f"{INGEST}/{child['id']}/successfulResults"))
    assert http.get(f"{V}/sobjects/Contact/{row['sf__Id']}").json()["AccountId"] == told[0]["sf__Id"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"Name\nA,B\n", b"Name,\nA,B\n", b"Na\0me\nA\n"])
def test_rows_that_are_no_table_fail_the_job_and_write_nothing(http: httpx.Client, content: bytes) -> None:
    made = http.post(INGEST, json={"object": "Account", "operation": "insert"}).json()
    path = f"{INGEST}/{made['id']}"
    http.put(f"{path}/batches", content=content, headers={"Content-Type": "text/csv"})
    http.patch(path, json={"state": "UploadComplete"})
    job = ended(http, path)
    assert job["state"] == "Failed"
    assert job["errorMessage"].startswith("InvalidBatch : ")
    assert job["numberRecordsProcessed"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"operation": "insert", "object": "Nowhere"},
        {"operation": "merge", "object": "Account"},
        {"operation": "upsert", "object": "Account"},
        {"operation": "upsert", "object": "Account", "externalIdFieldName": "Site"},
        {"operation": "insert", "object": "Account", "columnDelimiter": "HASH"},
        {"operation": "insert", "object": "Account", "lineEnding": "CR"},
        {"operation": "insert", "object": "Account", "contentType": "JSON"},
    ],
)
def test_a_job_that_can_not_be_done_is_refused(http: httpx.Client, body: dict[str, str]) -> None:
    response = http.post(INGEST, json=body)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALIDJOB")


def test_jobs_are_aborted_listed_and_deleted(http: httpx.Client) -> None:
    made = http.post(INGEST, json={"object": "Account", "operation": "insert"}).json()
    path = f"{INGEST}/{made['id']}"
    assert http.get(f"{path}/successfulResults").json()[0]["errorCode"] == "INVALIDJOBSTATE"
    http.put(f"{path}/batches", content=b"Name\nNever\n", headers={"Content-Type": "text/csv"})
    assert http.patch(path, json={"state": "Aborted"}).json()["state"] == "Aborted"
    again = http.patch(path, json={"state": "Aborted"})
    assert (again.status_code, again.json()[0]["errorCode"]) == (400, "INVALIDJOBSTATE")
    assert rows(http.get(f"{path}/unprocessedrecords")) == [{"Name": "Never"}]
    assert made["id"] in [each["id"] for each in http.get(INGEST).json()["records"]]
    assert http.delete(path).status_code == 204
    assert http.get(path).status_code == 404


def test_results_are_read_by_the_version_that_made_the_job(http: httpx.Client) -> None:
    job = queried(http, "SELECT Id FROM Account LIMIT 1")
    older = http.get(f"{QUERY}/{job['id']}/results".replace("v60.0", "v59.0"))
    assert older.status_code == 409
    assert http.post(QUERY.replace("v60.0", "v46.0"), json={}).status_code == 404


@pytest.mark.parametrize("parameters", ["locator=!!", "locator=LTU", "maxRecords=0", "maxRecords=x"])
def test_a_page_that_can_not_be_is_refused(http: httpx.Client, parameters: str) -> None:
    job = queried(http, "SELECT Id FROM Account LIMIT 1")
    assert http.get(f"{QUERY}/{job['id']}/results?{parameters}").status_code == 400


def test_query_jobs_are_counted_against_their_limit(http: httpx.Client) -> None:
    def left() -> int:
        told: int = http.get(f"{V}/limits").json()["DailyBulkV2QueryJobs"]["Remaining"]
        return told

    before = left()
    queried(http, "SELECT Id FROM Account LIMIT 1")
    assert left() == before - 1
