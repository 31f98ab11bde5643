"""Whatever is sent to the resources besides records and queries, none of them breaks."""

from __future__ import annotations

import random
import re
from typing import Any

import httpx
from starlette.routing import Route

from sfexplorer.demo.resources import (
    apexrest,
    appearance,
    chatter,
    external,
    layouts,
    limits,
    passwords,
    recent,
    records,
    relations,
    replication,
    sobjects,
    tooling,
)
from tests.demo.conftest import V

FAMILIES = (
    apexrest,
    appearance,
    chatter,
    external,
    layouts,
    limits,
    passwords,
    recent,
    records,
    relations,
    replication,
    sobjects,
    tooling,
)
PATHS = [route.path for family in FAMILIES for route in family.routes() if isinstance(route, Route)]
# It answers 500, as it is meant to.
PATHS.remove("/services/apexrest/throw")
PARTS = [
    "0015g0000000001AAA",
    "0035g0000000001AAA",
    "0055g0000000001AAA",
    "01p5g0000000001AAA",
    "0D55g0000000001AAA",
    "0695g0000000001AAA",
    "00P5g0000000001AAA",
    "0125g0000000001AAA",
    "Account",
    "ApexClass",
    "ContentVersion",
    "User",
    "Body",
    "Contacts",
    "Id",
    "Owner",
    "VersionData",
    "echo",
    "me",
    "primary",
    "x.json",
    "y.xml",
    "%00",
    "%2F",
    "..",
    "'",
    "%F0%9F%98%80",
]
PARAMETERS = ["anonymousBody", "end", "fields", "limit", "page", "pageSize", "q", "start", "type"]
VALUES = [
    "",
    "Id,Name",
    "apex",
    "2026-11-24T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00",
    "-1",
    "1",
    "\x00",
    "'",
    "SELECT Id FROM ApexClass",
    "Integer a = 1 / 0;",
    "throw new",
    "\u2028",
]
TEXT = {"messageSegments": [{"type": "Text", "text": "x"}]}
JSON: list[Any] = [
    {},
    [],
    None,
    {"Title": "x", "PathOnClient": "." * 600, "VersionData": "eA=="},
    {"Title": "x", "PathOnClient": "a/b\x00.c", "VersionData": "eA=="},
    {"body": TEXT, "subjectId": "me"},
    {"body": {"messageSegments": [{"type": "Text", "text": None}]}, "subjectId": 5},
    {"body": [1], "subjectId": ["me"], "feedElementType": {}},
    {"NewPassword": 5},
    {"Name": "x", "Body": "class X {}"},
]
BODIES = [
    b"",
    b"\xff\xfe",
    b"--b\r\n\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Type: application/json\r\n\r\n[]\r\n--b--',
    b"--b\nContent-Disposition: form-data; name*=utf-8''x\n\n\n--b--",
    b"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\n: \r\n\r\n\r\n--b--",
]
HEADERS = [
    {},
    {"Accept": "application/xml"},
    {"Content-Type": "multipart/form-data; boundary=b"},
    {"Content-Type": "multipart/form-data; boundary*=utf-8''b"},
    {"Content-Type": "multipart/form-data; boundary=" + "b" * 5000},
    {"If-Match": '"', "If-None-Match": "W/*,"},
    {"If-Modified-Since": "Mon, 01 Jan 0001 00:00:00 -2359"},
    {"X-PrettyPrint": "1"},
]


COUNT = 200


def part(name: str, chance: random.Random) -> str:
    """Something to put into a path where a part of it is variable."""
    if name == "{version}":
        return chance.choice(["60.0", "60.0", "60.0", "20.0", "37.0"])
    return "/".join(chance.choices(PARTS, k=chance.randint(1, 3) if name == "{rest:path}" else 1))


def test_random_requests_never_break_a_resource(http: httpx.Client) -> None:
    chance = random.Random(20261124)
    for _ in range(COUNT):
        path = re.sub(r"\{[^}]+\}", lambda match: part(match[0], chance), chance.choice(PATHS))
        method = chance.choice(["GET", "GET", "GET", "POST", "POST", "PATCH", "DELETE", "HEAD", "PUT"])
        sent: dict[str, Any] = {"headers": chance.choice(HEADERS)}
        if method in ("POST", "PATCH", "PUT"):
            sent |= chance.choice([{"json": chance.choice(JSON)}, {"content": chance.choice(BODIES)}])
        parameters = {chance.choice(PARAMETERS): chance.choice(VALUES) for _ in range(2)}
        response = http.request(method, path, params=parameters, **sent)
        assert response.status_code < 500, f"{method} {response.request.url} {sent}: {response.text}"
        if response.status_code >= 400 and method != "HEAD":
            assert all(each["errorCode"] and each["message"] for each in response.json())
    assert http.get(f"{V}/limits").status_code == 200
