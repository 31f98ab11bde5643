"""Whatever is sent to the places where one signs in, they refuse it in their own form and go on."""

from __future__ import annotations

import random

import httpx

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.auth.grants import GRANTS
from sfexplorer.demo.server import DemoServer
from tests.demo.browser import AUTHORIZE, CONNECT, NO_TLS, REDIRECT, post
from tests.demo.test_oauth_grants import log_in

ENDPOINTS = [
    *[f"/services/oauth2/{name}" for name in ("token", "revoke", "introspect", "userinfo", "consent")],
    *["/id/keys", "/id/x/y", "/id/00D5g0000000001EAA/00x", AUTHORIZE, CONNECT, "/services/Soap/u/59.0"],
]
NAMES = [
    "grant_type", "response_type", "client_id", "client_secret", "redirect_uri", "scope", "state", "prompt",
    "login_hint", "nonce", "code", "code_challenge", "code_challenge_method", "code_verifier",
    "refresh_token", "username", "password", "assertion", "token", "callback", "ticket", "decision",
    "user_code", "oauth_token", "version", "format",
]  # fmt: skip
HEADERS = [
    {},
    {"Authorization": "Basic Og=="},
    {"Authorization": "Basic"},
    {"Authorization": "Bearer x"},
    {"Content-Type": "multipart/form-data; boundary=x"},
    {"Host": "login.salesforce.com"},
    {"Host": "a\\b[:"},
]


def values(server: DemoServer) -> list[str]:
    known = [app.client_id for app in connected_apps()] + [app.client_secret for app in connected_apps()]
    return [
        *known, *GRANTS, server.username, server.password, server.access_token, server.refresh_token,
        REDIRECT, "code", "token", "device_code", "allow", "S256", "plain", "api", "full refresh_token",
        "", "\x00", "\ud7ff", "'; DROP TABLE User; --", '"><script>', "é" * 50, "x" * 3000, "e30.e30.e30",
        "\r\nSet-Cookie: a=b", "../..", "{}", "http://localhost:1/\x7f", "eyJhbGciOiJSUzI1NiJ9.W10.x",
    ]  # fmt: skip


def test_random_requests_never_break_the_org(server: DemoServer) -> None:
    chance, known = random.Random(20261124), values(server)
    with httpx.Client(verify=NO_TLS, base_url=server.url) as client:
        for _ in range(250):
            path = chance.choice(ENDPOINTS)
            form = {name: chance.choice(known) for name in chance.sample(NAMES, chance.randint(0, 8))}
            in_query = chance.random() < 0.4
            response = client.request(
                chance.choice(["GET", "POST", "POST", "POST", "HEAD", "PATCH"]),
                path,
                params=form if in_query else None,
                data=None if in_query else form,
                headers=chance.choice(HEADERS),
            )
            soap = path.startswith("/services/Soap") and "Fault>" in response.text
            assert response.status_code < 500 or soap, (path, form, response.text)
            assert "<script" not in response.text
            assert "set-cookie" not in response.headers
    assert log_in(server, server.username).status_code == 200


def test_a_form_without_end_is_refused(server: DemoServer) -> None:
    for path in ("/services/oauth2/token", "/services/oauth2/revoke", AUTHORIZE, CONNECT):
        answer = post(server.url + path, data={"x": "y" * 300_000})
        assert answer.status_code == 400, path
        assert "too large" in answer.text.replace("+", " ")
