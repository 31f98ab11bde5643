"""One call of the REST API: the request, and the org, session and version that it runs in."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sfexplorer.demo.errors import Refusal, method_not_allowed, not_found, session_expired
from sfexplorer.demo.journal import ORIGIN
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import Session

OLDEST_VERSION = 20
NEWEST_VERSION = 67

# The key of an ASGI scope that marks a request as part of another: its value tells whether all of that
# happens or nothing.
PART = "sfexplorer.part"

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Call:
    """What a resource knows about the request that it answers.

    Attributes:
        below: the path of the API within the version's resources: "" for REST, "/tooling" for Tooling.
    """

    org: Org
    request: Request
    session: Session
    version: str
    below: str = ""

    @property
    def base(self) -> str:
        """The path that all data resources of this version and API start with."""
        return f"/services/data/v{self.version}{self.below}"

    @property
    def all_or_none(self) -> bool:
        """Whether the call is part of one that happens wholly or not at all."""
        return bool(self.request.scope.get(PART))

    def part(self, name: str) -> str:
        """A variable part of the path."""
        return str(self.request.path_params[name])

    def parameter(self, name: str) -> str | None:
        """A parameter of the query string."""
        return self.request.query_params.get(name)

    async def body(self) -> bytes:
        """The bytes that the request carries, unzipped."""
        return await self.request.body()


Handler = Callable[[Call], Awaitable[Response]]
SessionEndpoint = Callable[[Request, Session], Awaitable[Response]]


class Resource:
    """The ASGI application of one path: an endpoint for each method."""

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request by the endpoint of its method."""
        request = Request(scope, receive)
        method = request.method
        if method == "POST":
            # Clients that can't send PATCH say so in the query string.
            method = request.query_params.get("_HttpMethod", method).upper()
        endpoint = self._endpoints.get("GET" if method == "HEAD" else method)
        if endpoint is None:
            allowed = [*self._endpoints, *(["HEAD"] if "GET" in self._endpoints else [])]
            raise method_not_allowed(method, allowed)
        response = await endpoint(request)
        await response(scope, receive, send)


def route(path: str, **endpoints: Endpoint) -> Route:
    """A path, in whatever case it is written, with an endpoint for each method: `route("/x", GET=read_x)`."""
    made = Route(path, Resource(endpoints))
    made.path_regex = re.compile(made.path_regex.pattern, re.IGNORECASE)
    return made


def data(path: str, /, since: int = OLDEST_VERSION, **handlers: Handler) -> Route:
    """A path below `/services/data/vXX.0`, whose handlers run in a session; `since` is its first version."""
    endpoints = {method: _versioned(handler, since) for method, handler in handlers.items()}
    return route("/services/data/v{version}" + path, **endpoints)


def _versioned(handler: Handler, since: int) -> Endpoint:
    async def in_version(request: Request, session: Session) -> Response:
        version = request.path_params["version"]
        ORIGIN.set(f"com/salesforce/api/rest/{version}")
        return await handler(Call(request.app.state.org, request, session, version))

    counted = in_session(in_version)

    async def endpoint(request: Request) -> Response:
        if float(known_version(request.path_params["version"])) < since:
            raise not_found()
        return await counted(request)

    return endpoint


def in_session(handler: SessionEndpoint) -> Endpoint:
    """An endpoint that runs in a session and counts as an API call, unless it is part of one."""

    async def endpoint(request: Request) -> Response:
        org: Org = request.app.state.org
        session = session_of(request, org)
        if PART not in request.scope:
            org.allowance.take_call()
        told = {"Sforce-Limit-Info": org.allowance.header}
        try:
            response = await handler(request, session)
        except Refusal as refused:
            refused.headers |= told
            raise
        response.headers.update(told)
        return response

    return endpoint


def known_version(text: str) -> str:
    """A version as it stands in paths, `60.0`.

    Raises:
        Refusal: 404 when the org does not speak it.
    """
    if not re.fullmatch(r"[0-9]{2}\.0", text) or not OLDEST_VERSION <= int(text[:2]) <= NEWEST_VERSION:
        raise not_found()
    return text


def session_of(request: Request, org: Org) -> Session:
    """The session that the request's Authorization header names.

    Raises:
        Refusal: 401 when there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    session = org.sessions.find(token.strip()) if scheme.lower() in ("bearer", "oauth") else None
    if session is None:
        raise session_expired()
    return session
