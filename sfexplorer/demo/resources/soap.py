"""Signing in and out by SOAP, of the partner and the enterprise kind (rest.md section 1).

    POST /services/Soap/u/59.0[/ORG]    login, logout, getUserInfo, getServerTimestamp

Answers are one line without attributes on their elements, as clients read them by patterns. Faults have
status 500, as SOAP wants it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.auth.logins import LoginRefused, signed_in
from sfexplorer.demo.credentials import ORG_ID
from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import Session
from sfexplorer.demo.soap.envelope import BadEnvelope, Envelope, read_envelope
from sfexplorer.demo.soap.faults import (
    SoapFault,
    bad_version,
    illegal_session,
    login_fault,
    unknown_operation,
)
from sfexplorer.demo.soap.userinfo import user_info
from sfexplorer.demo.soap.writing import KINDS, Kind, element, fault_answer, soap_answer
from sfexplorer.demo.users import User
from sfexplorer.demo.web.call import known_version, route
from sfexplorer.demo.web.origin import origin_of


@dataclass(frozen=True, slots=True)
class SoapCall:
    """One call: what it says, and where it was sent."""

    org: Org
    envelope: Envelope
    kind: Kind
    version: str
    origin: str

    @property
    def server_url(self) -> str:
        """Where the calls of a session go."""
        return f"{self.origin}/services/Soap/{self.kind.letter}/{self.version}/{ORG_ID[:15]}"

    async def session(self) -> tuple[Session, User]:
        """The session that the call's header names, and its user.

        Raises:
            SoapFault: When there is none.
        """
        token = self.envelope.headers.get("SessionHeader.sessionId", "").strip()
        session = self.org.sessions.find(token)
        user = await self.org.user(session.user_id) if session is not None else None
        if session is None or user is None:
            raise illegal_session()
        return session, user


def routes() -> list[BaseRoute]:
    """The paths of SOAP."""
    return [
        each
        for kind in KINDS
        for each in (
            route(f"/services/Soap/{kind.letter}/{{version}}", POST=_endpoint(kind)),
            route(f"/services/Soap/{kind.letter}/{{version}}/{{org}}", POST=_endpoint(kind)),
        )
    ]


def _endpoint(kind: Kind) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            envelope = read_envelope(await request.body())
            version = _version(request)
            call = SoapCall(request.app.state.org, envelope, kind, version, origin_of(request))
            operation = OPERATIONS.get(envelope.operation)
            if operation is None or envelope.namespace != kind.namespace:
                raise unknown_operation(envelope)
            return soap_answer(kind, envelope.operation, await operation(call))
        except BadEnvelope as error:
            return fault_answer(kind, SoapFault("soapenv:Client", str(error)))
        except SoapFault as fault:
            return fault_answer(kind, fault)

    return answer


def _version(request: Request) -> str:
    try:
        return known_version(request.path_params["version"])
    except Refusal:
        raise bad_version() from None


async def login(call: SoapCall) -> str:
    """A session for who knows a user's password and security token."""
    named = call.envelope.headers.get("LoginScopeHeader.organizationId", "").strip()
    if named and canonical(named) != ORG_ID:
        raise login_fault("unknown")
    arguments = call.envelope.arguments
    try:
        user = await signed_in(call.org, arguments.get("username", ""), arguments.get("password", ""))
    except LoginRefused as refused:
        raise login_fault(refused.reason) from None
    session = call.org.sessions.open(user.id)
    return element(
        "result",
        element("passwordExpired", "false")
        + element("sandbox", "false")
        + element("serverUrl", call.server_url)
        + element("sessionId", session.token)
        + element("userId", user.id)
        + element("userInfo", await user_info(call.org, user)),
    )


async def logout(call: SoapCall) -> str:
    """The end of the session that the header names."""
    session, _ = await call.session()
    call.org.sessions.end(session.token)
    return ""


async def get_user_info(call: SoapCall) -> str:
    """Who the session belongs to."""
    _, user = await call.session()
    return element("result", await user_info(call.org, user))


async def get_server_timestamp(call: SoapCall) -> str:
    """What time it is."""
    await call.session()
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return element("result", element("timestamp", now))


OPERATIONS: Mapping[str, Callable[[SoapCall], Awaitable[str]]] = {
    "login": login,
    "logout": logout,
    "getUserInfo": get_user_info,
    "getServerTimestamp": get_server_timestamp,
}
