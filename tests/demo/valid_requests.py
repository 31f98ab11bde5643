"""Requests that the org takes as they stand, at least one to each of its resources: what the fuzz spoils."""

from __future__ import annotations

import base64
from typing import Any

from sfexplorer.demo.server import DemoServer
from tests.demo.asked import ACCOUNT, CONTACT, USER, WORDS, Asked, Known, V
from tests.demo.valid_dialogues import signing_in, streaming, switches

CLASS = "01p5g0000000001AAA"
_CONTACTS = {
    "records": [
        {"attributes": {"type": "Contact", "referenceId": "c"}, "LastName": "Ray", "Email": "r@x.example"}
    ]
}


def valid_requests(server: DemoServer, known: Known) -> list[Asked]:
    """The requests, with what they need to know of a running org."""
    return [
        *_reading(known),
        *_writing(),
        *_composite(),
        *_bulk(known),
        *_others(known),
        *signing_in(server),
        *streaming(known),
        *switches(known),
    ]


def _get(path: str, **params: str) -> Asked:
    return Asked("GET", V + path, params)


def _reading(known: Known) -> list[Asked]:
    soql = "SELECT Id, Account.Name, (SELECT Id FROM Cases) FROM Contact WHERE LastName LIKE 'A%' LIMIT 9"
    sosl = (
        "FIND {energy OR power*} IN NAME FIELDS RETURNING Account(Id, Name WHERE Industry != null), Contact"
    )
    range_of_time = {"start": "2026-11-01T00:00:00+00:00", "end": "2026-11-20T00:00:00+00:00"}
    return [
        _get("/"),
        _get("/query", q=soql),
        _get("/query", explain=soql),
        _get("/queryAll", q="SELECT COUNT(Id), Industry FROM Account GROUP BY Industry"),
        Asked(
            "GET", f"{V}/query", {"q": "SELECT Id FROM Case"}, None, {"Sforce-Query-Options": "batchSize=200"}
        ),
        _get(f"/query/{known.locator}"),
        _get("/search", q=sosl),
        _get(
            "/parameterizedSearch", q="energy", sobject="Account", fields="Id,Name", **{"Account.limit": "3"}
        ),
        _get("/search/scopeOrder"),
        _get("/search/layout", q="Account,Contact"),
        _get("/limits"),
        _get("/limits/recordCount", sObjects="Account,Contact"),
        _get("/recent", limit="5"),
        _get("/tabs"),
        _get("/theme"),
        _get("/quickActions/NewCase/describe"),
        _get("/sobjects/Account/quickActions"),
        _get("/sobjects"),
        _get("/sobjects/Account"),
        _get("/sobjects/Case/describe"),
        _get("/sobjects/Account/describe/layouts/0125g0000000001AAA"),
        _get("/sobjects/Account/describe/compactLayouts"),
        _get("/sobjects/Account/deleted", **range_of_time),
        _get("/sobjects/Account/updated", **range_of_time),
        _get(f"/sobjects/Account/{ACCOUNT}", fields="Id,Name,External_Id__c"),
        _get(f"/sobjects/Account/{ACCOUNT}/Contacts", fields="Id,LastName"),
        _get(f"/sobjects/Contact/{CONTACT}/Account/Owner"),
        _get("/sobjects/Account/External_Id__c/PIONEER-001"),
        _get(f"/sobjects/Attachment/{known.attachment}/Body"),
        _get("/sobjects/Low_Ink__e/eventSchema", payloadFormat="COMPACT"),
        _get(f"/event/eventSchema/{known.schema}"),
    ]


