"""Whatever is sent, the org refuses it in Salesforce's form and goes on."""

from __future__ import annotations

import contextlib
import gzip
import random
import socket
from typing import Any

import httpx
import pytest

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.resources.query import first_page
from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

PIECES = [
    *r"""
    SELECT  FROM  WHERE  Account  Contact  Id  Name  Account.Name  Contacts  COUNT(Id)  COUNT()  (
    )  ,  =  !=  LIKE  IN  NOT  AND  OR  NOT IN  'x'  ''  'a\'b'  '%'  5  1.5e9
    9999999999999999999999999999999999999999  null  TRUE  TODAY  LAST_N_DAYS:99999999  2026-02-31
    2026-01-01  2026-01-01T00:00:00Z  0001-01-01  ORDER BY  GROUP BY  HAVING  LIMIT  OFFSET
    FIELDS(ALL)  TYPEOF  WHEN  THEN  END  Owner.Name  What.Name  Task  MAX(Name)
    toLabel(Industry)  CALENDAR_YEAR(CreatedDate)  BillingAddress
    DISTANCE(BillingAddress, GEOLOCATION(1,1), 'mi')  x.y.z  é  --  ;  "  Body  Attachment
    convertTimezone(CreatedDate)  FORMAT(AnnualRevenue)  USING SCOPE mine  FOR UPDATE  ALL ROWS
    ROLLUP(Name)
    """.replace("\n", "  ").split("  "),
    "\x00",
    "\ud7ff",
]
PARTS = [
    *[
        "services",
        "data",
        "v60.0",
        "v99.0",
        "sobjects",
        "Account",
        "Case",
        "describe",
        "query",
        "limits",
        "recordCount",
        "id",
        "oauth2",
        "token",
        "revoke",
        "userinfo",
        "0015g0000000001AAA",
        "Id",
        "Email",
        "Body",
        "%00",
        "%2F",
        "..",
        "%F0%9F",
        "'",
        "01g5g0000000001AAA-2000",
        "%ED%A0%80",
        "__demo__",
        "touch",
        "faults",
    ],
    "x" * 300,
]
METHODS = ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "BREW"]
HEADERS: list[dict[str, str]] = [
    {},
    {"If-Modified-Since": "never"},
    {"If-Unmodified-Since": "\x7f"},
    {"Content-Encoding": "gzip"},
    {"Authorization": "Bearer"},
    {"Sforce-Query-Options": "batchSize=99999999999999999999"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=\"'"},
]
QUERIES = [
    "SELECT Id FROM Account WHERE " + " AND ".join(["Name = 'x'"] * 3000),
    "SELECT Id FROM Account WHERE Name IN (" + ",".join(["'x'"] * 20000) + ")",
    "SELECT Id FROM Account WHERE " + "(" * 400 + "Name = 'x'" + ")" * 400,
    "SELECT Id FROM Account WHERE " + "(NOT " * 900 + "Name = 'x'" + ")" * 900,
    "SELECT " + ".".join(["Parent"] * 40) + ".Name FROM Account",
    "SELECT " + ", ".join(f"{'Parent.' * depth}Name" for depth in range(6)) + " FROM Account",
    "SELECT " + "(SELECT Id FROM Contacts), " * 30 + "Id FROM Account",
    "SELECT Id FROM Account WHERE Name LIKE '" + "%a" * 1500 + "'",
    f"SELECT Id FROM Account WHERE AnnualRevenue > {'9' * 400}",
    "SELECT Id FROM Account WHERE CreatedDate = LAST_N_YEARS:99999999999999999999",
    "SELECT Id FROM Account LIMIT 99999999999999999999999",
    "SELECT Id FROM Account WHERE Name = '\\u0000'",
    "SELECT Id FROM Account WHERE Name = '\\ud800'",
    "SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)",
    "SELECT Name, COUNT(Id) FROM Account GROUP BY Name",
    "SELECT Id FROM Account WHERE CreatedDate > 4000-12-31T23:59:59-12:00",
]


@pytest.fixture(autouse=True)
def still_whole(http: httpx.Client) -> Any:
    """After each test the org answers as before."""
    yield
    for name, count in (("Account", 1200), ("User", 12)):
        body = http.get(f"{V}/query", params={"q": f"SELECT COUNT() FROM {name}"}).json()
        assert body["totalSize"] >= count


def check(response: httpx.Response) -> None:
    assert response.status_code < 500, response.text
    if response.status_code >= 400 and response.request.method != "HEAD":
        errors = response.json()
        assert all(error["errorCode"] and error["message"] for error in errors)


@pytest.mark.parametrize("soql", QUERIES, ids=[soql[:50] for soql in QUERIES])
def test_excessive_queries_are_answered_or_refused(server: DemoServer, soql: str) -> None:
    org = server.org
    # Past HTTP, whose URLs end at 16,384 characters: the composite resources will carry longer ones.
    with contextlib.suppress(Refusal), org.readers.connection() as connection:
        assert first_page(connection, org.snapshots, V, 2000, org.context(soql)).startswith(b"{")


def test_urls_have_an_end(http: httpx.Client) -> None:
    response = http.get(f"{V}/query", params={"q": "x" * 16_384})
    assert (response.status_code, response.headers["Content-Type"]) == (414, "text/html;charset=UTF-8")


