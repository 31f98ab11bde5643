"""The org's limits, with real counts of calls, and how many records there are."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

_FIXED = {
    "DailyAsyncApexExecutions": 250_000,
    "DailyBulkApiBatches": 15_000,
    "DailyBulkV2QueryJobs": 10_000,
    "DailyDurableStreamingApiEvents": 10_000,
    "DailyStreamingApiEvents": 10_000,
    "DataStorageMB": 1_024,
    "FileStorageMB": 1_024,
    "HourlyODataCallout": 1_000,
    "HourlyTimeBasedWorkflow": 1_000,
    "MassEmail": 5_000,
    "SingleEmail": 5_000,
    "StreamingApiConcurrentClients": 20,
}


def routes() -> list[BaseRoute]:
    """The paths of limits."""
    return [data("/limits", GET=limits), data("/limits/recordCount", GET=record_count)]


async def limits(call: Call) -> Response:
    """What may be used in a day and what is left of it."""
    org = call.org
    calls = {"Max": org.most_calls, "Remaining": max(0, org.most_calls - org.calls)}
    fixed = {name: {"Max": most, "Remaining": most} for name, most in _FIXED.items()}
    return json_answer({"DailyApiRequests": calls, **fixed})


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
