"""Which versions the org speaks, and which resources a version has."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.credentials import ORG_ID
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import NEWEST_VERSION, OLDEST_VERSION, Call, data, route

# Each year has three releases; version 59.0 is Winter '24.
_SEASONS = ("Winter", "Spring", "Summer")
_WINTER_24 = 59

# Since which version each resource is there (from memory, where the guides don't say). The org has an answer
# to most; what it hasn't is not found, as it is for who lacks the feature in a real org.
_RESOURCES = {
    "sobjects": 20,
    "query": 20,
    "search": 20,
    "chatter": 22,
    "recent": 23,
    "limits": 24,
    "connect": 25,
    "tooling": 27,
    "quickActions": 28,
    "queryAll": 29,
    "theme": 29,
    "analytics": 29,
    "process": 30,
    "tabs": 31,
    "metadata": 32,
    "actions": 32,
    "appMenu": 33,
    "composite": 34,
    "parameterizedSearch": 36,
    "wave": 36,
    "support": 37,
    "event": 37,
    "folders": 38,
    "dedupe": 39,
    "jobs": 41,
    "ui-api": 41,
}


def routes() -> list[BaseRoute]:
    """The paths above all others."""
    return [route("/services/data", GET=versions), data("", GET=resources)]


async def versions(request: Request) -> Response:
    """All versions, oldest first; needs no session."""
    listed = [
        {"label": label(number), "url": f"/services/data/v{number}.0", "version": f"{number}.0"}
        for number in range(OLDEST_VERSION, NEWEST_VERSION + 1)
    ]
    return json_answer(listed)


def label(number: int) -> str:
    """The name of a release: `Winter '24` for 59."""
    years, season = divmod(number - _WINTER_24, len(_SEASONS))
    return f"{_SEASONS[season]} '{24 + years:02d}"


async def resources(call: Call) -> Response:
    """The resources of a version; `identity` leads to who is asking."""
    version = float(call.version)
    listed = {name: f"{call.base}/{name}" for name, since in _RESOURCES.items() if since <= version}
    return json_answer({**listed, "identity": f"{call.org.url}/id/{ORG_ID}/{call.session.user_id}"})