def test_random_queries_never_break_the_org(http: httpx.Client) -> None:
    chance = random.Random(20261124)
    for _ in range(400):
        words = chance.choices(PIECES, k=chance.randint(1, 12))
        soql = " ".join(words)
        if chance.random() < 0.7:
            soql = (
                f"SELECT {soql.replace('SELECT', '')} FROM {chance.choice(['Account', 'Contact', 'Task'])} "
                + " ".join(chance.choices(PIECES, k=chance.randint(0, 8)))
            )
        check(http.get(f"{V}/query", params={"q": soql}))


def test_random_bodies_never_break_the_org(http: httpx.Client) -> None:
    chance = random.Random(20261124)
    names = [each["name"] for each in http.get(f"{V}/sobjects").json()["sobjects"]]
    values: list[Any] = [
        None,
        True,
        0,
        -1,
        1e308,
        2**70,
        "",
        "x",
        "x" * 40_000,
        "\x00",
        "2026-13-45",
        "0035g0000000001AAA",
        [],
        {},
        {"Id": 1},
        [[[]]],
        "é",
        "'; DROP TABLE Account; --",
        {"External_Id__c": "x"},
        {"a": 1, "b": 2},
        "😀",
    ]
    for _ in range(300):
        name = chance.choice(names)
        described = http.get(f"{V}/sobjects/{name}/describe").json()["fields"]
        keys = [field["name"] for field in described] + [
            str(field["relationshipName"]) for field in described
        ]
        body = {key: chance.choice(values) for key in chance.sample(keys, k=min(6, len(keys)))}
        path = chance.choice([f"{V}/sobjects/{name}", f"{V}/sobjects/{name}/0015g0000000001AAA"])
        check(http.request(chance.choice(["POST", "PATCH"]), path, json=body))


def test_random_paths_and_methods_never_break_the_org(http: httpx.Client) -> None:
    chance = random.Random(20261124)
    for _ in range(500):
        start = chance.choice(["", V, f"{V}/sobjects"])
        path = start + "/" + "/".join(chance.choices(PARTS, k=chance.randint(0, 4)))
        response = http.request(
            chance.choice(METHODS),
            path,
            params={
                chance.choice(["q", "fields", "sObjects", "x"]): chance.choice(
                    ["", "a,b", "\x00", ".", "Id,Id,,."]
                )
            },
            content=chance.choice([b"", b"{}", b"\x00\xff", b'{"id": "001"}', b"token=1"]),
            headers=chance.choice(HEADERS),
        )
        assert response.status_code < 500, f"{response.request.method} {path}: {response.text}"


INJECTIONS = [
    "' OR '1'='1",
    "\\' OR 1=1 --",
    '"; DROP TABLE Account; --',
    "x') UNION SELECT * FROM User --",
    "%' --",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_is_never_sql(http: httpx.Client, text: str) -> None:
    literal = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    for condition in (
        f"Name = {literal}",
        f"Name LIKE {literal}",
        f"Name IN ({literal})",
        f"Account.Name = {literal}",
    ):
        body = http.get(f"{V}/query", params={"q": f"SELECT Id FROM Contact WHERE {condition}"}).json()
        assert body == {"totalSize": 0, "done": True, "records": []}
    made = http.post(f"{V}/sobjects/Contact", json={"LastName": text}).headers["Location"]
    assert http.get(made).json()["LastName"] == text
    check(http.get(f"{V}/sobjects/Contact/Email/{text}"))
    check(http.get(f"{V}/sobjects/{text}"))
    check(http.get(made, params={"fields": text}))


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /services/data HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
        b"POST /services/oauth2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_broken_http_ends_that_connection_only(server: DemoServer, http: httpx.Client, sent: bytes) -> None:
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass
    assert http.get("/services/data").status_code == 200


def test_a_request_that_is_cut_off_does_nothing(server: DemoServer, http: httpx.Client) -> None:
    job = http.post(f"{V}/jobs/ingest", json={"object": "Account", "operation": "insert"}).json()["id"]
    path = f"{V}/jobs/ingest/{job}"
    lines = [
        f"PUT {path}/batches HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {server.access_token}",
        "Content-Type: text/csv",
        "Content-Length: 50",
        "",
        "Name\nHalf\nOf it",
    ]
    server.clear_log()
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
    while not (log := server.log()):
        pass
    assert (log[0]["method"], log[0]["status"], log[0]["body"]) == ("PUT", 0, None)
    assert (
        http.put(
            f"{path}/batches", content=b"Name\nWhole\n", headers={"Content-Type": "text/csv"}
        ).status_code
        == 201
    )


def test_a_zipped_body_without_its_end_is_refused(http: httpx.Client) -> None:
    whole = gzip.compress(b'{"LastName": "Zipped"}' + b" " * 5_000)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert http.post(f"{V}/sobjects/Contact", content=whole, headers=headers).status_code == 201
    for end in (8, 12):
        response = http.post(f"{V}/sobjects/Contact", content=whole[:-end], headers=headers)
        assert response.json()[0]["message"] == "the request body is not in gzip format"


def test_a_bomb_of_zeros_is_refused(http: httpx.Client) -> None:
    bomb = gzip.compress(bytes(60 * 1024 * 1024), 9)
    response = http.post(f"{V}/sobjects/Contact", content=bomb, headers={"Content-Encoding": "gzip"})
    assert response.status_code == 413
