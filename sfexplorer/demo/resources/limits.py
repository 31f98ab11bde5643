"""The org's limits, with real counts of calls, and how many records there are (streaming.md section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.allowance import CALLS, Allowance
from sfexplorer.demo.errors import refusal
from sfexplorer.demo.streaming.hub import MOST_CLIENTS, MOST_EVENTS
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import NEWEST_VERSION, OLDEST_VERSION, Call, data


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit besides that of calls, and in which versions it is told."""

    name: str
    most: int
    since: int = OLDEST_VERSION
    until: int = NEWEST_VERSION


_LIMITS = (
    Limit("ConcurrentAsyncGetReportInstances", 200),
    Limit("ConcurrentSyncReportRuns", 20),
    Limit("DailyAsyncApexExecutions", 250_000),
    Limit("DailyBulkApiBatches", 15_000, since=49),
    Limit("DailyBulkApiRequests", 15_000, until=48),
    Limit("DailyBulkV2QueryFileStorageMB", 976_562, since=47),
    Limit("DailyBulkV2QueryJobs", 10_000, since=47),
    Limit("DailyDurableGenericStreamingApiEvents", MOST_EVENTS, since=37),
    Limit("DailyDurableStreamingApiEvents", MOST_EVENTS, since=37),
    Limit("DailyGenericStreamingApiEvents", MOST_EVENTS),
    Limit("DailyStandardVolumePlatformEvents", 10_000, since=41),
    Limit("DailyStreamingApiEvents", MOST_EVENTS),
    # Larger than the samples of a Developer Edition, whose 5 MB the org's own records would overfill.
    Limit("DataStorageMB", 1_024),
    Limit("DurableStreamingApiConcurrentClients", MOST_CLIENTS, since=37),
    Limit("FileStorageMB", 1_024),
    Limit("HourlyAsyncReportRuns", 1_200),
    Limit("HourlyDashboardRefreshes", 200),
    Limit("HourlyDashboardResults", 5_000),
    Limit("HourlyDashboardStatuses", 999_999_999),
    Limit("HourlyODataCallout", 1_000),
    Limit("HourlyPublishedPlatformEvents", 50_000, since=41),
    Limit("HourlySyncReportRuns", 500),
    Limit("HourlyTimeBasedWorkflow", 1_000),
    Limit("MassEmail", 10),
    Limit("MonthlyPlatformEvents", 300_000, since=41),
    Limit("SingleEmail", 15),
    Limit("StreamingApiConcurrentClients", MOST_CLIENTS),
)
_PERMISSION_SETS = {"Max": 1_500, "Remaining": 1_499, "CreateCustom": {"Max": 1_000, "Remaining": 999}}
_SINCE = 24


def routes() -> list[BaseRoute]:
    """The paths of limits."""
    return [
        data("/limits", since=_SINCE, GET=limits),
        data("/limits/recordCount", since=40, GET=record_count),
    ]


async def limits(call: Call) -> Response:
    """What may be used in a day and what is left of it."""
    allowance = call.org.allowance
    version = float(call.version)
    told = {
        each.name: _left(allowance, each.name, each.most)
        for each in _LIMITS
        if each.since <= version <= each.until
    }
    told |= {CALLS: _left(allowance, CALLS, allowance.most_calls), "PermissionSets": _PERMISSION_SETS}
    return json_answer(dict(sorted(told.items())))


def _left(allowance: Allowance, name: str, most: int) -> dict[str, Any]:
    return {"Max": most, "Remaining": max(0, most - allowance.used(name))}


async def record_count(call: Call) -> Response:
    """How many records each sObject has: those that `sObjects` names, else all that have any."""
    wanted = call.parameter("sObjects")
    schema = call.org.schema
    if wanted is None:
        types = list(schema)
    else:
        names = [name.strip() for name in wanted.split(",") if name.strip()]
        missing = [name for name in names if name not in schema]
        if missing:
            raise refusal(400, "INVALID_TYPE", f"sObject type '{missing[0]}' is not supported.")
        types = [schema[name] for name in names]
    counts = await call.org.counts([each.name for each in types])
    listed = [{"count": count, "name": name} for name, count in counts.items() if count or wanted is not None]
    return json_answer({"sObjects": listed})
