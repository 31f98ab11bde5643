"""What a day allows: counted call by call, told in every answer, and at an end some time."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sfexplorer.demo.allowance import Allowance
from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

# Every name of the wire reference's list.
NAMES = [
    "ConcurrentAsyncGetReportInstances",
    "ConcurrentSyncReportRuns",
    "DailyApiRequests",
    "DailyAsyncApexExecutions",
    "DailyBulkApiBatches",
    "DailyBulkV2QueryFileStorageMB",
    "DailyBulkV2QueryJobs",
    "DailyDurableGenericStreamingApiEvents",
    "DailyDurableStreamingApiEvents",
    "DailyGenericStreamingApiEvents",
    "DailyStreamingApiEvents",
    "DailyStandardVolumePlatformEvents",
    "DataStorageMB",
    "FileStorageMB",
    "DurableStreamingApiConcurrentClients",
    "StreamingApiConcurrentClients",
    "HourlyAsyncReportRuns",
    "HourlyDashboardRefreshes",
    "HourlyDashboardResults",
    "HourlyDashboardStatuses",
    "HourlyPublishedPlatformEvents",
    "HourlySyncReportRuns",
    "MassEmail",
    "SingleEmail",
    "MonthlyPlatformEvents",
    "PermissionSets",
]


@pytest.fixture
def used_up(server: DemoServer) -> Iterator[None]:
    """For a test, the day's calls are at an end."""
    allowance = server.org.allowance
    before, allowance.most_calls = allowance.most_calls, allowance.calls
    yield
    allowance.most_calls = before


def test_every_limit_has_its_name(http: httpx.Client) -> None:
    body = http.get(f"{V}/limits").json()
    assert set(NAMES) <= set(body)
    assert all(0 <= each["Remaining"] <= each["Max"] for each in body.values())
    assert body["PermissionSets"]["CreateCustom"] == {"Max": 1000, "Remaining": 999}


def test_limits_have_the_names_of_their_version(http: httpx.Client) -> None:
    old = http.get("/services/data/v36.0/limits").json()
    assert "DailyBulkApiRequests" in old
    assert not {"DailyBulkApiBatches", "DailyDurableStreamingApiEvents"} & set(old)
    assert http.get("/services/data/v20.0/limits").status_code == 404


def test_refusals_count_and_tell_the_use_too(http: httpx.Client) -> None:
    first = http.get(f"{V}/sobjects/Nothing")
    second = http.get(f"{V}/query", params={"q": "nonsense"})
    counts = [int(each.headers["Sforce-Limit-Info"][10:].split("/")[0]) for each in (first, second)]
    assert counts[1] == counts[0] + 1


def test_calls_come_to_an_end(http: httpx.Client, used_up: None) -> None:
    for path in (f"{V}/limits", "/services/apexrest/echo"):
        refused = http.get(path)
        assert refused.status_code == 403
        assert refused.json() == [
            {"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}
        ]


def test_the_version_list_needs_no_call(http: httpx.Client, used_up: None) -> None:
    assert http.get("/services/data").status_code == 200


def test_a_new_day_begins_anew() -> None:
    now = [0.0]
    allowance = Allowance(most_calls=1, clock=lambda: now[0])
    allowance.take_call()
    allowance.spend("MassEmail", 3)
    now[0] = 24 * 60 * 60 - 1.0
    with pytest.raises(Refusal):
        allowance.take_call()
    now[0] += 1
    allowance.take_call()
    assert (allowance.calls, allowance.used("MassEmail")) == (1, 0)
