"""A sample of what `fuzz.py` sends: hostile requests to every resource, and SQL in every text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.demo.conftest import V
from tests.demo.fuzz import Fuzz, fuzzing, hostile_requests
from tests.demo.hostile_values import INJECTIONS
from tests.demo.spoiling import injected

SEED = 20261124
HOSTILE, INJECTED = 250, 150


@pytest.fixture(scope="module")
def fuzz() -> Iterator[Fuzz]:
    with fuzzing() as running:
        yield running
        assert running.harm() == []


@pytest.fixture(autouse=True)
def nothing_found(fuzz: Fuzz) -> Iterator[None]:
    yield
    assert not fuzz.defects, "\n".join(fuzz.defects)


def test_every_resource_takes_some_of_the_requests_before_they_are_spoilt(fuzz: Fuzz) -> None:
    paths = [asked.path for asked in fuzz.valid()]
    for asked in fuzz.valid():
        fuzz.send(asked)
    taken = sum(number for status, number in fuzz.statuses.items() if status < 400)
    # Codes and tickets of signing in, and jobs that are under way, can't be known beforehand.
    assert taken > 0.8 * len(paths)


def test_hostile_requests_are_refused_in_the_form_of_an_error(fuzz: Fuzz) -> None:
    for asked in islice(hostile_requests(fuzz, random.Random(SEED)), HOSTILE):
        fuzz.send(asked)


def test_no_text_of_a_request_is_sql(fuzz: Fuzz) -> None:
    injections = [each for asked in fuzz.valid() for each in injected(asked)]
    for asked in random.Random(SEED).sample(injections, INJECTED):
        fuzz.send(asked)


def test_no_cell_and_no_column_of_a_csv_is_sql(fuzz: Fuzz) -> None:
    http, ingest = fuzz.http, f"{V}/jobs/ingest"
    cells = ['"' + text.replace('"', '""') + '"' for text in INJECTIONS]
    contents = ["\n".join(["Name", *cells])]
    contents += [f"Name,{cell}\nx,{cell}" for cell in cells]
    contents += [f"External_Id__c,Name\n{cell},{cell}" for cell in cells]
    for content in contents:
        job = {"object": "Account", "operation": "upsert", "externalIdFieldName": "External_Id__c"}
        job = job if content.startswith("External") else {"object": "Account", "operation": "insert"}
        path = f"{ingest}/{http.post(ingest, json=job).json()['id']}"
        http.put(f"{path}/batches", content=content.encode(), headers={"Content-Type": "text/csv"})
        http.patch(path, json={"state": "UploadComplete"})
        while (ended := http.get(path).json())["state"] not in ("JobComplete", "Failed"):
            pass
        if ended["state"] == "Failed":
            assert ended["errorMessage"].startswith("InvalidBatch : Field name not found")
    names = {row["Name"] for row in _named(fuzz)}
    assert names == set(INJECTIONS)


def _named(fuzz: Fuzz) -> list[dict[str, str]]:
    """The accounts that are called as SQL would be."""
    literals = ["'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'" for text in INJECTIONS]
    query = f"SELECT Name FROM Account WHERE Name IN ({', '.join(literals)})"
    rows: list[dict[str, str]] = fuzz.http.get(f"{V}/query", params={"q": query}).json()["records"]
    return rows


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_name_of_a_channel_and_no_filter_of_it_is_sql(fuzz: Fuzz, text: str) -> None:
    opened = fuzz.http.post("/cometd/60.0", json=[{"channel": "/meta/handshake", "version": "1.0",
        "supportedConnectionTypes": ["long-polling"]}]).json()  # fmt: skip
    for name in (f"/topic/{text}", f"/topic/AllAccounts?Name={text}", f"/u/{text}", f"/event/{text}", text):
        message = {"channel": "/meta/subscribe", "clientId": opened[0]["clientId"], "subscription": name}
        (answer,) = fuzz.http.post("/cometd/60.0", json=[message]).json()
        assert not answer["successful"]
