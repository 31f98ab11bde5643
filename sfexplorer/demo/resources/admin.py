"""The org's own switches, below `/__demo__/`: no Salesforce org has them.

GET    /__demo__/log[?clear=1]   the requests so far     DELETE forgets them
GET    /__demo__/faults          the faults that are on  POST adds, DELETE switches all off
POST   /__demo__/touch           {"id", "fields"}: an edit by another user
POST   /__demo__/expire          {"token"}: a session, code or refresh token expires; {}: all sessions do
DELETE /__demo__/locators        all query locators expire
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import route
from sfexplorer.demo.web.faults import rules_from
from sfexplorer.demo.web.local import local_org, switch_body
from sfexplorer.demo.writing import touch


def routes() -> list[BaseRoute]:
    """The paths of the switches."""
    return [
        route("/__demo__/log", GET=read_log, DELETE=clear_log),
        route("/__demo__/faults", GET=read_faults, POST=add_faults, DELETE=clear_faults),
        route("/__demo__/touch", POST=touch_record),
        route("/__demo__/expire", POST=expire),
        route("/__demo__/locators", DELETE=expire_locators),
    ]


async def read_log(request: Request) -> Response:
    """The requests so far, oldest first."""
    org = local_org(request)
    entries = [entry.as_dict() for entry in org.log.entries()]
    if request.query_params.get("clear") in ("1", "true"):
        org.log.clear()
    return json_answer(entries)


async def clear_log(request: Request) -> Response:
    """Forget the requests so far."""
    local_org(request).log.clear()
    return nothing()


async def read_faults(request: Request) -> Response:
    """The faults that are on, with how often each still happens."""
    return json_answer([rule.as_dict() for rule in local_org(request).faults.rules()])


async def add_faults(request: Request) -> Response:
    """Switch on one fault or a list of them."""
    org = local_org(request)
    org.faults.add(rules_from(await switch_body(request)))
    return await read_faults(request)


async def clear_faults(request: Request) -> Response:
    """Switch all faults off."""
    local_org(request).faults.clear()
    return nothing()


async def touch_record(request: Request) -> Response:
    """Change a record as another user, so that a client's copy of it is stale."""
    org = local_org(request)
    match await switch_body(request):
        case {"id": str(record_id), **others} if isinstance(fields := others.get("fields", {}), dict):
            await org.write(touch, record_id, fields)
            return nothing()
    raise refusal(400, "INVALID_INPUT", "touch takes an id and an object of fields")


async def expire(request: Request) -> Response:
    """Make one token expire, of whatever kind it is, or end all sessions; tells how many expired."""
    org = local_org(request)
    match await switch_body(request):
        case {"token": str(token)}:
            return json_answer({"expired": org.expire(token)})
        case {} as body if not body:
            return json_answer({"expired": org.expire()})
    raise refusal(400, "INVALID_INPUT", "expire takes a token, or nothing for all sessions")


async def expire_locators(request: Request) -> Response:
    """Let every locator of a query be too old, so that its next page is refused."""
    local_org(request).snapshots.expire()
    return nothing()
