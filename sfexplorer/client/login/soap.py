"""Logging in without a connected app: the SOAP call `login` (WIRE rest.md, section 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.client.addresses import origin_of
from sfexplorer.client.errors import LoginFailed, SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.login.credentials import Credentials
from sfexplorer.client.login.host import LoginHost
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    # A reader of XML costs a twentieth of the client's start, and most logins need none.
    from xml.etree.ElementTree import Element

# SOAP login ends with this version.
VERSION = "64.0"
_ENVELOPE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:urn="urn:partner.soap.sforce.com"><soapenv:Body><urn:login>'
    "<urn:username>{username}</urn:username><urn:password>{password}</urn:password>"
    "</urn:login></soapenv:Body></soapenv:Envelope>"
)
_NAMESPACE = "{urn:partner.soap.sforce.com}"


class SoapGrant(Credentials):
    """Username and password, with the security token, for orgs in which no app is connected."""

    __slots__ = ()

    async def authenticate(self, host: LoginHost) -> OAuth:
        """The session as a token: it is good for REST too.

        Raises:
            LoginFailed: the org refused, or the password must be changed first.
        """
        reply = await host.wire.send(self._call(), host.url)
        result = _result(reply)
        if result.get("passwordExpired") == "true":
            raise LoginFailed("the password has expired", hint="Change it in the browser, then try again.")
        user, org = result.get("userId", ""), result.get("userInfo/organizationId", "")
        return OAuth(
            Secret(result["sessionId"]),
            origin_of(result["serverUrl"]),
            id=f"{host.url}/id/{org}/{user}" if org and user else "",
        )

    def _call(self) -> Call:
        from xml.sax.saxutils import escape

        return Call(
            "POST",
            f"/services/Soap/u/{VERSION}",
            headers={"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": "login", "Accept": "text/xml"},
            content=_ENVELOPE.format(
                username=escape(self.username),
                password=escape(self.whole_password.reveal()),
            ).encode(errors="replace"),
            purpose="login",
        )


def _result(reply: Reply) -> dict[str, str]:
    """The texts of the answer's result by their names."""
    root = _parsed(reply.body)
    if root is None:
        raise UnexpectedReply("the login host's answer is no SOAP", status=reply.status)
    fault = root.findtext(".//faultstring")
    if fault is not None:
        raise _refused(root.findtext(".//faultcode") or "", fault, reply)
    result = root.find(f".//{_NAMESPACE}result")
    found = _texts(result) if result is not None else {}
    if not (found.get("sessionId") and found.get("serverUrl")):
        raise UnexpectedReply("the login host's answer has no session in it", status=reply.status)
    return found


def _texts(result: Element) -> dict[str, str]:
    found = {}
    for child in result:
        name = child.tag.removeprefix(_NAMESPACE)
        found[name] = child.text or ""
        for inner in child:
            found[f"{name}/{inner.tag.removeprefix(_NAMESPACE)}"] = inner.text or ""
    return found


def _parsed(body: bytes) -> Element | None:
    from xml.etree import ElementTree

    # A document type can make a small answer large, or read files; SOAP has none.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return None
    try:
        return ElementTree.fromstring(body)  # noqa: S314 - without a document type there is nothing to expand
    except ElementTree.ParseError:
        return None


def _refused(code: str, fault: str, reply: Reply) -> SalesforceError:
    name = code.rpartition(":")[2]
    message = fault.removeprefix(f"{name}: ")
    return LoginFailed(f"the org refused the login: {message}", code=name, status=reply.status)
