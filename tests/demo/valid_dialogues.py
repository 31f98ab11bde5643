"""Requests outside the REST API that the org takes: signing in, streaming, and the org's own switches."""

from __future__ import annotations

from sfexplorer.demo.server import DemoServer
from tests.demo.asked import CONTACT, HANDSHAKE, USER, Asked, Known, V


def signing_in(server: DemoServer) -> list[Asked]:
    """Each grant, each page, and SOAP."""
    app = {"client_id": server.client_id, "client_secret": server.client_secret}
    password = {"username": server.username, "password": server.password + server.security_token}
    page = {"response_type": "code", "redirect_uri": "http://localhost:1717/OauthRedirect", "state": "s",
            "scope": "api id", "code_challenge": "x" * 43, "code_challenge_method": "S256"}  # fmt: skip
    forms: list[dict[str, str]] = [
        {"grant_type": "password", **app, **password},
        {"grant_type": "refresh_token", **app, "refresh_token": server.refresh_token},
        {"grant_type": "authorization_code", **app, "code": "aPrx", "redirect_uri": "http://localhost:1717/"},
        {"grant_type": "client_credentials", **app},
        {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "e30.e30.e30"},
        {"grant_type": "device", "client_id": server.client_id, "code": "x"},
        {"response_type": "device_code", "client_id": server.client_id, "scope": "api"},
    ]
    login = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header/><e:Body>'
        '<login xmlns="urn:partner.soap.sforce.com"><username>{username}</username>'
        "<password>{password}</password></login></e:Body></e:Envelope>"
    )
    soap = {"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": "login"}
    oauth = "/services/oauth2"
    return [
        *[Asked("POST", f"{oauth}/token", {}, form, is_form=True) for form in forms],
        Asked("POST", f"{oauth}/revoke", {}, {"token": "x"}, is_form=True),
        Asked("POST", f"{oauth}/introspect", {}, {"token": server.access_token, **app}, is_form=True),
        Asked("GET", f"{oauth}/userinfo", {"format": "json"}),
        Asked("GET", f"{oauth}/authorize", {"client_id": server.client_id, **page}),
        Asked(
            "POST",
            f"{oauth}/authorize",
            {},
            {"client_id": server.client_id, **page, **password},
            is_form=True,
        ),
        Asked("POST", f"{oauth}/consent", {}, {"ticket": "x", "decision": "allow"}, is_form=True),
        Asked("POST", "/setup/connect", {}, {"user_code": "ABCDEFGH", **password}, is_form=True),
        Asked("GET", f"/id/00D5g0000000001EAA/{USER}", {"format": "json", "version": "latest"}),
        Asked("GET", "/id/keys"),
        Asked("POST", "/services/Soap/u/59.0", {}, login.format(**password).encode(), soap),
    ]


def streaming(known: Known) -> list[Asked]:
    """Each message of Bayeux, and what makes channels."""
    client = {"clientId": known.listener, "id": "1"}
    replay = {"ext": {"replay": {"/data/ChangeEvents": -2, "/event/Low_Ink__e": -1}}}
    topic = {
        "Name": "FuzzTopic",
        "Query": "SELECT Id, Name FROM Account WHERE Name != null",
        "ApiVersion": 60.0,
        "NotifyForFields": "Referenced",
        "NotifyForOperationCreate": True,
    }
    push = {"pushEvents": [{"payload": "hello", "userIds": [USER]}]}
    channel = f"{V}/sobjects/StreamingChannel"
    return [
        Asked("POST", "/cometd/60.0", {}, [HANDSHAKE]),
        Asked("POST", "/cometd/60.0/handshake", {}, HANDSHAKE),
        Asked(
            "POST",
            "/cometd/60.0",
            {},
            [{"channel": "/meta/connect", "connectionType": "long-polling", **client}],
        ),
        Asked(
            "POST",
            "/cometd/60.0",
            {},
            [{"channel": "/meta/subscribe", "subscription": "/data/ChangeEvents", **replay, **client}],
        ),
        Asked(
            "POST",
            "/cometd/60.0",
            {},
            [{"channel": "/meta/unsubscribe", "subscription": ["/topic/AllAccounts", "/u/x"], **client}],
        ),
        Asked(
            "POST", "/cometd/60.0", {}, [{"channel": "/event/Low_Ink__e", "data": {"payload": {}}, **client}]
        ),
        Asked("POST", "/cometd/60.0", {}, {"message": '[{"channel": "/meta/handshake"}]'}, is_form=True),
        Asked("GET", "/cometd/60.0", {"message": '[{"channel": "/meta/disconnect"}]', "jsonp": "callback"}),
        Asked("POST", f"{V}/sobjects/PushTopic", {}, topic),
        Asked("POST", channel, {}, {"Name": "/u/fuzz", "Description": "x"}),
        Asked("POST", f"{channel}/{known.channel}/push", {}, push),
        Asked("GET", f"{channel}/{known.channel}/push"),
    ]


def switches(known: Known) -> list[Asked]:
    """What a test may do to the org."""
    return [
        Asked("GET", "/__demo__/log", {"clear": "1"}),
        Asked(
            "POST",
            "/__demo__/faults",
            {},
            [{"path": "/x", "count": 2, "fault": "lock_row", "headers": {"A": "b"}}],
        ),
        Asked(
            "POST",
            "/__demo__/faults",
            {},
            {"path": "/x", "method": "GET", "after": 1, "status": 200, "body": [1]},
        ),
        Asked("POST", "/__demo__/touch", {}, {"id": CONTACT, "fields": {"Title": "Theirs"}}),
        Asked("POST", "/__demo__/expire", {}, {"token": "x"}),
        Asked("POST", "/__demo__/streaming", {}, {"hold_ms": 20, "most_clients": 50, "lose": known.listener}),
        Asked("DELETE", "/__demo__/locators"),
    ]
