"""Signing in and out by SOAP, as old and small clients do."""

from __future__ import annotations

import re
import ssl
from xml.etree import ElementTree as ET

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.log import MASK
from tests.demo.browser import get, post
from tests.demo.conftest import V

PARTNER = "/services/Soap/u/59.0"
WRONG = "Invalid username, password, security token; or user locked out."


def envelope(body: str, header: str = "", namespace: str = "urn:partner.soap.sforce.com") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8" ?><env:Envelope xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" '
        f'xmlns:n1="{namespace}"><env:Header>{header}</env:Header><env:Body>{body}</env:Body></env:Envelope>'
    )


def login(username: str, password: str) -> str:
    return envelope(
        f'<n1:login xmlns:n1="urn:partner.soap.sforce.com"><n1:username>{username}</n1:username>'
        f"<n1:password>{password}</n1:password></n1:login>"
    )


def session_header(token: str) -> str:
    return f"<n1:SessionHeader><n1:sessionId>{token}</n1:sessionId></n1:SessionHeader>"


def send(server: DemoServer, content: str | bytes, path: str = PARTNER) -> httpx.Response:
    headers = {"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": "login"}
    return post(server.url + path, content=content, headers=headers)


def value(answer: httpx.Response, name: str) -> str:
    """As clients read it: by a pattern, with no attribute on the element."""
    (found,) = re.findall(f"<{name}>(.*?)</{name}>", answer.text)
    return str(found)


def secret(server: DemoServer) -> str:
    return server.password + server.security_token


@pytest.mark.parametrize(
    ("path", "namespace", "letter"),
    [
        (PARTNER, "urn:partner.soap.sforce.com", "u"),
        ("/services/Soap/u/59.0/00D5g0000000001", "urn:partner.soap.sforce.com", "u"),
        ("/services/Soap/c/59.0", "urn:enterprise.soap.sforce.com", "c"),
        ("/services/Soap/c/59.0/00D5g0000000001EAA", "urn:enterprise.soap.sforce.com", "c"),
    ],
)
def test_login_opens_a_session(server: DemoServer, path: str, namespace: str, letter: str) -> None:
    body = (
        f'<login xmlns="{namespace}"><username>kenji@acme.example</username>'
        f"<password>{secret(server)}</password></login>"
    )
    answer = send(server, envelope(body), path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/xml;charset=UTF-8"
    assert "\n" not in answer.text
    assert ET.fromstring(answer.text).find(f".//{{{namespace}}}sessionId") is not None
    org15 = value(answer, "organizationId")[:15]
    assert value(answer, "serverUrl") == f"{server.url}/services/Soap/{letter}/59.0/{org15}"
    assert value(answer, "passwordExpired") == "false"
    assert value(answer, "sandbox") == "false"
    assert value(answer, "sessionSecondsValid") == "7200"
    assert value(answer, "organizationName") == "Acme"
    assert value(answer, "userName") == "kenji@acme.example"
    assert value(answer, "userTimeZone") == "Asia/Tokyo"
    headers = {"Authorization": f"Bearer {value(answer, 'sessionId')}"}
    identity = get(f"{server.url}/services/oauth2/userinfo", headers=headers).json()
    assert identity["user_id"] in answer.text


def fault_text(code: str, message: str, kind: str) -> str:
    return (
        f"<soapenv:Fault><faultcode>sf:{code}</faultcode><faultstring>{code}: {message}</faultstring>"
        f'<detail><sf:{kind} xsi:type="sf:{kind}"><sf:exceptionCode>{code}</sf:exceptionCode>'
        f"<sf:exceptionMessage>{message}</sf:exceptionMessage></sf:{kind}></detail></soapenv:Fault>"
    )


@pytest.mark.parametrize(
    ("username", "password"),
    [("ada@acme.example", "wrong"), ("nobody", "{secret}"), ("seun@acme.example", "{secret}"), ("", "")],
)
def test_a_failed_login_is_a_fault_word_by_word(server: DemoServer, username: str, password: str) -> None:
    answer = send(server, login(username, password.format(secret=secret(server))))
    assert answer.status_code == 500
    assert fault_text("INVALID_LOGIN", WRONG, "LoginFault") in answer.text
    assert 'xmlns:sf="urn:fault.partner.soap.sforce.com"' in answer.text
    ET.fromstring(answer.text)


def test_a_forgotten_security_token_is_told(server: DemoServer) -> None:
    answer = send(server, login(server.username, server.password))
    assert value(answer, "faultcode") == "sf:LOGIN_MUST_USE_SECURITY_TOKEN"


def test_a_login_for_another_org_fails(server: DemoServer) -> None:
    scope = "<n1:LoginScopeHeader><n1:organizationId>{}</n1:organizationId></n1:LoginScopeHeader>"
    body = re.sub(".*<env:Body>|</env:Body>.*", "", login(server.username, secret(server)))
    assert send(server, envelope(body, scope.format("00D000000000001"))).status_code == 500
    assert send(server, envelope(body, scope.format("00D5g0000000001"))).status_code == 200


def test_logout_ends_the_session(server: DemoServer) -> None:
    token = server.org.sessions.open(server.org.administrator.id).token
    told = send(server, envelope("<n1:getUserInfo/>", session_header(token)))
    assert value(told, "userName") == server.username
    assert "Z</timestamp>" in send(server, envelope("<n1:getServerTimestamp/>", session_header(token))).text
    ended = send(server, envelope("<n1:logout/>", session_header(token)))
    assert ended.status_code == 200
    assert "<logoutResponse/>" in ended.text
    headers = {"Authorization": f"Bearer {token}"}
    assert get(f"{server.url}{V}/limits", headers=headers).status_code == 401
    for operation in ("logout", "getUserInfo", "getServerTimestamp"):
        fault = send(server, envelope(f"<n1:{operation}/>", session_header(token)))
        message = "Invalid Session ID found in SessionHeader: Illegal Session"
        assert fault.status_code == 500
        assert fault_text("INVALID_SESSION_ID", message, "UnexpectedErrorFault") in fault.text


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (login("&b;", "x").replace("<env:Envelope", ENTITIES + "<env:Envelope"), "DOCTYPE is disallowed"),
        (login("&a;", "x").replace("<env:Envelope", OUTSIDE + "<env:Envelope"), "DOCTYPE is disallowed"),
        ("", "no XML"),
        ("<a>", "no SOAP envelope"),
        ("<a/>", "no SOAP envelope"),
        (envelope(""), "no operation"),
        (envelope("<n1:x>" + "<n1:y/>" * 6000 + "</n1:x>"), "too many elements"),
        (envelope("<n1:x>" + "y" * 300_000 + "</n1:x>"), "too large"),
        (login("\x00", "x"), "no XML"),
        (login("x", "x").replace("utf-8", "no-such-encoding"), "no XML"),
        (envelope("<n1:query/>"), "No operation available for request {urn:partner.soap.sforce.com}query"),
        (envelope("<login/>"), "No operation available for request {}login"),
    ],
)
def test_what_is_no_call_is_a_fault(server: DemoServer, content: str, told: str) -> None:
    answer = send(server, content)
    assert answer.status_code == 500
    assert told in value(answer, "faultstring")
    ET.fromstring(answer.text)


