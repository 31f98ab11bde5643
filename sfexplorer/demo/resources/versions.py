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

_RESOURCES = ("limits", "query", "queryAll", "sobjects")


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
    listed = {name: f"{call.base}/{name}" for name in _RESOURCES}
    return json_answer({**listed, "identity": f"{call.org.url}/id/{ORG_ID}/{call.session.user_id}"})
