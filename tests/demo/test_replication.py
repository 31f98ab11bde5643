"""Which records were deleted or changed in a span of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

MINUTE = timedelta(minutes=1)


def span(start: timedelta, end: timedelta = MINUTE) -> dict[str, str]:
    """From some time ago to some time from now."""
    now = datetime.now(UTC)
    return {"start": (now - start).isoformat(), "end": (now + end).isoformat()}


def asked(http: httpx.Client, what: str, parameters: dict[str, str], type: str = "Account") -> dict[str, Any]:
    response = http.get(f"{V}/sobjects/{type}/{what}/", params=parameters)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_changed_records_are_told_until_they_are_deleted(http: httpx.Client) -> None:
    path = http.post(f"{V}/sobjects/Account", json={"Name": "Fresh"}).headers["Location"]
    record_id = path.rpartition("/")[2]
    body = asked(http, "updated", span(MINUTE))
    assert record_id in body["ids"]
    live = asked(http, "deleted", span(MINUTE))["deletedRecords"]
    assert record_id not in [each["id"] for each in live]
    assert body["latestDateCovered"].endswith(":00.000+0000")
    http.delete(path)
    assert record_id not in asked(http, "updated", span(MINUTE))["ids"]
    gone = asked(http, "deleted", span(MINUTE))
    assert list(gone) == ["deletedRecords", "earliestDateAvailable", "latestDateCovered"]
    (entry,) = [each for each in gone["deletedRecords"] if each["id"] == record_id]
    assert datetime.now(UTC) - datetime.fromisoformat(entry["deletedDate"]) < MINUTE


def test_only_the_span_is_told(http: httpx.Client) -> None:
    http.delete(http.post(f"{V}/sobjects/Account", json={"Name": "x"}).headers["Location"])
    before = span(timedelta(days=2), -timedelta(days=1))
    assert asked(http, "deleted", before)["deletedRecords"] == []


@pytest.mark.parametrize(
    "form", ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%dT%H:%M:%S.000+0000"]
)
def test_moments_come_in_every_form_that_clients_write(http: httpx.Client, form: str) -> None:
    now = datetime.now(UTC)
    start, end = ((now - MINUTE).strftime(form), (now + MINUTE).strftime(form))
    # Not encoded: the plus arrives as a blank.
    response = http.get(f"{V}/sobjects/Account/updated/?start={start}&end={end}")
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("parameters", "code", "words"),
    [
        ({}, "MISSING_ARGUMENT", "required"),
        ({"start": "2026-01-01T00:00:00Z"}, "MISSING_ARGUMENT", "required"),
        ({"start": "soon", "end": "2026-01-01T00:00:00Z"}, "INVALID_REPLICATION_DATE", "start"),
        (span(MINUTE) | {"end": "2026-02-30T00:00:00Z"}, "INVALID_REPLICATION_DATE", "end"),
        (span(timedelta(days=31)), "INVALID_REPLICATION_DATE", "30 days"),
        (span(MINUTE, -2 * MINUTE), "INVALID_REPLICATION_DATE", "after"),
        (
            {"start": "2026-11-24T00:00:00Z", "end": "2026-11-24T00:00:30Z"},
            "INVALID_REPLICATION_DATE",
            "one minute",
        ),
    ],
)
@pytest.mark.parametrize("what", ["updated", "deleted"])
def test_a_span_that_is_none_is_refused(
    http: httpx.Client, what: str, parameters: dict[str, str], code: str, words: str
) -> None:
    response = http.get(f"{V}/sobjects/Account/{what}", params=parameters)
    (error,) = response.json()
    assert (response.status_code, error["errorCode"]) == (400, code)
    assert words in error["message"]


def test_sobjects_without_stamps_are_not_replicable(http: httpx.Client) -> None:
    items = http.get(f"{V}/sobjects").json()["sobjects"]
    for each in items:
        response = http.get(f"{V}/sobjects/{each['name']}/deleted", params=span(MINUTE))
        assert response.status_code == (200 if each["replicateable"] else 400), response.text
        if response.status_code == 400:
            expected = f"sObject type {each['name']} is not replicable"
            assert response.json() == [{"message": expected, "errorCode": "INVALID_TYPE"}]


def test_older_versions_have_no_replication(http: httpx.Client) -> None:
    path = f"{V.replace('60', '28')}/sobjects/Account/updated"
    assert http.get(path, params=span(MINUTE)).status_code == 404