def _writing() -> list[Asked]:
    account = {"Name": "Lantern", "NumberOfEmployees": 5, "AnnualRevenue": 1.5, "Industry": "Energy",
               "BillingCity": "Ulm", "Owner": {"Username": "grace@acme.example"}}  # fmt: skip
    contact = {
        "LastName": "Ray",
        "Email": "ray@x.example",
        "Birthdate": "1990-01-31",
        "DoNotCall": True,
        "AccountId": ACCOUNT,
        "ReportsTo": {"attributes": {"type": "Contact"}, "External_Id__c": "P-001"},
    }
    files = {"Title": "a", "PathOnClient": "a.txt", "VersionData": base64.b64encode(b"text").decode()}
    unmodified = {"If-Unmodified-Since": "Tue, 24 Nov 2026 10:00:00 GMT", "If-Match": '"x"'}
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="entity"\r\nContent-Type: application/json\r\n\r\n'
        b'{"Name": "a.bin", "ParentId": "%s"}\r\n--b\r\nContent-Disposition: form-data; name="Body"; '
        b'filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\xff\r\n--b--\r\n'
    ) % ACCOUNT.encode()
    return [
        Asked("POST", f"{V}/sobjects/Account", {}, account),
        Asked("POST", f"{V}/sobjects/Contact", {}, contact),
        Asked(
            "POST",
            f"{V}/sobjects/Event",
            {},
            {
                "Subject": "x",
                "DurationInMinutes": 5,
                "WhoId": CONTACT,
                "ActivityDateTime": "2026-11-24T10:00:00.000Z",
            },
        ),
        Asked(
            "POST",
            f"{V}/sobjects/Opportunity",
            {},
            {
                "Name": "x",
                "StageName": "Prospecting",
                "CloseDate": "2026-12-31",
                "Amount": 10,
                "AccountId": ACCOUNT,
            },
        ),
        Asked("POST", f"{V}/sobjects/ContentVersion", {}, files),
        Asked(
            "POST", f"{V}/sobjects/Attachment", {}, parts, {"Content-Type": "multipart/form-data; boundary=b"}
        ),
        Asked("POST", f"{V}/sobjects/Low_Ink__e", {}, {"Serial_Number__c": "1000"}),
        Asked("POST", f"{V}/sobjects/Account/Id", {}, {"Name": "x"}),
        Asked("PATCH", f"{V}/sobjects/Contact/{CONTACT}", {}, {"Title": "Analyst"}, unmodified),
        Asked("PATCH", f"{V}/sobjects/Account/External_Id__c/FUZZ-1", {}, account),
        Asked("PATCH", f"{V}/sobjects/Contact/{CONTACT}/Account", {}, {"Name": "Renamed"}),
        Asked("POST", f"{V}/sobjects/Contact/{CONTACT}", {"_HttpMethod": "PATCH"}, {"Title": "x"}),
        Asked("DELETE", f"{V}/sobjects/Account/External_Id__c/FUZZ-1"),
        Asked("DELETE", f"{V}/sobjects/Contact/{CONTACT[:14]}2AAA"),
        Asked("POST", f"{V}/sobjects/User/{USER[:14]}2/password", {}, {"NewPassword": "Secret-123"}),
    ]