def test_other_encodings_hide_no_document_type(server: DemoServer) -> None:
    content = login("&b;", "x").replace("<env:Envelope", ENTITIES + "<env:Envelope")
    answer = send(server, content.replace("utf-8", "utf-16").encode("utf-16"))
    assert "DOCTYPE is disallowed" in answer.text


def test_a_version_that_is_none_is_a_fault(server: DemoServer) -> None:
    answer = send(server, login("a", "b"), "/services/Soap/u/5")
    assert value(answer, "faultcode") == "sf:UNSUPPORTED_API_VERSION"


def test_passwords_and_sessions_are_masked_in_the_log(server: DemoServer) -> None:
    server.clear_log()
    send(server, envelope("<n1:login><n1:password><![CDATA[Hush]]>&#72;</n1:password></n1:login>",
                          session_header("Hush")))  # fmt: skip
    send(server, login("Hush", "Hush").replace("</env:Envelope>", ""))
    whole, broken = server.log()
    assert whole["body"] == {"headers": {"sessionId": MASK}, "login": {"password": MASK}}
    assert broken["body"] == f"({len(login('Hush', 'Hush')) - 15} bytes)"


def test_who_comes_by_https_stays_there() -> None:
    with DemoServer(tls=True) as org:
        trusting = ssl.create_default_context(cafile=org.ca)
        with httpx.Client(base_url=org.tls_url or "", verify=trusting) as client:
            answer = client.post(PARTNER, content=login(org.username, secret(org)))
            assert value(answer, "serverUrl").startswith(f"{org.tls_url}/services/Soap/u/59.0/")
            form = {
                "grant_type": "client_credentials", "client_id": org.client_id,
                "client_secret": org.client_secret,
            }  # fmt: skip
            for host, origin in [
                ("acme.my.salesforce.com", "https://acme.my.salesforce.com"), ("example.com", org.url),
            ]:  # fmt: skip
                reply = client.post("/services/oauth2/token", data=form, headers={"Host": host}).json()
                assert reply["instance_url"] == origin
                assert reply["id"].startswith(f"{origin}/id/")
