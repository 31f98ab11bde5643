"""The faults of SOAP calls, in Salesforce's words."""

from __future__ import annotations

from sfexplorer.demo.auth.logins import Reason
from sfexplorer.demo.soap.envelope import Envelope

_WRONG = "Invalid username, password, security token; or user locked out."
_NEW_PLACE = (
    f"{_WRONG} Are you at a new location? When accessing Salesforce--either via a desktop client or the "
    "API--from outside of your company's trusted networks, you must add a security token to your password to "
    "log in."
)


class SoapFault(Exception):
    """A call that fails.

    Attributes:
        code: the fault code with its prefix, `sf:INVALID_LOGIN`.
        message: what is wrong.
        kind: the type of the detail; "" where there is none.
    """

    def __init__(self, code: str, message: str, kind: str = "") -> None:
        self.code = code
        self.message = message
        self.kind = kind
        super().__init__(message)

    @property
    def told(self) -> str:
        """The fault string, which begins with a code of Salesforce's own."""
        own = self.code.startswith("sf:")
        return f"{self.code.removeprefix('sf:')}: {self.message}" if own else self.message


def login_fault(reason: Reason) -> SoapFault:
    """Somebody who can't come in: only a forgotten security token is told apart, as Salesforce does."""
    if reason == "no security token":
        return SoapFault("sf:LOGIN_MUST_USE_SECURITY_TOKEN", _NEW_PLACE, "LoginFault")
    return SoapFault("sf:INVALID_LOGIN", _WRONG, "LoginFault")


def illegal_session() -> SoapFault:
    """A call without a session, or with one that has ended."""
    message = "Invalid Session ID found in SessionHeader: Illegal Session"
    return SoapFault("sf:INVALID_SESSION_ID", message, "UnexpectedErrorFault")


def bad_version() -> SoapFault:
    """A path whose version the org doesn't speak."""
    message = "Invalid Api version specified on URL"
    return SoapFault("sf:UNSUPPORTED_API_VERSION", message, "UnexpectedErrorFault")


def unknown_operation(envelope: Envelope) -> SoapFault:
    """A call of what the org doesn't do."""
    name = f"{{{envelope.namespace}}}{envelope.operation}"
    return SoapFault("soapenv:Client", f"No operation available for request {name}")