def _sub(name: str, path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    return {"method": method, "url": V + path, "referenceId": name, **more}


def _composite() -> list[Asked]:
    create = _sub("A", "/sobjects/Account", "POST", body={"Name": "Parent"})
    child = _sub("B", "/sobjects/Contact", "POST", body={"LastName": "x", "AccountId": "@{A.id}"})
    read = _sub("C", "/query?q=SELECT Id FROM Contact WHERE Id = '@{B.id}'", httpHeaders={"If-Match": '"x"'})
    graph = {"graphId": "g", "compositeRequest": [create, child]}
    rows = [
        {"attributes": {"type": "Account"}, "Name": "x", "External_Id__c": "FUZZ-2"},
        {"attributes": {"type": "Account"}, "Name": "y", "External_Id__c": "FUZZ-3", "NumberOfEmployees": 3},
    ]
    tree = {"attributes": {"type": "Account", "referenceId": "a"}, "Name": "x", "Contacts": _CONTACTS}
    batch = [
        {"method": "GET", "url": f"v60.0/sobjects/Account/{ACCOUNT}?fields=Name"},
        {"method": "PATCH", "url": f"v60.0/sobjects/Account/{ACCOUNT}", "richInput": {"Site": "x"}},
    ]
    changed = [{"attributes": {"type": "Contact"}, "Id": CONTACT, "Title": "x"}]
    read_many = {"ids": [ACCOUNT], "fields": ["Id", "Name"]}
    both = {"allOrNone": True, "collateSubrequests": False, "compositeRequest": [create, child, read]}
    return [
        Asked("POST", f"{V}/composite", {}, both),
        Asked("POST", f"{V}/composite/batch", {}, {"haltOnError": True, "batchRequests": batch}),
        Asked("POST", f"{V}/composite/graph", {}, {"graphs": [graph]}),
        Asked("POST", f"{V}/composite/tree/Account", {}, {"records": [tree]}),
        Asked("POST", f"{V}/composite/sobjects", {}, {"allOrNone": False, "records": rows}),
        Asked("PATCH", f"{V}/composite/sobjects", {}, {"allOrNone": True, "records": changed}),
        Asked("PATCH", f"{V}/composite/sobjects/Account/External_Id__c", {}, {"records": rows}),
        Asked("GET", f"{V}/composite/sobjects/Account", {"ids": ACCOUNT, "fields": "Id,Name"}),
        Asked("POST", f"{V}/composite/sobjects/Account", {}, read_many),
        Asked("DELETE", f"{V}/composite/sobjects", {"ids": f"{CONTACT[:14]}3", "allOrNone": "true"}),
    ]


def _bulk(known: Known) -> list[Asked]:
    query, ingest = f"{V}/jobs/query", f"{V}/jobs/ingest"
    wanted = {"operation": "query", "query": "SELECT Id, Name FROM Account", "lineEnding": "CRLF",
              "contentType": "CSV", "columnDelimiter": "COMMA"}  # fmt: skip
    upsert = {"object": "Account", "operation": "upsert", "externalIdFieldName": "External_Id__c",
              "contentType": "CSV", "lineEnding": "LF", "columnDelimiter": "COMMA"}  # fmt: skip
    rows = b'Name,External_Id__c,Owner.Username\n"Bulk, one",FUZZ-4,grace@acme.example\n#N/A,FUZZ-5,\n'
    return [
        Asked("POST", query, {}, wanted),
        _get("/jobs/query", jobType="V2Query", queryLocator="0"),
        Asked("GET", f"{query}/{known.query_job}"),
        Asked("GET", f"{query}/{known.query_job}/results", {"maxRecords": "10"}),
        Asked("GET", f"{query}/{known.query_job}/resultPages"),
        Asked("PATCH", f"{query}/{known.query_job}", {}, {"state": "Aborted"}),
        Asked("POST", ingest, {}, upsert),
        Asked("PUT", f"{ingest}/{known.ingest_job}/batches", {}, rows, {"Content-Type": "text/csv"}),
        Asked("PATCH", f"{ingest}/{known.ingest_job}", {}, {"state": "UploadComplete"}),
        Asked("GET", f"{ingest}/{known.ingest_job}/successfulResults"),
        Asked("GET", f"{ingest}/{known.ingest_job}/failedResults"),
        Asked("GET", f"{ingest}/{known.ingest_job}/unprocessedrecords"),
        Asked("DELETE", f"{ingest}/{known.ingest_job}"),
    ]


def _others(known: Known) -> list[Asked]:
    tooling, chatter = f"{V}/tooling", f"{V}/chatter"
    post = {"body": WORDS, "feedElementType": "FeedItem", "subjectId": ACCOUNT}
    items = f"{chatter}/feed-elements/{known.post}/capabilities"
    search = {"q": "energy", "fields": ["Id"], "in": "NAME", "overallLimit": 9, "defaultLimit": 3,
              "sobjects": [{"name": "Account", "fields": ["Name"], "where": "Industry != null",
                            "orderBy": "Name DESC", "limit": 3}]}  # fmt: skip
    return [
        Asked("POST", f"{V}/parameterizedSearch", {}, search),
        Asked("GET", f"{tooling}/query", {"q": "SELECT Id, Name FROM ApexClass"}),
        Asked("GET", f"{tooling}/executeAnonymous", {"anonymousBody": "System.debug('x');"}),
        Asked("GET", f"{tooling}/completions", {"type": "apex"}),
        Asked("GET", f"{tooling}/sobjects/ApexClass/describe"),
        Asked("POST", f"{tooling}/sobjects/ApexClass", {}, {"Name": "X", "Body": "class X {}"}),
        Asked("PATCH", f"{tooling}/sobjects/ApexClass/{CLASS}", {}, {"Body": "class X {}"}),
        Asked("GET", f"{chatter}/users/me"),
        Asked("GET", f"{chatter}/users", {"q": "ada", "page": "0", "pageSize": "5"}),
        Asked("GET", f"{chatter}/feeds/record/{ACCOUNT}/feed-elements", {"page": "0", "pageSize": "5"}),
        Asked("GET", f"{chatter}/feeds/news/me/feed-elements"),
        Asked("POST", f"{chatter}/feed-elements", {}, post),
        Asked("GET", f"{chatter}/feed-elements/{known.post}"),
        Asked("POST", f"{items}/comments/items", {}, {"body": WORDS}),
        Asked("POST", f"{items}/chatter-likes/items", {}, {}),
        Asked("DELETE", f"{chatter}/likes/0I05g0000000001AAA"),
        Asked("POST", "/services/apexrest/echo/a/b", {"x": "1"}, {"a": [1, {"b": None}]}),
        Asked("GET", "/services/data"),
    ]
